"""What the database could not do → one sentence for people; and whether its tables are those of this version.

Called by the commands, by the desk's page for errors and by the log of the server.
"""

from typing import Final

from django.db import Error, InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhiemky.register.errors import ServiceError

_KEPT = gettext_noop("Chưa có gì bị ghi dở; sổ vẫn như trước.")

_BUSY = gettext_noop("Sổ đang bận: người khác hoặc việc khác ghi đã quá lâu. Hãy thử lại sau một phút.")
_SLOW = gettext_noop("Việc này quá năm phút nên đã dừng. Hãy thử với ít dữ liệu hơn, hoặc vào lúc máy chủ rảnh.")
_FULL = gettext_noop("Đĩa chứa sổ đã đầy. Hãy xóa bớt tệp không cần trên đĩa ấy, rồi làm lại.")
_CLOSED = gettext_noop(
    "Sổ chỉ đọc được, không ghi được. Hãy cho tài khoản chạy phần mềm quyền ghi vào tệp và thư mục của sổ, rồi làm lại."
)
_STANDBY = gettext_noop(
    "Máy chủ cơ sở dữ liệu chỉ cho đọc. Hãy xem NHIEMKY_DATABASE có trỏ vào máy dự phòng không, rồi làm lại."
)
_ABSENT = gettext_noop("Không mở được tệp của sổ. Hãy xem thư mục làm việc có còn và tài khoản này có quyền mở không.")
_LOST = gettext_noop(
    "Mất kết nối với cơ sở dữ liệu, hoặc chưa kết nối được. Hãy xem PostgreSQL có đang chạy không, rồi làm lại."
)
_CROWDED = gettext_noop("Máy chủ cơ sở dữ liệu hết chỗ cho kết nối hoặc bộ nhớ. Hãy thử lại sau một phút.")
_REFUSED = gettext_noop(
    "Cơ sở dữ liệu không nhận tài khoản, hoặc tài khoản thiếu quyền. Hãy xem lại tên, mật khẩu trong NHIEMKY_DATABASE."
)
_BROKEN = gettext_noop("Tệp của sổ bị hỏng hoặc không phải một sổ. Hãy giữ nguyên tệp ấy và mở lại bản sao lưu.")
_DISK = gettext_noop("Đĩa chứa sổ báo lỗi khi đọc hoặc ghi. Hãy sao lưu ngay và kiểm tra đĩa.")
_TABLES = gettext_noop(
    "Các bảng của sổ không khớp phiên bản phần mềm. Hãy dừng, chạy `nhiemky setup` bằng phiên bản mới nhất, rồi mở lại."
)

# The names that SQLite gives (extended ones begin with these: SQLITE_IOERR_WRITE) and PostgreSQL's codes (SQLSTATE, by
# class or whole), from their own lists: sqlite.org/rescode.html, PostgreSQL's appendix A.
_SQLITE: Final = {
    "SQLITE_BUSY": _BUSY, "SQLITE_LOCKED": _BUSY, "SQLITE_FULL": _FULL, "SQLITE_READONLY": _CLOSED,
    "SQLITE_PERM": _CLOSED, "SQLITE_CANTOPEN": _ABSENT, "SQLITE_NOTADB": _BROKEN, "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_IOERR": _DISK,
}  # fmt: skip
_POSTGRESQL: Final = {
    "55P03": _BUSY, "40": _BUSY, "57014": _SLOW, "53100": _FULL, "25006": _STANDBY, "53": _CROWDED, "08": _LOST,
    "57P": _LOST, "25P03": _LOST, "28": _REFUSED, "42501": _REFUSED, "3D000": _REFUSED, "42P01": _TABLES,
    "42703": _TABLES, "XX001": _BROKEN, "XX002": _BROKEN, "58030": _DISK,
}  # fmt: skip


class WrongTables(ServiceError):
    """The store was made by another version of the software."""


def trouble(error: BaseException | None) -> str | None:
    """What to tell people of an error of the store, or of one that came of it; None for any other error."""
    while error is not None and not isinstance(error, Error):
        error = error.__cause__ or error.__context__
    said = _cause(error) if error is not None else None
    return f"{_(said)} {_(_KEPT)}" if said else None


def check_tables(*, older: bool = False) -> bool:
    """Whether there are tables at all. Raises WrongTables for those of a newer version and, unless `older` ones are to
    be brought up to date, for those of an older one."""
    held = MigrationLoader(connection)
    applied, known = set(held.applied_migrations), set(held.disk_migrations)
    newer = sorted(".".join(one) for one in applied - known)
    if newer:
        words = _(
            "Sổ này do phiên bản mới hơn của phần mềm tạo (có %s). Hãy dùng phiên bản ấy để mở; sổ chưa bị thay đổi."
        )
        raise WrongTables("", words % newer[-1])
    if applied and not older and known - applied:
        raise WrongTables(
            "", _("Sổ này do phiên bản cũ hơn tạo. Hãy sao lưu, chạy `nhiemky setup` để nâng cấp, rồi mở lại.")
        )
    return bool(applied)


def _cause(error: Error) -> str | None:
    native = error.__cause__ or error
    name, state = getattr(native, "sqlite_errorname", None), getattr(native, "sqlstate", None)
    if name:
        found = next((said for start, said in _SQLITE.items() if name.startswith(start)), None)
        return found or (_TABLES if str(native).startswith("no such ") else None)
    if state:
        return next((_POSTGRESQL[state[:end]] for end in (5, 3, 2) if state[:end] in _POSTGRESQL), None)
    # Without a code the server did not answer; only PostgreSQL is beyond a line that may break.
    broken = isinstance(error, OperationalError | InterfaceError) and connection.vendor == "postgresql"
    return _LOST if broken else None
