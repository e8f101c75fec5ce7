"""Samples are invented and consistent: gold figures stand in their pages, quotes stand in their documents."""

import hashlib
import json
import re
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
CORPUS = ROOT / "tests" / "reading" / "corpus"
GOLD = sorted((SAMPLES / "gold").glob("*.json"))
BOARDS = sorted(SAMPLES.glob("*/board.yaml"))
FACT_LISTS = (
    "congresses", "citations", "people", "targets", "results", "scoreboards", "ratings", "commendations",
    "milestones", "warnings",
)  # fmt: skip
VALUE_LISTS = ("quantities", "durations", "dates", "malformed", "clocks", "periods", "terms", "codes")
FIELDS_OF = {
    "targets": {"indicator", "direction", "low", "high", "unit", "per", "by", "baseline"},
    "results": {"indicator", "value", "planned", "unit", "qualifier", "ratio"},
}
# Places of the published pages that reading was learnt from. None may appear in what we ship.
REAL = (
    "Hà Trung", "Hồng Gai", "Quang Trung", "Tây Sơn", "Thanh Nhàn", "Hạ Long", "Hai Bà Trưng", "Quảng Ninh",
    "Tuần Châu", "Tứ Cường", "Lê Hồng", "Thanh Miện", "Mỹ Đình", "Tân Lạc", "Cao Phong",
)  # fmt: skip
# People of those pages: digests only, for no real person is named anywhere in the repository.
REAL_PEOPLE = {
    "0595527acf73ea60", "1e54589286febc63", "2215b279bf7cf52f", "3a1c460755734c50", "500886b5e7a2cdb6",
    "6ac267517508e362", "8407a46a57688d9c", "8ac2bf18c3e56de5", "9a1f0fec9cb16ec3", "b1247a5e2100c068",
    "b53438ddacf830d5", "b7f839b06e0f5523", "c08cc62571a12120", "c7ecaa69f0078b27", "cc7533e15eeebc14",
    "d41d2f3ba74b2a8d", "ff43ec4b6473d682",
}  # fmt: skip
TEXTS = sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".txt", ".html", ".yaml", ".json", ".md"})


def text_of(path: Path) -> str:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return re.sub(r"<[^>]*>", " ", text) if path.suffix == ".html" else text


def page_of(gold: Path) -> Path:
    return next(path for path in (SAMPLES / "pages").iterdir() if path.stem == gold.stem)


def ways_to_write(value: float) -> list[str]:
    """5.15 -> 5,15 · 4 -> 4, 04 · 36412000000 -> 36 tỷ 412 triệu, 36,412 tỷ … · 26450000 -> 26.450.000."""
    number = Decimal(str(value))
    if number != number.to_integral_value():
        return [str(number).replace(".", ",")]
    whole = int(number)
    ways = [str(whole), f"{whole:02d}", f"{whole:,}".replace(",", ".")]
    for scale, word in ((10**9, "tỷ"), (10**6, "triệu")):
        if whole >= scale:
            rest = f" {whole % 10**9 // 10**6} triệu" if scale == 10**9 and whole % scale else ""
            ways.append(f"{whole // scale} {word}{rest}")
    return ways


def is_told(value: float, text: str) -> bool:
    if value == 0:
        return bool(re.search(r"không (còn|có)", text))
    return any(re.search(rf"(?<![\d.,]){re.escape(way)}(?![\d]|[.,]\d)", text) for way in ways_to_write(value))


def assert_invented(text: str) -> None:
    words = re.findall(r"\w+", text.lower())
    threes = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    assert not [name for name in REAL if name.lower() in text.lower()]
    assert not {hashlib.sha256(name.encode()).hexdigest()[:16] for name in threes} & REAL_PEOPLE


