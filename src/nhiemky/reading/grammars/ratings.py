"""Yearly classification of organisations: `năm 2022 được xếp loại hoàn thành xuất sắc nhiệm vụ`, alone or as a list.

Whose level it is says the nearest noun before it: an organisation by its name. Counts of organisations are results; the
level of a person is nobody's business and never read.
"""

import re

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Rating, RatingLevel, Span
from nhiemky.reading.text import Page

_SHORT: dict[str, RatingLevel] = {"htxsnv": "excellent", "httnv": "good", "htnv": "satisfactory"}
_LEVELS: tuple[tuple[str, RatingLevel], ...] = (
    ("không hoàn thành", "poor"), ("hoàn thành xuất sắc", "excellent"), ("hoàn thành tốt", "good"),
    ("hoàn thành nhiệm vụ", "satisfactory"),
)  # fmt: skip
_REACH = 300  # characters before a level; a sentence without an end must not cost more
_JUDGED = re.compile(
    r"(?:xếp loại|đánh giá|phân loại|công nhận|danh hiệu|đạt loại|xếp|vươn lên|mức|tự nhận|đạt|được|đều)[^.;]{0,40}$"
)
_RESULT_OF = re.compile(r"kết quả (?:đánh giá,? )?(?:xếp|phân) loại\s+(?:năm 20\d\d,?\s*)?$")
_PROMISED = re.compile(
    r"phấn đấu|mục tiêu|duy trì|(?<!20\d\d )đến năm|hằng năm có|đăng ký|quyết tâm|đề nghị"
    r"|(?<![^\W_])(?:để|sẽ|phải|cần|nếu)(?![^\W_])"
)
# nouns that a level is said of: organisations, and before them what is only counted or is a person
_BODY = (
    r"(?:đảng bộ|chi bộ|đảng ủy|chi ủy|ubnd|hđnd|ủy ban mttq|mttq|chính quyền|ủy ban nhân dân|hội đồng nhân dân"
    r"|huyện ủy|quận ủy|thị ủy|thành ủy|tỉnh ủy|trạm y tế|công an|ban chỉ huy quân sự|đoàn thanh niên|hội nông dân"
    r"|hội cựu chiến binh|hội (?:liên hiệp )?phụ nữ|trường (?:thcs|thpt|tiểu học|mầm non))"
)
_NOUN = re.compile(
    rf"(?:(?P<many>(?:các|những|mỗi|từng|số|không có|(?<!\d)(?!20\d\d )\d+|%)\s+(?:tập thể\s+)?(?:{_BODY}|tổ chức)"
    r"|tổ chức (?:cơ sở )?đảng|tccsđ)"
    rf"|(?P<person>(?:ban thường vụ|btv|ban chấp hành)\s+{_BODY}|đảng viên|đồng chí|đ/c|cá nhân|cán bộ|công chức"
    r"|người lao động|tập thể"
    r"|(?<!tốt )(?<!sắc )(?<!thành )nhiệm vụ)"
    rf"|(?P<above>(?:được|bị|do|trong|thuộc|tại|bí thư|chủ tịch)\s+(?:ban thường vụ |btv |ban chấp hành )?{_BODY}"
    rf"|cấp trên|là (?:một (?:trong [^,.;]{{0,20}}?)?)?(?:tổ chức (?:cơ sở )?đảng|{_BODY}))"
    rf"|(?P<body>{_BODY}))(?![^\W_])"
)
_NAME_OF_BODY = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_NAME_ENDS = re.compile(
    r"(?:được|bị|đạt|xếp|luôn|đã|đều|vươn|tự|có|năm|chỉ|không|hoàn|trong|nhiều|tiếp|liên|cũng|là|nhận|gồm|hằng|hàng|đánh"
    r"|phân|còn|vẫn|lãnh|tổ|đề|đăng|quyết|trước|và|mà|vì)"
)
_MOST_WORDS = 9
_YEARS = re.compile(r"(?:năm\s+|\()(20\d\d(?:\s*(?:,|-|và|đến)\s*(?:năm\s+)?20\d\d)*)")
# `… hoàn thành tốt nhiệm vụ năm 2021`
_YEARS_BEHIND = re.compile(
    rf"[\"']?(?:\s+tiêu biểu)?\s*\(?(?:trong\s+)?(?:các\s+)?{_YEARS.pattern}"
)  # `… nhiệm vụ năm 2021`
_RANGE = re.compile(r"(20\d\d)\s*(?:-|đến)\s*(?:năm\s+)?(20\d\d)")
_YEAR = re.compile(r"20\d\d")
_ONLY_YEAR = re.compile(r"(?:riêng |còn )?(?:trong )?năm 20\d\d\s*:?$")
_YEARLY = re.compile(r"h[ằà]ng năm|nhiều năm|\d+ năm liền")
_LIST = re.compile(r"\s*[\"')]*\s*(?:gồm(?: có)?|là)?\s*:\s*")
_ITEM = re.compile(rf"\s*({_BODY}(?![^\W_])[^,;.\n]{{0,90}}?)\s*(?=,|;|\.|\n|$|\s+và\s+(?:{_BODY})(?![^\W_]))")
_BETWEEN_ITEMS = re.compile(r"\s*[,;]?\s*(?:và\s+)?")
_MOST_ITEMS = 60
_RULE = "ratings.level"


