"""The panel of a recognised table: what it shows, roles changed, confirmed, refused; a table said to be an annex."""

import re

import pytest
from django.test import Client
from tests.register.sheets import PEOPLE, ROWS, held, loaded

from nhiemky.desk.tables_view import LEFT_OUT
from nhiemky.reading.annex.amounts import Why
from nhiemky.register.models import Document, Organisation, Proposal

FORM = {"act": "read"}


@pytest.fixture
def annexed(ward: Organisation) -> Document:
    return held(ward, loaded(ROWS, PEOPLE))


def test_a_panel_shows_columns_with_what_they_were_taken_for(desk: Client, annexed: Document) -> None:
    html = desk.get(f"/documents/{annexed.pk}/").content.decode()
    panel = html[html.index('id="b1-0"') : html.index("</details>")]
    assert "Mục tiêu NQ đến năm 2025" in panel
    chosen = re.findall(r'<option value="(\w+)"(?: data-timed)? selected>', panel)
    assert chosen == ["index", "indicator", "unit", "target", "result", "note", "estimate"]
    assert "tên chỉ tiêu" in panel
    assert 'name="period-4" value="2022"' in panel
    assert "3 mục tiêu, 6 kết quả" in panel
    assert "chờ xác nhận" in panel
    assert "nhờ chữ “mục tiêu nq”" in panel


def test_the_tables_stand_in_the_text_with_their_marks(desk: Client, annexed: Document) -> None:
    html = desk.get(f"/documents/{annexed.pk}/").content.decode()
    proposal = Proposal.objects.get(document=annexed, fact__value=96.5)
    assert re.search(rf'<td class="r"><a class="m m-result" href="#p{proposal.pk}"[^>]*>96,5</a></td>', html)
    assert "<th>Chỉ tiêu</th>" in html
    assert html.count("Đây là bảng chỉ tiêu: chọn cột") == 1  # the one that was not recognised
    assert "2 | Số trường đạt chuẩn | trường | " in html  # the row as the card's quote


def test_roles_are_changed_and_the_table_read_again(desk: Client, annexed: Document) -> None:
    answer = desk.post(
        f"/documents/{annexed.pk}/tables/1-0/", FORM | {"role-5": "result", "period-5": "6 tháng 2023"}, follow=True
    )
    html = answer.content.decode()
    assert "Đã đọc lại bảng 1: thêm 3, bỏ 0 đề xuất." in html
    assert Proposal.objects.filter(document=annexed, fact__period="2023-H1").count() == 3
    assert re.search(r'id="b1-0" open', html)
    assert 'name="period-5" value="6 tháng 2023"' in html
    assert "vanphong," in html


def test_the_period_said_before_is_kept_when_another_column_changes(desk: Client, annexed: Document) -> None:
    address = f"/documents/{annexed.pk}/tables/1-0/"
    desk.post(address, FORM | {"role-5": "result", "period-5": "quý I/2023"})
    desk.post(address, FORM | {"role-5": "result", "period-5": "quý I/2023", "role-6": "note"})
    assert Proposal.objects.filter(document=annexed, fact__period="2023-Q1").count() == 3
    assert not Proposal.objects.filter(document=annexed, fact__qualifier="about").exists()


def test_confirmed_is_told_and_the_panel_closes(desk: Client, annexed: Document) -> None:
    html = desk.post(f"/documents/{annexed.pk}/tables/1-0/", {"act": "confirm"}, follow=True).content.decode()
    assert "Đã xác nhận bảng 1." in html
    assert "đã xác nhận" in html
    assert not re.search(r'id="b1-0" open', html)


def test_no_annex_and_back(desk: Client, annexed: Document) -> None:
    address = f"/documents/{annexed.pk}/tables/1-0/"
    html = desk.post(address, {"act": "nothing"}, follow=True).content.decode()
    assert "không phải bảng chỉ tiêu" in html
    assert not Proposal.objects.filter(document=annexed, kind="results").exists()
    desk.post(address, {"act": "first"})
    assert Proposal.objects.filter(document=annexed, kind="results").count() == 6


def test_a_plain_table_is_said_to_be_an_annex(desk: Client, annexed: Document) -> None:
    html = desk.get(f"/documents/{annexed.pk}/?table=2-0").content.decode()
    assert re.search(r'id="b2-0" open', html)
    assert "chưa nhận ra cột nào" in html
    early = desk.post(f"/documents/{annexed.pk}/tables/2-0/", {"act": "confirm"})
    assert "Chưa chọn cột nào" in early.content.decode()
    roles = {"role-0": "indicator", "role-2": "result", "period-2": "2023"}
    desk.post(f"/documents/{annexed.pk}/tables/2-0/", FORM | roles)
    assert Proposal.objects.filter(document=annexed, fact__indicator="văn nghệ, thể thao").exists()


@pytest.mark.parametrize(
    ("typed", "words", "at"),
    [
        ({"role-4": "result", "period-4": "hôm qua"}, "Gặp “hôm qua”; cần kỳ của cột này", 'id="e-1-0-4"'),
        ({"role-4": "result", "period-4": "2020-2025"}, "Gặp “2020-2025”", 'value="2020-2025"'),
        ({"role-4": "result", "period-4": ""}, "Gặp “”; cần kỳ", 'aria-describedby="e-1-0-4"'),
        ({"role-4": "mật"}, "Gặp “mật”; hãy chọn một mục", 'aria-invalid="true"'),
        ({"role-1": "note"}, "Chưa có cột tên chỉ tiêu", 'role="alert"'),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    desk: Client, annexed: Document, typed: dict[str, str], words: str, at: str
) -> None:
    before = list(Proposal.objects.filter(document=annexed).values_list("pk", flat=True))
    answer = desk.post(f"/documents/{annexed.pk}/tables/1-0/", FORM | typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert at in html
    assert re.search(r'id="b1-0" open', html)
    assert list(Proposal.objects.filter(document=annexed).values_list("pk", flat=True)) == before


def test_a_table_that_is_gone_is_told(desk: Client, annexed: Document) -> None:
    html = desk.post(f"/documents/{annexed.pk}/tables/9-0/", FORM, follow=True).content.decode()
    assert "không có bảng “9-0”" in html
    assert desk.get(f"/documents/{annexed.pk}/?table=9-0").status_code == 200


def test_an_inspector_is_told_that_it_may_not(inspector: Client, annexed: Document) -> None:
    answer = inspector.post(f"/documents/{annexed.pk}/tables/1-0/", {"act": "confirm"})
    assert answer.status_code == 422
    assert "không có quyền" in answer.content.decode()


def test_every_reason_of_the_cells_is_in_the_catalogue() -> None:
    assert {why.value for why in Why} <= set(LEFT_OUT)
