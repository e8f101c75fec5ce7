"""Scans and photographs: recognised word by word, with box and sureness; what is hard to read is said."""

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from tests.sources.papers import (
    PROSE,
    SHEET,
    ink,
    lines_of,
    needs_tesseract,
    place_of,
    read,
    shown,
    typeset,
    without_meanings,
    worn,
    written,
)  # fmt: skip

from nhiemky.sources import SourceError, load, scan
from nhiemky.sources.loaded import Drawn, Loaded
from nhiemky.sources.scan import tesseract

PAGE = typeset("\n\n".join(PROSE))
STAMPED = """#let red = rgb("c00000")
#place(top + left, dy: 3cm, box(stroke: 2pt + red, inset: 8pt)[#text(18pt, red)[*MẬT*]])
#v(5cm)
"""


def saved(picture: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def recognise(picture: Image.Image, dots: int = 200) -> Drawn:
    return scan.draw(Path("ảnh.png"), saved(picture, dpi=(dots, dots)))


def agreement(drawn: Drawn | Loaded, wanted: str) -> float:
    """The share of the words wanted that came out right, in their order."""
    found, right = iter(drawn.text.split()), 0
    got = list(found)
    at = 0
    for word in wanted.split():
        if word in got[at : at + 4]:
            at = got.index(word, at) + 1
            right += 1
    return right / len(wanted.split())


@needs_tesseract
@pytest.mark.parametrize(
    "worn_by",
    [
        pytest.param({}, id="clean"),
        pytest.param({"angle": 4, "shade": 0.4, "grain": 10, "blur": 1.0}, id="photographed in shadow, aslant"),
        pytest.param({"angle": -7, "grain": 5}, id="far aslant"),
        pytest.param({"grain": 50}, id="grainy"),
    ],
)
def test_worn_pages_are_read_paragraph_by_paragraph(worn_by: dict[str, float]) -> None:
    drawn = recognise(worn(shown(PAGE, 1, 200), **worn_by))
    assert len(lines_of(drawn)) == len(PROSE)
    assert agreement(drawn, " ".join(PROSE)) > 0.95
    assert drawn.notes == (f"trang 1 là ảnh chụp, chữ do máy nhận dạng (độ chắc {_sureness(drawn)})",)


def _sureness(drawn: Drawn) -> str:
    letters = sum(end - start for start, end, _ in drawn.places)
    return f"{sum((end - start) * (place.confidence or 0) for start, end, place in drawn.places) / letters:.0%}"


@needs_tesseract
@pytest.mark.parametrize("angle", [0, 5])
def test_a_phrase_has_the_box_in_which_it_was_photographed(angle: float) -> None:
    picture = worn(shown(PAGE, 1, 200), angle=angle)
    place = place_of(recognise(picture), "94,54%")
    assert place.page == 1
    assert place.confidence is not None
    assert 0.5 < place.confidence <= 1
    box = place.box
    assert box is not None
    assert 0.15 < ink(picture, box, 595.4) < 0.6
    beside = (box[2], box[1], 2 * box[2] - box[0], box[3])
    assert ink(picture.copy(), beside, 595.4) < ink(picture, box, 595.4)
    wiped = picture.copy()
    left, top, right, bottom = (round(side * 200 / 72) for side in box)
    wiped.paste(255, (left - 5, top - 5, right + 5, bottom + 5))
    assert "94,54%" not in recognise(wiped).text


@needs_tesseract
@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_set_upright(quarter: int) -> None:
    turned = shown(PAGE, 1, 200).rotate(quarter, expand=True)
    drawn = recognise(turned)
    assert agreement(drawn, " ".join(PROSE)) > 0.97
    box = place_of(drawn, "94,54%").box
    assert box is not None
    assert (box[2] - box[0] > box[3] - box[1]) is (quarter == 180)
    assert 0.15 < ink(turned, box, turned.width * 0.36) < 0.6


@needs_tesseract
def test_a_telephone_says_how_it_was_held() -> None:
    held = Image.Exif()
    held[0x0112] = 6  # to be turned by 90° clockwise
    picture = shown(PAGE, 1, 200).rotate(90, expand=True)
    drawn = scan.draw(Path("ảnh.jpg"), saved(picture, "JPEG", exif=held, quality=85))
    box = place_of(drawn, "94,54%").box
    assert box is not None
    assert box[2] - box[0] > box[3] - box[1]


@needs_tesseract
def test_ruled_tables_come_cell_by_cell_lone_figures_too() -> None:
    rows = [
        ["STT", "Chỉ tiêu", "ĐVT", "Năm 2024"],
        ["1", "Tổng thu ngân sách nhà nước trên địa bàn phường", "tỷ đồng", "36,7"],
        ["2", "Tỷ lệ hộ nghèo", "%", "0,71"],
        ["3", "Kết nạp đảng viên", "đảng viên", "14"],
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    source = (
        f"Phụ lục kèm theo báo cáo.\n\n#table(columns: (1.2cm, 6cm, 2.5cm, 2.5cm), {cells})\n\nGhi chú: số liệu ước."
    )
    drawn = recognise(worn(shown(typeset(source), 1, 200), angle=1.5, grain=5))
    (table,) = drawn.tables
    assert [[drawn.text[cell.start : cell.end] for cell in table.cells if cell.row == row] for row in range(4)] == rows
    assert place_of(drawn, "0,71").label == "trang 1, bảng 1, hàng 3, cột 4"
    assert lines_of(drawn)[-1] == "Ghi chú: số liệu ước."


@needs_tesseract
def test_a_pdf_of_text_and_scans_is_read_in_the_order_of_its_pages() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typeset(PROSE[0]))))
    writer.append(io.BytesIO(saved(shown(typeset(PROSE[1]), 1, 200), "PDF", resolution=200)))
    writer.append(io.BytesIO(typeset(PROSE[2])))
    drawn = read(written(writer))
    assert len(lines_of(drawn)) == 3
    assert [place_of(drawn, words).page for words in ("59,1%", "94,54%", "98,6%")] == [1, 2, 3]
    assert place_of(drawn, "59,1%").confidence is None
    assert (place_of(drawn, "94,54%").confidence or 0) > 0.5
    (note,) = drawn.notes
    assert note.startswith("trang 2 là ảnh chụp, chữ do máy nhận dạng (độ chắc 9")


