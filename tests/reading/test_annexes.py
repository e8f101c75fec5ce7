"""Annexes drawn in annexes/*.yaml: every fact of each and no other; odd tables give nothing; words of heads and cells.

A case has the text before its table, the table as `grids.drawn` reads it, and all that a careful person finds in it.
"""

import pathlib
from typing import Any

import msgspec
import pytest
import yaml
from tests.reading.grids import drawn

from nhiemky.reading import annex
from nhiemky.reading.annex import AnnexFacts, Role, TableReading
from nhiemky.reading.annex.amounts import Why, amount_of
from nhiemky.reading.annex.roles import head_of, phrases_in
from nhiemky.reading.annex.times import when_of
from nhiemky.reading.annex.units import named, unit_of
from nhiemky.reading.text import canon
from nhiemky.reading.vocab import table as vocabulary
from nhiemky.values.tables import Table

FOLDER = pathlib.Path(__file__).parent / "annexes"
Case = dict[str, Any]
UNSAID = ("span", "confidence", "rule", "ask", "message")


def cases_of(*files: str) -> dict[str, Case]:
    found = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        if file.stem in files:
            found.update({f"{file.stem}: {case['name']}": case for case in yaml.safe_load(file.read_text("utf-8"))})
    return found


CASES = cases_of("term", "yearly", "thin", "odd", "more")


def document(case: Case) -> tuple[str, list[Table]]:
    """The text of a case with its table, and with further ones where it has them."""
    text, table = drawn(case["table"], case.get("before", ""))
    tables = [table]
    parts = iter(case.get("more", ()))
    for between, grid in zip(parts, parts, strict=True):
        text, table = drawn(grid, text + between)
        tables.append(table)
    return text, tables


def read(case: Case) -> list[tuple[TableReading, AnnexFacts]]:
    text, tables = document(case)
    return [(reading, annex.facts_of(text, table, reading)) for table, reading in annex.readings(text, tables)]


def plain(fact: Any) -> Case:
    return {k: v for k, v in msgspec.to_builtins(fact).items() if v not in (None, "") and k not in UNSAID}


def told(case: Case) -> Case:
    """All that a case's tables tell, in the form of the files."""
    found = read(case)
    columns = [" ".join(_role(c) for c in reading.columns) for reading, _ in found]
    facts = {
        kind: [plain(fact) for _, facts in found for fact in getattr(facts, kind)] for kind in ("targets", "results")
    }
    warnings = [warning.code for _, facts in found for warning in facts.warnings]
    return {"columns": columns, **facts, "warnings": warnings}


def _role(column: annex.Column) -> str:
    """`result@2023-H1`, `target>2025` with the year it runs to."""
    if column.role is Role.TARGET:
        return f"target>{column.by or '?'}"
    shown = column.period and column.role in (Role.RESULT, Role.ESTIMATE, Role.CUMULATIVE)
    return f"{column.role}@{column.period}" if shown else str(column.role)


@pytest.mark.parametrize("name", CASES)
def test_all_of_an_annex_is_read_and_nothing_else(name: str) -> None:
    case = CASES[name]
    got = told(case)
    assert got["columns"] == case.get("columns", [])
    for kind in ("targets", "results", "warnings"):
        wanted = case.get(kind, [])
        assert [f for f in wanted if f not in got[kind]] == []
        assert [f for f in got[kind] if f not in wanted] == []
        assert len(got[kind]) == len(wanted)


HEADS = [
    (tuple(head.split(" › ")), line["role"])
    for line in yaml.safe_load((FOLDER / "heads.yaml").read_text("utf-8"))
    for head in line["heads"]
]
CELLS = yaml.safe_load((FOLDER / "cells.yaml").read_text("utf-8"))
UNITS = yaml.safe_load((FOLDER / "units.yaml").read_text("utf-8"))
TIMES = yaml.safe_load((FOLDER / "times.yaml").read_text("utf-8"))


def folded(words: str) -> str:
    return " ".join(canon(words).split())


@pytest.mark.parametrize(
    ("levels", "role"), HEADS, ids=lambda value: " › ".join(value) if isinstance(value, tuple) else value
)
def test_a_head_gives_its_role(levels: tuple[str, ...], role: str) -> None:
    assert head_of([folded(level) for level in levels]).role == role


@pytest.mark.parametrize("case", CELLS, ids=lambda case: case["cell"] or "empty")
def test_a_cell_tells_its_figure_or_why_it_has_none(case: Case) -> None:
    amount = amount_of(folded(case["cell"]))
    if isinstance(amount, Why):
        assert amount.name == case.get("why")
        return
    said = {k: v for k, v in msgspec.to_builtins(amount).items() if v not in (None, False) or k == "low"}
    if amount.unit is not None:
        said["unit"] = amount.unit.name
    said.pop("loose", None)
    assert said == {k: v for k, v in case.items() if k != "cell"}


@pytest.mark.parametrize("case", UNITS, ids=lambda case: case["said"])
def test_a_unit_is_told_with_its_scale(case: Case) -> None:
    words = folded(case["said"])
    unit = named(words, case["said"])
    assert unit is not None
    assert (unit.name, unit.times, unit.yearly) == (case["name"], case.get("times", 1), case.get("yearly", False))
    assert (unit_of(words) is not None) == case.get("known", True)


@pytest.mark.parametrize("case", TIMES, ids=lambda case: case["said"])
def test_a_head_tells_its_time(case: Case) -> None:
    when = msgspec.json.decode(msgspec.json.encode(when_of(folded(case["said"]))))
    said = {k: v for k, v in when.items() if v not in (None, False)}
    assert said == {k: v for k, v in case.items() if k != "said"}


def every_cell() -> set[str]:
    grids = [case["table"] for case in CASES.values()] + [g for c in CASES.values() for g in c.get("more", ())[1::2]]
    return {folded(cell) for grid in grids for line in grid.split("\n") for cell in line.split("|")}


def test_every_word_of_the_tables_is_met() -> None:
    cells = every_cell()
    heads = {folded(level) for levels, _ in HEADS for level in levels} | cells
    met = {said.phrase for head in heads for said in phrases_in(head)}
    assert {row["word"] for row in vocabulary("columns")} - met == set()
    assert {row["word"] for row in vocabulary("cell_units")} - {folded(u["said"]).split("/")[0] for u in UNITS} == set()
    figures = {folded(case["cell"]) for case in CELLS}
    assert {w for row in vocabulary("cell_words") if not any(f.startswith(w := row["word"]) for f in figures)} == set()
    names = {cell.lstrip("-+0123456789.) ") for cell in cells}
    assert {w for row in vocabulary("table_rows") if not any(n.startswith(w := row["word"]) for n in names)} == set()
