"""What a document is, in words: the genre a reading gives → its name."""

from typing import Any

from django.utils.translation import gettext_lazy

GENRES = {
    "midterm_review": gettext_lazy("Sơ kết giữa nhiệm kỳ"),
    "halfyear_review": gettext_lazy("Sơ kết 6 tháng"),
    "annual_review": gettext_lazy("Tổng kết năm"),
    "quarter_review": gettext_lazy("Sơ kết quý"),
    "dissemination": gettext_lazy("Học tập, quán triệt"),
    "congress": gettext_lazy("Đại hội"),
    "committee_meeting": gettext_lazy("Hội nghị cấp ủy"),
    "rating": gettext_lazy("Đánh giá, xếp loại"),
    "commendation": gettext_lazy("Khen thưởng"),
    "other_party": gettext_lazy("Hoạt động Đảng khác"),
    "other": gettext_lazy("Văn bản khác"),
}


KINDS = {
    "page": gettext_lazy("Trang tin"),
    "report": gettext_lazy("Báo cáo"),
    "resolution": gettext_lazy("Nghị quyết"),
    "plan": gettext_lazy("Kế hoạch"),
}


def genre_name(document: Any) -> str:
    """What the reading says it is; for a text kept without a reading, the kind it was filed as."""
    genre = (document.reading or {}).get("genre")
    if genre in GENRES and genre != "other":
        return str(GENRES[genre])
    return str(KINDS.get(document.kind, GENRES["other"]))
