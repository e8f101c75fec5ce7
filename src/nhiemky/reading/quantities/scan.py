"""One walk over the digits of a page: what each figure is, decided once (date, year, document number, amount…).

`21/15` and `03/12` before a counted noun are amounts of a plan, not dates; `27/32023` is a date with a stroke missing.
"""

import re

from nhiemky.reading.quantities import dates
from nhiemky.reading.quantities.figures import FIGURE, Unit, figure_value, unit_after
from nhiemky.reading.quantities.spelled import spelled
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import pattern, words

# party 07-CTr/TU, state 12/NQ-HĐND, 36a/NQ-CP, 19-2017/NQ-CP, 15/2017/NĐ-CP, law 91/2025/QH15
_CODE = re.compile(
    r"\d{1,5}[a-zđ]?\s?-\s?[a-zđ]{1,6}\s?/\s?[a-zđ0-9]+(?:-[a-zđ]+)*"
    r"|\d{1,5}[a-zđ]?(?:\s?[/-]\s?(?:19|20)\d\d)?\s?/\s?(?:[a-zđ]{2,5}\s?-\s?[a-zđ0-9]{2,10}(?:-[a-zđ]+)*|qh\d\d|ubtvqh\d\d)"
    r"|\d{1,5}\s?-\s?[a-zđ]{2,4}\s?/\s?[a-zđ]{2,9}"
)
_CODE_START = re.compile(r"\d{1,5}[a-zđ]?\s?[-/]\s?(?:[a-zđ]{1,6}\s?[-/]|(?:19|20)\d\d\s?/\s?[a-zđ]|qh)")
_TERM = re.compile(r"((?:19|20)\d\d)\s?(?:-|đến)\s?((?:19|20)\d\d)(?!\d)")
_RATIO = re.compile(r"(\d{1,12}(?:\.\d{3}){0,4})\s?/\s?(\d{1,12}(?:\.\d{3}){0,4})(?![\d/,])")
_RANGE = re.compile(r"\s?(?:-|đến|tới)\s?(?:trên\s|gần\s)?(\d{1,12}(?:[.,]\d{1,12}){0,4})(?![\d/])")
_RANGE_WITH_UNIT = re.compile(r"\s?%\s?(?:-|đến|tới)\s?(\d{1,12}(?:[.,]\d{1,12})?)\s?(?=%)")
_RANGE_HEADS = frozenset((" -", " đ", " t", "%-", "đế", "tớ", *(f"-{c}" for c in "0123456789 ")))
_PER_YEAR = re.compile(r"\s?(?:/|một |mỗi |trên )(?:người/)?(?:năm|người/năm|hộ/năm|lao động/năm)(?![^\W_])|\s?/năm")
_LONGEST = 18  # characters of a figure; đồng of a nation have sixteen with their dots
_MINUS = re.compile(r"(?<![^\W_])âm $|[^\W\d_] -$")
_MORE_HEADS = frozenset(("/n", "/h", "/l", " /", " m", " t", "/t", "/ "))  # `/năm`, ` mỗi năm`, ` trên tổng số`
_OF_ALL = re.compile(r"\s(?:trên|/)\s?tổng(?: số)?\s(\d{1,12}(?:[.,]\d{3}){0,4})(?!\d)")
_NUMERAL = pattern(r"(?<![^\W_]){numeral}(?![^\W_])", numeral=words("numerals"))
_BEFORE_DAY = re.compile(r"(?:ngày|sáng|chiều|tối|hôm|trưa|đến|từ|và|hết|trước|sau|tới)[\s:(,-]*$")
_WORD_NUMBER_BAN = re.compile(r"(?:thứ|khóa|từng|mỗi|mấy|vài|ngày|tháng|khi|số|những|các|trong|cấp|quý|lần|là|phần)\s$")


def scan(page: Page, spelled_at: list[int] | None = None) -> list[Number]:
    """All numbers of the page in order; also kept as `page.numbers`.

    `spelled_at`: where number words stand (the engine has found them); None has them looked for here.
    """
    low, found, done = page.low, [], 0
    for start in page.digits:
        if start < done:
            continue
        figure = FIGURE.match(low, start)
        if figure is None:
            continue
        end = figure.end()
        if start and low[start - 1].isalpha():  # `nq57`, `h2` are names
            continue
        if end - start > _LONGEST:  # an account, a bar code: no figure of a report
            found.append(Number("other", start, end, end))
            continue
        number = _read(low, start, end)
        if number.kind == "amount" and start > 3 and _MINUS.search(low, start - 4, start):
            number.value = -(number.value or 0.0)
        done = max(end, number.end if number.kind != "amount" else number.figure_end)
        found.append(number)
    words_at = [m.start() for m in _NUMERAL.finditer(low)] if spelled_at is None else spelled_at
    if words_at:
        found += _spelled(low, words_at, found)
        found.sort(key=_place)
    page.numbers = _compound_money(low, found)
    kinds: dict[str, list[Number]] = {}
    for number in page.numbers:
        if number.kind in kinds:
            kinds[number.kind].append(number)
        else:
            kinds[number.kind] = [number]
    page.kinds = kinds
    return page.numbers


