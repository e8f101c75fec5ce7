"""read() on whatever text comes: it never raises, its spans hold, and the same words give the same facts."""

import math
import re
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.corpus_check import cases

from nhiemky.reading import vocab
from nhiemky.reading.facts import Reading
from nhiemky.reading.read import read
from nhiemky.reading.text import canon, normalise
from nhiemky.sources import load

LISTS = (
    "congresses", "citations", "people", "targets", "results", "scoreboards", "tasks", "ratings", "commendations",
    "milestones", "warnings",
)  # fmt: skip
PAGES = [
    load(path).text
    for folder in (Path(__file__).resolve().parents[2] / "samples", Path(__file__).parent)
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".txt", ".html")
]
PHRASES = [case["text"] for _, case in cases()]
quick = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@cache
def vocabulary() -> tuple[str, ...]:
    names = sorted(f.name[:-4] for f in resources.files(vocab).iterdir() if f.name.endswith(".tsv"))
    phrases = {word for name in names for word in vocab.words(name)}
    return tuple(sorted({*phrases, *(word for phrase in phrases for word in phrase.split())}))


NUMBERS = (
    "0", "1", "05", "12", "100", "2020", "2023", "2025", "2030", "3,36", "94.54", "1.256", "18.700.000", "1,256,000",
    "21/15", "03/12", "0/0", "6-8", "65 - 70", "2020-2025", "2025-2020", "27/03/2023", "27/32023", "273/2023",
    "31/02/2023", "32/13/2023", "06/7", "14h00", "25:99", "8 giờ 30", "21-NQ/TU", "12/NQ-HĐND", "91/2025/QH15", "05",
    "XII", "IIII", "VX", "thứ 99", "1.2.3.4", "1,,2", "7.", ",5", "٣٤", "²", "½", "１２", "0,30%0",
)  # fmt: skip
GLUE = (
    "đạt", "từ", "đến", "xuống còn", "trong đó", "có", "của", "và", "tổng số", "năm", "tháng", "ngày", "%", "‰",
    "tỷ đồng", "triệu", "rưỡi", "nhiệm kỳ", "lần thứ", "so với", "Nguyễn Văn An", "Bí thư Đảng ủy", "phường Mai Khảo",
    "đồng chí", "\n", "\t", "\u00a0", "\r\n", "\ufeff", ".", ",", ";", ":", "(", ")", "“", "”", "–", "/", "|", "…",
    "./.", "😀", "\x00",
)  # fmt: skip
NEXT_TO_NOTHING = (
    "", " ", "\n", "\ufeff", ".", "…", "%", "/", "-", "0", "\x00", "😀", "đạt", "từ", "đại hội", "I", "a" * 9999,
)  # fmt: skip
TOKENS = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(GLUE),
    st.deferred(lambda: st.sampled_from(vocabulary())).flatmap(
        lambda word: st.sampled_from((word, word.capitalize(), word.upper()))
    ),
    st.integers(0, 10**15).map(str),
)
SOUPS = st.lists(st.tuples(TOKENS, st.sampled_from((" ", " ", " ", "", "  "))), max_size=60).map(
    lambda pairs: "".join(token + gap for token, gap in pairs)
)
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=400)
PIECES = st.tuples(st.sampled_from(PAGES), st.integers(0, 12_000), st.integers(0, 12_000)).map(
    lambda chosen: chosen[0][min(chosen[1:]) : max(chosen[1:])]
)
SPLICED = st.lists(st.one_of(st.sampled_from(PHRASES), PIECES, SOUPS), min_size=2, max_size=4).map(" ".join)


def spans_of(reading: Reading) -> list[tuple[str, tuple[int, int]]]:
    spans = [(name, fact.span) for name in LISTS for fact in getattr(reading, name)]
    return spans + [(name, span) for name in ("host", "event") if (span := getattr(reading, name).span) is not None]


def holds(text: str) -> None:
    """What is true of every reading."""
    reading = read(text, "trang.txt")
    normal = normalise(text)
    assert reading.text_length == len(normal)
    for name, (start, end) in spans_of(reading):
        assert 0 <= start < end <= len(normal), (name, start, end)
    for name in LISTS:
        assert all(0 <= fact.confidence <= 1 for fact in getattr(reading, name)), name
    written = msgspec.json.encode(reading)
    assert written == msgspec.json.encode(read(text, "trang.txt"))
    assert msgspec.json.decode(written, type=Reading) == reading


@quick
@given(ANY_TEXT)
def test_any_text_is_read(text: str) -> None:
    holds(text)


@settings(quick, max_examples=1200)
@given(SOUPS)
def test_words_and_figures_in_any_order_are_read(text: str) -> None:
    holds(text)


@quick
@given(PIECES)
def test_a_page_cut_anywhere_is_read(text: str) -> None:
    holds(text)


@settings(quick, max_examples=200)
@given(SPLICED)
def test_pages_run_together_are_read(text: str) -> None:
    holds(text)


@pytest.mark.parametrize("text", NEXT_TO_NOTHING)
def test_next_to_nothing_is_read(text: str) -> None:
    reading = read(text)
    assert [fact for name in LISTS for fact in getattr(reading, name)] == []


_LONG, _LONGER = "9" * 400, "9" * 5000


