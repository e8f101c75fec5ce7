"""A cell's stored number and its number format to what the sheet shows, written as Vietnam writes: 0.935 is `93,5%`.

Called by the readers of XLSX and XLS. A format that rounds is obeyed, as on the screen; `Shown.rounded` says so.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from nhiemky.values.figures import day, figure

# Formats that a file names by number only (ECMA-376 part 1, 18.8.30).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0",
    43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy"),
}  # fmt: skip
# quoted words, an escaped letter, a blank as wide as a letter, a fill, what stands in brackets (colour, language,
# condition), and the letters that mean something
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<meaning>AM/PM|A/P|General|[eE][+-]|.)',
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_CURRENCY = re.compile(r"\$([^-]+)(?:-|$)")
_TESTS = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__, "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}  # fmt: skip
_WIDE = 11  # characters that a sheet shows of a number without a format
_LARGEST = 20  # powers of ten; beyond it a sheet's number has no exact digits left to round
_LAST_DAY = 2_958_466  # the serial behind 31/12/9999


@dataclass(frozen=True)
class Shown:
    """What a cell shows; `rounded` where digits are left out, `short_date` for a day and month without a year."""

    text: str
    rounded: bool = False
    short_date: bool = False


@dataclass(frozen=True)
class _Section:
    """One of a format's parts between semicolons: for positive, negative, zero, or numbers under a condition."""

    before: str = ""
    after: str = ""
    whole: int = 0  # digits shown at least before the comma
    least: int = 0  # decimals
    most: int = 0
    grouped: bool = False
    percents: int = 0
    thousands: int = 0  # commas at the end: the number is shown in thousands
    date: str = ""  # the letters d m y h s n (n is a minute) that the format shows
    plain: bool = False
    has_digits: bool = False
    condition: tuple[str, Decimal] | None = None


def shown(value: float, code: str, *, from_1904: bool = False) -> Shown:
    """What a sheet shows of `value` under the format `code`."""
    sections = _sections(code)
    number = Decimal(f"{value:.15g}")
    section, is_own_negative = _choose(sections, number)
    if section.date:
        return _date(value, section.date, from_1904) or Shown(_plain(number))
    if section.plain or number.adjusted() > _LARGEST:
        return Shown(f"{section.before}{_plain(number)}{section.after}".strip())
    if not section.has_digits:
        return Shown(f"{section.before}{section.after}".strip())
    scaled = number * 100**section.percents / Decimal(1000) ** section.thousands
    size = abs(scaled).quantize(Decimal(1).scaleb(-section.most), ROUND_HALF_UP)
    sign = "-" if scaled < 0 and size and not (is_own_negative and "-" in section.before) else ""
    before, after = section.before, section.after
    if is_own_negative:  # the accountant's (1.234)
        before, after = before.replace("(", ""), after.replace(")", "")
    text = f"{sign}{before}{_digits(size, section)}{after}".strip()
    return Shown(text, rounded=size != abs(scaled) and not section.thousands)


def _plain(number: Decimal) -> str:
    """As a cell without a format shows it, thousands grouped: whole numbers in full, some eleven characters of others.

    A bare 2024 is a year far more often than an amount and stays as it is.
    """
    if number == number.to_integral_value():
        return f"{number:f}" if 1900 <= number <= 2100 else figure(number)
    room = max(2, _WIDE - 1 - max(1, number.adjusted() + 1))
    return figure(round(number, room))


def _digits(size: Decimal, section: _Section) -> str:
    """The digits themselves: thousands only where the format groups them, decimals between its least and most."""
    decimals = max(section.least, -int(size.normalize().as_tuple().exponent))
    text = figure(size, min(max(decimals, 0), section.most))
    whole, comma, rest = text.partition(",")
    if not section.grouped:
        whole = whole.replace(".", "")
    if not size and not section.whole and not rest:
        return ""
    return f"{whole.zfill(section.whole)}{comma}{rest}"


def _choose(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, bool]:
    """The section that shows a number, and whether it is one of its own for negative ones."""
    conditioned = [s for s in sections if s.condition is not None]
    if conditioned:
        for section in conditioned:
            sign, bound = section.condition or ("=", Decimal(0))
            if _TESTS[sign](number, bound):
                return section, sign in ("<", "<=") and bound <= 0
        rest = [s for s in sections if s.condition is None]
        return (rest[0] if rest else _PLAIN), False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return (sections[2] if number == 0 and len(sections) > 2 else sections[0]), False