def _ratings(page: Page, match: re.Match[str]) -> list[Rating] | None:
    """One rating for each year and organisation that the level is said of."""
    low, at = page.low, match.start()
    if low.endswith("không ", 0, at):
        return None
    part = page.part_at(at)
    first = max(page.starts[part], at - _REACH)
    sentence = max(page.sentence_bounds(part)[0], at - 2 * _REACH)
    before = low[first:at]
    if _PROMISED.search(low, sentence, at):
        return None
    level = _level(match.group())
    behind = _YEARS_BEHIND.match(low, match.end())
    years, begin, end = _years(page, (sentence, first, at), behind, match.end())
    noun = _last_noun(low, first, at) or _last_noun(low, sentence, first)
    if noun is None:
        return _of_no_one(page, before, years, level, (begin, end))
    listed = _LIST.match(low, end)
    if noun.lastgroup == "many":
        if listed is None or not (_is_judged(before, level) or noun.group().startswith("các")):
            return None
        return _listed(page, listed.end(), years, level)
    if noun.lastgroup != "body":
        return None
    name = _organisation(page, noun.start(), at)
    said_at_once = not low[name[1] : at].strip(" :\"“”'") and (years != [None] or low[name[1] : at].strip() == ":")
    judged = said_at_once or _is_judged(low[max(noun.end(), first) : at], level)
    if not (judged or _RESULT_OF.search(low, sentence, noun.start())):
        return None
    organisation = page.text[name[0] : name[1]]
    return [Rating(organisation, year, level, (min(begin, at), end), 0.9, _RULE) for year in years]


def _level(said: str) -> RatingLevel:
    return _SHORT[said] if said in _SHORT else next(level for words, level in _LEVELS if said.startswith(words))


def _is_judged(before: str, level: RatingLevel) -> bool:
    bare = level == "poor" and not before.strip()
    return bare or _JUDGED.search(before) is not None or _ONLY_YEAR.search(before.rstrip()) is not None


def _last_noun(low: str, start: int, end: int) -> re.Match[str] | None:
    """The last noun that a level can be said of; those who judge, and whom others belong to, are passed over."""
    last = None
    for noun in _NOUN.finditer(low, start, end):
        named = last is not None and noun.lastgroup == "body" and _belongs(low, last, noun.start())
        if noun.lastgroup != "above" and not named:
            last = noun
    return last


def _belongs(low: str, last: re.Match[str], start: int) -> bool:
    """`đảng viên của Chi bộ`, `Chi bộ Trạm Y tế`: the second noun only says more of the first."""
    between = low[last.end() : start]
    return between.endswith("của ") or (last.lastgroup == "body" and not between.strip())


