"""Parts told behind their whole that miss it: `11 đảng viên, trong đó tiếp nhận 6, chuyển 4`.

Lists on real pages are often open (`trong đó có 3 dự án lớn`), so a sum that falls short counts only where the list
says that it is whole, or nearly reaches it; one that goes over counts where nothing is rounded.
"""

import re

from msgspec import Struct

from nhiemky.reading.checks.told import REPORTER, Told, is_amount, said, same_unit, spoken, warning
from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Warning
from nhiemky.reading.text import Number
from nhiemky.reading.vocab import pattern

WHY = {
    "checks.parts": "Các phần kể ngay sau tổng nhưng cộng lại không bằng tổng: «11, trong đó 6 và 4».",
}
_CUES = (*spoken("of_which"), *spoken("closed"))
_CLOSED = spoken("closed")  # a list behind these is whole
_OPEN = pattern(r"(?<![^\W_]){open}(?![^\W_])|\.\.\.|…", open=spoken("open"))
_ENDS = pattern(r"(?<![^\W_]){ends}(?![^\W_])", ends=spoken("ends"))
_TOTALS = spoken("total")
_BEST = "hoàn thành xuất sắc"
WORDS = (*_CUES, *_TOTALS, _BEST)
_RATED = re.compile(r"[^,.;\n\d]{0,40}?hoàn thành (?:xuất sắc|tốt|nhiệm vụ)|[^,.;\n\d]{0,40}?không hoàn thành")
_EITHER = re.compile(r"(?<![^\W_])(?:hoặc|trở lên)(?![^\W_])")  # a rule, not a report
_BRACKET = re.compile(r"[^.,;:()\d\n]{0,16}\(")
_CLOSES = re.compile(r"[^.,;:()\d\n]{0,16}\)")
_TOTAL = re.compile(r"(?<![^\W_])tổng [^.;:\n()\d]*$")
_ITEM = re.compile(r"(?:^|[,;:+-]|(?<![^\W_])(?:và|có|gồm|là|với))\s*$")
_NEXT = re.compile(r"[,;]\s*(?:đã|hiện|đến nay)(?![^\W_])")  # `…, đã giải quyết 22 đơn`: no part of the list
_REST, _AND = "còn lại", " và "
_PAIRED = (("chính thức", "dự bị"), ("chuyển đến", "chuyển đi"), ("tiếp nhận", "chuyển"))
_FURTHEST = 90  # characters from one part to the next
_LONGEST, _TAIL = 1500, 40  # of a list, and of what is looked at behind it
_ROUND = 3  # zeros at the end of a whole that is told in thousands
_FINEST = 1e-4  # of the whole: sums of millions that miss it by a few are rounded


class _List(Struct, frozen=True):
    """What stands behind a whole: parts of its unit, all counts among them, and what the list says of itself."""

    own: list[Number]
    all: list[Number]
    start: int
    end: int  # of the last part
    text: str


def of_which(told: Told, marks: list[Mark]) -> list[Warning]:
    """`trong đó`, `gồm`, `cụ thể`, and `Tổng số 24 chi bộ: 8 …`."""
    found: list[Warning] = []
    low = told.page.low
    for mark in marks:
        word = low[mark.start : mark.end]
        if word in _CUES:
            found += _behind(told, mark.start, mark.end, word)
        elif word in _TOTALS:
            number = next(iter(told.between(mark.end, mark.end + 24)), None)
            if number is None or not is_amount(number):
                continue
            colon = low.find(":", number.end, number.end + 40)
            if colon >= 0:
                found += _weighed(told, number, _listed(told, number, colon + 1), ":")
    return found


def in_brackets(told: Told) -> list[Warning]:
    """`Tổng đàn 987 con (bò 862 con, trâu 135 con)`: brackets right behind a total, or with both halves of a pair."""
    found: list[Warning] = []
    low = told.page.low
    for number in told.page.of_kind("amount"):
        opened = _BRACKET.match(low, number.end)
        if opened is None or not is_amount(number) or told.is_change(number):
            continue
        listed = _listed(told, number, opened.end())
        upto = low[opened.end() : listed.end]
        told_whole = _TOTAL.search(low, max(0, number.start - 40), number.start) is not None
        if len(listed.own) != len(listed.all) or not _CLOSES.match(low, listed.end):
            continue
        if told_whole or any(a in upto and b in upto for a, b in _PAIRED):
            found += _weighed(told, number, listed, ":")
    return found


