"""Shares against each other and against their own amounts: structures of 102%, `96 trên 320 là 35%`, `22/26 … 1/16`."""

import re

from nhiemky.reading.checks.told import FIGURES, STATISTICS, Told, is_amount, is_share, said, same_unit, spoken, warning
from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Warning
from nhiemky.reading.text import Number
from nhiemky.reading.vocab import pattern

WHY = {
    "checks.structure": "Các tỷ trọng của một cơ cấu cộng lại không đủ 100%: «dịch vụ 62%, công nghiệp 35%, khác 5%».",
    "checks.share": "Tỷ lệ của một phần trái với số của phần và của tổng: «320 đảng viên, trong đó 96 nữ, chiếm 35%».",
    "checks.board": "Các số đếm của một bộ chỉ tiêu không cùng một tổng: «22/26 đạt, 3/26 đang làm, 1/16 chưa đạt».",
}
WORDS = spoken("structure")
_APART = pattern(r"(?<![^\W_]){apart}(?![^\W_])|\n", apart=spoken("apart"))
_SHARES = spoken("share")
_SHARE = pattern(r"(?<![^\W_]){share}[\s\w]{0,14}$", share=_SHARES)
_OF_WHICH = "trong đó"
_OUT_OF = re.compile(r"(?<![^\W_])(?:trong|trên)(?: tổng| số| danh sách| tổng số)(?: \S+)?\s$")
_FURTHEST = 70
_OPENS_SET = re.compile(r"[^.;:\n]{0,80}(?::|,? (?:có|thì|trong đó(?: có)?)) ")
_STANDS = re.compile(
    r" (?:đã )?((?:không |chưa )?(?:đạt|hoàn thành)|vượt)(?: (?:kế hoạch|mức|chỉ tiêu))?"
    r"(?:(?:[,;]| và)? (?:và |có |còn )?(?=\d)|(?=[.,;\n]|$))"
)


def structures(told: Told, marks: list[Mark]) -> list[Warning]:
    """`Cơ cấu kinh tế: dịch vụ 62%, công nghiệp 35%, nông nghiệp 5%`: the shares of one structure make 100."""
    found: list[Warning] = []
    page, low, done = told.page, told.page.low, 0
    for mark in marks:
        if mark.start < done or low[mark.start : mark.end] not in WORDS:
            continue
        done = page.sentence_bounds(page.part_at(mark.start))[1]
        shares = _run(told, mark.start, done)
        total = sum(n.value or 0 for n in shares)
        if len(shares) >= 3 and 80 <= total <= 120 and abs(total - 100) > _rounding(told, shares):
            listed = " + ".join(said(n.value or 0, "%") for n in shares)
            message = f"Cơ cấu {listed} = {said(total, '%')}, không bằng 100%; cần xem lại từng tỷ trọng."
            span = (mark.start, shares[-1].end)
            found.append(warning("parts_do_not_sum", "checks.structure", span, message, STATISTICS))
    return found


def _run(told: Told, start: int, end: int) -> list[Number]:
    """Shares one behind another; those that make 100 on the way end the structure."""
    shares: list[Number] = []
    low, last = told.page.low, start
    for number in told.between(start, end):
        if not is_share(number) or told.is_change(number):
            continue
        between = low[last : number.start]
        if shares and (len(between) > _FURTHEST or _APART.search(between)):
            break
        shares.append(number)
        last = number.end
        if len(shares) >= 2 and abs(sum(n.value or 0 for n in shares) - 100) <= _rounding(told, shares):
            return []
    return shares


def _rounding(told: Told, shares: list[Number]) -> float:
    """What rounding of each share can make; whole shares are goals, and those make 100 exactly."""
    if any(told.is_weighed(n) for n in shares):
        return 100.0
    if all(n.value == int(n.value or 0) for n in shares):
        return 0.5
    return sum(told.slack(n) for n in shares) + 0.011


def of_a_whole(told: Told) -> list[Warning]:
    """`320 đảng viên, trong đó 96 là nữ, chiếm 35%`, held against every whole of its unit that stands before it."""
    found = []
    low = told.page.low
    for share in told.shares:
        if share.value == 100 or not _is_called_share(low, share.start):
            continue
        near = told.before(share.start, 7)
        part = next((n for n in near[:2] if is_amount(n) and not told.is_change(n) and n.planned is None), None)
        if part is None or share.start - part.end > 40 or re.search(r"[.;\n]", low[part.end : share.start]):
            continue
        begins = told.page.sentence_bounds(told.page.part_at(part.start))[0]
        wholes = [n for n in near if n.start < part.start and is_amount(n) and same_unit(n, part)]
        wholes = [n for n in wholes if (n.value or 0) > (part.value or 0) and not told.is_change(n)]
        if any(_fits(told, part, n, share) for n in wholes):
            continue
        whole = next((n for n in wholes if n.start >= begins and _is_all(told, n, part)), None)
        if whole is None:
            continue
        true = 100 * (part.value or 0) / (whole.value or 1)
        message = (
            f"{said(part.value or 0, part.unit)} trên {said(whole.value or 0, whole.unit)} là "
            f"{said(round(true, 2), '%')}, văn bản ghi {said(share.value or 0, '%')}; cần nêu rõ so với số nào."
        )
        found.append(warning("ratio_mismatch", "checks.share", (whole.start, share.end), message, FIGURES, 0.8))
    return found


