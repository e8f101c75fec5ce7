"""From frames to facts: a page's figures become targets and results, each with its indicator and span."""

import re
from bisect import bisect_left
from collections.abc import Mapping

from msgspec import structs

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Direction, Qualifier, Result, Target
from nhiemky.reading.grammars.figures.frame import Frame, frame_of
from nhiemky.reading.grammars.figures.mode import Modes, is_future, modes_of, until_year
from nhiemky.reading.grammars.figures.zero import Zero, zero_facts
from nhiemky.reading.quantities.figures import figure_value
from nhiemky.reading.text import Number, Page

WHY = {
    "figures.target": "A figure with its indicator that the text commits to: «phấn đấu đạt 93% trở lên».",
    "figures.result": "A figure with its indicator that the text reports: «đã kết nạp 03 đảng viên».",
}
Facts = tuple[list[Target], list[Result]]

_PLAN_NOUN = re.compile(
    r"(?:so với |so |theo )?(?:kế hoạch|kh\b|dự toán|chỉ tiêu|nghị quyết|pháp lệnh|mục tiêu|kh năm|đề ra)"
)
_YEARLY = re.compile(r"(?:mỗi|hằng|hàng|từng|một|/)\s?năm")
_AVERAGE = re.compile(r"bình quân|trung bình")
_TERM_END = re.compile(r"(?:hết|cuối|trong|cả|toàn) nhiệm kỳ")
_FROM = re.compile(r"từ\s+(?:mức\s+)?(\d+(?:[.,]\d+)*)\s?%?[^\d;.]{0,60}$")
_DOWN = re.compile(r"(?:xuống|giảm còn|giảm xuống|chỉ còn|còn)(?:\s+(?:còn|mức|dưới))*\s*$")
_TWO_FUNDS = re.compile(
    r"((?:chỉ tiêu )?(?:thu )?(?:thuế|quỹ|phí).{3,60}?) và ((?:thuế|quỹ|phí)\s.{3,60})", re.IGNORECASE
)
_OPENING_YEAR = re.compile(r"\s*(?:trong )?năm (20\d\d)")
_YEAR_BEHIND = re.compile(r"[^.;\d]{0,30}\b(?:vào|trong) (?:cuối )?năm (20\d\d)")
_CHANGED = re.compile(r"^(?:tăng|giảm)\s+")
_LEAD_CHANGE = re.compile(r"^(?:giảm|hạ|kéo giảm|tăng|nâng)\s+")


def find(
    page: Page, marks: Mapping[str, list[Mark]], zeros: list[list[Zero]], page_year: int | None, term_end: int | None
) -> Facts:
    """Targets and results of a page whose numbers are scanned. `term_end` is the last year of the page's term."""
    targets: list[Target] = []
    results: list[Result] = []
    parts = _by_part(page)
    if not parts and not zeros:
        return targets, results
    modes = modes_of(page, marks, page_year)
    for part, numbers in parts:
        _read_part(page, modes, part, numbers, term_end, targets, results)

    def by(part: int, start: int, end: int) -> str | None:
        year = until_year(page, modes, part, start, end) or term_end
        return str(year) if year else None

    for group in zeros:
        zero_facts(page, group, lambda part, at: bool(is_future(page, modes, part, at)), by, targets, results)
    return targets, results


def _by_part(page: Page) -> list[tuple[int, list[Number]]]:
    """Amounts that may be facts, grouped by the part of a sentence they stand in."""
    groups: list[tuple[int, list[Number]]] = []
    for number in page.of_kind("amount"):
        if number.unit_kind in ("", "board"):
            continue
        if number.value == 1 and page.low[max(0, number.start - 6) : number.start].endswith(("trên ", "mỗi ", "/")):
            continue  # `giá trị sản phẩm trên 1 ha` is a rate
        part = page.part_at(number.start)
        if groups and groups[-1][0] == part:
            groups[-1][1].append(number)
        else:
            groups.append((part, [number]))
    return groups