def rated(told: Told, marks: list[Mark]) -> list[Warning]:
    """`142 chi bộ được xếp loại, có 29 … xuất sắc, 99 … tốt và 13 hoàn thành`: the levels leave nothing out."""
    found: list[Warning] = []
    page, low = told.page, told.page.low
    done = 0
    for mark in marks:
        if mark.start < done or not low.startswith(_BEST, mark.start):
            continue
        begins, done = page.sentence_bounds(page.part_at(mark.start))
        near = [n for n in told.between(max(begins, mark.start - 200), min(done, mark.start + 300)) if is_amount(n)]
        parts = [n for n in near if _RATED.match(low, n.end)]
        whole = next((n for n in reversed(near) if parts and n.start < parts[0].start), None)
        if whole is None or len(parts) < 3 or not all(same_unit(n, whole) for n in parts):
            continue
        total, value = sum(n.value or 0 for n in parts), whole.value or 0
        if total != value and 0.7 * value <= total <= 1.3 * value and not told.is_weighed(whole):
            found.append(_said(whole, parts, total))
    return found


def _behind(told: Told, at: int, end: int, cue: str) -> list[Warning]:
    low = told.page.low
    for whole in told.before(at, 4):
        between = low[whole.end : at]
        if len(between) > 130 or ";" in between or "\n" in between.strip() or _OPEN.search(between[-24:]):
            break
        stop = re.search(r"[.!?]\s", between)
        if stop and between[stop.end() :].strip(" -–+("):
            break
        if low[whole.start - 1 : whole.start] == "/":  # `1.326 tấn/1.302 tấn, trong đó …`: the plan has no parts
            continue
        if is_amount(whole) and not told.is_change(whole) and whole.value and whole.value > 1:
            listed = _listed(told, whole, end)
            if listed.own or cue in _CLOSED:
                return _weighed(told, whole, listed, cue)
    return []


def _listed(told: Told, whole: Number, start: int) -> _List:
    """Numbers from `start` to where the list ends; what stands in brackets inside it is passed over."""
    page, low = told.page, told.page.low
    begins, limit = page.sentence_bounds(page.part_at(start))
    bound = limit
    limit = min(limit, start + _LONGEST)
    if start - begins < 14:
        limit = _second_sentence(told, whole, limit)
    own: list[Number] = []
    every: list[Number] = []
    depth, seen, last = 0, start, start
    for number in told.between(start, limit):
        gap = low[seen : number.start]
        depth += gap.count("(") - gap.count(")")
        if depth < 0:
            limit = seen + gap.find(")")
            break
        seen = number.end
        if depth > 0:
            continue
        between = low[last : number.start]
        if number.start - last > _FURTHEST or (every and (_ENDS.search(between) or _NEXT.search(between))):
            limit = last
            break
        if (every and any(cue in between for cue in _CUES)) or number.planned is not None:
            limit = last
            break
        if _is_part(told, whole, number, between):
            every.append(number)
            if is_amount(number) and same_unit(number, whole) and len(own) == len(every) - 1:
                own.append(number)
            last = number.end
    end = every[-1].end if every else start
    return _List(own, every, start, end, low[start : min(bound, max(limit, end + _TAIL))])


def _second_sentence(told: Told, whole: Number, limit: int) -> int:
    """`Trong đó, …`: the list may go on in the next sentence, if that counts the same thing again and again."""
    page = told.page
    further = page.sentence_bounds(page.part_at(min(limit + 2, max(0, len(page.low) - 1))))[1]
    further = min(further, limit + _LONGEST)
    going_on = [n for n in told.between(limit, further) if is_amount(n) and n.unit == whole.unit]
    return further if len(going_on) >= 2 else limit


def _is_part(told: Told, whole: Number, number: Number, between: str) -> bool:
    if told.is_change(number) or number.value is None or number.high is not None:
        return False
    if number.kind == "amount" and number.unit:
        return is_amount(number) and (same_unit(number, whole) or (whole.unit_kind == number.unit_kind == "count"))
    return number.kind in ("amount", "other") and whole.unit_kind == "count" and bool(_ITEM.search(between))


