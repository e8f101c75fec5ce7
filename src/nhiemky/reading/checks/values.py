"""Values that their unit or their place cannot have: an income of ten billion, a share over all, `0,30%0`."""

import re

from nhiemky.reading.checks.told import FIGURES, PROPOSER, STATISTICS, WRITER, said, spoken, warning
from nhiemky.reading.facts import Result, Target, Warning
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import pattern

WHY = {
    "checks.value": "Thu nhập bình quân mà không ai có được: «thu nhập bình quân 10 tỷ đồng».",
    "checks.whole": "Một phần lớn hơn cả tổng thể của nó: «tỷ lệ hộ dùng nước sạch đạt 193,5%».",
    "checks.twice": "Một số liệu ghi hai cách khác nhau: «358 ha», sau lại là «385 ha».",
    "checks.mille": "Phần nghìn gõ sai ký hiệu: «0,30%0», «14,2 0/00».",
    "checks.issuer": "Ký hiệu không phải của cơ quan ban hành: «45-BC/HU của Đảng ủy xã».",
}
_AVERAGE = spoken("average")
_NO_INCOME = spoken("no_income")
_PART_OF_ALL = pattern(r"(?:tỷ lệ|tỉ lệ)(?![^\W_])|(?:số )?{counted}(?![^\W_])", counted=spoken("counted"))
_MAY_EXCEED = pattern(r"(?<![^\W_]){exceeds}(?![^\W_])", exceeds=spoken("exceeds"))
_OVER = re.compile(r"(?:trên|hơn|vượt)\s100\s?%")
_PER_MILLE = re.compile(r"\d\s?%0(?!\d)|\d[,.]\d{1,3}\s?0/00(?!\d)|\d0/00(?!\d)")
_RICHEST, _POOREST = 5e8, 1e5  # đồng a head and year
_ISSUED = pattern(
    r"(?:[\s,]*ngày\s[\d/.\s-]{6,10})?[\s,]*của\s+(?:ban thường vụ |ban chấp hành |bch |btv )?{body}"
    r"\s+(?:xã|phường|đặc khu)",
    body=spoken("commune_body"),
)
_DISTRICT_CODE = re.compile(r"/(?:HU|QU|TU|ThU|TXU)$")


def incomes(results: list[Result]) -> list[Warning]:
    """`Thu nhập bình quân hằng năm đạt trên 10 tỷ đồng`."""
    found = []
    for result in results:
        name = result.indicator.lower()
        if result.unit != "đồng" or not any(a in name for a in _AVERAGE) or any(n in name for n in _NO_INCOME):
            continue
        if result.value > _RICHEST or 0 < result.value < _POOREST:
            message = (
                f"Thu nhập bình quân {said(result.value, 'đồng')} không hợp lý; "
                "có thể nhầm đơn vị (triệu, tỷ) hoặc nhầm tên chỉ tiêu."
            )
            found.append(warning("implausible_value", "checks.value", result.span, message, STATISTICS))
    return found


def over_all(page: Page, results: list[Result], targets: list[Target]) -> list[Warning]:
    """More than 100% of what is counted whole: households, pupils, records."""
    found = []
    for result in results:
        if result.unit == "%" and result.value > 100 and _is_share_of_all(page, result.indicator, result.span):
            message = f"{result.indicator}: {said(result.value, '%')} vượt quá 100%; cần xem lại tử số, mẫu số."
            found.append(warning("implausible_value", "checks.whole", result.span, message, FIGURES, 0.8))
    for target in targets:
        if target.unit != "%" or target.low is None or target.low < 100:
            continue
        over = target.low > 100 or _OVER.search(page.low, target.span[0], target.span[1])
        if over and _is_share_of_all(page, target.indicator, target.span):
            message = f"{target.indicator}: mục tiêu trên {said(target.low, '%')} không thể đạt; nhiều nhất là 100%."
            found.append(warning("implausible_value", "checks.whole", target.span, message, PROPOSER, 0.8))
    return found


def _is_share_of_all(page: Page, indicator: str, span: tuple[int, int]) -> bool:
    near = page.low[max(0, span[0] - 10) : span[1] + 30]
    return bool(_PART_OF_ALL.match(indicator.lower())) and not _MAY_EXCEED.search(near)


def told_twice(page: Page, results: list[Result]) -> list[Warning]:
    """`358 ha` and later `385 ha` of one thing: two digits have changed places."""
    found = []
    met: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        if result.value < 100 or result.unit == "%" or result.value != int(result.value):
            continue
        digits = f"{result.value:.0f}".rstrip("0")
        if len(digits) < 3:
            continue
        same = met.setdefault((result.unit, "".join(sorted(digits))), [])
        begins = page.sentence_bounds(page.part_at(result.span[0]))[0] if same else 0
        first = next((r for r in same if r.span[1] <= begins and _swapped(r, result)), None)
        if first is not None:
            message = (
                f"Cùng một số liệu ghi {said(first.value, first.unit)}, "
                f"chỗ khác ghi {said(result.value, result.unit)}; có thể đảo hai chữ số."
            )
            found.append(warning("parts_do_not_sum", "checks.twice", result.span, message, FIGURES, 0.7))
        if len(same) < 6:
            same.append(result)
    return found


def _swapped(first: Result, second: Result) -> bool:
    a, b = f"{first.value:.0f}", f"{second.value:.0f}"
    apart = [i for i in range(min(len(a), len(b))) if a[i] != b[i]]
    if len(a) != len(b) or len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    words, others = set(first.indicator.lower().split()), set(second.indicator.lower().split())
    return len(words & others) >= 2 and len(words & others) >= 0.6 * min(len(words), len(others))


def mistyped(page: Page) -> list[Warning]:
    """Signs that no unit has, and numbers of documents that the body named cannot issue."""
    found = []
    low = page.low
    if "0/00" in low or "%0" in low:
        for match in _PER_MILLE.finditer(low):
            start = match.start()
            while start and (low[start - 1].isdecimal() or low[start - 1] in ",."):
                start -= 1
            message = f"“{page.text[start : match.end()]}” không phải ký hiệu phần nghìn; có thể là ‰ (ví dụ 0,30‰)."
            found.append(warning("implausible_value", "checks.mille", (start, match.end()), message, WRITER))
    for code in page.of_kind("code"):
        written = "".join(page.text[code.start : code.end].split())
        issued = _ISSUED.match(low, code.end) if _DISTRICT_CODE.search(written) else None
        if issued:
            message = f"“{written}” là ký hiệu của cấp ủy huyện, tỉnh; văn bản của Đảng ủy xã, phường dùng ĐU."
            found.append(warning("implausible_value", "checks.issuer", (code.start, issued.end()), message, WRITER))
    return found