def _place(number: Number) -> int:
    return number.start


def _spelled(low: str, at: list[int], figures: list[Number]) -> list[Number]:
    """Amounts in words before a unit: `hai mươi mốt căn nhà`. A bare `một` or `ba` before no counted thing is none."""
    taken = {n.start for n in figures}
    found, done = [], 0
    for place in at:
        if place < done or place in taken or _WORD_NUMBER_BAN.search(low, max(0, place - 8), place):
            continue
        ahead = low[place : place + 160].split(" ")[:24]
        read = spelled(ahead)
        if read is None:
            continue
        value, used = read
        end = place + len(" ".join(ahead[:used]))
        done = end
        unit = unit_after(low, end)
        lasts = unit is not None and unit.word in ("tháng", "năm") and value > 1
        if unit is None or (unit.kind in ("weak", "skip") and not lasts):
            continue
        number = _with_unit(low, Number("amount", place, end, end, value=value), unit)
        number.spelled = True
        found.append(number)
    return found


def _read(low: str, start: int, end: int) -> Number:
    ahead = low[end : end + 2]
    head = ahead[:1]
    special = None
    if head == "%":
        return _amount(low, start, end)
    if head == "/" or head == "-" or ahead == " -" or ahead == " /":
        special = _code(low, start) or _dated(low, start) or (_term(low, start) if end - start == 4 else None)
        if special is None and "/" in ahead:
            special = _ratio(low, start)
    elif head == " ":
        if ahead == " t":
            special = _spelled_date(low, start)
        elif ahead == " đ" and end - start == 4:
            special = _term(low, start)
        elif ahead == " g" or ahead == " h":
            special = _clock(low, start, end)
    elif head.isalpha():
        special = _clock(low, start, end) or _code(low, start)
    elif end - start > 4 and low.count(".", start, end) == 2:
        special = _dated(low, start)
    elif head == ":":
        special = _clock(low, start, end)
    return special if special is not None else _amount(low, start, end)


def _code(low: str, start: int) -> Number | None:
    if _CODE_START.match(low, start) is None:
        return None
    code = _CODE.match(low, start)
    return Number("code", start, code.end(), code.end()) if code else None


def _dated(low: str, start: int) -> Number | None:
    full = dates.DATE.match(low, start)
    if full is not None:
        day, month, year = (int(g) for g in full.groups())
        iso = dates.iso_date(year, month, day)
        return Number("date", start, full.end(), full.end(), iso=iso, malformed=iso is None)
    joined = dates.RUN_TOGETHER.match(low, start)
    if joined is not None and (joined.group(1) or _BEFORE_DAY.search(low, max(0, start - 10), start)):
        day, month, year = (int(g) for g in joined.groups() if g)
        return Number("date", start, joined.end(), joined.end(), iso=dates.iso_date(year, month, day), malformed=True)
    short = dates.DAY_MONTH.match(low, start)
    if short is None and low.endswith(("sáng ", "chiều ", "tối ", "ngày "), 0, start):
        short = dates.DAY_MONTH_DASHED.match(low, start)
    if short is not None and _BEFORE_DAY.search(low, max(0, start - 10), start):
        day, month = int(short.group(1)), int(short.group(2))
        if day <= 31 and month <= 12:
            return Number("day_month", start, short.end(), short.end(), value=month * 100.0 + day)
    return None


def _spelled_date(low: str, start: int) -> Number | None:
    full = dates.DATE_IN_WORDS.match(low, start)
    if full is not None:
        day, month, year = (int(g) for g in full.groups())
        iso = dates.iso_date(year, month, day)
        return Number("date", start, full.end(), full.end(), iso=iso, malformed=iso is None)
    short = dates.DAY_MONTH_IN_WORDS.match(low, start)
    if short is not None and low.endswith(("ngày ", "sáng ", "chiều ", "tối "), max(0, start - 6), start):
        return Number(
            "day_month", start, short.end(), short.end(), value=int(short.group(2)) * 100.0 + int(short.group(1))
        )
    return None


