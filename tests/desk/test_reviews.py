"""Reviews: what is missing first, a frozen pack, the paper as DOCX and PDF."""

import io
import zipfile

import pytest
from django.test import Client

from nhiemky.desk.views import reviews
from nhiemky.register.models import Document, Organisation, Review, Target
from nhiemky.report.pdf import FontError


def freeze(desk: Client) -> Review:
    desk.post("/reviews/add/", {"term": "2020-2025", "as_of": "30/06/2023"})
    made = Review.objects.first()
    assert made is not None
    return made


def test_what_is_missing_comes_first(desk: Client, document: Document, members: Target) -> None:
    html = desk.get("/reviews/add/?term=2020-2025&as_of=30/06/2023").content.decode()
    assert "Chưa có số liệu hoặc chưa đủ căn cứ" in html
    assert "11 ≠ 6 + 4" in html
    assert "chưa ai xử lý" in html
    assert "Chốt số liệu đến 30/06/2023" in html
    assert not Review.objects.exists()


def test_a_wrong_date_stands_at_its_field(desk: Client, insurance: Target) -> None:
    for typed in ("hôm nay", "31/12/2199", "01/01/2019"):
        answer = desk.post("/reviews/add/", {"term": "2020-2025", "as_of": typed})
        assert answer.status_code == 422
        assert 'id="id_as_of_error"' in answer.content.decode()
        looked = desk.get("/reviews/add/", {"term": "2020-2025", "as_of": typed})
        assert (looked.status_code, "Chốt số liệu đến" in looked.content.decode()) == (422, False)
    assert not Review.objects.exists()


def test_a_frozen_review_is_shown_and_downloaded(desk: Client, document: Document, insurance: Target) -> None:
    made = freeze(desk)
    page = desk.get(f"/reviews/{made.pk}/").content.decode()
    assert "DỰ THẢO" in page
    docx = desk.get(f"/reviews/{made.pk}/review.docx")
    assert zipfile.ZipFile(io.BytesIO(docx.content)).testzip() is None
    assert "attachment" in docx["Content-Disposition"]
    pdf = desk.get(f"/reviews/{made.pk}/review.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert desk.get(f"/reviews/{made.pk}/review.exe").status_code == 404


def test_an_organisation_without_targets_is_told(desk: Client, ward: Organisation) -> None:
    assert "Chưa có chỉ tiêu nào" in desk.get("/reviews/add/").content.decode()


def test_the_list(desk: Client, document: Document) -> None:
    assert "Chưa có bản kiểm điểm nào" in desk.get("/reviews/").content.decode()
    made = freeze(desk)
    assert f"/reviews/{made.pk}/review.docx" in desk.get("/reviews/").content.decode()


def test_a_missing_font_is_told_on_the_page(
    desk: Client, document: Document, insurance: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_pdf(_paper: object) -> bytes:
        raise FontError("Thiếu phông Tinos. Chạy ./run --setup.")

    desk.post("/reviews/add/", {"term": "2020-2025", "as_of": "30/06/2023"})
    held = Review.objects.get()
    monkeypatch.setitem(reviews.MAKERS, "pdf", (to_pdf, "application/pdf"))
    answer = desk.get(f"/reviews/{held.pk}/review.pdf", follow=True)
    assert "Thiếu phông Tinos" in answer.content.decode()
