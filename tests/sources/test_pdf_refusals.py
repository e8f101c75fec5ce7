"""PDF that cannot be read, or not wholly: one sentence each, and no file makes the product fall over."""

import contextlib
import io
import random
import zlib
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from tests.sources.papers import PROSE, lines_of, raw_pdf, read, refusal, shown, typeset, without_meanings, written

from nhiemky.sources import load, scan
from nhiemky.sources.loaded import SourceError
from nhiemky.sources.pdf import MOST_PAGES, bombs
from nhiemky.sources.scan import tesseract

TWO = "\n\n#pagebreak()\n\n".join(PROSE[:2])


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_program", lambda: None)


def with_picture(text: str, *pictures: str) -> bytes:
    """A PDF of typeset text, and behind it pages that are pictures."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typeset(text))))
    for picture in pictures:
        page = io.BytesIO()
        shown(typeset(picture), 1, 200).save(page, "PDF", resolution=200)
        writer.append(page)
    return written(writer)


def test_a_password_is_named() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typeset(PROSE[0]))))
    writer.encrypt("bí mật", algorithm="RC4-128")
    assert "mật khẩu" in refusal(written(writer))


def test_a_file_cut_off_says_so() -> None:
    raw = typeset(TWO)
    assert "hỏng hoặc thiếu phần cuối" in refusal(raw[: len(raw) // 2])
    assert "hỏng hoặc thiếu phần cuối" in refusal(b"%PDF-1.7\n")


def test_ten_thousand_pages_are_refused_without_reading_them() -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 10_003))
    pages = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" % n for n in range(3, 10_003))
    raw = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 10000/Kids["
    said = refusal(raw + kids + b"]>>endobj\n" + pages + b"trailer<</Root 1 0 R>>")
    assert f"có 10000 trang, chỉ đọc đến {MOST_PAGES} trang" in said


def test_a_packed_bomb_is_refused_before_it_is_unpacked() -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    raw = raw_pdf(b"", b"<<>>", b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(bomb), bomb))
    assert "bom nén" in refusal(raw)
    assert not bombs.unpacked_too_far(typeset(TWO))


def test_empty_pages_are_told_from_pictures() -> None:
    assert "trống hoặc hỏng" in refusal(raw_pdf(b""))
    drawn = read(typeset(f"{PROSE[0]}\n#pagebreak()\n#pagebreak()\n{PROSE[1]}"))
    assert lines_of(drawn) == [PROSE[0], PROSE[1]]
    assert drawn.notes == ("trang 2 trống",)


@pytest.mark.usefixtures("no_tesseract")
def test_where_nothing_recognises_a_scan_is_refused_and_what_to_install_is_said() -> None:
    page = io.BytesIO()
    shown(typeset(PROSE[0]), 1, 100).save(page, "PDF")
    said = refusal(page.getvalue())
    assert "trang 1 không có chữ để lấy" in said
    assert "chưa có chương trình tesseract" in said
    assert "tesseract-ocr-vie" in said


@pytest.mark.usefixtures("no_tesseract")
def test_where_nothing_recognises_the_pages_with_text_are_read_and_the_others_named() -> None:
    drawn = read(with_picture(TWO, PROSE[2]))
    assert lines_of(drawn) == [PROSE[0], PROSE[1]]
    (note,) = drawn.notes
    assert note.startswith("trang 3 không có chữ để lấy, chưa đọc được")


@pytest.mark.usefixtures("no_tesseract")
def test_letters_without_a_meaning_are_no_text() -> None:
    assert "trang 1–2 không có chữ để lấy" in refusal(without_meanings(typeset(TWO)))


def test_too_many_scans_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhiemky.sources.pdf.MOST_RECOGNISED", 1)
    monkeypatch.setattr("nhiemky.sources.pdf.require", lambda: None)
    assert "2 trang là ảnh, chỉ nhận dạng đến 1 trang" in refusal(with_picture(PROSE[0], PROSE[1], PROSE[2]))


@pytest.mark.parametrize("mark", ["#place(top + left, dy: 4cm)[*TỐI MẬT*]#v(5cm)", "#set page(header: [*TỐI MẬT*])"])
def test_a_secret_is_refused_where_its_mark_stands_over_the_text_or_on_every_page(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(typeset("\n\n".join([mark, *PROSE * 12])))
    with pytest.raises(SourceError, match="đóng dấu TỐI MẬT"):
        load(path)


def _broken(raw: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        return raw[: chance.randrange(len(raw))]
    damaged = bytearray(raw)
    for _ in range(chance.choice((1, 10, 100))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


@pytest.mark.usefixtures("no_tesseract")
def test_damaged_files_are_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(11)
    sources: list[Any] = [TWO, f"#table(columns: 3, ..range(30).map(n => [#n]))\n\n{PROSE[3]}#footnote[Chú thích.]"]
    whole = 0
    for raw in map(typeset, sources):
        for _ in range(60):
            with contextlib.suppress(SourceError):
                drawn = read(_broken(raw, chance))
                assert all(0 <= start < end <= len(drawn.text) for start, end, _ in drawn.places)
                whole += 1
    assert 0 < whole < 120


def test_the_limits_of_pictures_and_pages_are_those_of_the_reference() -> None:
    reference = Path(__file__).parents[2] / "docs" / "reference" / "sources-pdf.md"
    told = reference.read_text("utf-8").replace(".", "")
    for limit in (MOST_PAGES, scan.MOST_PAGES, scan.MOST_PIXELS // 1_000_000, tesseract.SECONDS):
        assert f"{limit} " in told