def _read_part(
    page: Page, modes: Modes, part: int, numbers: list[Number], term_end: int | None,
    targets: list[Target], results: list[Result],
) -> None:  # fmt: skip
    first, last = page.sentence_bounds(part)
    if modes.skipped(first, last) or (modes.boxes and modes.in_box(page, numbers[0].start)):
        return
    numbers = [n for n in numbers if not n.spelled or n.value != 1 or len(numbers) > 1]  # `một` alone is an article
    floor, baseline = page.starts[part], 0
    before: Frame | None = None
    facts_before: Target | Result | None = None
    for index, number in enumerate(numbers):
        ceiling = numbers[index + 1].start if index + 1 < len(numbers) else page.ends[part]
        frame = frame_of(page, number, part, floor, ceiling, first=facts_before is None, baseline=baseline)
        nxt = numbers[index + 1] if index + 1 < len(numbers) else None
        if nxt is not None and _is_baseline(page, number, nxt):
            baseline = page.low.rindex("từ", 0, number.start)
            continue
        baseline, floor = 0, max(number.end, frame.end)
        if isinstance(facts_before, Result) and _amends(frame, facts_before):
            amended = _with_ratio(frame, facts_before)
            results[-1] = facts_before = amended
            continue
        if number.unit_kind == "weak" and "plain" not in frame.joins:
            continue
        indicator = _cased(page, frame, _indicator(frame, before, facts_before))
        if not indicator:
            continue
        if _promised(page, modes, frame):
            target = _target(page, modes, frame, indicator, facts_before, term_end)
            targets.extend(_split(target))
            facts_before = target
        else:
            result = _result(frame, indicator, _period(page, modes, frame))
            results.append(result)
            facts_before = result
        if frame.own_subject or before is None:
            before = frame


def _split(target: Target) -> list[Target]:
    """`100% chỉ tiêu thu thuế … và quỹ …` promises both."""
    both = _TWO_FUNDS.match(target.indicator)
    if both is None:
        return [target]
    return [structs.replace(target, indicator=name) for name in (both.group(1), both.group(2))]


def _cased(page: Page, frame: Frame, indicator: str) -> str:
    """The indicator in the page's own letters (`BHYT`, `Đảng`), which rules do not see."""
    low, text = page.low, page.text
    for words, start in ((frame.subject, frame.start), (frame.noun, frame.number.start)):
        at = low.find(words, start, frame.end) if words else -1
        if at >= 0:
            indicator = indicator.replace(words, text[at : at + len(words)], 1)
    head = indicator[:2]
    return indicator[0].lower() + indicator[1:] if head[:1].isupper() and head[1:].islower() else indicator


def _promised(page: Page, modes: Modes, frame: Frame) -> bool:
    """By its cues; without any, by its form: `93% trở lên` right behind the figure, or a range, is a goal."""
    future = is_future(page, modes, frame.part, frame.number.start)
    if future is not None:
        return future
    return frame.tail_near or (frame.number.high is not None and "share" not in frame.joins)


def _is_baseline(page: Page, number: Number, following: Number) -> bool:
    """`từ 3,36% xuống còn 3,34%`: the first figure is where the change starts, not a fact of its own."""
    between = page.low[number.end : following.start]
    return (
        page.low[max(0, number.start - 8) : number.start].rstrip().endswith(("từ", "từ mức", "từ trên"))
        and len(between) < 60
        and re.search(r"(?:xuống|lên|còn|đến)(?:\s+(?:còn|đến|tới|trên|dưới|mức))*\s*$", between) is not None
        and number.unit_kind == following.unit_kind
    )


def _amends(frame: Frame, last: Result) -> bool:
    """Whether the figure is the ratio of the fact before it: `…, đạt 790,2%`, `bằng 102% kế hoạch`."""
    number = frame.number
    if number.unit_kind != "percent" or frame.own_subject or not frame.joins:
        return False
    if "share" in frame.joins or "change" in frame.joins:
        return False
    planned = _PLAN_NOUN.match(frame.noun) is not None or "so với" in frame.noun
    if last.unit == "%":
        return planned and last.ratio is None
    words = frame.join_words
    return last.ratio is None and (planned or not frame.noun or words.startswith(("đạt", "bằng", "hoàn thành", "vượt")))


