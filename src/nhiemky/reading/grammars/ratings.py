"""Yearly classification of organisations: `năm 2022 được xếp loại hoàn thành xuất sắc nhiệm vụ`, alone or as a list.

Whose level it is says the nearest noun before it: an organisation by its name. Counts of organisations are results; the
level of a person is nobody's business and never read.
"""

import re

from msgspec import structs

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
_RESULT_OF = re.compile(r"kết quả (?:đánh giá,? )?(?:xếp|phân) loại\s*(?:năm 20\d\d)?\s*[:,]?\s*$")
_PROMISED = re.compile(
    r"phấn đấu|(?<!% )mục tiêu|duy trì|(?<!20\d\d )đến năm|hằng năm có|đăng ký|quyết tâm|đề nghị"
    r"|(?<![^\W_])(?:để|sẽ|phải|cần|nếu)(?![^\W_])"
)
# nouns that a level is said of: organisations, and before them what is only counted or is a person
_BODY = (
    r"(?:đảng bộ|chi bộ|đảng ủy|chi ủy|ubnd|hđnd|ủy ban mttq|ubmttq|ub mttq|mttq|chính quyền|ủy ban nhân dân"
    r"|hội đồng nhân dân"
    r"|(?:ủy ban )?mặt trận tổ quốc|công đoàn"
    r"|huyện ủy|quận ủy|thị ủy|thành ủy|tỉnh ủy|trạm y tế|công an|ban chỉ huy quân sự|đoàn thanh niên|hội nông dân"
    r"|hội cựu chiến binh|hội (?:liên hiệp )?phụ nữ|trường (?:thcs|thpt|tiểu học|mầm non)"
    r"|ban (?:dân vận|tổ chức|tuyên giáo|nội chính|chỉ huy)|văn phòng|trung tâm [^\W\d_]+"
    r"|(?<!cơ )(?:sở|phòng) [^\W\d_]+ [^\W\d_]+)"
)
_BOARD = r"(?:ban thường vụ|btv|ban chấp hành|bch)"
_NOUN = re.compile(
    rf"(?:(?P<many>(?:các|những|mỗi|từng|số|tỷ lệ|tỉ lệ|không có|(?<!\d)(?!20\d\d )\d+|%"
    r"|(?<![^\W_])(?:hai|ba|bốn|sáu|bảy|tám|chín|mười))\s+"
    rf"(?:tập thể\s+)?(?:{_BODY}|tổ chức)"
    r"|tổ chức (?:cơ sở )?đảng|tccsđ)"
    rf"|(?P<person>đảng viên|đồng chí|đ/c|cá nhân|cán bộ|công chức"
    r"|người lao động|tập thể(?! (?:ban|btv|bch|lãnh đạo|ubnd|đảng|chi|hđnd))"
    r"|(?<!tốt )(?<!sắc )(?<!thành )nhiệm vụ)"
    rf"|(?P<above>(?:được|bị|do|trong|thuộc|tại|bí thư|chủ tịch)\s+(?:{_BOARD} )?{_BODY}"
    rf"|(?:đạt|công nhận) (?:[\"']|(?:tổ chức|danh hiệu) )?{_BODY}(?= ?$)"
    rf"|cấp trên|là (?:một (?:trong [^,.;]{{0,20}}?)?)?(?:tổ chức (?:cơ sở )?đảng|{_BODY}))"
    rf"|(?P<body>(?:{_BOARD} )?{_BODY}))(?![^\W_])"
)
_NAME_OF_BODY = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_NAME_ENDS = re.compile(
    r"(?:được|bị|đạt|xếp|luôn|đã|đều|vươn|tự|có|năm|chỉ|không|hoàn|trong|nhiều|tiếp|liên|cũng|là|nhận|gồm|hằng|hàng|đánh"
    r"|phân|còn|vẫn|lãnh|tổ|đề|đăng|quyết|trước|và|mà|vì|vững|từ)"
)
_GROUPS = ("tổ dân phố", "tổ tự quản", "tổ 1", "tổ 2", "tổ 3", "tổ 4", "tổ 5", "tổ 6", "tổ 7", "tổ 8", "tổ 9")
_MOST_WORDS = 9
_BEGINS = re.compile(r"(?:^|[;:\n])[\s\"'+-]*$")  # the level opens its clause
_COORDINATED = (",", "và", ", và", "cùng")
_GENERAL = ("sở ", "phòng ", "ban ", "văn phòng", "trung tâm")  # with a capital only
_YEARS = re.compile(
    r"(?:năm\s+|\(|năm (?:liền|liên tục|liên tiếp)[,:]?\s+(?:từ\s+)?)(20\d\d(?:\s*(?:,|-|và|đến)\s*(?:năm\s+)?20\d\d)*)"
)
# `… hoàn thành tốt nhiệm vụ năm 2021`
_YEARS_BEHIND = re.compile(
    rf"[\"']?(?:\s+tiêu biểu|\s+trở lên)?\s*\(?(?:trong\s+)?(?:\d\s+(?:năm\s+)?)?(?:các\s+)?{_YEARS.pattern}"
)  # `… nhiệm vụ năm 2021`
_CONCERNING = re.compile(
    rf"[\"']?\s+(?:năm 20\d\d )?đối với (?:tập thể )?((?:{_BOARD} )?{_BODY}(?: [^\W\d_]+){{0,4}}?)"
    rf"(?:,? {_YEARS.pattern}|(?=\s*(?:[,.;\n]|$)))"
)
_RANGE = re.compile(r"(20\d\d)\s*(?:-|đến)\s*(?:năm\s+)?(20\d\d)")
_YEAR = re.compile(r"20\d\d")
_ONLY_YEAR = re.compile(
    r"(?:năm 20\d\d(?:\s*(?:,|-|và|đến)\s*(?:năm\s+)?20\d\d)*\s*[:-]?"
    r"|(?:\d+|nhiều|hai|ba|bốn|năm) năm (?:liền|liên tục|liên tiếp))$"
)
_AFTER_ANOTHER = re.compile(
    r"nhiệm vụ[\"']?\s*[(\s]*(?:trong |các |từ )*năm 20\d\d[^a-zđ]*(?:(?:và|đến)[^a-zđ]*)*$"
)  # `… năm 2020, "hoàn …`
_SO_MANY_YEARS = re.compile(r"(?:\d+|hai|ba|bốn) năm\s*$")
_RATED_YEAR = re.compile(r"(?:đánh giá|xếp loại|phân loại|kiểm điểm|tổng kết)[^.;\n]{0,140}?năm (20\d\d)")
_YEARLY = re.compile(r"h[ằà]ng năm|nhiều năm|\d+ năm (?:liền|liên tục|liên tiếp)(?! 20)")
_AIMED = re.compile(
    r"[\"']?\s*(?:trở lên|[:,]?\s*(?:từ |trên |đạt )?\d+(?:[,.]\d+)?\s*%)"
)  # a share, or a level and above
_EVERY_YEAR = re.compile(r"h[ằà]ng năm(?!.*(?<![^\W_])đều(?![^\W_]))")
_LIST = re.compile(
    r"\s*[\"']*\s*(?:\(\d+ [^()]{1,30}\)\s*)?(?:,\s*)?"
    r"(?:(?:gồm(?: có)?|(?:đó )?là)\s*:?\s*|[:(]\s*(?:gồm(?: có)?\s*:?\s*)?)"
)
_ITEM = re.compile(rf"\s*({_BODY}(?![^\W_])[^,;.()\n]{{0,90}}?)\s*(?=,|;|\.|\)|\n|$|\s+và\s+(?:{_BODY})(?![^\W_]))")
_BETWEEN_ITEMS = re.compile(r"\s*[,;]?\s*(?:và\s+)?")
# `Đảng bộ các xã Hồi Giang, Kim Lạc`: one organisation for each name
_ALL_OF = re.compile(
    r"((?:đảng bộ|chi bộ|đảng ủy|ubnd)) các ((?:xã|phường|thị trấn|thôn|bản|ấp|khu phố)(?:, thị trấn)?) (.+)"
)
_NAME_OF_PLACE = re.compile(r"\s*(?:,|và)?\s*([^\W\d_]+(?: [^\W\d_]+){0,3}?)(?=\s*(?:,|;|\.|\)|\n|$|và ))")
_NEAR = 120  # characters before a level in which `nhiều năm liền` may be said of it
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
    if _PROMISED.search(low, sentence, at) or _is_aimed(low, match.end(), before):
        return None
    level = _level(match.group())
    years, begin, end = _years(page, (sentence, first, at), _YEARS_BEHIND.match(low, match.end()), match.end())
    nouns = _nouns(page, first, at) or _nouns(page, sentence, first)
    listed = _LIST.match(low, end)
    if listed is not None and (not nouns or nouns[-1].lastgroup == "many" or _BEGINS.search(before)):
        items = _listed(page, listed.end(), years, level)
        if items or (nouns and nouns[-1].lastgroup == "many"):
            return items
    concerned = _CONCERNING.match(low, match.end())
    if concerned is not None and (not nouns or nouns[-1].lastgroup != "body"):
        return _of_concerned(page, concerned, level)
    if not nouns:
        return _of_no_one(page, before, years, level, (begin, end))
    noun = nouns[-1]
    if noun.lastgroup != "body":
        return None
    name = _organisation(page, noun, at)
    dated = years != [None]
    judged = (
        _said_at_once(low[name[1] : at], dated=dated)
        or (dated and _told_of_years(before))
        or _is_judged(low[max(noun.end(), first) : at], level)
    )
    if not (judged or _RESULT_OF.search(low, sentence, noun.start())):
        return None
    named = _coordinated(page, nouns[:-1], name)
    span = (min(begin, at), end)
    return [Rating(page.text[slice(*bounds)], year, level, span, 0.9, _RULE) for bounds in named for year in years]


