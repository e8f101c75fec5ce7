"""Files as they come: each gives its text, or one sentence that names the file and says what to do."""

import hashlib
import os
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhiemky.sources import SourceError, load

TEXT = (
    "Sáng ngày 12/7, Đảng ủy phường Mai Khảo tổ chức hội nghị sơ kết giữa nhiệm kỳ.\n"
    "Tỷ lệ hộ gia đình văn hóa đạt 95,2%, vượt chỉ tiêu. Đảng bộ có 318 đảng viên sinh hoạt ở 12 chi bộ.\n"
)
ENGLISH = "The committee met on Monday to review the mid-term results of its plan for the whole district. " * 4
FRENCH = "Le comité a adopté le plan de développement économique, une décision très importante pour la société. " * 4
CHINESE = "各省自治区直辖市人民政府国务院各部委各直属机构现将中期评估报告印发给你们请认真贯彻执行" * 4
BARE = "Dang uy phuong to chuc hoi nghi so ket giua nhiem ky va de ra nhiem vu trong thoi gian toi. " * 4
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: letters composed, tones behind them."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
            out += (base + "".join(c for c in parts if c in _TONES)).encode("cp1258")
    return out


def saved(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    """The one sentence (or two) of a refused file: it names the file, on one line, and says what to do."""
    with pytest.raises(SourceError) as refused:
        load(path)
    said = str(refused.value)
    assert path.name in said
    assert "\n" not in said
    assert "Hãy" in said
    assert said.endswith(".")
    return said


def test_a_text_file_gives_its_text_name_and_digest(tmp_path: Path) -> None:
    loaded = load(saved(tmp_path, "trang một.txt", TEXT))
    assert (loaded.text, loaded.name, loaded.kind) == (TEXT, "trang một.txt", "text")
    assert loaded.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [TEXT[start:end] for start, end, _ in loaded.places] == TEXT.splitlines()
    assert [place.label for _, _, place in loaded.places] == ["đoạn 1", "đoạn 2"]


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    assert load(str(saved(tmp_path, "a.txt", TEXT))).text == TEXT


@pytest.mark.parametrize("name", ["A.TXT", "a.text", "a.md", "a.log", "không-đuôi"])
def test_endings_of_text(tmp_path: Path, name: str) -> None:
    loaded = load(saved(tmp_path, name, TEXT))
    assert (loaded.text, loaded.kind) == (TEXT, "text")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="UTF-8 with its mark"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le"), id="UTF-16 LE"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16 LE without its mark"),
        pytest.param(TEXT.encode("utf-16-be"), id="UTF-16 BE without its mark"),
        pytest.param(b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), id="UTF-32 LE"),
        pytest.param(b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"), id="UTF-32 BE"),
        pytest.param(windows_1258(TEXT), id="windows-1258"),
        pytest.param(unicodedata.normalize("NFD", TEXT).encode(), id="decomposed"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="CR"),
    ],
)
def test_encodings_give_the_same_text(tmp_path: Path, content: bytes) -> None:
    loaded = load(saved(tmp_path, "trang.txt", content))
    assert loaded.text == TEXT
    assert loaded.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize("charset", ["windows-1258", "WINDOWS-1258", "cp1258"])
@pytest.mark.parametrize("written", ['<meta charset="{}">', '<meta content="text/html; charset={}">'])
def test_the_declared_charset_is_used(tmp_path: Path, charset: str, written: str) -> None:
    head = f"<!doctype html><html><head>{written.format(charset)}</head><body><p>"
    loaded = load(saved(tmp_path, "trang.html", head.encode() + windows_1258(TEXT) + b"</p></body></html>"))
    assert " ".join(loaded.text.split()) == " ".join(TEXT.split())


@pytest.mark.parametrize(
    "charset", ["nope-1", "undefined", "unicode_escape", "idna", "rot13", "hex", "zlib", "utf-16", "utf-7", "utf-8"]
)
@pytest.mark.parametrize("odd", ["", " "])
def test_a_charset_that_cannot_be_is_passed_over(tmp_path: Path, charset: str, odd: str) -> None:
    head = f'<html><head><meta charset="{charset}"></head><body><p>{odd}'
    loaded = load(saved(tmp_path, "trang.html", head.encode() + windows_1258(TEXT) + b"</p></body></html>"))
    assert " ".join(loaded.text.split()) == " ".join(TEXT.split())