def _with_ratio(frame: Frame, last: Result) -> Result:
    value = frame.number.value or 0.0
    ratio = 100 + value if "over" in frame.joins and frame.join_words.endswith("vượt") else value
    return Result(
        last.indicator, last.value, last.high, last.unit, last.qualifier, last.period, last.planned, ratio,
        (last.span[0], frame.number.end), last.confidence, last.rule,
    )  # fmt: skip


def _indicator(frame: Frame, before: Frame | None, last: Target | Result | None) -> str:
    """What the figure measures, in the page's words."""
    noun, subject = frame.noun, frame.subject
    counted = frame.number.unit_kind in ("count", "weak", "measure")
    change = "change" in frame.joins
    share = "share" in frame.joins
    word = _change_word(frame) if change else ""
    if subject:
        return _with_subject(frame, last, word, counted=counted)
    if share and noun:
        return f"chiếm {noun}"
    if change:
        if last is not None:
            return f"{word} {_CHANGED.sub('', last.indicator)}"
        return f"{word} {noun}" if noun and not noun.startswith(("so với", "kế hoạch")) else ""
    if before is not None and "share" in before.joins and noun and not frame.joins:
        return f"chiếm {noun}"
    if counted and before is not None:
        return (
            noun
            if last is not None and last.unit != frame.number.unit and len(before.subject.split()) > 6
            else _join(before.subject, noun)
        )
    if noun and last is not None and noun.startswith(("cùng kỳ", "năm trước", "năm ngoái")):
        return f"{last.indicator} {noun}"
    if noun and frame.number.unit_kind == "percent" and (last is None or not _PLAN_NOUN.match(noun)):
        return noun
    if noun and last is None:
        return noun
    if last is not None and frame.joins:
        return (
            f"số tiền {last.indicator}" if frame.number.unit_kind == "money" and last.unit != "đồng" else last.indicator
        )
    return noun


def _with_subject(frame: Frame, last: Target | Result | None, word: str, *, counted: bool) -> str:
    noun, subject = frame.noun, frame.subject
    if word:
        return (
            f"{word} {noun}" if noun and len(subject.split()) <= 2 and "%" in frame.number.unit else f"{subject} {word}"
        )
    if counted:
        return _join(subject, noun)
    if subject in ("số tiền", "tổng số tiền", "kinh phí", "trị giá", "tổng trị giá") and last is not None:
        return f"{subject} {last.indicator}"
    if noun and len(subject.split()) <= 2 and not _PLAN_NOUN.match(noun):
        return _join(subject, noun)
    return subject


def _join(subject: str, noun: str) -> str:
    return noun if not subject else subject if subject.endswith(noun) else f"{subject} {noun}"


def _change_word(frame: Frame) -> str:
    return "giảm" if "giảm" in frame.join_words else "tăng"


def _period(page: Page, modes: Modes, frame: Frame) -> str | None:
    """The period said last before the figure in its sentence, else the one right behind it."""
    first, last = page.sentence_bounds(frame.part)
    index = bisect_left(modes.period_at, frame.number.start) - 1
    if index >= 0 and modes.period_at[index] >= first:
        return modes.periods[index].period
    if index + 1 < len(modes.periods) and modes.period_at[index + 1] < min(frame.end + 20, last):
        return modes.periods[index + 1].period
    return None


def _qualifier(frame: Frame) -> Qualifier | None:
    """The nearest qualifier; `ước đạt trên` is over: the closer word binds."""
    for meaning in reversed(frame.joins):
        if meaning in ("over", "about", "under"):
            return meaning  # type: ignore[return-value]
    return None


def _result(frame: Frame, indicator: str, period: str | None) -> Result:
    number = frame.number
    return Result(
        indicator, number.value or 0.0, number.high, number.unit, _qualifier(frame), period, number.planned, None,
        (frame.start, frame.end), 0.9 if frame.own_subject else 0.75, "figures.result",
    )  # fmt: skip


