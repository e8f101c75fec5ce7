"""A table of administrative units (docs/reference/places.md) → rows, and what is wrong with them by line and column.

Pure: no database, no clock. Called by services/places.py; `shipped` is the table that comes with the package.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Final, TypeAlias

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.values.figures import day, parse_day
from nhiemky.values.kinds import Level
from nhiemky.values.language import Unreadable, name_in

COLUMNS: Final = ("level", "code", "name", "parent", "valid_from", "valid_to", "successors", "document")
DIGITS: Final = {"province": 2, "district": 3, "commune": 5}
SORTS: Final = ("tỉnh", "thành phố", "thị xã", "thị trấn", "huyện", "quận", "phường", "xã", "đặc khu")
PASSINGS: Final = ("merge", "part", "split", "rename", "reparent")
Key: TypeAlias = tuple[str, str, date | None]
_PASSING = re.compile(r"(?P<kind>[a-z]+):(?:(?P<level>[a-z]+)/)?(?P<code>\d+)")


@dataclass(frozen=True, slots=True)
class Passing:
    """Into what a unit passed on the day after its last."""

    kind: str
    level: str
    code: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.level}/{self.code}"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One unit for the days it exists, both inclusive; None is open. `line` is where it stands in its file."""

    line: int
    level: str
    code: str
    name: str
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[Passing, ...] = ()
    document: str = ""

    @property
    def key(self) -> Key:
        return self.level, self.code, self.valid_from

    @property
    def kind(self) -> str:
        """`phường`, `thành phố`: the first words of the name."""
        return next((sort for sort in SORTS if self.name.lower().startswith(f"{sort} ")), "")

    def stands_on(self, on: date) -> bool:
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; `column` is empty for a whole line, `line` 0 outside a table."""

    line: int
    column: str
    message: str
    unit: str = ""

    def __str__(self) -> str:
        where = [_("dòng %s") % self.line] if self.line else [self.unit] if self.unit else []
        where += [_("cột %s") % self.column] if self.column else []
        return ": ".join((", ".join(where), self.message)) if where else self.message


def shipped() -> tuple[str, str]:
    """The name and the text of the table of July 2025."""
    name = "places-2025-07.tsv"
    return name, (resources.files("nhiemky.register") / "data" / name).read_text(encoding="utf-8")


def read_rows(text: str) -> tuple[list[PlaceRow], list[Fault]]:
    """Rows of a table; lines with `#` and empty ones are passed over. A line with a fault gives no row."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    head = [cell.strip() for cell in lines[0][1].split("\t")] if lines else []
    if missing := [name for name in COLUMNS[:4] if name not in head]:
        said = {"missing": ", ".join(missing), "columns": ", ".join(COLUMNS)}
        words = _("Dòng đầu bảng thiếu cột %(missing)s; cần các cột %(columns)s, cách nhau bằng dấu tab.") % said
        return [], [Fault(lines[0][0] if lines else 0, "", words)]
    rows, faults = [], []
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) > len(head):
            words = _("Dòng có %(found)s ô, bảng có %(most)s cột. Hãy xem lại các dấu tab.")
            faults.append(Fault(number, "", words % {"found": len(cells), "most": len(head)}))
            continue
        padded = cells + [""] * (len(head) - len(cells))  # empty cells at the end of a line may be left out
        named = {name: cell.strip() for name, cell in zip(head, padded, strict=True)}
        found = _row(number, dict.fromkeys(COLUMNS, "") | named)
        if isinstance(found, PlaceRow):
            rows.append(found)
        else:
            faults.extend(found)
    return rows, faults


def check_rows(rows: Iterable[PlaceRow], known: Iterable[PlaceRow] = ()) -> Iterator[Fault]:
    """What does not hold together: spells that overlap, parents and successors that are not there on the day.

    `known` are units that the rows may name and do not hold (those of the register).
    """
    rows = list(rows)
    spells = spells_of((*known, *rows))
    for row in rows:
        others = [other for other in spells[row.level, row.code] if other is not row]
        if clash := next((other for other in others if _overlap(row, other)), None):
            words = _("Mã %(code)s trùng ngày với “%(other)s” (%(where)s); một mã mỗi ngày chỉ của một đơn vị.")
            where = _("dòng %s") % clash.line if clash.line else _("trong sổ")
            yield _fault(row, "code", words % {"code": row.code, "other": clash.name, "where": where})
        yield from _parent_faults(row, spells)
        yield from _successor_faults(row, spells)


def spells_of(rows: Iterable[PlaceRow]) -> dict[tuple[str, str], list[PlaceRow]]:
    """All rows of a level and code, whatever their days."""
    spells: dict[tuple[str, str], list[PlaceRow]] = defaultdict(list)
    for row in rows:
        spells[row.level, row.code].append(row)
    return spells


def parent_levels(level: str) -> tuple[str, ...]:
    """Above which levels' units a unit may stand."""
    return {"district": ("province",), "commune": ("district", "province")}.get(level, ())


def level_of(code: str) -> str:
    """By the number of digits, as the national list codes its units; empty where none fits."""
    return next((level for level, digits in DIGITS.items() if len(code) == digits), "")


