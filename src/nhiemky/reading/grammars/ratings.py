"""Yearly classification of organisations: `năm 2022 được xếp loại hoàn thành xuất sắc nhiệm vụ`."""

import re

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Rating, RatingLevel
from nhiemky.reading.text import Page

_LEVELS: tuple[tuple[str, RatingLevel], ...] = (
    ("không hoàn thành nhiệm vụ", "poor"), ("hoàn thành xuất sắc", "excellent"), ("hoàn thành tốt", "good"),
    ("hoàn thành nhiệm vụ", "satisfactory"),
)  # fmt: skip
_JUDGED = re.compile(r"(?:xếp loại|đánh giá|phân loại|công nhận|đạt danh hiệu|đạt loại|xếp|vươn lên|mức)[^.;]{0,40}$")
_PROMISED = re.compile(
    r"phấn đấu|mục tiêu|duy trì|đến năm|hằng năm có|\d\s*%|tỷ lệ"
    r"|số (?:chi bộ|đảng viên|tổ chức)|\d+\s+(?:chi bộ|tổ chức|đảng viên|tập thể)"
)
_REACH = 300  # characters before a level; a sentence without an end must not cost more
_YEAR = re.compile(r"năm\s+(20\d\d)(?:\s*(?:,|và|-)\s*(20\d\d))*")
_YEAR_BEHIND = re.compile(r"\s*(?:trong\s+)?năm\s+(20\d\d)")  # `… hoàn thành tốt nhiệm vụ năm 2021`
_WHO = re.compile(
    r"((?:đảng bộ|chi bộ|đảng ủy|ubnd|hđnd|mttq|chính quyền)"
    r"\s*(?:phường|xã|thị trấn|quận|huyện|thị xã|thành phố|tỉnh)?"
    r"(?:\s+(?!(?:được|bị|đạt|xếp|luôn|đã|vươn|tự|có)(?![^\W_]))[^\W\d_]+){0,3})"
)


def _rating(page: Page, match: re.Match[str]) -> Rating | None:
    part = page.part_at(match.start())
    first = max(page.starts[part], match.start() - _REACH)
    before = page.low[first : match.start()]
    clause = before[max(before.rfind(",") + 1, 0) :]
    if not (clause.rstrip().endswith(("được", "đạt")) or _JUDGED.search(before)):
        return None
    sentence = page.low[max(page.sentence_bounds(part)[0], match.start() - 2 * _REACH) : match.start()]
    if "phấn đấu" in sentence or "mục tiêu" in sentence or _PROMISED.search(before):
        return None
    if before.endswith("không "):
        return None
    level = next(level for words, level in _LEVELS if page.low.startswith(words, match.start()))
    yearly = "hằng năm" in clause or "hàng năm" in clause
    behind = _YEAR_BEHIND.match(page.low, match.end())
    year = behind or (None if yearly else _YEAR.search(clause) or _YEAR.search(before))
    who = _WHO.search(before)
    start = first if behind or year is None else first + year.start()
    end = behind.end() if behind else match.end()
    organisation = page.text[first + who.start(1) : first + who.end(1)].strip() if who else None
    return Rating(organisation, int(year.group(1)) if year else None, level, (start, end), 0.9, "ratings.level")


RULES = (
    Rule(
        "ratings.level",
        (
            "hoàn thành xuất sắc nhiệm vụ",
            "hoàn thành tốt nhiệm vụ",
            "không hoàn thành nhiệm vụ",
            "hoàn thành nhiệm vụ",
            "hoàn thành xuất sắc",
            "hoàn thành tốt",
        ),
        re.compile(
            r"(?:không )?hoàn thành (?:xuất sắc |tốt )?nhiệm vụ(?! chính trị| được giao| trọng tâm|,? kế hoạch)"
            r"|hoàn thành (?:xuất sắc|tốt)(?=[.,;)]|$)"
        ),
        _rating,
        "Mức xếp loại của một tổ chức trong một năm: «năm 2022 được xếp loại hoàn thành xuất sắc nhiệm vụ».",
    ),
)
