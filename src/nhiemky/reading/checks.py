"""What does not add up inside one page: each warning says what, where, and whom to ask."""

import re

from nhiemky.reading.facts import Congress, Result, Target, Warning
from nhiemky.reading.text import Page
from nhiemky.values.figures import money

WHY = {
    "checks.date": "Ngày không có trên lịch, hoặc thiếu dấu gạch: «27/32023».",
    "checks.parts": "Các phần kể ngay sau tổng nhưng cộng lại không bằng tổng: «11, trong đó 6 và 4».",
    "checks.ratio": "Tỷ lệ trên 300 hay dưới 10, hoặc trái với chính các số của nó: «đạt 790,2%», «45/50, đạt 95%».",
    "checks.value": "Giá trị mà đơn vị ấy không thể có: «thu nhập bình quân 10 tỷ đồng».",
    "checks.term": "Một đại hội mà ghi hai nhiệm kỳ: «lần thứ IX, nhiệm kỳ 2020-2025», sau lại là «2021-2026».",
    "checks.structure": "Các tỷ trọng của một cơ cấu cộng lại không đủ 100%: «dịch vụ 62%, công nghiệp 35%, khác 5%».",
}
_CHANGE = re.compile(r"(?:tăng|giảm|thêm)\s+(?:\S+\s+)?$")
_TOTAL = re.compile(r"tổng (?:số|cộng)|toàn ")
_SHARE = ("tỷ lệ", "tỉ lệ")
_OF_WHOLE = (*_SHARE, "số hồ sơ", "hồ sơ")
_OVER_WHOLE = re.compile(r"(?:trên|hơn|vượt)\s+100")


def warnings_of(page: Page, results: list[Result], targets: list[Target], congresses: list[Congress]) -> list[Warning]:
    """All warnings of a page; `congresses` as told, before the same one is merged."""
    return [
        *_dates(page),
        *_parts(page, results),
        *_structures(page),
        *_ratios(results),
        *_values(results),
        *_shares(page, targets),
        *_terms(congresses),
    ]


def _figure(value: float) -> str:
    whole = f"{value:,.4f}".rstrip("0").rstrip(".")
    return whole.replace(",", "·").replace(".", ",").replace("·", ".")


def _dates(page: Page) -> list[Warning]:
    found = []
    for number in page.of_kind("date"):
        if number.malformed:
            written = page.text[number.start : number.end]
            meant = f"; có thể là {_day(number.iso)}" if number.iso else ""
            found.append(
                Warning(
                    "malformed_date",
                    f"Ngày viết “{written}” không đúng dạng dd/mm/yyyy{meant}.",
                    "người soạn văn bản",
                    (number.start, number.end),
                    0.95,
                    "checks.date",
                )
            )
    return found


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def _parts(page: Page, results: list[Result]) -> list[Warning]:
    """`11 đảng viên, trong đó tiếp nhận 6, chuyển 4`: parts right behind `trong đó` that miss the whole."""
    found: list[Warning] = []
    ordered = sorted(results, key=_end)
    for index in range(1, len(ordered)):
        whole, following = ordered[index - 1], ordered[index]
        end, further = whole.span[1], following.span[1]
        if further - end > 120:
            continue
        between = page.low[end:further]
        if not _is_of_which(between[:90]) and not _is_total(page, whole, between):
            continue
        limit = page.sentence_bounds(page.part_at(following.span[0]))[1]
        parts = _listed(ordered[index:], whole, limit)
        total = sum(p.value for p in parts)
        if len(parts) >= 2 and total != whole.value:
            listed = " + ".join(_figure(p.value) for p in parts)
            found.append(
                Warning(
                    "parts_do_not_sum",
                    f"Tổng nêu {_figure(whole.value)} {whole.unit}, nhưng các phần {listed} = {_figure(total)}.",
                    "đơn vị báo số liệu này",
                    (whole.span[0], parts[-1].span[1]),
                    0.9,
                    "checks.parts",
                )
            )
    return found


def _end(result: Result) -> int:
    return result.span[1]


def _is_of_which(between: str) -> bool:
    return "trong đó" in between or "gồm" in between or "cụ thể" in between


def _is_total(page: Page, whole: Result, between: str) -> bool:
    """`Tổng số 24 chi bộ: 8 …`."""
    if not between.lstrip().startswith(":"):
        return False
    return _TOTAL.search(page.low, max(0, whole.span[0] - 12), whole.span[1]) is not None


