"""What kind of file some bytes are, told by content and not by name; kinds that are not read say what to do instead."""

import io
import re
import zipfile
from pathlib import Path

from nhiemky.sources.decode import wide_encoding
from nhiemky.sources.loaded import Kind, SourceError

TEXT_ENDINGS = frozenset((".txt", ".text", ".md", ".log", ""))
HTML_ENDINGS = frozenset((".html", ".htm", ".xhtml"))
# what to look for in a folder; a single file is told by its content, whatever its name
ENDINGS = (TEXT_ENDINGS - {""}) | HTML_ENDINGS | frozenset((
    ".docx", ".docm", ".pdf", ".xlsx", ".xlsm", ".xls", ".png", ".jpg", ".jpeg", ".tif", ".tiff",
))  # fmt: skip
READ = ".docx, .xlsx, .xls, .pdf, .txt, .html và ảnh .png, .jpg, .tif"
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", "pdf"), (b"\x89PNG", "scan"), (b"\xff\xd8\xff", "scan"), (b"II*\0", "scan"), (b"MM\0*", "scan"),
)  # fmt: skip
_SAVE_DOCX = "Hãy mở bằng Word hoặc LibreOffice rồi lưu ra .docx"
_UNPACK = "Hãy giải nén rồi đọc từng tệp bên trong"
# what is not read, and what to do instead
_REFUSED = (
    (b"{\\rtf", "RTF", _SAVE_DOCX), (b"GIF8", "ảnh GIF", "Hãy lưu ra ảnh .png"),
    (b"BM", "ảnh BMP", "Hãy lưu ra ảnh .png"), (b"\x1f\x8b", "tệp nén (gzip)", _UNPACK),
    (b"Rar!", "tệp nén (rar)", _UNPACK), (b"7z\xbc\xaf", "tệp nén (7z)", _UNPACK),
    (b"\x7fELF", "chương trình", f"Hãy chọn tệp {READ}"), (b"MZ\x90", "chương trình", f"Hãy chọn tệp {READ}"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# A zip is told by the folders that its members stand in, an OLE file by the names of its streams.
_ZIP_KINDS: tuple[tuple[str, Kind], ...] = (("word/", "docx"), ("xl/", "xlsx"))
_ZIP_REFUSED = (
    ("xl/workbook.bin", "Excel nhị phân (.xlsb)", "Hãy mở bằng Excel rồi lưu ra .xlsx"),
    ("ppt/", "PowerPoint", "Hãy lưu ra .pdf"),
    ("content.xml", "OpenDocument (.odt, .ods)", "Hãy mở bằng LibreOffice rồi lưu ra .docx hoặc .xlsx"),
)  # fmt: skip
_OLE_REFUSED = (
    ("EncryptedPackage", "tệp Word hoặc Excel có mật khẩu", "Hãy mở bằng mật khẩu, bỏ mật khẩu rồi lưu lại"),
    ("WordDocument", "Word đời cũ (.doc)", _SAVE_DOCX), ("PowerPoint Document", "PowerPoint", "Hãy lưu ra .pdf"),
)  # fmt: skip
_OLE_STREAMS = ("EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book")
_EXCEL = (b"\x20\x08\x02\x00", b"\x10\x08\x02\x00")  # how the class ids of Excel's files begin


def kind_of(path: Path, raw: bytes) -> Kind:
    """The kind that `raw` is. Raises `SourceError` for kinds that are not read."""
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")  # some programs write a line before `%PDF`
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_ZIP):
        return _in_zip(path, raw)
    if head.startswith(_OLE):
        return _in_ole(path, raw)
    for magic, named, instead in _REFUSED:
        if head.startswith(magic):
            raise refused(path, named, instead)
    return _written(path, raw)


def refused(path: Path, found: str, instead: str) -> SourceError:
    return SourceError(f"{path.name}: nội dung là {found}; phần mềm đọc {READ}. {instead}.")


def _in_zip(path: Path, raw: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            # some programs write slashes of Windows
            names = [name.replace("\\", "/").lstrip("/") for name in archive.namelist()]
    except Exception:  # cut off: the names before each member still tell what it was
        names = [name for name, _ in _ZIP_KINDS if name.encode() in raw]
    for start, named, instead in _ZIP_REFUSED:
        if any(name.startswith(start) for name in names):
            raise refused(path, named, instead)
    for start, kind in _ZIP_KINDS:
        if any(name.startswith(start) for name in names):
            return kind
    raise refused(path, "tệp nén (zip)", _UNPACK)


def _in_ole(path: Path, raw: bytes) -> Kind:
    streams = [name for name in _OLE_STREAMS if name.encode("utf-16-le") in raw]
    root = raw.find("Root Entry".encode("utf-16-le"))
    if raw[root + 80 : root + 84] in _EXCEL:  # a sheet that has a document of Word in it holds the streams of both
        streams = [name for name in streams if name != "WordDocument"]
    for stream, named, instead in _OLE_REFUSED:
        if stream in streams:
            raise refused(path, named, instead)
    if streams:
        return "xls"
    raise refused(path, "tệp Office đời cũ không rõ loại", f"Hãy lưu ra một trong các dạng {READ}")


def _written(path: Path, raw: bytes) -> Kind:
    """Text or HTML: pages are saved under any name (`.doc` and `.xls` too), texts under their own."""
    wide = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else wide_encoding(raw)
    head = raw[:8192].decode(wide or "utf-8", "replace").removeprefix("\ufeff")
    ending = path.suffix.lower()
    if ending in HTML_ENDINGS or _HTML.match(head):
        kind: Kind = "html"
    elif ending in TEXT_ENDINGS:
        kind = "text"
    else:
        raise SourceError(
            f"{path.name}: đuôi tệp “{ending}”, nội dung là chữ thường hoặc dạng lạ; phần mềm đọc {READ}. "
            "Hãy lưu ra một trong các dạng đó."
        )
    if not wide and raw[:4] != b"\0\0\xfe\xff" and b"\0" in raw[:65536]:
        raise SourceError(f"{path.name}: là tệp nhị phân, không phải văn bản. Hãy lưu ra .txt hoặc .html (UTF-8).")
    return kind