def _is_aimed(low: str, end: int, before: str) -> bool:
    """Whether a level is only aimed at: a share of bodies behind it, or every year so or better."""
    aimed = _AIMED.match(low, end)
    return aimed is not None and ("%" in aimed.group() or _EVERY_YEAR.search(before) is not None)


def _coordinated(page: Page, nouns: list[re.Match[str]], last: Span) -> list[Span]:
    """`Đảng bộ phường và UBND phường`: the organisations that the last one is told together with, and it."""
    low, named = page.low, [last]
    for other in reversed(nouns):
        said = _organisation(page, other, named[0][0])
        if (
            other.lastgroup != "body"
            or low.endswith("của ", 0, other.start())
            or low[said[1] : named[0][0]].strip() not in _COORDINATED
        ):
            break
        named.insert(0, said)
    return named


def _said_at_once(between: str, *, dated: bool) -> bool:
    """`Chi bộ A: hoàn thành tốt`, `Chi bộ A đã hoàn thành tốt nhiệm vụ năm 2022`."""
    return (dated and between.strip(" :\"“”'") in ("", "đã")) or between.strip() == ":"


def _level(said: str) -> RatingLevel:
    return _SHORT[said] if said in _SHORT else next(level for words, level in _LEVELS if said.startswith(words))


