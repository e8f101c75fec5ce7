"""What a document is, in words: the genre a reading gives → its name."""

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


def genre_name(genre: str | None) -> str:
    return str(GENRES.get(genre or "other", GENRES["other"]))