def _row(number: int, cells: dict[str, str]) -> "PlaceRow | list[Fault]":
    faults: list[Fault] = []
    level, code = cells["level"], cells["code"]
    if level not in DIGITS:
        words = _("Gặp “%(found)s”; cần một trong: %(names)s.")
        names = ", ".join(f"{name} ({_label(name)})" for name in DIGITS)
        return [Fault(number, "level", words % {"found": level, "names": names})]
    if level_of(code) != level or not code.isascii() or not code.isdigit():
        words = _("Gặp mã “%(found)s”; mã %(level)s có %(digits)s chữ số (giữ số 0 ở đầu: định dạng ô là chữ).")
        faults.append(Fault(number, "code", words % {"found": code, "level": _label(level), "digits": DIGITS[level]}))
    name = " ".join(cells["name"].split())
    if not name or len(name) > 200:
        faults.append(Fault(number, "name", _("Tên phải có và không quá 200 ký tự; gặp “%s”.") % name[:40]))
    elif not name[0].isalpha():
        words = _("Gặp “%s”; cần tên đầy đủ như “Phường …”, không phải công thức hay số. Hãy ghi lại tên.")
        faults.append(Fault(number, "name", words % name[:40]))
    days = {column: _day(number, column, cells[column], faults) for column in ("valid_from", "valid_to")}
    first, last = days["valid_from"], days["valid_to"]
    if first and last and first > last:
        words = _("Ngày cuối %(last)s đứng trước ngày đầu %(first)s.")
        faults.append(Fault(number, "valid_to", words % {"last": day(last), "first": day(first)}))
    passings = tuple(_passings(number, level, cells["successors"], faults))
    if passings and not cells["valid_to"]:
        faults.append(Fault(number, "valid_to", _("Có đơn vị kế tiếp mà chưa có ngày cuối. Hãy ghi ngày cuối.")))
    if faults:
        return faults
    return PlaceRow(number, level, code, name, cells["parent"], first, last, passings, cells["document"])


def _day(number: int, column: str, text: str, faults: list[Fault]) -> date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except Unreadable as error:
        faults.append(Fault(number, column, error.sentence(get_language())))
        return None


def _passings(number: int, level: str, text: str, faults: list[Fault]) -> Iterator[Passing]:
    for word in text.split():
        found = _PASSING.fullmatch(word)
        if found is None or found["kind"] not in PASSINGS or (found["level"] or level) not in DIGITS:
            words = _("Gặp “%(found)s”; cần loại:mã, như merge:00004; loại là một trong: %(kinds)s.")
            faults.append(Fault(number, "successors", words % {"found": word, "kinds": ", ".join(PASSINGS)}))
            continue
        yield Passing(found["kind"], found["level"] or level, found["code"])


def _parent_faults(row: PlaceRow, spells: dict[tuple[str, str], list[PlaceRow]]) -> Iterator[Fault]:
    levels = parent_levels(row.level)
    if not levels:
        if row.parent:
            yield _fault(row, "parent", _("Tỉnh không thuộc đơn vị nào; gặp mã “%s”.") % row.parent)
        return
    above = level_of(row.parent)
    if above not in levels:
        wanted = ", ".join(f"{_label(level)} ({DIGITS[level]})" for level in levels)
        words = _("Gặp mã cấp trên “%(found)s”; cần mã của một đơn vị (số chữ số): %(wanted)s.")
        yield _fault(row, "parent", words % {"found": row.parent, "wanted": wanted})
        return
    for on in {row.valid_from, row.valid_to} - {None} or {date.max}:
        if on and not any(parent.stands_on(on) for parent in spells.get((above, row.parent), ())):
            words = _("Không có %(level)s mã %(code)s vào ngày %(day)s. Hãy sửa mã hoặc thêm dòng của đơn vị ấy.")
            said = {"level": _label(above), "code": row.parent, "day": _("nay") if on == date.max else day(on)}
            yield _fault(row, "parent", words % said)


def _successor_faults(row: PlaceRow, spells: dict[tuple[str, str], list[PlaceRow]]) -> Iterator[Fault]:
    if row.valid_to is None:
        return
    after = row.valid_to + timedelta(days=1)
    wholes = [passing for passing in row.successors if passing.kind in ("merge", "rename", "reparent")]
    if wholes and len(row.successors) > 1:
        words = _("%(kind)s là chuyển trọn vào một đơn vị, mà dòng có %(count)s đơn vị kế tiếp. Hãy ghi part.")
        yield _fault(row, "successors", words % {"kind": wholes[0].kind, "count": len(row.successors)})
    if len({(passing.level, passing.code) for passing in row.successors}) < len(row.successors):
        yield _fault(row, "successors", _("Một đơn vị kế tiếp được ghi hai lần. Hãy bỏ một."))
    for passing in row.successors:
        if not any(other.stands_on(after) for other in spells.get((passing.level, passing.code), ())):
            words = _("Không có %(level)s mã %(code)s vào ngày %(day)s. Hãy sửa mã hoặc thêm dòng của đơn vị ấy.")
            said = {"level": _label(passing.level), "code": passing.code, "day": day(after)}
            yield _fault(row, "successors", words % said)


def _fault(row: PlaceRow, column: str, message: str) -> Fault:
    return Fault(row.line, column, message, f"{row.name} ({row.code})")


def _overlap(one: PlaceRow, other: PlaceRow) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _label(level: str) -> str:
    return name_in(get_language(), Level(level))
