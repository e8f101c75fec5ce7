"""A zip of Office's opened safely: what it would inflate to is checked before anything is inflated."""

import io
import zipfile
from pathlib import Path

from nhiemky.sources.loaded import SourceError

MOST = 256 * 1024 * 1024  # bytes of all members inflated
MEMBERS = 20_000
RATIO = 200  # Word's own XML packs at most some 50 to 1; a bomb a thousand to one and more
_SMALL = 1024 * 1024  # under this a high ratio does no harm: blank sheets and pictures pack very well


def open_zip(path: Path, raw: bytes) -> zipfile.ZipFile:
    """The archive, its directory read and nothing inflated yet. Raises `SourceError` if broken, locked or a bomb.

    `ZipFile` inflates no member beyond the size that its directory states, so stated sizes may be relied on.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except Exception as error:
        raise SourceError(
            f"{path.name}: tệp nén bên trong bị hỏng hoặc thiếu phần cuối. Hãy tải lại hoặc mở rồi lưu lại tệp."
        ) from error
    for member in members:
        if member.flag_bits & 1:
            raise SourceError(f"{path.name}: phần “{member.filename}” có mật khẩu. Hãy bỏ mật khẩu rồi lưu lại.")
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if total > MOST or len(members) > MEMBERS or (total > _SMALL and total / packed > RATIO):
        raise SourceError(
            f"{path.name}: {len(members)} phần, bung ra {total // 1024**2} MB, gấp {total // packed} lần; chỉ nhận đến "
            f"{MOST // 1024**2} MB và {RATIO} lần. Tệp có thể là bom nén. Hãy kiểm tra nơi gửi tệp."
        )
    return archive
