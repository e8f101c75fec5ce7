"""Vocabulary tables: a broken one says where and what, each tells its source, and none names a ward or a person."""

import hashlib
import re
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.reading.corpus_check import cases

from nhiemky.reading import vocab
from nhiemky.reading.text import canon
from nhiemky.reading.vocab import VocabularyError, alternatives, table

# Wards, communes and people of the pages that reading was learnt from: digests only, none is named here.
REAL = {
    "0595527acf73ea60", "09684b60a59801cb", "0dfb24bf9e8c68d7", "0f041be0f1d02c72", "18d280cc1820ac9f",
    "1e12ff25ac4e83b2", "1e54589286febc63", "1f7fa91c81abb3db", "2215b279bf7cf52f", "2682e940ea4e3848",
    "277c69eddf2d3860", "38ad9f6cb9285b66", "3a1c460755734c50", "3b6226a90f86e152", "500886b5e7a2cdb6",
    "59958d5db338be60", "6ac267517508e362", "76d7dfe3b721f99e", "792c1442e652af97", "8407a46a57688d9c",
    "8ac2bf18c3e56de5", "97d90c159af2e836", "9a1f0fec9cb16ec3", "a237e44777d63bf8", "a6c0dd9bbf8b2afb",
    "aefebc5256af9d58", "afc7c9c5e9c6b8df", "b1247a5e2100c068", "b53438ddacf830d5", "b7f839b06e0f5523",
    "c08cc62571a12120", "c7ecaa69f0078b27", "cc7533e15eeebc14", "d41d2f3ba74b2a8d", "dbdc3ac8ecb3c289",
    "f5b7cc3e8cb684ba", "ff43ec4b6473d682",
}  # fmt: skip
FILES = sorted((f for f in resources.files(vocab).iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)
NAMES = [f.name[:-4] for f in FILES]
SOURCES = {f.name[:-4]: f.read_text(encoding="utf-8") for f in FILES}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(vocab, "resources", SimpleNamespace(files=lambda _: tmp_path))
    return tmp_path


def uncached(name: str) -> tuple[dict[str, str], ...]:
    return table.__wrapped__(name)


def test_a_table_is_read_canonical_without_its_comments(folder: Path) -> None:
    (folder / "units.tsv").write_text("# Source: none.\nword\tunit\n\n# more\nQuận uỷ\tủy\nHoà\tx\n", encoding="utf-8")
    assert uncached("units") == ({"word": "quận ủy", "unit": "ủy"}, {"word": "hòa", "unit": "x"})


@pytest.mark.parametrize(("row", "cells"), [("xã", 1), ("xã\tcommune\tmore", 3)])
def test_a_wrong_number_of_cells_is_told_with_file_and_line(folder: Path, row: str, cells: int) -> None:
    (folder / "levels.tsv").write_text(f"# Source: none.\nword\tlevel\nphường\tcommune\n{row}\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as told:
        uncached("levels")
    assert re.search(rf"levels\.tsv line 4: {cells} cells? found, 2 expected", str(told.value))


@pytest.mark.parametrize("twice", ["xã", "XÃ", "xã "])
def test_a_word_told_twice_is_told_with_both_lines(folder: Path, twice: str) -> None:
    (folder / "levels.tsv").write_text(f"# Source: none.\nword\tlevel\nxã\tcommune\n{twice}\tcell\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"levels\.tsv line 4: 'xã' .*line 3"):
        uncached("levels")


def test_two_spellings_of_a_word_are_one_word(folder: Path) -> None:
    (folder / "roles.tsv").write_text("# Source: none.\nword\tnote\nquận ủy\t\nquận uỷ\t\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="'quận ủy'"):
        uncached("roles")


@pytest.mark.parametrize("written", ["", "# Source: none.\n", "# Source: none.\nlevel\tnote\nxã\tcommune\n"])
def test_a_table_without_a_head_line_is_told(folder: Path, written: str) -> None:
    (folder / "levels.tsv").write_text(written, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"levels\.tsv: no head line with a column 'word'"):
        uncached("levels")


@pytest.mark.parametrize("word", ["", " "])
def test_an_empty_word_is_told_with_its_line(folder: Path, word: str) -> None:
    (folder / "levels.tsv").write_text(f"# Source: none.\nword\tlevel\nxã\tcommune\n{word}\tcell\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"levels\.tsv line 4: an empty word"):
        uncached("levels")


def test_there_are_tables_and_each_is_read() -> None:
    assert len(NAMES) >= 15
    assert all(table(name) for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_opens_with_what_it_is(name: str) -> None:
    told = SOURCES[name].splitlines()[0]
    assert told.startswith("# ")
    assert len(told) > 20


@pytest.mark.parametrize("name", NAMES)
def test_words_are_canonical_and_lower_case(name: str) -> None:
    for row in table(name):
        assert row["word"] == canon(row["word"]) == row["word"].lower()
        assert row["word"] == " ".join(row["word"].split())
        assert row["word"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "provinces"])  # those are names
def test_words_are_written_as_they_are_matched(name: str) -> None:
    written = [line.split("\t")[0] for line in SOURCES[name].splitlines() if line.strip() and line[0] != "#"]
    assert written[1:] == [row["word"] for row in table(name)]


@pytest.mark.parametrize("name", NAMES)
def test_no_table_names_a_ward_or_a_person_of_a_page(name: str) -> None:
    for line in SOURCES[name].lower().splitlines():
        words = re.findall(r"\w+", line)
        runs = {" ".join(words[at : at + width]) for width in (2, 3, 4) for at in range(len(words) - width + 1)}
        assert not {hashlib.sha256(run.encode()).hexdigest()[:16] for run in runs} & REAL, line


def test_alternatives_prefer_the_longest_and_take_signs_as_they_are() -> None:
    met = re.compile(alternatives(("chi", "chi bộ", "a.b")))
    assert [m.group() for m in met.finditer("chi bộ, chi ủy, a.b, axb")] == ["chi bộ", "chi", "a.b"]


PHRASES = " \n ".join(" ".join(canon(case["text"]).split()) for _, case in cases())
_NUMERAL = alternatives(vocab.words("numerals") + vocab.words("numeral_parts") + vocab.words("scales"))


@pytest.mark.parametrize("name", ["units", "scales"])
def test_what_may_follow_a_figure_is_met_behind_one(name: str) -> None:
    behind = rf"(?:[0-9]|(?<![^\W_]){_NUMERAL}) ?"
    unmet = [word for word in vocab.words(name) if not re.search(rf"{behind}{re.escape(word)}(?![^\W_])", PHRASES)]
    assert unmet == []


# tables of cells of annexes: test_annexes.test_every_word_of_the_tables_is_met, over annexes/*.yaml
OF_ANNEXES = {"cell_units", "cell_words", "columns", "table_rows"}


def is_met(word: str) -> bool:
    """As a whole word; a sign (`≥`, `-`, `%0`) anywhere."""
    first, last = (r"(?<![^\W_])" if word[0].isalnum() else "", r"(?![^\W_])" if word[-1].isalnum() else "")
    return re.search(f"{first}{re.escape(word)}{last}", PHRASES) is not None


@pytest.mark.parametrize("name", sorted(set(NAMES) - OF_ANNEXES))
def test_every_line_is_met_in_the_corpus(name: str) -> None:
    unmet = [word for word in vocab.words(name) if not is_met(word)]
    assert unmet == [], f"{name}.tsv: write a phrase in tests/reading/corpus/ that fails without the word"