def test_utf_8_wins_over_a_wrong_declaration(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body>{TEXT}</body></html>'
    assert "Đảng ủy phường Mai Khảo" in load(saved(tmp_path, "trang.html", page)).text


def test_a_few_control_characters_do_no_harm(tmp_path: Path) -> None:
    assert load(saved(tmp_path, "a.txt", "\x0c" + TEXT + "\x1a")).text == "\x0c" + TEXT + "\x1a"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert "rỗng" in refusal(saved(tmp_path, "a.txt", b""))


@pytest.mark.parametrize("content", [b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n\r\n", "\u00a0".encode()])
def test_a_file_of_blanks_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "không có chữ" in refusal(saved(tmp_path, "a.txt", content))


@pytest.mark.parametrize("content", [bytes(range(256)) * 8, b"\0" * 5000, b"abc\0def" * 9])
def test_a_binary_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "nhị phân" in refusal(saved(tmp_path, "a.txt", content))


def test_utf_16_that_breaks_off_is_refused(tmp_path: Path) -> None:
    assert "bảng mã" in refusal(saved(tmp_path, "a.txt", b"\xff\xfe" + TEXT.encode("utf-16-le") + b"x"))


def test_letters_of_no_encoding_are_refused(tmp_path: Path) -> None:
    assert "bảng mã" in refusal(saved(tmp_path, "a.txt", bytes([0x81, 0x90, 0x02, 0xD2]) * 200))


@pytest.mark.parametrize("name", ["lớn.txt", "lớn.html", "lớn.pdf"])
def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # sparse: no disk is used
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    assert "100 MB" in refusal(path)


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A named pipe into which another thread writes the text: its size is not known before."""
    path = tmp_path / "ống.txt"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_text(TEXT, encoding="utf-8"), daemon=True)
    writer.start()
    yield path
    writer.join(5)


def test_a_pipe_is_read(pipe: Path) -> None:
    assert load(pipe).text == TEXT


def test_a_pipe_has_the_same_limit(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[load.__module__], "LIMIT", 100)
    assert "quá lớn" in refusal(pipe)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "không có tệp này" in refusal(tmp_path / "không có.txt")


def test_a_link_to_nowhere_and_to_itself_are_told(tmp_path: Path) -> None:
    (tmp_path / "nowhere.txt").symlink_to("gone.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert "không có tệp này" in refusal(tmp_path / "nowhere.txt")
    assert "không đọc được" in refusal(tmp_path / "loop.txt")


@pytest.mark.parametrize("name", ["thư mục", "thư mục.txt"])
def test_a_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert "thư mục" in refusal(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", TEXT)
    path.chmod(0)
    assert "không được phép" in refusal(path)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "không được phép"),
        (OSError(5, "Input/output error"), "không đọc được"),
    ],
)
def test_what_the_disk_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str) -> None:
    path = saved(tmp_path, "a.txt", TEXT)

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    assert said in refusal(path)


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xml", "a.rtf", "a.tex", "a.html.bak"])
def test_a_wrong_ending_is_told(tmp_path: Path, name: str) -> None:
    said = refusal(saved(tmp_path, name, TEXT))
    assert Path(name).suffix in said
    assert ".html" in said


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a"])
@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04", "zip"), (b"GIF89a", "GIF"), (b"\x1f\x8b\x08", "gzip"), (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27", "7z"), (b"\x7fELF\x02", "chương trình"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office đời cũ"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_read_is_told_whatever_its_name(tmp_path: Path, name: str, start: bytes, kind: str) -> None:
    assert kind in refusal(saved(tmp_path, name, start + b"1 0 obj " * 50))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ENGLISH, id="English"),
        pytest.param(FRENCH, id="French"),
        pytest.param(FRENCH.encode("latin-1"), id="French in Latin-1"),
        pytest.param(CHINESE, id="Chinese"),
        pytest.param(BARE, id="Vietnamese without its marks"),
        pytest.param(f"<html><body><p>{ENGLISH}</p></body></html>", id="an English page"),
    ],
)
def test_another_language_is_told(tmp_path: Path, content: str | bytes) -> None:
    assert "tiếng Việt" in refusal(saved(tmp_path, "a.txt", content))


def test_vietnamese_with_some_english_is_read(tmp_path: Path) -> None:
    assert load(saved(tmp_path, "a.txt", TEXT * 2 + ENGLISH[:200])).text.startswith("Sáng")


@pytest.mark.parametrize("text", ["Hello", "12", "Tỷ lệ đạt 95%"])
def test_a_few_words_are_read_as_they_are(tmp_path: Path, text: str) -> None:
    assert load(saved(tmp_path, "a.txt", text)).text == text