@needs_tesseract
def test_letters_that_mean_nothing_are_recognised_from_how_they_look() -> None:
    drawn = read(without_meanings(PAGE))
    assert agreement(drawn, " ".join(PROSE)) > 0.97
    assert "phông chữ không nói rõ là chữ gì" in drawn.notes[0]


@needs_tesseract
def test_pages_of_a_tiff_follow_one_another() -> None:
    first, second = (shown(typeset(words), 1, 150) for words in PROSE[:2])
    drawn = scan.draw(Path("ảnh.tif"), saved(first, "TIFF", save_all=True, append_images=[second], dpi=(150, 150)))
    assert [place_of(drawn, words).page for words in ("59,1%", "94,54%")] == [1, 2]


@needs_tesseract
def test_what_is_hard_to_read_or_coarse_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    coarse = recognise(shown(typeset(PROSE[0]), 1, 90), 90)
    assert "trang 1 chỉ có 90 điểm trên inch, dấu dễ nhận sai; nên quét lại ở 300 điểm" in coarse.notes
    monkeypatch.setattr("nhiemky.sources.scan.notes.HARD", 0.999)
    hard = recognise(shown(typeset(PROSE[0]), 1, 200))
    assert any(note.startswith("trang 1 khó đọc (độ chắc 9") and "cần người xem lại" in note for note in hard.notes)


@needs_tesseract
def test_a_secret_stamped_in_red_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "scan.pdf"
    page.write_bytes(saved(worn(shown(typeset(STAMPED + PROSE[0]), 1, 200), grain=4), "PDF", resolution=200))
    with pytest.raises(SourceError, match="đóng dấu MẬT"):
        load(page)


def refusal(raw: bytes) -> str:
    with pytest.raises(SourceError) as refused:
        scan.draw(Path("ảnh.png"), raw)
    said = str(refused.value)
    assert said.startswith("ảnh.png: ")
    assert "Hãy" in said
    return said


def test_without_the_program_or_its_vietnamese_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_program", lambda: None)
    assert "chưa có chương trình tesseract" in refusal(saved(shown(PAGE, 1, 50)))
    monkeypatch.setattr(tesseract, "_program", lambda: "tesseract")
    monkeypatch.setattr(tesseract, "_languages", lambda program: frozenset({"eng"}))
    said = refusal(saved(shown(PAGE, 1, 50)))
    assert "chưa có tiếng Việt (vie)" in said
    assert "apt install tesseract-ocr tesseract-ocr-vie" in said


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_program", lambda: "tesseract")
    monkeypatch.setattr(tesseract, "_languages", lambda program: frozenset({"vie"}))


@pytest.mark.usefixtures("found")
def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*arguments: Any, **more: Any) -> Any:
        assert more["timeout"] == tesseract.SECONDS
        raise subprocess.TimeoutExpired("tesseract", more["timeout"])

    monkeypatch.setattr(subprocess, "run", slow)
    assert "trang 1 nhận dạng quá 120 giây" in refusal(saved(shown(PAGE, 1, 50)))


@pytest.mark.usefixtures("found")
def test_broken_and_boundless_pictures_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saved(shown(PAGE, 1, 100))
    assert "ảnh hỏng hoặc thiếu phần cuối" in refusal(whole[: len(whole) // 2])
    assert "ảnh hỏng" in refusal(b"\x89PNG\r\n\x1a\n")
    assert "ảnh 15000 × 9000 điểm, chỉ đọc đến 120 triệu điểm" in refusal(saved(Image.new("1", (15_000, 9_000))))
    monkeypatch.setattr(scan, "MOST_PAGES", 1)
    page = shown(typeset(PROSE[0], SHEET), 1, 50)
    assert "ảnh có 2 trang, chỉ đọc đến 1" in refusal(saved(page, "TIFF", save_all=True, append_images=[page]))


@needs_tesseract
def test_a_picture_without_letters_says_so() -> None:
    assert "không nhận ra chữ nào" in refusal(saved(Image.new("L", (1200, 1600), 255)))
