"""The docs say what there is: links lead somewhere, kinds are in the glossary, vocabulary files in the how-to."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from nhiemky.cli.main import app
from nhiemky.reading.facts import WarningCode
from nhiemky.values.kinds import Direction, Kind, Level, PeriodMeaning, VerdictStatus

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "samples").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("kinds", [Direction, PeriodMeaning, Level, VerdictStatus], ids=lambda kinds: kinds.__name__)
def test_every_kind_is_in_the_glossary(kinds: type[Kind]) -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8").lower()
    missing = [kind for kind in kinds if kind.value not in glossary and kind.value.replace("_", " ") not in glossary]
    assert not missing


def test_every_warning_is_in_the_glossary() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert not [code for code in get_args(WarningCode) if f"`{code}`" not in glossary]


def test_every_vocabulary_file_is_in_the_how_to() -> None:
    how_to = (DOCS / "how-to" / "add-a-word-or-grammar.md").read_text(encoding="utf-8")
    files = sorted((ROOT / "src" / "nhiemky" / "reading" / "vocab").glob("*.tsv"))
    assert not [file.name for file in files if f"`{file.name}`" not in how_to]


def test_every_verdict_and_period_meaning_is_explained() -> None:
    page = (DOCS / "explanation" / "verdicts.md").read_text(encoding="utf-8")
    assert not [kind.value for kind in (*VerdictStatus, *PeriodMeaning) if f"`{kind.value}`" not in page]


def test_every_command_and_option_is_documented() -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    missing = [f"nhiemky {name}" for name in commands() if f"`nhiemky {name}" not in page]
    missing += [f"{name} {flag}" for name, flags in commands().items() for flag in flags if f"`{flag}" not in page]
    assert not missing


def commands() -> dict[str, list[str]]:
    """Each command of the program with its options."""
    found: dict[str, list[str]] = {}
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        for second, one in getattr(command, "commands", {"": command}).items():
            options = [parameter for parameter in one.params if parameter.param_type_name == "option"]
            found[f"{name} {second}".strip()] = [option.opts[0] for option in options if option.name != "help"]
    return found