_PLAIN = _Section(plain=True)


@lru_cache(maxsize=1 << 10)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for part in _PART.finditer(code or "General"):
        if part["meaning"] == ";":
            parts.append([])
        else:
            parts[-1].append(part)
    return tuple(_section(each) for each in parts[:4])


def _section(parts: list[re.Match[str]]) -> _Section:
    letters = "".join((p["meaning"] or "") if p["meaning"] != "General" else "G" for p in parts).lower()
    condition = next((c for p in parts if (c := _CONDITION.match(p["bracket"] or ""))), None)
    limit = (condition[1], Decimal(condition[2])) if condition else None
    elapsed = any((p["bracket"] or "").lower() in ("h", "hh", "m", "mm", "s", "ss") for p in parts)
    said = re.sub(r"am/pm|a/p", "", letters)
    if "g" in said or "@" in said or "e+" in said or "e-" in said or re.search(r"[#?0]\s*/", said):
        return _Section(*_literals(parts), plain=True, condition=limit)
    if elapsed or re.search(r"[dmyhs]", said):
        return _Section(date=_date_letters(said, elapsed=elapsed), condition=limit)
    pattern = re.sub(r"[^#0?.,%]", "", letters)
    digits = re.search(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+", pattern)
    before, after = _literals(parts)
    if digits is None:
        return _Section(before, after, condition=limit)
    whole, _, decimals = digits[0].partition(".")
    ending = pattern[digits.end() :]
    behind = len(whole) - len(whole.rstrip(",")) if not decimals else len(ending) - len(ending.lstrip(","))
    return _Section(
        before, after, whole.count("0"), decimals.count("0"), len(decimals), "," in whole.rstrip(","),
        pattern.count("%"), behind, has_digits=True, condition=limit,
    )  # fmt: skip


def _literals(parts: list[re.Match[str]]) -> tuple[str, str]:
    """The words before and behind the digits: quoted, escaped, a currency, a sign."""
    sides: list[list[str]] = [[], []]
    side = 0
    for part in parts:
        meaning = part["meaning"] or ""
        if meaning in ("#", "0", "?", ".", "@") or meaning.lower() == "general":
            side = 1
            continue
        currency = _CURRENCY.match(part["bracket"] or "")
        said = part["quoted"] or part["escaped"] or (currency[1] if currency else "")
        if meaning in ("-", "+", "(", ")", "%", "‰", " ", "$", "₫", ":"):
            said = meaning
        sides[side].append(said or "")
    return "".join(sides[0]), "".join(sides[1])


def _date_letters(said: str, *, elapsed: bool) -> str:
    """`d/m/yyyy h:mm` → `dmyhn`: an `m` beside hours or seconds is a minute."""
    runs = [run[0] for run in re.findall(r"d+|m+|y+|h+|s+", said)]
    found = []
    for index, run in enumerate(runs):
        beside = runs[max(0, index - 1) : index] + runs[index + 1 : index + 2]
        found.append("n" if run == "m" and ("h" in beside[:1] or "s" in beside or (elapsed and index == 0)) else run)
    return "".join(dict.fromkeys("h" + "".join(found) if elapsed else found))


def _date(value: float, letters: str, from_1904: bool) -> Shown | None:
    """A serial day as `27/03/2023`, with its hour where the format shows one; None where it is no date."""
    if not 0 <= value < _LAST_DAY:
        return None
    # Lotus took 1900 for a leap year, and sheets keep its 29 February: serials before it lag a day.
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 60 else 31)  # noqa: DTZ001
    moment = first + timedelta(seconds=round(value * 86400))
    if set(letters) <= {"h", "n", "s"} and value >= 1:
        minutes = round(value * 1440)
        return Shown(f"{minutes // 60}:{minutes % 60:02d}")
    has_day, has_month, has_year = ("d" in letters, "m" in letters, "y" in letters)
    if has_day and has_month:
        date = day(moment.date()) if has_year else f"{moment.day:02d}/{moment.month:02d}"
    elif has_month:
        date = f"{moment.month:02d}/{moment.year}" if has_year else f"{moment.month:02d}"
    else:
        date = str(moment.year) if has_year else f"{moment.day:02d}" if has_day else ""
    clock = f"{moment.hour:02d}:{moment.minute:02d}" if "h" in letters or "n" in letters else ""
    return Shown(f"{date} {clock}".strip(), short_date=has_day and has_month and not has_year)
