"""One file to its text: what kind it is, whether it may be read, and in which letters it is written."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nhiemky.sources.decode import decode
from nhiemky.sources.html import looks_like_html, text_of_html

LIMIT = 64 * 1024 * 1024  # bytes; a page of a portal has thousands, a whole report less than a million
TEXT_ENDINGS = frozenset((".txt", ".text", ".md", ".log", ""))
HTML_ENDINGS = frozenset((".html", ".htm", ".xhtml"))
_MAGIC = (
    (b"%PDF", "PDF"), (b"PK\x03\x04", "Word, Excel hoặc tệp nén (zip)"),
    (b"\xd0\xcf\x11\xe0", "Word hoặc Excel đời cũ"),
    (b"\x89PNG", "ảnh PNG"), (b"\xff\xd8\xff", "ảnh JPEG"), (b"GIF8", "ảnh GIF"), (b"\x1f\x8b", "tệp nén (gzip)"),
    (b"Rar!", "tệp nén (rar)"), (b"7z\xbc\xaf", "tệp nén (7z)"), (b"\x7fELF", "chương trình"), (b"{\\rtf", "RTF"),
)  # fmt: skip
# letters that Vietnamese does not share with French or Portuguese
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


class SourceError(Exception):
    """Why a file cannot be read: names the file, what was found, what was expected, what to do."""


@dataclass(frozen=True)
class Loaded:
    """A file's text in NFC; `sha256` is the digest of that text in UTF-8, as in a reading."""

    text: str
    name: str
    sha256: str
    kind: Literal["text", "html"]


def load(path: Path | str) -> Loaded:
    """The text of a `.txt` or `.html` file. Raises `SourceError` for anything else that it meets."""
    path = Path(path)
    raw = _bytes(path)
    _refuse_other_kinds(path, raw)
    written = decode(raw)
    if written is None:
        raise SourceError(f"{path.name}: không rõ bảng mã chữ. Hãy lưu lại tệp ở dạng UTF-8 rồi đọc lại.")
    is_html = path.suffix.lower() in HTML_ENDINGS or looks_like_html(written)
    text = unicodedata.normalize("NFC", text_of_html(written) if is_html else written)
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip():
        raise SourceError(f"{path.name}: không có chữ nào để đọc. Hãy xem lại nội dung tệp.")
    _refuse_other_languages(path, text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Loaded(text, path.name, digest, "html" if is_html else "text")


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError(f"{path}: là thư mục, cần một tệp. Hãy chọn tệp .txt hoặc .html trong đó.")
        size = path.stat().st_size
        if size > LIMIT:
            raise _too_large(path, f"tệp {round(size / 1024**2)} MB")
        with path.open("rb") as file:
            raw = file.read(LIMIT + 1)  # of a pipe the size is not known before
    except FileNotFoundError:
        raise SourceError(f"{path}: không có tệp này. Hãy xem lại đường dẫn.") from None
    except PermissionError:
        raise SourceError(f"{path}: không được phép mở tệp này. Hãy cấp quyền đọc rồi thử lại.") from None
    except OSError as error:
        raise SourceError(
            f"{path}: không đọc được ({error.strerror or error}). Hãy kiểm tra đường dẫn và ổ đĩa."
        ) from None
    if len(raw) > LIMIT:
        raise _too_large(path, "nội dung quá lớn")
    if not raw:
        raise SourceError(f"{path.name}: tệp rỗng (0 byte). Hãy lưu lại hoặc tải lại tệp.")
    return raw


def _too_large(path: Path, found: str) -> SourceError:
    most = LIMIT // 1024**2
    return SourceError(f"{path.name}: {found}, chỉ đọc đến {most} MB. Hãy tách tệp hoặc lưu riêng phần cần đọc.")


def _refuse_other_kinds(path: Path, raw: bytes) -> None:
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")  # some programs write a line before `%PDF`
    kind = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if kind is not None:
        raise SourceError(
            f"{path.name}: nội dung là {kind}; hiện chỉ đọc được .txt và .html. Hãy lưu ra một trong hai dạng đó."
        )
    ending = path.suffix.lower()
    if ending not in TEXT_ENDINGS and ending not in HTML_ENDINGS:
        raise SourceError(
            f"{path.name}: đuôi tệp “{ending}”; hiện chỉ đọc được .txt và .html. Hãy lưu ra một trong hai dạng đó."
        )
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:4] == b"\0\0\xfe\xff"
    if not wide and b"\0" in raw[:65536]:
        raise SourceError(f"{path.name}: là tệp nhị phân, không phải văn bản. Hãy lưu ra .txt hoặc .html (UTF-8).")


def _refuse_other_languages(path: Path, text: str) -> None:
    """Vietnamese prose has a letter in five that no other language has; under one in twenty it is something else."""
    letters = [c for c in text[:20000].lower() if c.isalpha()]
    vietnamese = sum(c in _VIETNAMESE for c in letters)
    if (len(letters) >= 20 and not vietnamese) or (len(letters) >= 120 and vietnamese < len(letters) / 20):
        raise SourceError(f"{path.name}: không phải tiếng Việt có dấu. Hãy kiểm tra lại tệp hoặc bảng mã chữ.")
