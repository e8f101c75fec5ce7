"""Files damaged at random, of each kind: `load` gives a text whose map fits it, or one clear error, nothing else."""

import tempfile
import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.letters import in_tcvn3, in_windows_1258
from tests.sources.word import SENTENCE, listed, p, r, table, tr, word

from nhiemky.sources import SourceError, load

_BODY = p(SENTENCE) + table(tr("A", "B"), tr("C", "D")) + listed("Một") + p(r("§¶ng", font=".VnTime"))
_LEVEL = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
_NUMBERS = (
    f'<w:abstractNum w:abstractNumId="0">{_LEVEL}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_TEXT = f"{SENTENCE}\n" * 3
CHANGES = st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=8)
PIECES = st.tuples(st.integers(0), st.sampled_from(["", "<", ">", '"', "w:tc", "99999999999", "-1", "\u0301"]))
FILES = {
    "a.txt": _TEXT.encode(),
    "b.txt": in_windows_1258(_TEXT),
    "c.txt": in_tcvn3(_TEXT).encode("latin-1"),
    "d.txt": b"\xff\xfe" + _TEXT.encode("utf-16-le"),
    "e.html": f"<html><body><nav>Menu</nav><p>{SENTENCE}<table><tr><td rowspan=2>A<td>B<tr><td>C</table>".encode(),
    "g.docx": word(_BODY, {"numbering": _NUMBERS}),
}


def holds(path: Path) -> None:
    """What is true of every file, whole or broken."""
    try:
        loaded = load(path)
    except SourceError:
        return
    assert unicodedata.is_normalized("NFC", loaded.text)
    last = 0
    for start, end, _ in loaded.places:
        assert last <= start < end <= len(loaded.text)
        last = end
    for found in loaded.tables:
        for cell in found.cells:
            assert 0 <= cell.start <= cell.end <= len(loaded.text)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@given(
    st.sampled_from(sorted(FILES)), st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=8), st.integers(0)
)
def test_flipped_and_cut_files(name: str, flips: list[tuple[int, int]], cut: int) -> None:
    raw = bytearray(FILES[name])
    for at, byte in flips:
        raw[at % len(raw)] = byte
    kept = len(raw) - cut % len(raw) if cut % 3 == 0 else len(raw)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw[:kept])
        holds(path)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=6))
def test_words_body_with_pieces_replaced(changes: list[tuple[int, str]]) -> None:
    body = _BODY
    for at, piece in changes:
        at %= len(body)
        body = body[:at] + piece + body[at + len(piece) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(word(body, {"numbering": _NUMBERS}))
        holds(path)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.docx", "a"]))
def test_any_bytes(raw: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        holds(path)
