"""One file to its text: told apart by kind, drawn by that kind's module, and checked for whether it may be read."""

import hashlib
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

from nhiemky.sources.kinds import kind_of
from nhiemky.sources.loaded import Drawn, Kind, Loaded, Progress, SourceError, Stopped, unheard
from nhiemky.values.secrecy import degree_of_secrecy

LIMIT = 64 * 1024 * 1024  # bytes; a page of a portal has thousands, a scanned report some tens of millions
LONGEST = 10_000_000  # characters, some 4,000 pages; a province's longest report with its annexes has a tenth
# Where each kind's `draw(path, raw) -> Drawn` is; imported when the first file of the kind comes, since a page of a
# portal needs neither Word's nor the scanner's libraries.
_DRAWERS: dict[Kind, str] = {
    "text": "nhiemky.sources.text",
    "html": "nhiemky.sources.html",
    "docx": "nhiemky.sources.docx",
    "pdf": "nhiemky.sources.pdf",
    "scan": "nhiemky.sources.scan",
    "xlsx": "nhiemky.sources.sheet",
    "xls": "nhiemky.sources.sheet",
}
_BY_PAGE = frozenset(("pdf", "scan"))  # those that take minutes: their `draw(path, raw, progress)` says how far it is
# letters that Vietnamese does not share with French or Portuguese
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def load(path: Path | str, progress: Progress = unheard) -> Loaded:
    """The text of a file with its map, tables and notes. Raises `SourceError`, and nothing else, on any bytes; and
    `Stopped` where `progress`, told of each page of a PDF or scan, does."""
    path = Path(path)
    raw = _bytes(path)
    kind = kind_of(path, raw)
    drawn = _draw(kind, path, raw, progress)
    text = drawn.text
    if not text.strip():
        raise SourceError(f"{path.name}: không có chữ nào để đọc. Hãy xem lại nội dung tệp.")
    if len(text) > LONGEST:
        raise SourceError(
            f"{path.name}: có {len(text)} ký tự, chỉ đọc đến {LONGEST} (khoảng 4.000 trang). Hãy tách thành nhiều tệp."
        )
    _refuse_secrets(path, drawn)
    _refuse_other_languages(path, text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Loaded(text, path.name, digest, kind, drawn.places, drawn.tables, drawn.notes)


def _draw(kind: Kind, path: Path, raw: bytes, progress: Progress) -> Drawn:
    try:
        draw = cast(Callable[..., Drawn], importlib.import_module(_DRAWERS[kind]).draw)
    except ModuleNotFoundError as error:
        raise SourceError(
            f"{path.name}: tệp {kind} cần thư viện “{error.name}” chưa được cài. Hãy chạy lại ./run để cài đủ."
        ) from error
    try:
        return draw(path, raw, progress) if kind in _BY_PAGE else draw(path, raw)
    except (SourceError, Stopped):
        raise
    except Exception as error:  # on broken bytes the libraries raise whatever they stumble over
        raise SourceError(
            f"{path.name}: tệp hỏng hoặc không đúng dạng {kind} ({type(error).__name__}). "
            "Hãy mở bằng phần mềm đã tạo ra nó, lưu lại rồi đọc lại."
        ) from error


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError(f"{path}: là thư mục, cần một tệp. Hãy chọn một tệp trong đó.")
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


def _refuse_secrets(path: Path, drawn: Drawn) -> None:
    degree = degree_of_secrecy(drawn.text, drawn.places)
    if degree is not None:
        raise SourceError(f"{path.name}: văn bản đóng dấu {degree} không được đưa vào phần mềm. Hãy bỏ tệp này ra.")


def _refuse_other_languages(path: Path, text: str) -> None:
    """Vietnamese prose has a letter in five that no other language has; under one in twenty it is something else."""
    letters = [c for c in text[:20000].lower() if c.isalpha()]
    vietnamese = sum(c in _VIETNAMESE for c in letters)
    if (len(letters) >= 20 and not vietnamese) or (len(letters) >= 120 and vietnamese < len(letters) / 20):
        raise SourceError(f"{path.name}: không phải tiếng Việt có dấu. Hãy kiểm tra lại tệp hoặc bảng mã chữ.")
