"""A filled-in form of figures → its rows with the target that each is, and what was changed that must not be.

Rows may be moved, columns too, the sheet renamed; a row is known by its name and unit. Called by services.imports.
"""

from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange import cells
from nhiemky.register.exchange.keys import KeyRow, Keys, digest_of
from nhiemky.register.exchange.records import Fault, Filled, Row, refused
from nhiemky.register.exchange.typed_cells import text_of

NEEDED = ("number", "name", "unit", "value", "kind", "as_of", "note")
INPUT = ("value", "kind", "as_of", "note")


def read_figures(path: Path) -> Filled:
    """The form as it came back; FileRefused where it is not one of ours, or not whole."""
    with cells.opened(path) as book:
        keys = cells.keys_of(book, path.name)
        if keys is None or keys.kind != "figures":
            words = _("Không phải biểu nhập số liệu do sổ xuất ra, hoặc trang khóa ẩn đã mất. Hãy xuất biểu mới.")
            raise refused(path.name, words)
        head = cells.only_head(book, "figures", NEEDED, path.name)
        rows = [row for row in cells.rows_under(book, head, path.name) if not _is_heading(row)]
    made, faults = _matched(rows, keys)
    gone = len(keys.rows) - sum(1 for row in made if "target" in row.said)
    notes = (_("%s dòng của biểu không còn trong tệp: giữ nguyên như trong sổ.") % gone,) if gone and not faults else ()
    return Filled(path.name, cells.digest(path), keys, tuple(made), tuple(faults), notes)


def key_rows(keys: Keys) -> dict[int, KeyRow]:
    return {row.target: row for row in keys.rows}


def _is_heading(row: Row) -> bool:
    """A field's heading stands in one cell across the table."""
    return all(row.said.get(key) is None for key in (*INPUT, "name", "unit"))


def _matched(rows: list[Row], keys: Keys) -> tuple[list[Row], list[Fault]]:
    """Each row with its `target`, where it is one that went out."""
    by_words: dict[str, list[KeyRow]] = defaultdict(list)
    for key in keys.rows:
        by_words[key.digest].append(key)
    by_number = {key.number: key for key in keys.rows}
    made: list[Row] = []
    faults: list[Fault] = []
    taken: dict[int, int] = {}  # target → its row
    for row in rows:
        try:
            found = _known(row, by_words, by_number)
        except ServiceError as error:
            faults.append(Fault(row.at(error.field), error.message))
            continue
        if found is not None and found.target in taken:
            words = _("Chỉ tiêu “%(name)s” có ở cả hàng %(first)s và hàng này. Hãy giữ lại một hàng.")
            faults.append(Fault(row.at("name"), words % {"name": found.name, "first": taken[found.target]}))
            continue
        if found is not None:
            taken[found.target] = row.place.row
            row = Row(row.place, {**row.said, "target": found.target}, row.cells)
        made.append(row)
    return made, faults


def _known(row: Row, by_words: dict[str, list[KeyRow]], by_number: dict[int, KeyRow]) -> KeyRow | None:
    """The row as it went out; None where it was added by hand. A name or unit that was changed is an error."""
    name, unit = text_of(row.said.get("name"), "name"), text_of(row.said.get("unit"), "unit")
    number = _number(row)
    found = by_words.get(digest_of(name, unit), [])
    same = next((key for key in found if key.number == number), None)
    if same is not None or len(found) == 1:
        return same or found[0]
    key = by_number.get(number)
    if key is not None and key.name == name and key.unit != unit:
        words = _("Gặp đơn vị “%(found)s”; biểu xuất ra ghi “%(unit)s”. Hãy ghi lại đơn vị và nhập số theo đơn vị ấy.")
        raise ServiceError("unit", words % {"found": unit, "unit": key.unit})
    if key is not None and key.unit == unit:
        words = _("Gặp “%(found)s”; chỉ tiêu %(number)s của biểu là “%(name)s”. Hãy ghi lại tên như biểu.")
        raise ServiceError("name", words % {"found": name or "–", "number": number, "name": key.name})
    if not name:
        raise ServiceError("name", _("Có số liệu nhưng không có tên chỉ tiêu. Hãy ghi tên, hoặc xóa số liệu."))
    return None


def _number(row: Row) -> int:
    said = text_of(row.said.get("number"), "number").rstrip(".")
    return int(said) if said.isdigit() and len(said) < 6 else 0
