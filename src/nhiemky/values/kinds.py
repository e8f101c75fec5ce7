"""The kinds that facts, documents, targets and verdicts may be of: plain strings with Vietnamese and English names.

Readings and the register hold the strings; assess decides by them; people are shown `label` (Vietnamese) or `english`.
"""

from enum import StrEnum


class Kind(StrEnum):
    """A string with names for people: `label` in Vietnamese, `english` in English."""

    @property
    def label(self) -> str:
        return _NAMES[type(self).__name__][self.value][0]

    @property
    def english(self) -> str:
        return _NAMES[type(self).__name__][self.value][1]


class Direction(Kind):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUAL = "equal"
    RANGE = "range"
    ZERO = "zero"
    INCREASE = "increase"
    DECREASE = "decrease"


class PeriodMeaning(Kind):
    EACH_YEAR = "each_year"
    YEARLY_AVERAGE = "yearly_average"
    BY_DEADLINE = "by_deadline"
    CUMULATIVE = "cumulative"
    MAINTAIN = "maintain"
    AGAINST_BASELINE = "against_baseline"
    AGAINST_PLAN = "against_plan"
    MILESTONE = "milestone"
    COMPOSITION = "composition"


class Level(Kind):
    CELL = "cell"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    NATIONAL = "national"


class ResultKind(Kind):
    OFFICIAL = "official"
    ESTIMATE = "estimate"
    FORECAST = "forecast"


class Qualifier(Kind):
    OVER = "over"
    ABOUT = "about"
    UNDER = "under"


class RatingLevel(Kind):
    EXCELLENT = "excellent"
    GOOD = "good"
    SATISFACTORY = "satisfactory"
    POOR = "poor"


class WarningCode(Kind):
    MALFORMED_DATE = "malformed_date"
    PARTS_DO_NOT_SUM = "parts_do_not_sum"
    RATIO_MISMATCH = "ratio_mismatch"
    IMPLAUSIBLE_RATIO = "implausible_ratio"
    IMPLAUSIBLE_VALUE = "implausible_value"
    TERM_MISMATCH = "term_mismatch"


class Genre(Kind):
    MIDTERM_REVIEW = "midterm_review"
    HALFYEAR_REVIEW = "halfyear_review"
    ANNUAL_REVIEW = "annual_review"
    QUARTER_REVIEW = "quarter_review"
    DISSEMINATION = "dissemination"
    CONGRESS = "congress"
    COMMITTEE_MEETING = "committee_meeting"
    RATING = "rating"
    COMMENDATION = "commendation"
    OTHER_PARTY = "other_party"
    OTHER = "other"


class DocumentKind(Kind):
    PAGE = "page"
    REPORT = "report"
    RESOLUTION = "resolution"
    PLAN = "plan"
    OTHER = "other"


class VerdictStatus(Kind):
    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    MISSED = "missed"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    UNDECIDABLE = "undecidable"
    ADJUSTED = "adjusted"
    DROPPED = "dropped"


WORST_FIRST: tuple[VerdictStatus, ...] = (
    VerdictStatus.MISSED,
    VerdictStatus.AT_RISK,
    VerdictStatus.UNDECIDABLE,
    VerdictStatus.NO_DATA,
    VerdictStatus.NOT_DUE,
    VerdictStatus.ON_TRACK,
    VerdictStatus.MET,
    VerdictStatus.EXCEEDED,
    VerdictStatus.ADJUSTED,
    VerdictStatus.DROPPED,
)

