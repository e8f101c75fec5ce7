"""People and places that a figure only names: who is there, who was chosen or told, what a place was made of."""

import re

from nhiemky.reading.facts import Result, Target
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.peel import widths
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import words

_ROLES = frozenset(
    (*words("roles"), "lãnh đạo", "đại diện", "đại diện lãnh đạo", "trạm trưởng", "hiệu trưởng", "nhân dân")
)
_ROLE_ENDS = widths(_ROLES, -1)
_THERE = ("tham dự", "về dự", "dự hội nghị", "dự đại hội", "dự họp", "dự buổi lễ", "có mặt", "dự lễ")
_MERGED = ("sáp nhập", "sát nhập", "hợp nhất", "nhập", "nhập bởi", "hợp nhất bởi")
_CHOSEN = re.compile(r"(?<![^\W_])(?:bầu|chỉ định|cử ra|hiệp thương cử|suy cử|miễn nhiệm|bãi nhiệm)(?![^\W_])")
_PEOPLE = frozenset(
    (
        "người",
        "đồng chí",
        "đảng viên",
        "cán bộ",
        "ủy viên",
        "cấp ủy viên",
        "cá nhân",
        "thành viên",
        "vị",
        "cán bộ, đảng viên",
        "cán bộ, công chức",
        "cán bộ, công chức, viên chức",
        "công chức, viên chức",
        "cán bộ, giáo viên",
        "cán bộ, chiến sĩ",
    )
)
# `Ban Thường vụ gồm 5 đồng chí`: how many sit on a body
_BODIES = (
    "ban thường vụ", "ban chấp hành", "ủy ban kiểm tra", "thường trực đảng ủy", "thường trực huyện ủy", "ban chi ủy",
    "chi ủy", "ban chấp hành đảng bộ", "thường trực hđnd", "ban chỉ đạo", "ban tổ chức", "ban giám khảo",
)  # fmt: skip
_PLACES = frozenset(("xã", "phường", "thôn", "tổ dân phố", "khu phố", "ấp", "bản", "huyện", "quận", "tỉnh", "đơn vị"))
_FORMER = (" trước khi sáp nhập", " trước sáp nhập", " trước khi hợp nhất")
# `huyện đề nghị tỉnh cho mở rộng đến 7 công chức`: what is asked of those above
_ASKED = re.compile(
    r"(?<![^\W_])(?:đề nghị|kiến nghị|đề xuất) (?:với )?"
    r"(?:trung ương|nhà nước|chính phủ|quốc hội|tỉnh|thành phố|huyện|quận|xã|phường|cấp trên|ubnd|ủy ban|sở|bộ)"
    r"(?![^\W_])"
)
# a name, a comma, an office
_OFFICER = re.compile(
    r"(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+ ){1,4}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+, (?:Phó )?"
    r"(?:Bí thư|Chủ tịch|Trưởng ban|Trưởng phòng|Giám đốc|Ủy viên|Chủ nhiệm)[^,;.:\d]{0,60} và $"
)
_FEW = 5


def is_only_named(page: Page, frame: Frame, last: Target | Result | None) -> bool:
    """Whether a count names those it is about and reports nothing of them."""
    if frame.noun.endswith(_THERE) or _is_both(frame):
        return True
    if frame.subject and (_is_of_a_role(frame) or _is_merged(frame)):
        return True
    if frame.number.unit in _PLACES and (_is_a_place(frame) or _is_named_behind(page, frame.number)):
        return True
    return frame.number.unit in _PEOPLE and (
        _is_chosen(frame)
        or _is_told_to(frame, last)
        or (frame.lead_text.endswith(" và ") and _is_beside_officers(page, frame))
    )


def _is_a_place(frame: Frame) -> bool:
    """`họp tại hai thôn Bản Sen và Bản Vịt`, `2 xã trước khi sáp nhập`; `kiểm tra tại 8 đơn vị` is work done."""
    return (frame.number.spelled and frame.lead_text.endswith("tại ")) or any(time in frame.noun for time in _FORMER)


def _is_named_behind(page: Page, number: Number) -> bool:
    """`hai xã Vĩnh An, Vĩnh Bình đông dân`; `2 xã NTM kiểu mẫu` are counted."""
    name = page.text[number.end + 1 : number.end + 3]
    return (number.value or 0) <= _FEW and name[:1].isupper() and name[1:].islower()


def is_asked(frame: Frame) -> bool:
    """`cử tri kiến nghị thành phố bổ sung 12 camera`: nothing is done or promised."""
    return _ASKED.search(frame.subject) is not None


def _is_of_a_role(frame: Frame) -> bool:
    """`bí thư 20 phường`, `lãnh đạo 11/13 đơn vị`: who is there."""
    if frame.joins:
        return False
    said = frame.subject.split()
    return any(" ".join(said[-width:]) in _ROLES for width in _ROLE_ENDS.get(said[-1], ()))


def _is_merged(frame: Frame) -> bool:
    """`được thành lập trên cơ sở sáp nhập từ 3 xã`; `đã sáp nhập 5 thôn` is work done."""
    return frame.subject.endswith(_MERGED) and (
        "from" in frame.joins or "trên cơ sở" in frame.subject or frame.subject.endswith("bởi")
    )


def _is_chosen(frame: Frame) -> bool:
    """`bầu 14 người tham gia …`, `chỉ định 3 người`, `Ban Thường vụ gồm 5 đồng chí`, `…, Ban Thường vụ 11 đồng chí`."""
    if frame.join_words in ("", "gồm", "có") and frame.noun == frame.number.unit and frame.subject.endswith(_BODIES):
        return True
    return _CHOSEN.search(frame.subject) is not None


def _is_told_to(frame: Frame, last: Target | Result | None) -> bool:
    """`hội nghị quán triệt Nghị quyết … cho trên 1.000 đảng viên`: who hears of a resolution, before other counts."""
    if last is not None or "hội nghị" not in frame.lead_text:
        return False
    joined = f" {frame.join_words} "
    return (" cho " in joined or " đến " in joined or " tới " in joined) and (
        "nghị quyết" in frame.lead_text or "triển khai" in frame.lead_text
    )


def _is_beside_officers(page: Page, frame: Frame) -> bool:
    """`… Vũ Thị An, Trưởng ban kiểm soát và 52 đảng viên`: who else was there."""
    start, figure = page.starts[frame.part], frame.number.start
    return _OFFICER.search(page.text, max(start, figure - 120), figure) is not None


def _is_both(frame: Frame) -> bool:
    """`để cả hai địa phương cùng phát triển`: those named before."""
    return frame.lead_text.endswith(" cả ") and (frame.number.value or 0) <= _FEW