def _is_judged(before: str, level: RatingLevel) -> bool:
    bare = level == "poor" and not before.strip()
    return bare or _JUDGED.search(before) is not None or _ONLY_YEAR.search(before.rstrip()) is not None


def _told_of_years(before: str) -> bool:
    """`hoàn thành tốt nhiệm vụ năm 2020, hoàn thành xuất sắc nhiệm vụ năm 2021`, `2 năm hoàn thành …`."""
    return _AFTER_ANOTHER.search(before) is not None or _SO_MANY_YEARS.search(before) is not None


def _nouns(page: Page, start: int, end: int) -> list[re.Match[str]]:
    """The nouns that a level can be said of; those who judge, and whom others belong to, are passed over."""
    low = page.low
    found: list[re.Match[str]] = []
    for noun in _NOUN.finditer(low, start, end):
        last = found[-1] if found else None
        if noun.lastgroup == "above" or (noun.group().startswith(_GENERAL) and not page.text[noun.start()].isupper()):
            continue
        if last is not None and noun.lastgroup == "body" and _belongs(low, last, noun.start()):
            continue
        found.append(noun)
    return found


def _belongs(low: str, last: re.Match[str], start: int) -> bool:
    """`đảng viên của Chi bộ`, `Chi bộ Trạm Y tế`: the second noun only says more of the first."""
    between = low[last.end() : start]
    if last.lastgroup == "many" and between in (", ", " và ", "/"):  # `8 chi bộ, đảng bộ`
        return True
    return between.endswith("của ") or (last.lastgroup == "body" and not between.strip())


def _of_no_one(page: Page, before: str, years: list[int | None], level: RatingLevel, span: Span) -> list[Rating] | None:
    """`riêng năm 2022 được công nhận …`: said of the page's own body, which is not named again."""
    clause = before[before.rfind(",") + 1 :].strip()
    own = years != [None] and re.match(r"(?:riêng )?(?:trong )?năm|được|đạt", clause) and _JUDGED.search(clause)
    return [Rating(None, year, level, span, 0.7, _RULE) for year in years] if own else None


def _of_concerned(page: Page, said: re.Match[str], level: RatingLevel) -> list[Rating]:
    """`biểu quyết xếp loại hoàn thành tốt nhiệm vụ đối với Đảng bộ xã năm 2025`."""
    years = _each(said.group(2)) if said.group(2) else [None]
    return [Rating(page.text[slice(*said.span(1))], year, level, said.span(), 0.8, _RULE) for year in years]