def _of_no_one(page: Page, before: str, years: list[int | None], level: RatingLevel, span: Span) -> list[Rating] | None:
    """`riêng năm 2022 được công nhận …`: said of the page's own body, which is not named again."""
    clause = before[before.rfind(",") + 1 :].strip()
    own = years != [None] and re.match(r"(?:riêng )?(?:trong )?năm|được|đạt", clause) and _JUDGED.search(clause)
    return [Rating(None, year, level, span, 0.7, _RULE) for year in years] if own else None


def _organisation(page: Page, start: int, end: int) -> Span:
    """Bounds of the organisation's name: its words up to one that is no part of a name."""
    last, count = start, 0
    for word in _NAME_OF_BODY.finditer(page.low, start, end):
        if count == _MOST_WORDS or _NAME_ENDS.fullmatch(word.group()):
            break
        if page.low[last : word.start()].strip():  # a comma or a stop ends it
            break
        last, count = word.end(), count + 1
    return start, last


def _listed(page: Page, start: int, years: list[int | None], level: RatingLevel) -> list[Rating] | None:
    """`gồm: Đảng bộ phường A, Chi bộ B và Chi bộ C`."""
    found: list[Rating] = []
    low, at = page.low, start
    while len(found) < _MOST_ITEMS:
        item = _ITEM.match(low, at)
        if item is None:
            break
        span = item.span(1)
        found += [Rating(page.text[slice(*span)], year, level, span, 0.9, _RULE) for year in years]
        at = item.end()
        separator = _BETWEEN_ITEMS.match(low, at)
        at = separator.end() if separator else at
    return found or None


def _years(
    page: Page, bounds: tuple[int, int, int], behind: re.Match[str] | None, end: int
) -> tuple[list[int | None], int, int]:
    """The years a level is of, and the bounds of the passage that says them: behind it, before it, or unknown."""
    sentence, first, at = bounds
    if behind is not None:
        return _each(behind.group(1)), first, behind.end()
    clause = max(page.low.rfind(",", first, at) + 1, first)
    if _YEARLY.search(page.low, clause, at):
        return [None], clause, end
    for start in (clause, first, sentence):
        told = list(_YEARS.finditer(page.low, start, at))
        if told:
            said = told[-1]
            return _each(said.group(1)), max(said.start(), sentence), end
        if _YEARLY.search(page.low, start, at):
            break
    return [None], first, end


def _each(said: str) -> list[int | None]:
    """`2020, 2021 và 2022`, `2020 - 2022`: each of the years."""
    span = _RANGE.search(said)
    if span is not None and 0 <= int(span.group(2)) - int(span.group(1)) < 6:
        return list(range(int(span.group(1)), int(span.group(2)) + 1))
    return [int(year) for year in _YEAR.findall(said)]


RULES = (
    Rule(
        _RULE,
        (
            "hoàn thành xuất sắc nhiệm vụ",
            "hoàn thành tốt nhiệm vụ",
            "không hoàn thành nhiệm vụ",
            "hoàn thành nhiệm vụ",
            "hoàn thành xuất sắc",
            "hoàn thành tốt",
            *_SHORT,
        ),
        re.compile(
            r"(?:(?:không )?hoàn thành (?:xuất sắc |tốt )?nhiệm vụ|htxsnv|httnv|htnv)"
            r"(?=\s*(?:[.,;:()\"'\n]|$|gồm|và |do |vì |(?:trong |các )?năm |giai đoạn|trở lên|tiêu biểu|nhiều năm"
            r"|\d+ năm|liên tục))"
            r"|hoàn thành (?:xuất sắc|tốt)(?=[.,;)]|$)"
        ),
        _ratings,
        "Mức xếp loại của một tổ chức trong một năm: «năm 2022 được xếp loại hoàn thành xuất sắc nhiệm vụ».",
    ),
)
