"""The kinds that facts, documents, targets and verdicts may be of: plain strings with Vietnamese and English names.

Readings and the register hold the strings; assess decides by them; people are shown `label` (Vietnamese) or `english`.
"""

from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """A string with names for people: `label` in Vietnamese, `english` in English."""

    label: str
    english: str

    def __new__(cls, value: str, label: str = "", english: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label, member.english = value, label, english
        return member


class Direction(Kind):
    AT_LEAST = "at_least", "ít nhất", "at least"
    AT_MOST = "at_most", "không quá", "at most"
    EQUAL = "equal", "bằng", "equal to"
    RANGE = "range", "trong khoảng", "within a range"
    ZERO = "zero", "không còn", "none left"
    INCREASE = "increase", "tăng", "increase"
    DECREASE = "decrease", "giảm", "decrease"


class PeriodMeaning(Kind):
    EACH_YEAR = "each_year", "hằng năm", "each year"
    YEARLY_AVERAGE = "yearly_average", "bình quân mỗi năm", "average a year"
    BY_DEADLINE = "by_deadline", "đến hạn", "by the deadline"
    CUMULATIVE = "cumulative", "lũy kế cả nhiệm kỳ", "cumulative over the term"
    MAINTAIN = "maintain", "duy trì", "maintain"
    AGAINST_BASELINE = "against_baseline", "so với đầu nhiệm kỳ", "against the baseline"
    AGAINST_PLAN = "against_plan", "so với kế hoạch giao", "against the assigned plan"
    MILESTONE = "milestone", "mốc hoàn thành", "milestone"
    COMPOSITION = "composition", "cơ cấu", "composition"


class Level(Kind):
    CELL = "cell", "chi bộ", "Party cell"
    COMMUNE = "commune", "cấp xã", "commune level"
    DISTRICT = "district", "cấp huyện", "district level"
    PROVINCE = "province", "cấp tỉnh", "province level"
    NATIONAL = "national", "trung ương", "national level"


class ResultKind(Kind):
    OFFICIAL = "official", "chính thức", "official"
    ESTIMATE = "estimate", "ước", "estimate"
    FORECAST = "forecast", "dự báo", "forecast"


# Of two figures of one period the surer one counts.
SURENESS: dict[str, int] = {ResultKind.FORECAST: 0, ResultKind.ESTIMATE: 1, ResultKind.OFFICIAL: 2}


class Qualifier(Kind):
    OVER = "over", "trên", "over"
    ABOUT = "about", "khoảng", "about"
    UNDER = "under", "dưới", "under"


class RatingLevel(Kind):
    EXCELLENT = "excellent", "hoàn thành xuất sắc nhiệm vụ", "tasks completed excellently"
    GOOD = "good", "hoàn thành tốt nhiệm vụ", "tasks completed well"
    SATISFACTORY = "satisfactory", "hoàn thành nhiệm vụ", "tasks completed"
    POOR = "poor", "không hoàn thành nhiệm vụ", "tasks not completed"


class Role(Kind):
    ADMIN = "admin", "Quản trị", "Administrator"
    OFFICE = "office", "Văn phòng", "Office"
    LEADER = "leader", "Lãnh đạo", "Leader"
    BODY = "body", "Đơn vị báo số", "Reporting body"
    INSPECTOR = "inspector", "Kiểm tra, chỉ xem", "Inspector, read only"
    PROVINCE = "province", "Văn phòng cấp tỉnh", "Province office"


class WarningCode(Kind):
    MALFORMED_DATE = "malformed_date", "ngày viết sai", "malformed date"
    PARTS_DO_NOT_SUM = "parts_do_not_sum", "các phần không khớp tổng", "parts do not sum"
    RATIO_MISMATCH = "ratio_mismatch", "tỷ lệ không khớp", "ratio mismatch"
    IMPLAUSIBLE_RATIO = "implausible_ratio", "tỷ lệ bất thường", "implausible ratio"
    IMPLAUSIBLE_VALUE = "implausible_value", "số liệu bất thường", "implausible value"
    TERM_MISMATCH = "term_mismatch", "nhiệm kỳ không khớp", "term mismatch"


class Genre(Kind):
    MIDTERM_REVIEW = "midterm_review", "Sơ kết giữa nhiệm kỳ", "Mid-term review"
    HALFYEAR_REVIEW = "halfyear_review", "Sơ kết 6 tháng", "Half-year review"
    ANNUAL_REVIEW = "annual_review", "Tổng kết năm", "Annual review"
    QUARTER_REVIEW = "quarter_review", "Sơ kết quý", "Quarterly review"
    DISSEMINATION = "dissemination", "Học tập, quán triệt", "Dissemination"
    CONGRESS = "congress", "Đại hội", "Congress"
    COMMITTEE_MEETING = "committee_meeting", "Hội nghị cấp ủy", "Committee meeting"
    RATING = "rating", "Đánh giá, xếp loại", "Rating"
    COMMENDATION = "commendation", "Khen thưởng", "Commendation"
    OTHER_PARTY = "other_party", "Hoạt động Đảng khác", "Other Party activity"
    OTHER = "other", "Văn bản khác", "Other document"


class DocumentKind(Kind):
    PAGE = "page", "Trang tin", "News page"
    REPORT = "report", "Báo cáo", "Report"
    RESOLUTION = "resolution", "Nghị quyết", "Resolution"
    PROGRAMME = "programme", "Chương trình", "Programme"
    PLAN = "plan", "Kế hoạch", "Plan"
    DIRECTIVE = "directive", "Chỉ thị", "Directive"
    CONCLUSION = "conclusion", "Kết luận", "Conclusion"
    DECISION = "decision", "Quyết định, quy định", "Decision"
    GUIDANCE = "guidance", "Hướng dẫn", "Guidance"
    OTHER = "other", "Văn bản khác", "Other document"


class VerdictStatus(Kind):
    EXCEEDED = "exceeded", "Vượt chỉ tiêu", "Exceeded"
    MET = "met", "Đã đạt", "Met"
    ON_TRACK = "on_track", "Đúng lộ trình", "On track"
    AT_RISK = "at_risk", "Nguy cơ không đạt", "At risk"
    MISSED = "missed", "Không đạt", "Missed"
    NOT_DUE = "not_due", "Chưa đến kỳ", "Not due yet"
    NO_DATA = "no_data", "Chưa có số liệu", "No data"
    UNDECIDABLE = "undecidable", "Chưa đủ căn cứ", "Cannot be judged yet"
    ADJUSTED = "adjusted", "Đã điều chỉnh", "Adjusted"
    DROPPED = "dropped", "Thôi thực hiện", "Dropped"


class TaskStatus(Kind):
    """In the order in which they are shown: worst first."""

    SERIOUSLY_OVERDUE = "seriously_overdue", "Quá hạn nghiêm trọng", "Seriously overdue"
    OVERDUE = "overdue", "Quá hạn", "Overdue"
    AWAITING_ACCEPTANCE = "awaiting_acceptance", "Chờ nghiệm thu", "Awaiting acceptance"
    DUE_SOON = "due_soon", "Sắp đến hạn", "Due soon"
    UNDATED = "undated", "Chưa có hạn", "No deadline"
    NOT_DUE = "not_due", "Chưa đến hạn", "Not due yet"
    SUSPENDED = "suspended", "Tạm dừng", "Suspended"
    DONE_LATE = "done_late", "Xong, trễ hạn", "Done late"
    DONE_UNDATED = "done_undated", "Xong, không tính đúng hạn", "Done, not counted as on time"
    DONE_ON_TIME = "done_on_time", "Xong đúng hạn", "Done on time"
    DROPPED = "dropped", "Thôi làm", "Dropped"


YEARLY = (PeriodMeaning.EACH_YEAR, PeriodMeaning.YEARLY_AVERAGE)  # a goal that is told "a year"
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