def _weighed(told: Told, whole: Number, listed: _List, cue: str) -> list[Warning]:
    """The warning of a list that misses its whole, if it does."""
    parts = _of_one_word(listed.own)
    if whole.value is None or _adds_up(told, whole, listed.all, parts) or _adds_up(told, whole, listed.own, parts):
        return []
    total = sum(p.value or 0 for p in parts)
    slack = _slack(told, whole, parts)
    if total > whole.value + slack:
        wrong = _goes_over(told, whole, parts, total, listed)
    else:
        wrong = total < whole.value - slack and _falls_short(told, whole, parts, total, listed, cue)
    return [_said(whole, parts, total)] if wrong else []


def _said(whole: Number, parts: list[Number], total: float) -> Warning:
    unit, value = whole.unit, whole.value or 0
    names = " + ".join(said(p.value or 0, unit if unit == "đồng" else "") for p in parts)
    message = (
        f"Tổng nêu {said(value, unit)}, nhưng các phần {names} = {said(total, unit)}; "
        f"cần xem lại tổng hoặc phần nào {'thừa' if total > value else 'thiếu'} {said(abs(value - total), unit)}."
    )
    return warning("parts_do_not_sum", "checks.parts", (whole.start, parts[-1].end), message, REPORTER)


def _of_one_word(own: list[Number]) -> list[Number]:
    """`tiếp nhận 6 đồng chí, chuyển 4 đồng chí, phát thẻ cho 5 đảng viên`: another word begins another matter."""
    return [p for index, p in enumerate(own) if all(q.unit == own[0].unit for q in own[: index + 1])]


def _adds_up(told: Told, whole: Number, listed: list[Number], parts: list[Number]) -> bool:
    """Whether the first of them, however many, make the whole; all must where `và` says which the last is."""
    total = 0.0
    closed = len(parts) > 2 and listed == parts and _AND in told.page.low[parts[-2].end : parts[-1].start]
    for index, part in enumerate(listed):
        total += part.value or 0
        if closed and index < len(listed) - 1:
            continue
        if abs(total - (whole.value or 0)) <= _slack(told, whole, listed[: index + 1]):
            return True
    return False


def _slack(told: Told, whole: Number, parts: list[Number]) -> float:
    figures = [whole, *parts]
    loose = 0.05 * (whole.value or 0) if any(told.is_weighed(n) for n in figures) else 0.0
    written = told.page.text[whole.start : whole.figure_end].replace(".", "")
    zeros = len(written) - len(written.rstrip("0"))
    round_whole = 0.5 * 10**zeros * whole.scaled if zeros >= _ROUND else 0.0
    return max(loose, round_whole, sum(told.slack(n) for n in figures)) + _FINEST * (whole.value or 0)


def _goes_over(told: Told, whole: Number, parts: list[Number], total: float, listed: _List) -> bool:
    value = whole.value or 0
    if len(parts) < 2 or whole.unit.startswith("lượt") or told.is_lower_bound(whole):
        return False
    if _EITHER.search(listed.text) or any((p.value or 0) > value for p in parts):
        return False
    return total - value <= max(3.0, 0.12 * value)


def _falls_short(told: Told, whole: Number, parts: list[Number], total: float, listed: _List, cue: str) -> bool:
    value = whole.value or 0
    if len(parts) < 2 or any(told.is_weighed(n) for n in (whole, *parts)):
        return False
    counted = whole.unit_kind == "count" and all(n.scaled == 1 for n in (whole, *parts))
    text = listed.text
    upto = told.page.low[listed.start : parts[-1].end]
    if any(a in upto and b in upto for a, b in _PAIRED):
        return total >= 0.5 * value
    if _REST in text:
        return _REST in upto and parts[-1].end == listed.end and total >= (0.5 if counted else 0.9) * value
    if _OPEN.search(text) or len(listed.all) > len(parts) or re.search(rf"(?:và|,)\s{re.escape(whole.unit)}\s", text):
        return False
    if cue in _CLOSED or cue == ":":
        return total >= 0.7 * value
    return counted and total >= 0.9 * value