def _is_called_share(low: str, start: int) -> bool:
    """`chiếm 35%`, `(35%)`."""
    if low.endswith("(", 0, start):
        return True
    near = max(0, start - 32)
    return any(low.find(word, near, start) >= 0 for word in _SHARES) and _SHARE.search(low, near, start) is not None


def _is_all(told: Told, whole: Number, part: Number) -> bool:
    """`320 đảng viên, trong đó 96 …`, `Trong số 60 dự án …, 24 dự án …`."""
    low = told.page.low
    return _OF_WHICH in low[whole.end : part.start] or bool(_OUT_OF.search(low, max(0, whole.start - 30), whole.start))


def of_amounts(told: Told) -> list[Warning]:
    """`dịch vụ 349,2 tỷ đồng (52%), công nghiệp 271 tỷ (43%), nông nghiệp 28,3 tỷ (5%)`: shares of their amounts."""
    found: list[Warning] = []
    pairs: list[tuple[Number, Number]] = []
    for share in told.shares:
        amount = next(iter(told.before(share.start, 1)), None)
        if amount is None or not is_amount(amount) or told.is_change(amount) or share.start - amount.end > 40:
            continue
        if pairs and (amount.start - pairs[-1][1].end > 90 or amount.unit != pairs[0][0].unit):
            found += _structure_of(told, pairs)
            pairs = []
        pairs.append((amount, share))
    return found + _structure_of(told, pairs)


def _structure_of(told: Told, pairs: list[tuple[Number, Number]]) -> list[Warning]:
    if len(pairs) < 3 or abs(sum(s.value or 0 for _, s in pairs) - 100) > 1.01:
        return []
    total = sum(a.value or 0 for a, _ in pairs)
    wrong = [(a, s) for a, s in pairs if abs(100 * (a.value or 0) / total - (s.value or 0)) > 0.6 + told.slack(s)]
    if not wrong:
        return []
    true = " / ".join(said(round(100 * (a.value or 0) / total, 1), "%") for a, _ in pairs)
    written = " / ".join(said(s.value or 0, "%") for _, s in pairs)
    message = f"Theo chính các số tuyệt đối, cơ cấu là {true}; văn bản ghi {written}."
    span = (pairs[0][0].start, pairs[-1][1].end)
    return [warning("ratio_mismatch", "checks.share", span, message, STATISTICS)]


def _fits(told: Told, part: Number, whole: Number, share: Number) -> bool:
    """Whether the share is that of the part in the whole, with what rounding and `hơn`, `gần` leave open."""
    a, b, p = part.value or 0, whole.value or 1, share.value or 0
    if any(told.is_weighed(n) for n in (part, whole, share)):
        return abs(100 * a / b - p) <= max(1.0, 0.06 * p)
    low = 100 * (a - told.slack(part)) / (b + told.slack(whole))
    high = 100 * (a + told.slack(part)) / (b - told.slack(whole))
    loose = 2 * told.slack(share) + 0.001
    return low - loose <= p <= high + loose


def boards(told: Told) -> list[Warning]:
    """`22/26 … 3/26 … 1/16 chỉ tiêu`: the counts of one set name one total."""
    found: list[Warning] = []
    group: list[Number] = []
    bound = -1
    for number in told.page.of_kind("amount"):
        if number.planned is None or (number.value or 0) > number.planned:
            continue
        if number.start >= bound or (group and number.unit != group[0].unit):
            found += _of_set(group)
            group = []
            bound = told.page.sentence_bounds(told.page.part_at(number.start))[1]
        group.append(number)
    return found + _of_set(group)


def met_and_not(told: Told) -> list[Warning]:
    """`Trong 18 chỉ tiêu, có 10 chỉ tiêu đạt, 6 chỉ tiêu vượt, 3 chỉ tiêu không đạt`: told apart, they make the set."""
    found: list[Warning] = []
    low = told.page.low
    counts = [n for n in told.page.of_kind("amount") if n.unit.startswith("chỉ tiêu") and n.planned is None]
    for whole, *parts in zip(counts, counts[1:], counts[2:], counts[3:], strict=False):
        if not _OPENS_SET.fullmatch(low, whole.end, parts[0].start):
            continue
        stands = [_STANDS.match(low, part.end) for part in parts]
        if len({s.group(1) for s in stands if s}) < len(parts):
            continue
        ends = [s.end() for s in stands if s]
        if ends[:-1] != [part.start for part in parts[1:]] or low[ends[-1] - 1].isspace():
            continue
        total = sum(n.value or 0 for n in parts)
        if total != whole.value:
            names = " + ".join(said(n.value or 0) for n in parts)
            message = (
                f"Nêu {said(whole.value or 0, whole.unit)}, nhưng {names} = {said(total)}; cần xem lại các số đếm."
            )
            span = (whole.start, parts[-1].end)
            found.append(warning("parts_do_not_sum", "checks.board", span, message, FIGURES))
    return found


def _of_set(group: list[Number]) -> list[Warning]:
    if len(group) < 3:
        return []
    totals = sorted(n.planned or 0 for n in group)
    usual = totals[len(totals) // 2]
    odd = [n for n in group if n.planned != usual]
    counted = sum(n.value or 0 for n in group)
    if len(odd) != 1 or counted != usual:
        return []
    message = (
        f"Các số đếm cộng lại {said(counted)} và đều trên {said(usual)}, riêng một số ghi {said(odd[0].value or 0)}/"
        f"{said(odd[0].planned or 0)}; có thể là {said(odd[0].value or 0)}/{said(usual)}."
    )
    return [warning("parts_do_not_sum", "checks.board", (group[0].start, group[-1].end), message, FIGURES)]