def _clock(low: str, start: int, end: int) -> Number | None:
    if low[end : end + 2].lstrip()[:1] not in ("h", "g", ":"):
        return None
    clock = dates.CLOCK.match(low, start)
    if clock is None or low[clock.end() : clock.end() + 1].isalpha():
        return None
    hour, minute = int(clock.group(1)), int(clock.group(2) or 0)
    return Number("clock", start, clock.end(), clock.end(), iso=f"{hour:02}:{minute:02}")


def _term(low: str, start: int) -> Number | None:
    term = _TERM.match(low, start)
    if term is None:
        return None
    first, last = int(term.group(1)), int(term.group(2))
    end, iso = term.end(), f"{first}-{last}"
    return Number("term" if last > first else "other", start, end, end, value=first, high=last, iso=iso)


def _ratio(low: str, start: int) -> Number | None:
    ratio = _RATIO.match(low, start)
    if ratio is None:
        return None
    end = ratio.end()
    value, planned = figure_value(ratio.group(1)), figure_value(ratio.group(2))
    if low.endswith("tháng ", max(0, start - 6), start):  # `tháng 6/2023`
        return Number("other", start, end, end, value=value, planned=planned)
    number = Number("amount", start, end, end, value=value, planned=planned)
    return _with_unit(low, number, unit_after(low, end))


def _amount(low: str, start: int, end: int) -> Number:
    digits = low[start:end]
    value = figure_value(digits)
    if low[end : end + 2] in _RANGE_HEADS or low.startswith("% ", end):
        span = _RANGE.match(low, end) or _RANGE_WITH_UNIT.match(low, end)
        if span is not None and (top := figure_value(span.group(1))) > value:
            unit = unit_after(low, span.end())
            if unit is not None and unit.kind != "skip":
                close, tight = span.end(), "-" in span.group(0)
                return _with_unit(low, Number("amount", start, close, close, value=value, high=top, tight=tight), unit)
    unit = unit_after(low, end)
    number = Number("amount", start, end, end, value=value)
    if unit is None and len(digits) == 4 and digits.isdigit() and 1900 <= value <= 2100:
        number.kind = "year"
        return number
    if unit is not None and unit.kind == "skip" and len(digits) == 4 and 1900 <= value <= 2100:
        number.kind = "year"
        return number
    return _with_unit(low, number, unit)


def _with_unit(low: str, number: Number, unit: Unit | None) -> Number:
    if unit is None:
        number.kind = "amount" if number.planned is not None else "other"
        return number
    if unit.kind == "skip":
        number.kind = "duration" if unit.word in ("năm", "tháng", "ngày", "tuổi", "giờ", "phút", "quý") else "other"
        number.unit, number.unit_kind = unit.word, "skip"
        number.end = unit.end
        return number
    number.unit, number.unit_kind, number.scaled = unit.word, unit.kind, unit.times
    number.end, number.unit_start = unit.end, unit.start
    if unit.half and number.value is not None:
        number.value += 0.5
    if unit.times != 1.0:
        number.value = _times(number.value, unit.times)
        number.high = _times(number.high, unit.times)
        number.planned = _times(number.planned, unit.times)
    if low[number.end : number.end + 2] in _MORE_HEADS:
        per = _PER_YEAR.match(low, number.end)
        if per is not None:
            number.per_year, number.end = True, per.end()
        elif number.planned is None and unit.kind == "count":
            whole = _OF_ALL.match(low, number.end)
            if whole is not None:
                number.planned = figure_value(whole.group(1))
    return number


def _times(value: float | None, times: float) -> float | None:
    if value is None:
        return None
    exact = value * times
    whole = round(exact)  # 16,4 nghìn tỷ is 16400000000000, whatever binary fractions say
    return float(whole) if abs(exact - whole) <= 1e-9 * abs(exact) else exact


def _compound_money(low: str, found: list[Number]) -> list[Number]:
    """`49 tỷ 687 triệu đồng` is one amount: a larger scale directly followed by a smaller one."""
    out: list[Number] = []
    for number in found:
        last = out[-1] if out else None
        if (
            last is not None and last.unit_kind == "money" and number.unit_kind == "money"
            and last.scaled > number.scaled >= 1 and 0 <= number.start - last.end <= 1
            and last.value is not None and number.value is not None
        ):  # fmt: skip
            last.value, last.end, last.scaled = last.value + number.value, number.end, number.scaled
            last.per_year = number.per_year
            continue
        if (
            last is not None and last.unit_kind == "money" == number.unit_kind and last.planned is None
            and low[last.end : number.start].strip() == "/"
        ):  # fmt: skip
            last.planned, last.end = number.value, number.end  # `643,5 triệu/950 triệu đồng`
            continue
        out.append(number)
    return out
