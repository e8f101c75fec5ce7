"""Files of offices in a real browser: dropped, chosen, read; a fact of a cell accepted, a table's columns confirmed."""

import base64
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from nhiemky.register.models import Document, Organisation, Proposal, Result, Target

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = (
    ("STT", "Chỉ tiêu", "ĐVT", "Mục tiêu NQ đến năm 2025", "Năm 2022", "Ước năm 2023"),
    ("1", "Tỷ lệ người dân tham gia bảo hiểm y tế", "%", "≥ 94,5", "91,6", "92,3"),
    ("2", "Kết nạp đảng viên", "đảng viên", "Mỗi năm ≥ 3", "4", "3"),
)
TITLE = "Phụ lục kết quả thực hiện chỉ tiêu của Đảng bộ phường Bình Lâm, nhiệm kỳ 2020 - 2025"
DROP = """([name, type, raw]) => {
  const bytes = Uint8Array.from(atob(raw), (letter) => letter.charCodeAt(0)), held = new DataTransfer();
  held.items.add(new File([bytes], name, {type}));
  const zone = document.querySelector("[data-drop]");
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, {dataTransfer: held, bubbles: true, cancelable: true}));
}"""

HOLD = """() => document.querySelector("form[data-busy]").addEventListener(
  "submit", (event) => event.preventDefault(), {once: true})"""
SENT_AGAIN = (
    """() => document.querySelector("form[data-busy]").dispatchEvent(new Event("submit", {cancelable: true}))"""
)


@pytest.fixture
def word(tmp_path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph(TITLE)
    table = made.add_table(rows=0, cols=len(ROWS[0]))
    for line in ROWS:
        for cell, words in zip(table.add_row().cells, line, strict=True):
            cell.text = words
    made.add_paragraph("Nơi nhận: các chi bộ trực thuộc.")
    made.save(str(tmp_path / "phu-luc.docx"))
    return tmp_path / "phu-luc.docx"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Biểu 01"
    page.append([TITLE])
    for line in ROWS:
        page.append(list(line))
    book.save(tmp_path / "bieu-01.xlsx")
    return tmp_path / "bieu-01.xlsx"


def send(page: Page) -> None:
    page.get_by_role("button", name="Đọc", exact=True).click()


def test_a_dropped_file_is_named_and_read(desk_page: Page, insurance: Target, word: Path) -> None:
    desk_page.goto("/documents/")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    desk_page.evaluate(DROP, [word.name, kind, base64.b64encode(word.read_bytes()).decode()])
    expect(desk_page.locator("#names li")).to_contain_text("phu-luc.docx")
    send(desk_page)
    expect(desk_page.locator(".doc table")).to_be_visible()
    assert Document.objects.get().format == "docx"


def test_while_it_reads_the_form_says_so_and_is_sent_once(desk_page: Page, ward: Organisation, word: Path) -> None:
    desk_page.goto("/documents/")
    desk_page.locator("#id_files").set_input_files(word)
    desk_page.evaluate(HOLD)
    send(desk_page)
    expect(desk_page.get_by_role("status").filter(has_text="Đang đọc")).to_contain_text("phu-luc.docx")
    expect(desk_page.locator("#busy [data-seconds]")).to_contain_text("giây")
    assert desk_page.evaluate(SENT_AGAIN) is False


@pytest.mark.parametrize(("which", "place"), [("word", "bảng 1, hàng 2, cột 6"), ("sheet", "trang tính “Biểu 01”, F3")])
def test_a_fact_of_a_cell_is_accepted(
    desk_page: Page, insurance: Target, members: Target, which: str, place: str, request: pytest.FixtureRequest
) -> None:
    desk_page.goto("/documents/")
    desk_page.locator("#id_files").set_input_files(request.getfixturevalue(which))
    send(desk_page)
    cell = desk_page.locator(".doc td", has_text="92,3").locator(".m")
    cell.click()
    card = desk_page.locator(".prop.on")
    expect(card).to_contain_text("bảo hiểm y tế: ước 92,3%")
    expect(card.locator(".place")).to_have_text(place)
    desk_page.keyboard.press("a")
    expect(desk_page.locator(".toast")).to_contain_text("Đã nhận")
    expect(cell).to_have_class("m m-result done")
    made = Result.objects.get(document=Document.objects.get())
    assert (float(made.value), made.period, made.kind, made.target_id) == (92.3, "2023", "estimate", insurance.pk)


def test_columns_are_changed_and_confirmed_by_keyboard(desk_page: Page, insurance: Target, word: Path) -> None:
    desk_page.goto("/documents/")
    desk_page.locator("#id_files").set_input_files(word)
    send(desk_page)
    role = desk_page.get_by_label("Cột “Năm 2022” ghi gì")
    expect(role).to_have_value("result")
    expect(desk_page.locator("[name=period-4]")).to_be_visible()
    expect(desk_page.locator("[name=period-0]")).to_be_hidden()  # a number has no period
    role.focus()
    desk_page.keyboard.press("Tab")
    desk_page.keyboard.type("hôm qua")
    desk_page.keyboard.press("Enter")
    expect(desk_page.locator("#e-1-0-4")).to_contain_text("cần kỳ của cột này")
    desk_page.locator("[name=period-4]").fill("6 tháng 2022")
    desk_page.keyboard.press("Enter")
    expect(desk_page.locator(".toast")).to_contain_text("thêm 2, bỏ 2 đề xuất")
    assert Proposal.objects.filter(fact__period="2022-H1").count() == 2
    desk_page.get_by_role("button", name="Đúng rồi").click()
    expect(desk_page.locator(".toast")).to_contain_text("Đã xác nhận bảng 1.")
    expect(desk_page.locator("#b1-0 summary")).to_contain_text("đã xác nhận")
    expect(role).to_be_hidden()


def test_a_refused_file_is_told_at_the_field(desk_page: Page, ward: Organisation, word: Path, tmp_path: Path) -> None:
    desk_page.set_viewport_size({"width": 390, "height": 800})
    empty = tmp_path / "rong.docx"
    empty.write_bytes(b"")
    desk_page.goto("/documents/")
    desk_page.locator("#id_files").set_input_files([empty, word])
    send(desk_page)
    expect(desk_page.locator("#files-error")).to_contain_text("rong.docx: Tệp rỗng")
    expect(desk_page.locator("#files-error")).to_be_in_viewport()
    expect(desk_page.locator(".docs")).to_contain_text("phu-luc.docx")
