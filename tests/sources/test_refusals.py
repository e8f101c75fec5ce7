"""Files that are not read, or only with a word of warning: each says what was found and what to do."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from tests.sources.word import SENTENCE, p, read, table, tc, tr, word

from nhiemky.sources import SourceError, archive, load
from nhiemky.sources.docx import package

FIRST = p(SENTENCE)
PICTURE = '<w:r><w:drawing><a:graphic><a:blip r:embed="rId9"/></a:graphic></w:drawing></w:r>'


def refusal(folder: Path, raw: bytes, name: str = "báo cáo.docx") -> str:
    path = folder / name
    path.write_bytes(raw)
    with pytest.raises(SourceError) as refused:
        load(path)
    said = str(refused.value)
    assert said.startswith(f"{name}: ")
    assert "Hãy" in said
    assert "\n" not in said
    return said


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


# --- secrets ---

LETTERHEAD = tr(tc("ĐẢNG ỦY PHƯỜNG MAI KHẢO", "Số 05-BC/ĐU", "MẬT"), tc("ĐẢNG CỘNG SẢN VIỆT NAM"))
_BOX = f"<w:r><w:pict><w:txbxContent>{p('TỐI MẬT')}</w:txbxContent></w:pict></w:r>"
_LATE = FIRST * 100  # the stamp is not on what is the first page by its length


@pytest.mark.parametrize(
    ("raw", "degree"),
    [
        pytest.param(word(table(LETTERHEAD, borders=False) + FIRST), "MẬT", id="a letterhead of two columns"),
        pytest.param(word(table(tr("Độ mật: Tối mật", "B"), tr("C", "D")) + FIRST), "TỐI MẬT", id="a cell"),
        pytest.param(word(_LATE + p("Có khung", _BOX)), "TỐI MẬT", id="a box on a later page"),
        pytest.param(
            word(_LATE + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>', {"header1": p("TUYỆT MẬT")}),
            "TUYỆT MẬT",
            id="the head of its pages",
        ),
    ],
)
def test_a_document_stamped_secret_is_refused(tmp_path: Path, raw: bytes, degree: str) -> None:
    assert f"đóng dấu {degree} " in refusal(tmp_path, raw)


@pytest.mark.parametrize("content", ["<html><body><p>MẬT</p><p>{}</p></body></html>", "Số 05-BC/ĐU\n  TỐI MẬT\n\n{}\n"])
def test_secret_pages_and_texts_are_refused(tmp_path: Path, content: str) -> None:
    assert "MẬT" in refusal(
        tmp_path, content.format(SENTENCE).encode(), "trang.html" if "<" in content else "trang.txt"
    )


def test_words_about_secrets_are_read(tmp_path: Path) -> None:
    said = p("Không soạn tài liệu mật trên máy nối mạng; đổi mật khẩu hằng quý.")
    assert "mật khẩu" in read(tmp_path, word(FIRST + said + table(tr("Độ mật", "Thường"), tr("A", "B")))).text


# --- what another program made of a zip ---


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"ppt/presentation.xml": b""}, "PowerPoint"), ({"mimetype": b"", "content.xml": b""}, "OpenDocument"),
        ({"xl/workbook.bin": b""}, "nhị phân"), ({"ảnh/a.png": b""}, "tệp nén (zip)"), ({}, "tệp nén (zip)"),
    ],
)  # fmt: skip
def test_other_zips_are_told(tmp_path: Path, members: dict[str, bytes], said: str) -> None:
    assert said in refusal(tmp_path, zipped(members))


def test_a_sheet_with_a_document_in_it_is_a_sheet(tmp_path: Path) -> None:
    root = "Root Entry".encode("utf-16-le").ljust(80, b"\0") + b"\x20\x08\x02\x00"
    raw = b"\xd0\xcf\x11\xe0" + root + "Workbook WordDocument".encode("utf-16-le")
    assert "Word" not in refusal(tmp_path, raw)
    assert "Word" in refusal(tmp_path, raw.replace(b"\x20\x08\x02\x00", bytes(4)))


# --- bombs and broken files ---


def test_a_bomb_is_refused_before_anything_is_inflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = word(FIRST, extra={"word/media/a.bmp": bytes(8 * 1024 * 1024)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("it was inflated"))
    said = refusal(tmp_path, raw)
    assert "bom nén" in said
    assert "bung ra 8 MB" in said


def test_a_total_and_a_number_of_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = word(FIRST)
    monkeypatch.setattr(archive, "MEMBERS", 2)
    assert "3 phần" in refusal(tmp_path, raw)
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST", 100)
    assert "bung ra" in refusal(tmp_path, raw)


def test_a_member_that_is_longer_than_it_says_is_not_followed(tmp_path: Path) -> None:
    raw = zipped({"word/document.xml": b"<" + bytes(3_000_000), "_rels/.rels": b""})
    size = (3_000_001).to_bytes(4, "little")
    assert raw.count(size) == 2
    assert "bị hỏng" in refusal(tmp_path, raw.replace(size, (900).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param(word(FIRST)[:-40], "thiếu phần cuối", id="cut off"),
        pytest.param(word("<w:p>"), "bị hỏng", id="broken XML"),
        pytest.param(zipped({"word/document.xml": b""}), "bị hỏng", id="an empty part"),
        pytest.param(zipped({"word/other.xml": b""}), "không có phần thân", id="no body"),
        pytest.param(zipped({"word/document.xml": b"<a/>"}), "không có phần thân", id="another body"),
        pytest.param(word(""), "không có chữ nào", id="empty"),
        pytest.param(word(p(" ") + p()), "không có chữ nào", id="blank"),
        pytest.param(word(p(PICTURE) * 3), "chỉ có 3 ảnh", id="scans in a document"),
    ],
)
def test_broken_and_empty_documents_are_told(tmp_path: Path, raw: bytes, said: str) -> None:
    assert said in refusal(tmp_path, raw)


def test_entities_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "riêng.txt").write_text("chữ riêng tư")
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{tmp_path}/riêng.txt">]>'
    body = (
        f'{entity}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    )
    raw = word("", extra={"word/document.xml": f"{body}<w:t>&b;</w:t></w:r></w:p></w:body></w:document>".encode()})
    assert "DTD" in refusal(tmp_path, raw)


def test_a_password_in_the_zip_is_told(tmp_path: Path) -> None:
    raw = bytearray(word(FIRST))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # the first member's flag in the directory
    assert "có mật khẩu" in refusal(tmp_path, bytes(raw))


def test_documents_too_long_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[load.__module__], "LONGEST", 100)
    said = refusal(tmp_path, word(FIRST * 10))
    assert f"có {len(SENTENCE) * 10 + 9} ký tự" in said
    assert "tách" in said
    monkeypatch.setattr(package, "PART", 100)
    assert "chỉ đọc đến" in refusal(tmp_path, word(FIRST))


# --- what is read with a word of warning ---


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        pytest.param(word(FIRST, extra={"word/vbaProject.bin": b"Sub AutoOpen"}), "không chạy macro", id="macros"),
        pytest.param(word(FIRST + p(PICTURE)), "có 1 ảnh mà ít chữ", id="pictures"),
        pytest.param(word(FIRST + p("<w:r><w:object/></w:r>")), "có 1 đối tượng nhúng", id="an embedded sheet"),
        pytest.param(word(FIRST + '<w:altChunk r:id="a"/>'), "có 1 phần ghép", id="a part of another kind"),
    ],
)
def test_what_is_left_out_is_noted(tmp_path: Path, raw: bytes, note: str) -> None:
    loaded = read(tmp_path, raw)
    assert loaded.text == SENTENCE
    assert len(loaded.notes) == 1
    assert note in loaded.notes[0]


def test_a_logo_on_a_long_page_is_no_matter(tmp_path: Path) -> None:
    assert read(tmp_path, word(p(PICTURE) + FIRST * 20)).notes == ()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(word(FIRST, main="word/document2.xml"), id="a body of another name"),
        pytest.param(word(FIRST, {"styles": "<w:style/>", "numbering": "<w:num/>", "theme": ""}), id="odd parts"),
        pytest.param(
            zipped(
                {
                    name.replace("/", "\\") if "document" in name else name: content.replace(
                        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                    )
                    for made in [zipfile.ZipFile(io.BytesIO(word(FIRST)))]
                    for name, content in ((name, made.read(name)) for name in made.namelist())
                }
            ),
            id="strict names, slashes of Windows",
        ),
    ],
)
def test_files_of_other_programs_are_read(tmp_path: Path, raw: bytes) -> None:
    assert read(tmp_path, raw).text == SENTENCE
