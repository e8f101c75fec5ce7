"""Pack → letterhead and signature block of a Party committee's paper (Số …-BC/ĐU, T/M). Only `midterm.py` calls it."""

import re

from nhiemky.report.pack import Pack
from nhiemky.report.paper import Figure, Letterhead, Line, Signature, Words
from nhiemky.values.language import capital

_BODY = re.compile(r"^Đảng bộ\s+", re.IGNORECASE)
_PLACE = re.compile(r"^(Đảng (?:bộ|ủy|uỷ)\s+)?(phường|xã|thị trấn|đặc khu|thành phố|quận|huyện|tỉnh)\s+", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^)]*\)$")  # “(mẫu)” behind a name is no part of the place
_BLANK = "\u00a0" * 6


def letterhead(pack: Pack) -> Letterhead:
    """Number and day stay blank: a person gives them when the paper is signed."""
    organisation = pack.organisation
    return Letterhead(
        upper=(organisation.parent or "[cấp ủy cấp trên]").upper(),
        issuer=issuing_body(organisation.name).upper(),
        number=f"Số{_BLANK}-BC/ĐU",
        party="ĐẢNG CỘNG SẢN VIỆT NAM",
        place=place_name(organisation.place or organisation.name),
        date=_date(pack),
    )


def issuing_body(name: str) -> str:
    """`Đảng bộ phường An Bình` → `Đảng ủy phường An Bình`: the committee issues, not the whole body."""
    return _BODY.sub("Đảng ủy ", name)


def place_name(name: str) -> str:
    """`phường An Bình` → `An Bình`: papers are dated from the bare name; a numbered ward keeps its word."""
    name = _REMARK.sub("", name)
    bare = _PLACE.sub("", name)
    return name if bare[:1].isdigit() else bare


def _date(pack: Pack) -> Line:
    year = Figure(str(pack.as_of.year), "pack.as_of", mark=False, style="italic")
    blank = "\u00a0" * 5
    return Words(f"ngày{blank}tháng{blank}năm ", "italic"), year


def signature(pack: Pack) -> Signature:
    """Authority and position without a name; recipients as papers of a ward committee have them."""
    upper = pack.organisation.parent
    first = f"- {capital(upper)} (để báo cáo)," if upper else "- [Cấp ủy cấp trên] (để báo cáo),"
    recipients = (
        first,
        "- Các đồng chí Ủy viên Ban Chấp hành,",
        "- Các chi bộ trực thuộc,",
        "- Lưu Văn phòng Đảng ủy.",
    )
    return Signature("T/M BAN CHẤP HÀNH", "BÍ THƯ", recipients)