def _structures(page: Page) -> list[Warning]:
    """`Cơ cấu kinh tế: dịch vụ 62%, công nghiệp 35%, nông nghiệp 5%`: the shares of one structure make 100."""
    found: list[Warning] = []
    at = page.low.find("cơ cấu")
    while at >= 0:
        part = page.part_at(at)
        end = page.ends[part]
        shares = [
            n
            for n in page.of_kind("amount")
            if n.unit == "%"
            and at < n.start < end
            and n.value is not None
            and n.high is None
            and not _CHANGE.search(page.low, max(0, n.start - 14), n.start)
        ]
        total = sum(n.value or 0 for n in shares)
        if len(shares) >= 3 and 80 <= total <= 120 and abs(total - 100) > 0.5:
            listed = " + ".join(_figure(n.value or 0) for n in shares)
            message = f"Cơ cấu {listed} = {_figure(total)}%, không bằng 100%."
            span = (at, shares[-1].end)
            found.append(
                Warning("parts_do_not_sum", message, "bộ phận kinh tế – thống kê", span, 0.9, "checks.structure")
            )
        at = page.low.find("cơ cấu", end)
    return found


def _shares(page: Page, targets: list[Target]) -> list[Warning]:
    """A goal over 100% of what cannot exceed the whole: `tỷ lệ hồ sơ trực tuyến trên 100%`."""
    return [
        Warning(
            "implausible_value",
            f"{t.indicator}: mục tiêu trên {_figure(t.low)}% không thể đạt.",
            "đơn vị đề xuất chỉ tiêu",
            t.span,
            0.8,
            "checks.value",
        )
        for t in targets
        if t.unit == "%"
        and t.low is not None
        and t.low >= 100
        and t.indicator.lower().startswith(_OF_WHOLE)
        and (t.low > 100 or _OVER_WHOLE.search(page.low, t.span[0], t.span[1]))
        and not re.search(r"kế hoạch|dự toán|tăng", page.low[t.span[0] : t.span[1] + 20])
    ]


def _terms(congresses: list[Congress]) -> list[Warning]:
    """One congress told with two terms."""
    told: dict[tuple[str | None, int], Congress] = {}
    found = []
    for congress in congresses:
        if congress.term is None:
            continue
        first = told.setdefault((congress.level, congress.ordinal), congress)
        if first.term != congress.term:
            message = f"Đại hội lần thứ {congress.ordinal} được ghi hai nhiệm kỳ: {first.term} và {congress.term}."
            found.append(Warning("term_mismatch", message, "người soạn văn bản", congress.span, 0.9, "checks.term"))
    return found


def _listed(results: list[Result], whole: Result, limit: int) -> list[Result]:
    """Results of the whole's unit, one behind another, until the list breaks off or already exceeds the whole."""
    parts: list[Result] = []
    last = whole.span[1]
    for result in results:
        if result.span[0] >= limit or not _same_unit(result.unit, whole.unit):
            break
        if result.span[1] - last > 90 or sum(p.value for p in parts) >= whole.value:
            break
        if parts and _another(parts, result):
            break
        parts.append(result)
        last = result.span[1]
    return parts


def _another(parts: list[Result], result: Result) -> bool:
    """A part of another sort ends the list: `tiếp nhận 6 đồng chí, chuyển 4 đồng chí, phát thẻ cho 5 đảng viên`."""
    return result.unit != parts[-1].unit


_PEOPLE = ("đảng viên", "đồng chí", "người", "quần chúng", "đảng viên mới")


def _same_unit(a: str, b: str) -> bool:
    return a == b or (a in _PEOPLE and b in _PEOPLE)


def _ratios(results: list[Result]) -> list[Warning]:
    found = []
    for result in results:
        ratio = result.ratio
        if ratio is not None and (ratio > 300 or ratio < 10):
            found.append(
                Warning(
                    "implausible_ratio",
                    f"Tỷ lệ {_figure(ratio)}% so với kế hoạch là bất thường; cần nêu rõ so với số nào.",
                    "bộ phận lập số liệu",
                    result.span,
                    0.9,
                    "checks.ratio",
                )
            )
        if ratio is not None and result.planned and result.unit != "%":
            said = 100 * result.value / result.planned
            if abs(said - ratio) > 0.6:
                found.append(
                    Warning(
                        "ratio_mismatch",
                        f"{_figure(result.value)}/{_figure(result.planned)} là {_figure(round(said, 2))}%, "
                        f"văn bản ghi {_figure(ratio)}%.",
                        "bộ phận lập số liệu",
                        result.span,
                        0.9,
                        "checks.ratio",
                    )
                )
    return found


def _values(results: list[Result]) -> list[Warning]:
    found = []
    for result in results:
        if result.value <= 100:
            continue
        if result.value >= 1e9 and result.unit == "đồng" and "thu nhập" in result.indicator.lower():
            found.append(
                Warning(
                    "implausible_value",
                    f"Thu nhập bình quân {money(result.value)} không hợp lý; có thể nhầm đơn vị hoặc tên chỉ tiêu.",
                    "bộ phận kinh tế – thống kê",
                    result.span,
                    0.9,
                    "checks.value",
                )
            )
        elif result.unit == "%" and result.indicator.startswith(_SHARE) and "tăng" not in result.indicator:
            found.append(
                Warning(
                    "implausible_value",
                    f"{result.indicator}: {_figure(result.value)}% vượt 100%.",
                    "bộ phận lập số liệu",
                    result.span,
                    0.7,
                    "checks.value",
                )
            )
    return found
