"""Rows → CSV and JSON and back: how a value is written in each, the same for figures and targets.

CSV is UTF-8 with its mark, `;` between cells and a comma before decimals, so that Excel in Vietnam opens it right; JSON
is an array with one object a line, so that it is read line by line however long it is.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from nhiemky.register.exchange.cells import Formula, key_of
from nhiemky.register.exchange.columns import columns, names
from nhiemky.register.exchange.records import Fault, FileRefused, Place, Row, refused
from nhiemky.values.figures import day, exact
from nhiemky.values.kinds import Kind

MARK = "\ufeff"
_SEPARATORS = ";,\t"
# What Excel would run as a formula gets an apostrophe, as does what already has one; reading takes one away again.
_RUNS = re.compile(r"'*[=+\-@\t]")
_GUARDED = re.compile(r"'+[=+\-@\t]")
_LONGEST_LINE = 1 << 20
_encode = msgspec.json.Encoder(decimal_format="number").encode
_decode = msgspec.json.Decoder(float_hook=Decimal).decode


def to_csv(keys: Iterable[str], labels: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    listed = list(keys)
    yield (MARK + _line(labels[key] for key in listed)).encode()
    for row in rows:
        yield _line(_written(row.get(key)) for key in listed).encode()


def to_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Unknown fields are left out."""
    yield b"[\n"
    before = b""
    for row in rows:
        yield before + _encode({key: _plain(value) for key, value in row.items() if value not in (None, "", {})})
        before = b",\n"
    yield b"\n]\n" if before else b"]\n"


def from_csv(path: Path, kind: str, needed: tuple[str, ...]) -> Iterator[Row]:
    """The rows below the head, whichever of ; , and tab parts the cells."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            first = file.readline(_LONGEST_LINE)
            separator = max(_SEPARATORS, key=first.count)
            file.seek(0)
            reader = csv.reader(file, delimiter=separator)
            at = _columns(next(reader, []), kind, needed, path.name)
            places = {key: columns(kind)[key].label if key in columns(kind) else key for key in at}
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    place = Place(path.name, row=reader.line_num)
                    if len(cells) > len(at) and any(cell.strip() for cell in cells[max(at.values()) + 1 :]):
                        raise FileRefused((Fault(place, _too_many(len(cells), separator)),))
                    yield Row(
                        place, {key: _read(cells[n]) if n < len(cells) else None for key, n in at.items()}, places
                    )
        except UnicodeDecodeError as error:
            words = _("Không phải chữ UTF-8 (byte %s). Hãy lưu lại dạng “CSV UTF-8”.")
            raise refused(path.name, words % error.start) from error
        except csv.Error as error:
            raise refused(path.name, _("Tệp CSV hỏng (%s). Hãy lưu lại từ Excel rồi nhập lại.") % error) from error


def from_json(path: Path, kind: str, needed: tuple[str, ...]) -> Iterator[Row]:
    """An array of objects, one a line, or JSON lines; written otherwise it is read whole."""
    with path.open("rb") as file:
        by_line = _by_line(file)
    found = _objects_by_line(path) if by_line else enumerate(_objects_whole(path), 1)
    for number, one in found:
        place = Place(path.name, row=number, item=not by_line)
        odd = [key for key in one if key not in columns(kind)]
        missing = [key for key in needed if one.get(key) is None]
        if odd or missing:
            words = _("Có trường lạ: %(odd)s; thiếu trường: %(missing)s. Hãy ghi các trường như tệp do sổ xuất ra.")
            said = words % {"odd": ", ".join(odd) or "–", "missing": ", ".join(missing) or "–"}
            raise FileRefused((Fault(place, said),))
        yield Row(place, {key: _typed(value) for key, value in one.items()}, {key: key for key in columns(kind)})


def number_of(value: Decimal | None) -> Decimal | int | None:
    """Without blank zeros: 30 and 91.8, never 3E+1."""
    if value is None:
        return None
    plain = exact(value).normalize()
    return int(plain) if plain == plain.to_integral_value() else plain


def _line(cells: Iterable[str]) -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=";", lineterminator="\r\n").writerow(list(cells))
    return held.getvalue()


def _written(value: Any) -> str:
    """A value in CSV."""
    if value is None or value is False:
        return ""
    if value is True:
        return "có"
    if isinstance(value, Decimal | int):
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Kind):
        return value.label
    text = str(value)
    return f"'{text}" if _RUNS.match(text) else text


def _plain(value: Any) -> Any:
    """A value in JSON."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return str(value.value) if isinstance(value, Kind) else value.isoformat() if isinstance(value, date) else value


def _read(text: str) -> str | Formula | None:
    """A cell of CSV; what Excel would work out when it opens the file is no text."""
    said = text.strip()
    if said.startswith("="):
        return Formula(said)
    return (said[1:] if _GUARDED.match(said) else said) or None


def _typed(value: Any) -> Any:
    """A number is a figure; a JSON int of any length keeps its digits."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _columns(head: list[str], kind: str, needed: tuple[str, ...], file: str) -> dict[str, int]:
    known = names(kind)
    at: dict[str, int] = {}
    for number, said in enumerate(head):
        key = key_of(said, known)
        if key is None or key in at:
            words = _("Tiêu đề lạ hoặc lặp “%s” ở dòng 1. Hãy ghi tiêu đề như tệp do sổ xuất ra.")
            raise FileRefused((Fault(Place(file, row=1), words % said[:60]),))
        at[key] = number
    missing = "”, “".join(columns(kind)[key].label for key in needed if key not in at)
    if missing:
        raise FileRefused((Fault(Place(file, row=1), _("Thiếu cột “%s”. Hãy thêm cột ấy rồi nhập lại.") % missing),))
    return at


def _too_many(found: int, separator: str) -> str:
    words = _("Dòng có %(found)s ô, nhiều hơn tiêu đề. Chữ có dấu “%(mark)s” phải nằm trong ngoặc kép.")
    return words % {"found": found, "mark": separator}


def _by_line(file: Any) -> bool:
    """Whether each object stands on a line of its own, by the first."""
    line = file.readline(_LONGEST_LINE).strip()
    if line in (b"[", MARK.encode() + b"["):
        line = file.readline(_LONGEST_LINE).strip()
    try:
        return line in (b"]", b"") or isinstance(_decode(line.rstrip(b",")), dict)
    except msgspec.DecodeError:
        return False


def _objects_by_line(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            text = line.strip().removeprefix(MARK.encode()).rstrip(b",")
            if text in (b"[", b"]", b""):
                continue
            try:
                one = _decode(text)
            except msgspec.DecodeError as error:
                raise _no_object(path, number) from error
            if not isinstance(one, dict):
                raise _no_object(path, number)
            yield number, one


def _objects_whole(path: Path) -> list[dict[str, Any]]:
    try:
        found = _decode(path.read_bytes())
    except (msgspec.DecodeError, RecursionError) as error:
        raise refused(path.name, _("Không phải JSON đúng (%s). Hãy xuất lại tệp.") % error) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise refused(path.name, _("Cần một danh sách các đối tượng JSON. Hãy ghi như tệp do sổ xuất ra."))
    return found


def _no_object(path: Path, number: int) -> FileRefused:
    said = _("Không phải một đối tượng JSON trên một dòng. Hãy ghi như tệp do sổ xuất ra.")
    return FileRefused((Fault(Place(path.name, row=number), said),))