def _target(
    page: Page, modes: Modes, frame: Frame, indicator: str, last: Target | Result | None, term_end: int | None
) -> Target:
    number = frame.number
    direction, low, high = _direction_of(frame, indicator)
    if (
        frame.join_words.split(" ")[:1] == ["vượt"] and _PLAN_NOUN.match(frame.noun) and low is not None
    ):  # `vượt 5-10% kế hoạch`
        direction, low, high = ("range", 100 + low, 100 + high) if high is not None else ("at_least", 100 + low, None)
    if (
        direction == "equal"
        and not frame.own_subject
        and isinstance(last, Target)
        and last.direction in ("at_most", "at_least")
    ):
        direction = last.direction  # `… tối đa 50%, đến năm 2025 là 20%`
    around = page.low[frame.start : frame.end] + frame.lead_text
    clause_end = page.low.find(",", frame.end, page.ends[frame.part])
    around += page.low[number.end : clause_end if clause_end >= 0 else page.ends[frame.part]][:60]
    yearly = number.per_year or _YEARLY.search(around) is not None
    if not yearly and isinstance(last, Target) and last.per == "year" and page.part_at(last.span[0]) == frame.part:
        yearly = not number.per_year and "hằng năm" in page.low[page.starts[frame.part] : last.span[1]]
    if yearly and number.unit_kind == "money":  # income per person a year is a level, not a yearly promise
        yearly = _YEARLY.search(frame.lead_text) is not None
    year = until_year(page, modes, frame.part, number.start, frame.end)
    if year is None and (not yearly or _AVERAGE.search(around)):
        year = term_end
    if yearly and not number.per_year and not _AVERAGE.search(around):
        clause = until_year(page, modes, frame.part, number.start, frame.end)
        year = clause if clause and str(clause) in page.text[page.starts[frame.part] : page.ends[frame.part]] else None
    if year is None and not yearly:
        year = _year_named(page, frame)
    baseline = _baseline(frame)
    if baseline is not None and low is not None and direction in ("decrease", "increase", "equal"):
        direction = "at_most" if low < baseline else "at_least"
    return Target(
        _LEAD_CHANGE.sub("", indicator) if baseline is not None or direction in ("decrease", "increase") else indicator,
        direction, low, high, number.unit, "year" if yearly else None, str(year) if year else None, baseline,
        (frame.start, frame.end), 0.9 if frame.own_subject else 0.75, "figures.target",
    )  # fmt: skip


def _year_named(page: Page, frame: Frame) -> int | None:
    """`Năm 2024, phấn đấu …`, `… vào năm 2025`: the year the sentence opens with, or the one right behind the fact."""
    start = page.sentence_bounds(frame.part)[0]
    found = _OPENING_YEAR.match(page.low, start) or _YEAR_BEHIND.match(page.low, frame.end)
    return int(found.group(1)) if found else None


def _baseline(frame: Frame) -> float | None:
    found = _FROM.search(frame.lead_text)
    return figure_value(found.group(1)) if found else None


def _direction_of(frame: Frame, indicator: str) -> tuple[Direction, float | None, float | None]:
    """`giảm tỷ lệ hộ nghèo 0,5%` is a decrease by the amount; `… xuống còn 3%` a level to come down to."""
    number = frame.number
    if (
        number.unit_kind == "percent"
        and frame.subject.startswith(("giảm ", "kéo giảm ", "hạ "))
        and not _DOWN.search(frame.lead_text)
    ):
        return "decrease", number.value, number.high
    return _direction(frame)


def _direction(frame: Frame) -> tuple[Direction, float | None, float | None]:
    number, joins = frame.number, frame.joins
    if number.high is not None and "change" not in joins:
        return "range", number.value, number.high
    if "change" in joins and _DOWN.search(frame.lead_text) is None:
        return ("decrease" if "giảm" in frame.join_words else "increase"), number.value, number.high
    if _DOWN.search(frame.lead_text) and "giảm" in frame.lead_text:
        return "at_most", number.value, None
    around = f"{frame.subject} {frame.lead_text}"
    if frame.tail == "xuống" or "under" in joins or "at_most" in joins or "tối đa" in around:
        return "at_most", number.value, None
    if frame.tail == "lên" or "over" in joins or "at_least" in joins or "tối thiểu" in around:
        return "at_least", number.value, None
    return "equal", number.value, None