def _organisation(page: Page, noun: re.Match[str], end: int) -> Span:
    """Bounds of the organisation's name: its noun and the words behind, up to one that is no part of a name."""
    start, last = noun.span()
    count = noun.group().count(" ") + 1
    for word in _NAME_OF_BODY.finditer(page.low, last, end):
        ends = _NAME_ENDS.fullmatch(word.group()) and not page.low.startswith(_GROUPS, word.start())
        if count == _MOST_WORDS or ends:
            break
        if word.group().isdecimal() and page.low.startswith(" năm", word.end()):  # `Đảng bộ xã 3 năm liền`
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
        names, at = _named_alike(page, span) or ([page.text[slice(*span)]], item.end())
        found += [Rating(name, year, level, span, 0.9, _RULE) for name in names for year in years]
        separator = _BETWEEN_ITEMS.match(low, at)
        at = separator.end() if separator else at
    return found or None


def _named_alike(page: Page, span: Span) -> tuple[list[str], int] | None:
    """The organisations of `Đảng bộ các xã Hồi Giang, Kim Lạc và Lai Thượng`, and where their names end."""
    many = _ALL_OF.match(page.low, *span)
    if many is None:
        return None
    body, kind = (page.text[slice(*many.span(group))] for group in (1, 2))
    names, at = [page.text[slice(*many.span(3))]], span[1]
    while len(names) < _MOST_ITEMS:
        more = _NAME_OF_PLACE.match(page.low, at)
        if more is None or not page.text[more.start(1)].isupper() or _NOUN.match(page.low, more.start(1)):
            break
        names.append(page.text[slice(*more.span(1))])
        at = more.end()
    return [f"{body} {kind} {name}" for name in names], at


def _years(
    page: Page, bounds: tuple[int, int, int], behind: re.Match[str] | None, end: int
) -> tuple[list[int | None], int, int]:
    """The years a level is of, and the bounds of the passage that says them: behind it, before it, or unknown."""
    sentence, first, at = bounds
    if behind is not None:
        return _each(behind.group(1)), first, behind.end()
    clause = max(page.low.rfind(",", first, at) + 1, first)
    if _SO_MANY_YEARS.search(page.low, clause, at):  # `… (2021, 2023), 3 năm hoàn thành tốt`: others than those
        return [None], clause, end
    if _YEARLY.search(page.low, clause, at):
        return [None], clause, end
    for start in (clause, first, sentence):
        told = list(_YEARS.finditer(page.low, start, at))
        if told:
            said = told[-1]
            return _each(said.group(1)), max(said.start(), sentence), end
        if _YEARLY.search(page.low, start, at):
            break
    opener = _opener(page, bounds)
    opened = _YEARS.search(page.low, *opener) if opener else None
    return _each(opened.group(1)) if opened else [None], first, end


def _opener(page: Page, bounds: tuple[int, int, int]) -> tuple[int, int] | None:
    """The line that opens the list a level stands in: `Kết quả xếp loại năm 2023 như sau:`."""
    part = page.part_at(bounds[2])
    line, block = page.line_start(part), page.block_start(part)
    if block >= line:
        return None
    end = page.line_at(block)[1]
    return (block, end) if page.low[block:end].rstrip().endswith(":") else None


def with_years(page: Page, found: list[Rating], title: Span, opening: Span) -> list[Rating]:
    """Levels without a year have that of the page, where its title or opening says what is rated: `xếp loại … 2022`."""
    if all(rating.year is not None for rating in found):
        return found
    said = _RATED_YEAR.search(page.low, *title) or _RATED_YEAR.search(page.low, *opening)
    if said is None:
        return found
    year = int(said.group(1))
    return [
        structs.replace(rating, year=year)
        if rating.year is None and said.end() <= rating.span[0] and not _of_many_years(page, rating)
        else rating
        for rating in found
    ]


def _of_many_years(page: Page, rating: Rating) -> bool:
    start, end = rating.span
    first = page.sentence_bounds(page.part_at(start))[0]
    return _YEARLY.search(page.low, max(first, start - _NEAR), end) is not None


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
            r"(?=\s*(?:[.,;:()\"'\n]|$|gồm|là |và |do |vì |(?:trong |các )?năm |giai đoạn|trở lên|tiêu biểu|nhiều năm"
            r"|\d+ năm|liên tục|đối với))"
            r"|hoàn thành (?:xuất sắc|tốt)(?=[.,;)\"']| \(?năm 20\d\d|$)"
        ),
        _ratings,
        "Mức xếp loại của một tổ chức trong một năm: «năm 2022 được xếp loại hoàn thành xuất sắc nhiệm vụ».",
    ),
)