def boards() -> list[tuple[Path, dict[str, Any]]]:
    return [(path, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in BOARDS]


def test_there_are_five_pages_each_with_gold_and_owner() -> None:
    listed = yaml.safe_load((SAMPLES / "pages.yaml").read_text(encoding="utf-8"))["pages"]
    assert len(GOLD) == len(listed) == 5
    assert {Path(item["path"]).stem for item in listed} == {gold.stem for gold in GOLD}
    for item in listed:
        unit = json.loads((SAMPLES / "gold" / f"{Path(item['path']).stem}.json").read_text(encoding="utf-8"))["host"]
        assert item["organisation"]["place"] == unit["unit"]
        assert (SAMPLES / item["path"]).is_file()


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_every_figure_of_gold_stands_in_its_page(gold: Path) -> None:
    facts, text = json.loads(gold.read_text(encoding="utf-8")), text_of(page_of(gold))
    figures = [fact[key] for fact in facts["targets"] for key in ("low", "high", "baseline")]
    figures += [fact[key] for fact in facts["results"] for key in ("value", "planned", "ratio")]
    figures += [value for board in facts["scoreboards"] for key, value in board.items() if key != "term"]
    figures += [fact["count"] for fact in facts["commendations"]] + [fact["years"] for fact in facts["milestones"]]
    missing = [figure for figure in figures if figure is not None and not is_told(figure, text)]
    assert not missing


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_gold_names_only_what_its_page_names(gold: Path) -> None:
    facts, text = json.loads(gold.read_text(encoding="utf-8")), text_of(page_of(gold))
    for person in facts["people"]:
        assert person["name"] in text
        assert all(role in text for role in person["roles"])
    for fact in facts["citations"]:
        assert fact["number"].replace("-", "") in re.sub(r"[\s-]", "", text)
    assert facts["host"]["unit"].removeprefix("phường ") in text


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_gold_has_the_fields_of_a_reading(gold: Path) -> None:
    facts = json.loads(gold.read_text(encoding="utf-8"))
    assert all(isinstance(facts[name], list) for name in FACT_LISTS)
    for name, fields in FIELDS_OF.items():
        assert all(set(fact) == fields for fact in facts[name])


def test_each_planted_defect_is_planted() -> None:
    warnings = [code for gold in GOLD for code in json.loads(gold.read_text(encoding="utf-8"))["warnings"]]
    assert set(warnings) == {"malformed_date", "parts_do_not_sum", "implausible_ratio", "implausible_value"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_nothing_real_is_named(path: Path) -> None:
    assert_invented(text_of(path))


def test_every_quote_of_a_board_stands_once_in_its_document() -> None:
    for path, board in boards():
        texts = {key: text_of(path.parent / document["path"]) for key, document in board["documents"].items()}
        for target in board["targets"]:
            for cited in (target["clause"], *target["results"]):
                assert texts[cited["document"]].count(cited["quote"]) == 1, (target["number"], cited["quote"])


def test_every_result_of_a_board_stands_in_its_quote() -> None:
    for _, board in boards():
        for target in board["targets"]:
            for result in target["results"]:
                assert is_told(result["value"], result["quote"]), (target["number"], result["quote"])


def test_a_board_holds_kinds_that_exist() -> None:
    for _, board in boards():
        term = Term.parse(board["term"])
        assert [target["number"] for target in board["targets"]] == list(range(1, len(board["targets"]) + 1))
        for target in board["targets"]:
            Direction(target["direction"])
            PeriodMeaning(target["meaning"])
            for result in target["results"]:
                period = Period.parse(str(result["period"]))
                assert period.year in term.years
                assert ResultKind(result["kind"])
                assert isinstance(result["as_of"], date)
                assert result["as_of"] <= period.end


def test_the_full_board_has_twelve_targets_in_three_fields_over_three_years() -> None:
    (board,) = [board for path, board in boards() if path.parent.name == "an-binh"]
    assert len(board["targets"]) == 12
    assert len({target["field"] for target in board["targets"]}) == 3
    periods = {str(result["period"]) for target in board["targets"] for result in target["results"]}
    assert periods == {"2021", "2022", "2023-H1"}


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.yaml")), ids=lambda path: path.stem)
def test_corpus_entries_are_well_formed(path: Path) -> None:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = {*FACT_LISTS, *VALUE_LISTS, "tasks"}
    for entry in entries:
        assert set(entry) <= {"text", "expect", "more", "none", "page", "said_on"}, entry
        assert entry["text"]
        assert set(entry) & {"expect", "none", "page"}, entry
        assert {*entry.get("expect", {}), *entry.get("none", ()), *entry.get("more", ())} <= kinds, entry
        assert not set(entry.get("expect", {})) & set(entry.get("none", ())), entry
    assert len({(entry["text"], entry.get("said_on")) for entry in entries}) == len(entries)


def test_corpus_names_nothing_real() -> None:
    lines = "\n".join(text_of(path) for path in sorted(CORPUS.glob("*.yaml"))).splitlines()
    assert_invented("\n".join(line for line in lines if line.count("Lạng Sơn, Lào Cai") == 0))  # a list of provinces
