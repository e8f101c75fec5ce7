"""Taking documents in: several files, pasted text; a bad input gets a message at its field and nothing is written."""

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk.readings import PAGE

from nhiemky.register.models import Document, Organisation


def upload(name: str, raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def test_a_pasted_page_opens_with_its_proposals(desk: Client, ward: Organisation) -> None:
    answer = desk.post("/documents/add/", {"text": PAGE}, follow=True)
    assert answer.status_code == 200
    assert Document.objects.count() == 1
    assert "bảo hiểm y tế" in answer.content.decode()


def test_several_files_at_once(desk: Client, ward: Organisation) -> None:
    files = [upload("một.txt", PAGE.encode()), upload("hai.html", f"<html><body><p>{PAGE}</p></body></html>".encode())]
    answer = desk.post("/documents/add/", {"files": files})
    assert answer["Location"] == "/documents/"
    assert Document.objects.count() == 2


def test_the_same_page_again_opens_the_one_held(desk: Client, ward: Organisation) -> None:
    desk.post("/documents/add/", {"text": PAGE})
    again = desk.post("/documents/add/", {"text": PAGE}, follow=True)
    assert "đã có trong sổ" in again.content.decode()
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("rong.txt", b"", "rỗng"),
        ("anh.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "hỏng"),
        ("may.txt", bytes(range(256)) * 8, "nhị phân"),
        ("so.pdf", b"%PDF-1.7 abc", "PDF"),
        ("so.csv", "một,hai".encode(), "uôi tệp"),
        (
            "anh-ngu.txt",
            b"The ward held its congress and set twelve targets for the coming term of office. " * 5,
            "tiếng Việt",
        ),
    ],
)
def test_a_bad_file_is_refused_at_its_field(
    desk: Client, ward: Organisation, name: str, raw: bytes, words: str
) -> None:
    answer = desk.post("/documents/add/", {"files": upload(name, raw)})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert name in html
    assert 'id="files-error"' in html
    assert not Document.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(desk: Client, ward: Organisation, settings: LazySettings) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    answer = desk.post("/documents/add/", {"files": upload("to.txt", b"a" * (1024 * 1024 + 1))})
    assert "chỉ nhận đến 1 MB" in answer.content.decode()
    assert not Document.objects.exists()


def test_one_bad_file_leaves_the_good_ones(desk: Client, ward: Organisation) -> None:
    answer = desk.post("/documents/add/", {"files": [upload("rong.txt", b""), upload("tot.txt", PAGE.encode())]})
    assert answer.status_code == 422
    assert Document.objects.count() == 1


@pytest.mark.parametrize(("text", "words"), [("", "Chưa có gì để đọc"), ("ngắn", "quá ngắn")])
def test_no_text_or_too_little(desk: Client, ward: Organisation, text: str, words: str) -> None:
    assert words in desk.post("/documents/add/", {"text": text}).content.decode()


def test_a_line_of_english_is_refused_and_a_page_without_facts_told(desk: Client, ward: Organisation) -> None:
    answer = desk.post("/documents/add/", {"text": "The committee met on Monday and went home again."})
    assert "Không phải tiếng Việt" in answer.content.decode()
    assert not Document.objects.exists()
    told = desk.post("/documents/add/", {"text": "Trời hôm nay đẹp, bà con vui vẻ đi chợ từ sớm."}, follow=True)
    assert "Không thấy chỉ tiêu" in told.content.decode()


def test_pasted_english_is_refused_and_kept_in_the_field(desk: Client, ward: Organisation) -> None:
    text = "The committee met on Monday and reported the results of the first half of the year to all members. " * 3
    answer = desk.post("/documents/add/", {"text": text})
    html = answer.content.decode()
    assert 'id="text-error"' in html
    assert "The committee met" in html
    assert "pasted.txt" not in html
