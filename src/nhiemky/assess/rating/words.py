"""What the measures of a rating are called, and how their amounts are said, in both languages. Used by this package."""

from fractions import Fraction

from nhiemky.assess.rating.facts import Reason, Span
from nhiemky.law.ratings import Condition
from nhiemky.values.figures import figure, figure_english
from nhiemky.values.language import capital

_NAMES = {
    "score": ("tổng điểm", "the score"),
    "done_share": ("tỷ lệ nhiệm vụ hoàn thành", "the share of tasks done"),
    "on_time_share": ("tỷ lệ nhiệm vụ đúng hạn, bảo đảm chất lượng", "the share of tasks done well and on time"),
    "exceeded_share": ("tỷ lệ nhiệm vụ vượt mức yêu cầu", "the share of tasks above what was required"),
    "late_share": ("tỷ lệ nhiệm vụ chưa bảo đảm tiến độ", "the share of late tasks"),
    "bodies_good_share": ("tỷ lệ đơn vị trực thuộc từ mức tốt trở lên", "the share of bodies rated good or better"),
    "disciplined": ("kỷ luật ở đơn vị trực thuộc, thành viên lãnh đạo", "discipline of a body below or a leader"),
    "leader_disciplined": ("kỷ luật do vi phạm chức trách, nhiệm vụ", "discipline for a breach of duty"),
    "wrongdoing": ("sai phạm do cấp có thẩm quyền kết luận", "wrongdoing found by a competent level"),
    "basic_targets_missed": ("kết quả các chỉ tiêu kinh tế – xã hội cơ bản được giao", "the basic targets assigned"),
    "shortcomings_fixed": ("việc khắc phục khuyết điểm kỳ trước", "the mending of past shortcomings"),
}
_ANSWERS = {
    ("disciplined", True): (
        "có đơn vị trực thuộc hoặc thành viên lãnh đạo bị kỷ luật", "a body below or a leader was disciplined",
    ),
    ("disciplined", False): (
        "không có đơn vị trực thuộc, thành viên lãnh đạo bị kỷ luật", "no body below and no leader was disciplined",
    ),
    ("leader_disciplined", True): ("bị kỷ luật do vi phạm chức trách, nhiệm vụ", "disciplined for a breach of duty"),
    ("leader_disciplined", False): ("không bị kỷ luật do vi phạm chức trách", "no discipline for a breach of duty"),
    ("wrongdoing", True): ("có sai phạm đã được kết luận", "wrongdoing was found by a competent level"),
    ("wrongdoing", False): ("không có sai phạm được kết luận", "no wrongdoing was found"),
    ("basic_targets_missed", True): (
        "không hoàn thành các chỉ tiêu kinh tế – xã hội cơ bản được giao", "the basic targets assigned were missed",
    ),
    ("basic_targets_missed", False): (
        "hoàn thành các chỉ tiêu kinh tế – xã hội cơ bản được giao", "the basic targets assigned were met",
    ),
    ("shortcomings_fixed", True): ("đã khắc phục hết khuyết điểm kỳ trước", "all past shortcomings are put right"),
    ("shortcomings_fixed", False): (
        "chưa khắc phục hết khuyết điểm kỳ trước", "not all past shortcomings are put right",
    ),
}  # fmt: skip
_SIGNS = {
    "at_least": ("từ {} trở lên", "{} or more"),
    "at_most": ("không quá {}", "at most {}"),
    "below": ("dưới {}", "below {}"),
}


def name(measure: str) -> tuple[str, str]:
    return _NAMES[measure]


def amount(measure: str, value: Fraction) -> tuple[str, str]:
    """At most two decimals are said; the comparison itself is exact."""
    said = round(float(value), 2)
    if measure == "score":
        return f"{figure(said)} điểm", f"{figure_english(said)} points"
    return f"{figure(said)}%", f"{figure_english(said)}%"


def span(measure: str, value: Fraction | Span) -> tuple[str, str]:
    """`87,5%`, or `từ 50% đến 87,5%` where some of it is unknown."""
    if not isinstance(value, Span):
        return amount(measure, value)
    (low, low_en), (high, high_en) = amount(measure, value.least), amount(measure, value.most)
    return f"từ {low} đến {high}", f"between {low_en} and {high_en}"


def told(one: Condition, value: Fraction | Span | bool | None) -> Reason:
    """`Tỷ lệ nhiệm vụ vượt mức yêu cầu 25% (mốc: từ 30% trở lên)`, or the answer to a question of yes and no."""
    if isinstance(value, bool):
        vi, en = _ANSWERS[one.measure, value]
        return Reason(capital(vi), capital(en))
    vi, en = _NAMES[one.measure]
    if value is None:
        return Reason(f"Chưa biết {vi}", f"Unknown: {en}")
    bound, mark = amount(one.measure, Fraction(one.bound))
    said, said_en = span(one.measure, value)
    asked, asked_en = _SIGNS[one.sign]
    return Reason(
        f"{capital(vi)} {said} (mốc: {asked.format(bound)})",
        f"{capital(en)} is {said_en} (mark: {asked_en.format(mark)})",
    )
