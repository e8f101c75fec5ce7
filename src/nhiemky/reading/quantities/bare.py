"""Counts without a unit of their own: those of `11 đồng chí, trong đó tiếp nhận 6, chuyển 4` count what 11 counts."""

import re

from nhiemky.reading.quantities.figures import ROWS
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import pattern, words

_OPENS = pattern(r"[(:]|(?<![^\W_]){cue}(?![^\W_])", cue=words("bare_lists"))
_TOLD = ("lên ", "là ", "còn ", ": ")
_TOTAL = pattern(
    r"(?<![^\W_])(?:tổng số ({unit})(?: [^\W\d_]+){0,5} (?:lên|là|còn) $|số ({listed})(?: [^\W\d_]+){1,5} ?: $"
    r"|số (người) (?:chết|bị thương) (?:là|còn) $)",
    unit=words("units"),
    listed=("hồ sơ", "đơn", "vụ", "vụ việc", "hộ", "trường hợp", "lao động", "đảng viên", "học sinh"),
)
_NAMED = pattern(r"(?<![^\W_]){word}\W*$", word=words("numbered"))
_SAID = re.compile(r"[^\W\d_]{2,}\s?:?\s?$")  # the word that a count stands behind
_ENDS = re.compile(r"\s*(?:[,;).\n]|và(?![^\W_])|$)(?! ?\d)")
_MOST = 40  # counts of one list
_FURTHEST = 60  # characters between a count and the one before it


def counts_of_a_whole(page: Page, numbers: list[Number]) -> None:
    """Gives the unit of a whole to the bare counts of its list, two at least."""
    index = 0
    while index < len(numbers) - 2:
        whole, index = numbers[index], index + 1
        if numbers[index].kind != "other" or whole.unit_kind != "count" or (whole.value or 0) < 2 or whole.high:
            continue
        listed = _listed(page, whole, numbers, index)
        if len(listed) > 1:
            for number in listed:
                number.kind, number.unit, number.unit_kind = "amount", whole.unit, "count"
                number.end = number.unit_start = number.figure_end
            index += len(listed)


def totals(page: Page, numbers: list[Number]) -> None:
    """Gives a bare total the unit said before it: `nâng tổng số chi bộ lên 62`, `số hồ sơ đã giải quyết: 2.889`."""
    low = page.low
    for number in numbers:
        if number.kind != "other" or not low.endswith(_TOLD, 0, number.start) or _ENDS.match(low, number.end) is None:
            continue
        told = _TOTAL.search(low, max(0, number.start - _FURTHEST), number.start)
        if told is not None and ROWS[word := told.group(told.lastindex or 0)].kind == "count":
            number.kind, number.unit, number.unit_kind = "amount", ROWS[word].word, "count"
            number.end = number.unit_start = number.figure_end


def _listed(page: Page, whole: Number, numbers: list[Number], index: int) -> list[Number]:
    """The bare counts right behind a whole, up to the first number that is none."""
    low = page.low
    listed: list[Number] = []
    at = whole.end
    for number in numbers[index : index + _MOST]:
        between = low[at : number.start]
        if number.kind != "other" or len(between) > _FURTHEST or not _is_bare(page, number, between):
            break
        if (number.value or 0) > (whole.value or 0) or (not listed and _OPENS.search(between) is None):
            break
        listed.append(number)
        at = number.figure_end
    return listed


def _is_bare(page: Page, number: Number, between: str) -> bool:
    low = page.low
    if number.value is None or not low[number.start : number.figure_end].isdecimal() or ". " in between:
        return False
    ends = _ENDS.match(low, number.figure_end) is not None
    said = _SAID.search(between)
    if said is None or not ends or _NAMED.search(between):
        return False
    return ":" in said.group() or page.text[number.start - len(said.group())].islower()  # no `Đông Hòa 1, Đông Hòa 2`
