"""What is written in figures or in words is read back exactly: generators write, the quantity readers read."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.corpus_check import cases, values

from nhiemky.reading.quantities import scan
from nhiemky.reading.quantities.spelled import spelled
from nhiemky.reading.read import ENGINE
from nhiemky.reading.text import Page, normalise

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
often = settings(max_examples=400, deadline=None, derandomize=True)
UNITS = st.sampled_from(("hộ", "đồng", "đảng viên", "phần trăm", "cây xanh"))
FOUND = {"phần trăm": "%"}


class Speech:
    """How someone says numbers: which of the forms that are in use."""

    def __init__(self, pick: "st.DrawFn") -> None:
        def one(*forms: str) -> str:
            return pick(st.sampled_from(forms))

        self.thousand, self.zero, self.milliard = one("nghìn", "ngàn"), one("linh", "lẻ"), one("tỷ", "tỉ")
        self.four, self.five = one("bốn", "tư"), one("lăm", "nhăm")
        self.seven = one("bảy", "bẩy")

    def digit(self, value: int) -> str:
        return self.seven if value == 7 else _DIGITS[value]

    def last(self, tens: int, value: int) -> str:
        """The digit behind the tens: mốt, tư, lăm have forms of their own there."""
        if value == 1 and tens > 1:
            return "mốt"
        if value == 4 and tens > 1:
            return self.four
        return self.five if value == 5 else self.digit(value)

    def group(self, value: int, *, inside: bool) -> list[str]:
        """Below a thousand; `inside` a longer number the empty hundreds are said too."""
        hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
        said = [self.digit(hundreds), "trăm"] if hundreds or inside else []
        if tens == 0 and ones:
            return [*said, self.zero, self.four if ones == 4 else self.digit(ones)] if said else [self.digit(ones)]
        if tens:
            said += ["mười"] if tens == 1 else [self.digit(tens), "mươi"]
            said += [self.last(tens, ones)] if ones else []
        return said

    def number(self, value: int, *, inside: bool = False) -> list[str]:
        for size, word in ((10**9, self.milliard), (10**6, "triệu"), (1000, self.thousand)):
            if value >= size:
                said = [*self.number(value // size, inside=inside), word]
                rest = value % size
                return said + (self.rest(rest, size // 1000) if rest else [])
        return self.group(value, inside=inside)

    def rest(self, value: int, size: int) -> list[str]:
        """What follows a scale: whole groups that are empty are left out, what is said is said with its hundreds."""
        while value < size:
            size //= 1000
        return self.number(value, inside=True)


@st.composite
def said(draw: st.DrawFn, numbers: st.SearchStrategy[int]) -> tuple[int, str]:
    value = draw(numbers.filter(lambda number: number != 5))  # `năm` by itself is a year
    return value, " ".join(Speech(draw).number(value))


SMALL, LARGE = st.integers(1, 9999), st.integers(1, 10**15 - 1)
ROUND = st.builds(lambda a, b: a * 10**b, st.integers(1, 999), st.integers(0, 12))


def amounts(text: str) -> list[tuple[float, str]]:
    return [(found["value"], found["unit"]) for found in values(text)["quantities"]]


@often
@given(said(st.one_of(SMALL, LARGE, ROUND)), UNITS)
def test_numbers_in_words_are_read_back(number: tuple[int, str], unit: str) -> None:
    value, words = number
    assert spelled([*words.split(" "), unit]) == (value, len(words.split(" "))), words
    assert amounts(f"Có {words} {unit}.") == [(value, FOUND.get(unit, unit))], words


@often
@given(said(st.one_of(SMALL, ROUND)))
def test_a_half_more_is_half_of_the_last_scale(number: tuple[int, str]) -> None:
    value, words = number
    last = words.split(" ")[-1]
    half = {"trăm": 50, "nghìn": 500, "ngàn": 500, "triệu": 500_000, "tỷ": 500_000_000, "tỉ": 500_000_000}.get(last)
    if half:
        assert amounts(f"Có {words} rưỡi hộ.") == [(value + half, "hộ")]


def dotted(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


@often
@given(st.integers(0, 10**10), st.integers(0, 999), st.sampled_from(("", ".")), UNITS)
def test_figures_are_read_back(whole: int, part: int, mark: str, unit: str) -> None:
    if mark == "" and 1900 <= whole <= 2100:
        whole += 1000  # those are years
    written = dotted(whole, mark) + (f",{part:03}".rstrip("0").rstrip(",") if part else "")
    [(value, found)] = amounts(f"Đạt {written} {unit}.")
    assert found == FOUND.get(unit, unit)
    assert abs(value - (whole + part / 1000)) <= 1e-15 * (whole + 1), written


@often
@given(st.integers(10**6, 10**12))
def test_thousands_kept_apart_by_blanks_are_read_back(value: int) -> None:
    assert amounts(f"Chi {dotted(value, ' ')} đồng.") == [(value, "đồng")]


@often
@given(
    st.lists(st.integers(0, 999), min_size=3, max_size=3).filter(any),
    st.sampled_from(("nghìn", "ngàn")),
    st.sampled_from(("tỷ", "tỉ")),
)
def test_amounts_of_several_scales_are_one(parts: list[int], thousand: str, milliard: str) -> None:
    sizes = ((10**9, milliard), (10**6, "triệu"), (1000, thousand))
    told = [(part * size, f"{part} {word}") for part, (size, word) in zip(parts, sizes, strict=True) if part]
    written = " ".join(words for _, words in told)
    assert amounts(f"Thu {written} đồng.") == [(sum(value for value, _ in told), "đồng")], written


@often
@given(st.integers(0, 9999), st.integers(1, 9999), st.sampled_from(("-", " - ", " – ", " đến ")), UNITS)
def test_ranges_are_read_back(low: int, more: int, between: str, unit: str) -> None:
    high = low + more
    if 1900 <= low <= 2100 and 1900 <= high <= 2100:
        low, high = low - 1900, high - 1900  # those are terms
    written = f"{dotted(low, '.')}{between}{dotted(high, '.')}"
    [found] = values(f"Đạt {written} {unit}.")["quantities"]
    assert (found["value"], found["high"], found["unit"]) == (low, high, FOUND.get(unit, unit)), written


@often
@given(st.integers(0, 99999), st.integers(1, 99999), st.sampled_from(("hộ", "chỉ tiêu", "tổ dân phố", "ha")))
def test_ratios_are_no_dates(value: int, planned: int, unit: str) -> None:
    found = values(f"Có {dotted(value, '.')}/{dotted(planned, '.')} {unit} đạt.")
    assert [(q["value"], q["planned"], q["unit"]) for q in found["quantities"]] == [(value, planned, unit)]
    assert found["dates"] == []


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
FORMS = (
    "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}", "{d} /{m}/ {y}", "{d} tháng {m} năm {y}",
    "{d:02} tháng {m:02} năm {y}", "{d} tháng {m}/{y}",
)  # fmt: skip


@often
@given(DAYS, st.sampled_from(FORMS), st.sampled_from(("", ".", ", phường họp", " tại hội trường")))
def test_days_are_read_back(day: date, form: str, behind: str) -> None:
    written = form.format(d=day.day, m=day.month, y=day.year)
    found = values(f"Sáng ngày {written}{behind}")
    assert (found["dates"], found["malformed"]) == ([{"date": day.isoformat()}], []), written


@often
@given(st.integers(0, 39), st.integers(0, 19), st.integers(1900, 2099), st.sampled_from(FORMS))
def test_a_day_that_is_not_is_malformed_and_no_guess(day: int, month: int, year: int, form: str) -> None:
    try:
        date(year, month, day)
    except ValueError:
        written = form.format(d=day, m=month, y=year)
        found = values(f"Sáng ngày {written}, phường họp.")
        assert (found["dates"], found["malformed"]) == ([], [{"text": written}])


@often
@given(DAYS, st.sampled_from(("ngày {d}/{m}", "sáng {d}/{m}", "ngày {d} tháng {m}", "chiều nay, {d}/{m}")))
def test_a_day_without_a_year_takes_that_of_the_text(day: date, form: str) -> None:
    if day.month == 2 and day.day == 29:
        return
    text = f"Năm {day.year}. Đoàn đến {form.format(d=day.day, m=day.month)}, rồi về."
    assert values(text)["dates"] == [{"date": day.isoformat()}]


PERIODS = (
    ("{y}", ("năm {y}", "trong năm {y}", "cả năm {y}")),
    ("{y}-H1", ("6 tháng đầu năm {y}", "06 tháng đầu năm {y}", "sáu tháng đầu năm {y}", "nửa đầu năm {y}")),
    ("{y}-H2", ("6 tháng cuối năm {y}",)),
    ("{y}-9M", ("9 tháng đầu năm {y}", "chín tháng đầu năm {y}", "9 tháng năm {y}")),
    ("{y}-Q1", ("quý I năm {y}", "quý 1/{y}", "quý một năm {y}", "3 tháng đầu năm {y}")),
    ("{y}-Q4", ("quý IV/{y}", "quý 4 của năm {y}", "quý tư năm {y}")),
    ("{y}-M06", ("tháng 6 năm {y}", "tháng 06/{y}", "tháng 6-{y}", "tháng sáu năm {y}")),
    ("{y}-M12", ("tháng 12/{y}", "tháng mười hai năm {y}", "tháng chạp năm {y}")),
)


@often
@given(st.integers(1900, 2099), st.sampled_from([(p, form) for p, forms in PERIODS for form in forms]))
def test_periods_are_read_back(year: int, told: tuple[str, str]) -> None:
    period, form = told
    assert values(f"Kết quả {form.format(y=year)}.")["periods"] == [{"period": period.format(y=year)}]


@often
@given(st.integers(1900, 2099), st.integers(1, 50), st.sampled_from(("-", " - ", " – ", " đến ")))
def test_terms_are_read_back(first: int, years: int, between: str) -> None:
    last = min(2099, first + years)
    found = values(f"giai đoạn {first}{between}{last}")
    assert (found["terms"], found["quantities"]) == ([{"term": f"{first}-{last}"}] if last > first else [], [])


def test_numbers_are_the_same_whether_the_engine_or_the_scan_finds_their_words() -> None:
    for name, case in cases():
        page = Page(normalise(case["text"]))
        marked = [mark.start for mark in ENGINE.words(page)[1].get("numeral", ())]
        assert scan(page, marked) == scan(page), name


@pytest.mark.parametrize(
    "text", ["0", "-", "k", "5", "5 ", "5%", "5/", "5-", "5 đ", "1 t", "năm", "một", "quý", ",7", "0.", "1.1"]
)
def test_next_to_nothing_is_scanned(text: str) -> None:
    for head in ("", " ", "\n", "y ", "m ", "âm ", "ngày ", "tháng ", "quý "):
        page = Page(head + text)
        assert all(0 <= number.start < number.end <= len(page.low) for number in scan(page))