@pytest.mark.parametrize(
    "text",
    [
        f"Đã có {_LONG} chỉ tiêu đạt.", f"{_LONG}/{_LONG} chỉ tiêu", f"{_LONG} tập thể được khen thưởng",
        f"kỷ niệm {_LONG} năm Ngày thành lập Đảng", f"Thu {_LONG} tỷ đồng", f"đạt {_LONGER}%", f"Lượt xem: {_LONGER}",
        f"số hộ đạt {_LONG} hộ, đạt 5% kế hoạch", f"Đang online {_LONGER}", f"tháng {_LONG}/2023", "tỷ " * 400,
        "mười tỷ " * 60 + "đồng", "một triệu" + " tỷ" * 40 + " đồng", "chín " * 90 + "hộ", "1." * 900 + " hộ",
        f"Đại hội lần thứ {_LONG}", f"ngày 12/{_LONG}/2023", f"{_LONG}-NQ/TU", f"Nghị quyết số {_LONG}",
    ],
)  # fmt: skip
def test_figures_of_no_report_are_none(text: str) -> None:
    holds(text)
    reading = read(text)
    numbers = [value for fact in (*reading.results, *reading.targets) for value in msgspec.structs.astuple(fact)]
    assert all(math.isfinite(value) for value in numbers if isinstance(value, float))


@pytest.mark.parametrize("text", ["\ud800", "đạt \udfff 95%", "\udc00\ud800 đại hội"])
def test_half_a_letter_is_read_as_none(text: str) -> None:
    holds(text)


@pytest.mark.parametrize("text", ["có 5 hộ trở", "Giữ 100% trở", "năm 2021 có 100% chi bộ hoàn thành tốt nhiệm vụ trở"])
def test_a_phrase_that_breaks_off_is_read(text: str) -> None:
    holds(text)


@pytest.mark.parametrize("text", PAGES[:3])
def test_a_decomposed_page_reads_like_a_composed_one(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert msgspec.json.encode(read(apart)) == msgspec.json.encode(read(text))


@quick
@given(st.one_of(SOUPS, ANY_TEXT))
def test_decomposed_text_reads_like_composed(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert msgspec.json.encode(read(apart)) == msgspec.json.encode(read(composed))


@pytest.mark.parametrize("text", PAGES[:3])
def test_line_ends_and_a_byte_order_mark_change_nothing(text: str) -> None:
    assert read("\ufeff" + text.replace("\n", "\r\n")) == read(text)


@settings(quick, max_examples=600)
@given(st.one_of(ANY_TEXT, SOUPS, st.text(st.characters(), max_size=200)))
def test_canon_keeps_the_length(text: str) -> None:
    assert len(canon(text)) == len(text)
    assert canon(canon(text)) == canon(text)


@settings(quick, max_examples=1500)
@given(st.text(st.sampled_from("qQoOuUaàáảãạeèẻyỳýỷỹỵhnt \n.ỦY"), max_size=12))
def test_canon_of_toned_pairs_keeps_the_length_and_settles(text: str) -> None:
    assert len(canon(text)) == len(text)
    assert canon(canon(text)) == canon(text)
    assert canon(older(text)) == canon(text)


# hòa → hoà, ủy → uỷ: the placement before the reform, in every letter case; `quý` and `toàn` are one in both
_OLDER = {
    a + b: c + d
    for modern, plain, toned in (("òóỏõọ", "o", ("àáảãạ", "èéẻẽẹ")), ("ùúủũụ", "u", ("ỳýỷỹỵ",)))
    for rows in toned
    for a, d in zip(modern, rows, strict=True)
    for b, c in ((unicodedata.normalize("NFD", d)[0], plain),)
}
_MODERN_PAIR = re.compile(
    "(?<![qQ])(?:" + "|".join(sorted(_OLDER)) + r")(?![^\W\d_])",
    re.IGNORECASE,
)


def older(text: str) -> str:
    def swap(match: re.Match[str]) -> str:
        new = _OLDER[match.group().lower()]
        return "".join(b.upper() if a.isupper() else b for a, b in zip(match.group(), new, strict=True))

    return _MODERN_PAIR.sub(swap, text)


def values_of(text: str) -> Any:
    """A reading with every string in canonical letters, so that only a difference of facts is a difference."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items() if key != "sha256"}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return canon(value) if isinstance(value, str) else value

    return plain(msgspec.to_builtins(read(text)))


def test_the_older_spelling_is_made_as_it_is_written() -> None:
    assert (
        older("ủy ban, hòa bình, Thúy, khỏe, TOÀN, quý, khuỷu, ỦY")
        == "uỷ ban, hoà bình, Thuý, khoẻ, TOÀN, quý, khuỷu, UỶ"
    )


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_either_spelling_gives_the_same_facts_of_a_page(number: int) -> None:
    text = PAGES[number]
    assert values_of(older(text)) == values_of(text)


def test_either_spelling_gives_the_same_facts_of_a_phrase() -> None:
    told = [text for text in PHRASES if older(text) != text]
    assert len(told) > 30
    assert [text for text in told if values_of(older(text)) != values_of(text)] == []


@pytest.mark.parametrize(
    "text", ["Trong năm 201²2, Đảng bộ tự nhận hoàn thành tốt nhiệm vụ.", "nhiệm vụ năm 201², 5² tỷ đồng"]
)
def test_a_raised_figure_is_no_figure(text: str) -> None:
    # `²` counts as a digit for Python, but is no decimal
    assert not read(text).results