_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "Direction": {
        "at_least": ("ít nhất", "at least"),
        "at_most": ("không quá", "at most"),
        "equal": ("bằng", "equal to"),
        "range": ("trong khoảng", "within a range"),
        "zero": ("không còn", "none left"),
        "increase": ("tăng", "increase"),
        "decrease": ("giảm", "decrease"),
    },
    "PeriodMeaning": {
        "each_year": ("hằng năm", "each year"),
        "yearly_average": ("bình quân mỗi năm", "average a year"),
        "by_deadline": ("đến hạn", "by the deadline"),
        "cumulative": ("lũy kế cả nhiệm kỳ", "cumulative over the term"),
        "maintain": ("duy trì", "maintain"),
        "against_baseline": ("so với đầu nhiệm kỳ", "against the baseline"),
        "against_plan": ("so với kế hoạch giao", "against the assigned plan"),
        "milestone": ("mốc hoàn thành", "milestone"),
        "composition": ("cơ cấu", "composition"),
    },
    "Level": {
        "cell": ("chi bộ", "Party cell"),
        "commune": ("cấp xã", "commune level"),
        "district": ("cấp huyện", "district level"),
        "province": ("cấp tỉnh", "province level"),
        "national": ("trung ương", "national level"),
    },
    "ResultKind": {
        "official": ("chính thức", "official"),
        "estimate": ("ước", "estimate"),
        "forecast": ("dự báo", "forecast"),
    },
    "Qualifier": {
        "over": ("trên", "over"),
        "about": ("khoảng", "about"),
        "under": ("dưới", "under"),
    },
    "RatingLevel": {
        "excellent": ("hoàn thành xuất sắc nhiệm vụ", "tasks completed excellently"),
        "good": ("hoàn thành tốt nhiệm vụ", "tasks completed well"),
        "satisfactory": ("hoàn thành nhiệm vụ", "tasks completed"),
        "poor": ("không hoàn thành nhiệm vụ", "tasks not completed"),
    },
    "WarningCode": {
        "malformed_date": ("ngày viết sai", "malformed date"),
        "parts_do_not_sum": ("các phần không khớp tổng", "parts do not sum"),
        "ratio_mismatch": ("tỷ lệ không khớp", "ratio mismatch"),
        "implausible_ratio": ("tỷ lệ bất thường", "implausible ratio"),
        "implausible_value": ("số liệu bất thường", "implausible value"),
        "term_mismatch": ("nhiệm kỳ không khớp", "term mismatch"),
    },
    "Genre": {
        "midterm_review": ("Sơ kết giữa nhiệm kỳ", "Mid-term review"),
        "halfyear_review": ("Sơ kết 6 tháng", "Half-year review"),
        "annual_review": ("Tổng kết năm", "Annual review"),
        "quarter_review": ("Sơ kết quý", "Quarterly review"),
        "dissemination": ("Học tập, quán triệt", "Dissemination"),
        "congress": ("Đại hội", "Congress"),
        "committee_meeting": ("Hội nghị cấp ủy", "Committee meeting"),
        "rating": ("Đánh giá, xếp loại", "Rating"),
        "commendation": ("Khen thưởng", "Commendation"),
        "other_party": ("Hoạt động Đảng khác", "Other Party activity"),
        "other": ("Văn bản khác", "Other document"),
    },
    "DocumentKind": {
        "page": ("Trang tin", "News page"),
        "report": ("Báo cáo", "Report"),
        "resolution": ("Nghị quyết", "Resolution"),
        "plan": ("Kế hoạch", "Plan"),
        "other": ("Văn bản khác", "Other document"),
    },
    "VerdictStatus": {
        "exceeded": ("Vượt chỉ tiêu", "Exceeded"),
        "met": ("Đã đạt", "Met"),
        "on_track": ("Đúng lộ trình", "On track"),
        "at_risk": ("Nguy cơ không đạt", "At risk"),
        "missed": ("Không đạt", "Missed"),
        "not_due": ("Chưa đến kỳ", "Not due yet"),
        "no_data": ("Chưa có số liệu", "No data"),
        "undecidable": ("Chưa đủ căn cứ", "Cannot be judged yet"),
        "adjusted": ("Đã điều chỉnh", "Adjusted"),
        "dropped": ("Thôi thực hiện", "Dropped"),
    },
}
