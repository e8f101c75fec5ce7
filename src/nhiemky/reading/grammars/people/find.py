"""People acting in a public role at the event: name and roles as first written. No one else is kept.

A name is a run of capitalised syllables that holds a family name. Its roles stand behind it (`Phạm A, Thành ủy viên, Bí
thư Đảng ủy`), before it (`Bí thư Thành ủy Nguyễn B`), once before a list (`các đồng chí Phó Chủ tịch: Lê C, Đinh D`),
or it is elected to one (`Lê C được bầu giữ chức Bí thư`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Person
from nhiemky.reading.grammars.people.names import FIRSTS, RUN, Named, name_in, runs
from nhiemky.reading.grammars.people.signed import signed
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import pattern, words

WHY = {
    "people.roles": "Tên có chức danh công khai đứng trước hoặc sau: «đồng chí Phạm Văn A, Bí thư Đảng ủy».",
}
_HEADS = words("roles")
MARKS = dict.fromkeys(_HEADS, "role")  # noted by the engine
_HEAD = pattern(r"(?:(?:nguyên|cựu|quyền|tân)\s+)?{head}(?![^\W_])", head=_HEADS)
_HEAD_IN = pattern(r"(?<![^\W_])(?:(?:nguyên|cựu|quyền|tân)\s+)?{head}(?![^\W_])", head=_HEADS)
_PREFIXES = ("nguyên ", "cựu ", "quyền ", "tân ")
_VERBS: dict[str, list[list[str]]] = {}  # first word → the phrases that begin with it, each as its words
for _verb in words("verbs_of_people"):
    _VERBS.setdefault(_verb.split()[0], []).append(_verb.split())
_BORN = r"sinh (?:ngày |năm )?\d[\d/.-]{3,9},?\s*"  # read over, never kept
_SEPARATOR = re.compile(rf"(?:\s*,|[^\S\n]*[:(–—-])\s*(?:kiêm\s+|\d\d tuổi,\s*|{_BORN})?")
_BLANK = re.compile(r" (?=[bpcgt])")  # `Ông Lê Văn An Chủ tịch UBND xã`: Bí thư, Phó, Chủ tịch, Giám đốc, Trưởng
_TWIN_PLACES = ("huế", "vũng tàu", "tháp chàm")  # `Thừa Thiên - Huế`
# a stop, a dash with a space, a verb, or other people; it begins with a plain set of characters, which is quick to find
_ROLE_END = pattern(
    r"[\s,;:.()\"/-](?:(?<=[,;:.()\n\"/])|(?<=-)\s|(?<=\s)\s*(?:[,;:.()\n\"/-]|(?:{verb})(?![^\W_])"
    r"|và\s+(?:(?:các\s+)?(?:đồng chí|đại diện|lãnh đạo|toàn thể|một số|đoàn|đông đảo|ông|bà|cán bộ)"
    r"|(?:hơn |trên |gần |khoảng )?\d)))",
    verb=(*words("verbs_of_people"), "nhiệm kỳ"),
)
_ELECTED = re.compile(
    r"\s+[^.;:,\n\d]{0,50}?(?:bầu|tái đắc cử|tái cử|đắc cử|trúng cử|giữ|tiếp tục(?=\s+(?:làm|giữ|là)\s))\s+"
    r"(?:(?:lại|giữ|làm|là|chức|vụ|danh)\s+)*(?=[^\W\d_])"
)
# `bầu ông Lê Văn An làm Chủ tịch`
_CHOSEN = re.compile(
    r"(?:bầu|chỉ định|phân công|điều động|luân chuyển|bổ nhiệm|giới thiệu)(?: lại)?(?: có thời hạn)?"
    r"\s+(?:(?:đồng chí|ông|bà)\s+)?$"
)
_MADE = re.compile(rf"(?:,\s*{_BORN}|\s+)(?:đến\s+)?(?:làm|giữ)\s+(?:(?:chức|vụ|danh)\s+)*")
_OF_A_TERM = re.compile(r"\s+(?:nhiệm kỳ|khóa|khoá|cho đến|kể từ)(?![^\W_])")
_BETWEEN_ROLES = re.compile(r"(?:,| - )\s*(?:kiêm\s+)?")
_ADDRESS = re.compile(  # an address, a rank, a degree; not the end of `Hà Đông`
    r"[,\s]*(?:là\s+|đối với\s+)?(?:các\s+)?(?<!\w)"
    r"(?:đồng chí|đ/c|đ\.c|ông|bà|(?:đại|thượng|trung|thiếu) (?:tá|tướng|úy)|(?:pgs[.\s-]?)?ts)$"
)
_ADDRESSES = ("đồng chí ", "ông ", "bà ", "đ/c ")
_ADDRESS_ENDS = ("chí", "/c", ".c", "ông", "bà", "tá", "tướng", "úy", "ts")
# named for what they wrote or are honoured for, or for what they said elsewhere
_ABSENT = re.compile(
    r"(?:(?:tác phẩm|bài viết|cuốn sách|tư tưởng|di chúc|lời dạy|ngày sinh|thân thế|sự nghiệp|chân dung)\s+của"
    r"|(?:cha|bố|mẹ|vợ|chồng|con|anh|chị|em|cháu)\s+(?:trai |gái |ruột )?của"
    r"|ngày sinh|(?:thực hiện|theo|tinh thần)\s+(?:ý kiến\s+)?(?:chỉ đạo|kết luận|yêu cầu)\s+của)"
    r"\s+(?:cố\s+)?(?:(?:đồng chí|ông|bà)\s+)?$"
)
_ABSENT_ENDS = ("của ", "sinh ", "cố ", "chí ", "ông ", "bà ")
_PRIVATE = re.compile(r"công ty (?:tnhh(?! mtv| một)|cổ phần|cp(?![^\W_]))|doanh nghiệp tư nhân|dntn")
_WORD = re.compile(r"\s*([^\W\d_]+)")
_OFFICE = re.compile(r"(?<![^\W_])(?:Phòng|phòng|Sở|sở|Khối|khối|Bộ|[ỦủUu][yỷ] ban|Việt Nam(?= -))(?![^\W_])")
# `Sở Lao động, Thương binh và Xã hội`
_REST_OF_OFFICE = re.compile(
    r",\s*(?:thương binh|thể thao|gia đình|thông tin|khoa học|hạ tầng|lâm nghiệp|thủy sản|môi trường|thanh niên"
    r"|thiếu niên)(?![^\W_])"
)
_STOPS = ';:()"'
_AND_ROLE = pattern(r"\s+(?:và|cùng)\s+{head}(?![^\W_])", head=_HEADS)
_IN_A_LIST = (", ", " và ", "; ", ", và ")
_FURTHEST = 120  # characters of a role
_MANY = ("các ", "các đồng chí ", "các ông ", "các bà ")
_NO_ROLE_BEFORE = ("do", "của", "cùng", "và", "với", "cho")
_ABROAD = ("đại sứ", "tổng lãnh sự")  # `Đại sứ Việt Nam tại Lào`
_NOT_OF_A_PERSON = (
    "phường", "xã", "quận", "huyện", "tỉnh", "phố", "trấn", "đường", "trường", "thôn", "chợ", "khu", "cầu", "tp", "tx",
    "tt", "bản", "ấp", "thpt", "thcs", "th", "mn",
)  # fmt: skip
_OF_A_TOWN = ("tỉnh", "phố", "tp")  # few are named after a person
_MOST_ROLES = 6
Shared = tuple[int, str] | None  # where a list of names under one role goes on, and the role
_RULE = "people.roles"


def find(page: Page, marks: list[Mark]) -> list[Person]:
    """Everyone with a public role, once each; `marks` are the heads of roles that the engine met."""
    known: dict[str, Person] = {}
    heads = sorted(mark.start for mark in marks)
    passed: set[str] = set()  # runs that hold no name
    again: set[str] = set()  # runs that hold a name already kept
    shared: Shared = None
    floor = covered = 0  # behind the person before; behind the roles of the person before
    for run in runs(page, marks):
        written = run.group()
        if written in passed or run.start() < covered:
            continue
        if written in again:
            floor = run.end()
            continue
        named = name_in(page, run)
        if named is None and page.low.endswith(_ADDRESSES, 0, run.start()):
            named = _addressed(page, run)
        if named is None:
            passed.add(written)
            continue
        name, start, end = named
        key = page.low[start:end]  # as it is spelled: `Uý` is `Úy`
        if key in known or _is_told(key, known):
            again.add(written)
            floor = end
            continue
        roles, begin, finish, shared = _roles_of(page, heads, named, floor, shared)
        if roles:
            floor, covered = end, finish
            if not _is_absent(page.low, begin) and not _PRIVATE.search(page.low, begin, max(end, finish)):
                known[key] = Person(name, tuple(roles), (begin, max(end, finish)), 0.9, _RULE)
    for mark in marks:
        signer = signed(page, mark, _RULE)
        if signer is not None:
            known.setdefault(signer.name.lower(), signer)
    return list(known.values())


def _roles_of(
    page: Page, heads: list[int], named: Named, floor: int, shared: Shared
) -> tuple[list[str], int, int, Shared]:
    """A name's roles, where they begin and end with it, and the role that a list of names shares from here on."""
    _, start, end = named
    roles, finish = _roles_behind(page, heads, named, floor)
    if roles:
        return roles, start, finish, shared
    roles, begin = _roles_before(page, heads, start, end, floor)
    if roles:
        return roles, begin, finish, (end, roles[-1]) if page.low.endswith(_MANY, 0, begin) else shared
    role = _shared_role(page, shared, start)
    if role:
        return [role], begin, finish, (end, role)
    roles, finish = _elected(page, start, end)
    return roles, begin, finish, None


def _is_told(key: str, known: Iterable[str]) -> bool:
    """A first name with its middle name (`Minh Trang`), or a name that a caption's first word follows."""
    short = key.count(" ") == 1
    return any(short and other.endswith(" " + key) for other in known) or (
        key.count(" ") == 3 and key[: key.rindex(" ")] in known
    )


def _is_absent(low: str, start: int) -> bool:
    return low.endswith(_ABSENT_ENDS, 0, start) and _ABSENT.search(low, max(0, start - 60), start) is not None


def _addressed(page: Page, run: re.Match[str]) -> Named | None:
    """A name without a family name that is known, but with an address before it and a role behind it."""
    low, start, end = page.low, run.start(), run.end()
    separator = _SEPARATOR.match(low, end)
    if separator is None or _HEAD.match(low, separator.end()) is None:
        return None
    name = run.group().replace("\u00a0", " ")
    return (name, start, end) if name.istitle() and name.count(" ") < 6 else None


def _roles_behind(page: Page, heads: list[int], named: Named, floor: int) -> tuple[list[str], int]:
    """Roles written behind a name, each after a comma or a dash; a role that runs up to another name is that one's."""
    low, end = page.low, named[2]
    roles: list[str] = []
    while len(roles) < _MOST_ROLES:
        separator = _SEPARATOR.match(low, end) or (None if roles else _blank(page, named))
        if separator is None or _HEAD.match(low, separator.end()) is None:
            break
        begin = separator.end()
        finish, stop = _role_end(page, begin)
        other = _name_within(page, begin, finish)
        if other and (other[1] or _roles_before(page, heads, named[1], named[2], floor)[0]):
            break
        end = finish
        roles.append(_tidy(page.text[begin:end]))
        if stop not in (",", "-"):
            break
    return roles, end


def _blank(page: Page, named: Named) -> re.Match[str] | None:
    """The blank alone before a role in capitals, where an address tells that a name stands before it."""
    told = page.low.endswith(_ADDRESSES, 0, named[1]) and page.text[named[2] + 1 : named[2] + 2].isupper()
    return _BLANK.match(page.low, named[2]) if told else None


def _name_within(page: Page, begin: int, end: int) -> tuple[int, bool] | None:
    """Where a role holds somebody's name, and whether that is surely no place (`phường Trần Hưng Đạo`)."""
    if FIRSTS.isdisjoint(page.text[begin + 2 : end].split()):
        return None
    for run in RUN.finditer(page.text, begin + 2, end):
        named = name_in(page, run)
        if named is not None:
            last = page.low[begin : named[1]].split()[-1]
            placed = last in _NOT_OF_A_PERSON or (last == "ủy" and named[0].count(" ") < 2)
            return named[1], not placed
    return None


def _role_end(page: Page, begin: int) -> tuple[int, str]:
    """Where a role ends and the sign that ends it; a full stop inside `T.Ư` and a line that only wraps do not."""
    low, text = page.low, page.text
    limit, at = min(len(low), begin + _FURTHEST), begin + 2
    while True:
        stop = _ROLE_END.search(low, at, limit)
        if stop is None:
            return limit, ""
        at = stop.end()
        said = stop.group().strip()
        sign = said[:1]
        if sign == "." and _abbreviates(text, low.index(".", stop.start())):
            continue
        if not sign and "\n" in stop.group() and text[at : at + 1].islower():
            continue
        if sign == "-" and _names_an_office(page, begin, at):
            continue
        if said == "tại" and low.startswith(_ABROAD, begin):
            continue
        if said == "chỉ đạo" and low.endswith("trưởng ban", begin, stop.start()):
            continue
        if sign == "," and _goes_on_behind(page, begin, stop.start()):
            continue
        if sign.isalpha() and text[at - len(said)].isupper():  # `Phó Trưởng Ban Chỉ đạo`
            continue
        return stop.start(), sign


def _abbreviates(text: str, stop: int) -> bool:
    before, behind = text[stop - 1 : stop], text[stop + 1 : stop + 2]
    return (before.isupper() and behind.isupper()) or text[max(0, stop - 2) : stop] in ("TP", "TX", "TT", "Tp", "Tx")


def _names_an_office(page: Page, begin: int, behind: int) -> bool:
    """Whether a dash stands in the name of an office (`Phòng Văn hóa - Thông tin`), not before a role or a name."""
    if page.low.startswith(_TWIN_PLACES, behind):
        return True
    rest = _WORD.match(page.text, behind)
    if rest is None or not rest.group(1)[0].isupper() or rest.group(1) in FIRSTS:
        return False
    return _OFFICE.search(page.text, begin, behind) is not None and _HEAD.match(page.low, rest.start(1)) is None


def _goes_on_behind(page: Page, begin: int, comma: int) -> bool:
    """Whether the name of an office goes on behind a comma: `Sở Lao động, Thương binh và Xã hội`."""
    return _REST_OF_OFFICE.match(page.low, comma) is not None and _OFFICE.search(page.text, begin, comma) is not None


def _wraps(text: str, at: int) -> bool:
    """Whether a line only breaks here: its sentence goes on in small letters."""
    return text[at + 1 : at + 2].islower()


def _tidy(role: str) -> str:
    return " ".join(role.split()).strip(" -–—,")


def _roles_before(page: Page, heads: list[int], start: int, end: int, behind: int) -> tuple[list[str], int]:
    """Roles that run up to a name: back to a verb, a stop or far enough, then from the first head of a role on."""
    low = page.low
    if low.endswith(") ", 0, start):  # `Trưởng Công an xã Hà Trung (huyện Tây Sơn) Nguyễn Văn An`
        start = low.rfind("(", max(behind, start - _FURTHEST), start)
        if start < 0:
            return [], end
    near = bisect_left(heads, start - _FURTHEST)
    if near == len(heads) or heads[near] >= start:
        return [], start
    floor = max(_clause(page, start), behind)
    before = low[floor:start].rstrip()
    last = before[before.rfind(" ") + 1 :].strip(",")
    if not last or last in _NO_ROLE_BEFORE or before.endswith("đặc khu"):  # `Đảng bộ đặc khu Cù Lao Ngọc`
        return [], start
    if last in _NOT_OF_A_PERSON and not before.endswith("môi trường") and not _is_a_person(page, last, start, end):
        return [], start
    first = begin = _head_before(page, heads, floor, start)
    if first is None or begin is None:
        return [], start
    tail = start - (len(low[begin:start]) - len(low[begin:start].rstrip()))
    if low.endswith(_ADDRESS_ENDS, begin, tail):
        address = _ADDRESS.search(low, begin, tail)
        tail = address.start() if address else tail
    roles = []
    for sign in (*_BETWEEN_ROLES.finditer(low, begin, tail), None):
        if sign and sign.group()[0] == " " and _names_an_office(page, begin, sign.end()):
            continue
        if sign and _goes_on_behind(page, begin, sign.start()):
            continue
        end = sign.start() if sign else tail
        if _HEAD.match(low, begin, end):
            roles.append(_tidy(page.text[begin:end]))
        elif sign is None and begin < end:  # `Giám đốc Sở, lấy ví dụ trường hợp bà …`
            return [], start
        begin = sign.end() if sign else end
    if len(roles) > 1:  # `trước ý kiến của đại biểu, Chủ tịch HĐND …`
        roles = [role for role in roles if role != "đại biểu"]
    return roles, first


def _is_a_person(page: Page, last: str, start: int, end: int) -> bool:
    """Whether a name behind a word for a place is a person's: `Chủ tịch UBND xã Lê Văn An phát biểu`."""
    if page.text.count(" ", start, end) < 2:
        return False
    low = page.low
    return last in _OF_A_TOWN or _ROLE_END.match(low, end) is not None or _AND_ROLE.match(low, end) is not None


def _head_before(page: Page, heads: list[int], floor: int, start: int) -> int | None:
    """The first head of a role between `floor` and a name with no verb behind it."""
    low, text = page.low, page.text
    for at in range(bisect_left(heads, floor), len(heads)):
        begin = heads[at]
        if begin >= start:
            break
        if low.endswith("phủ ", floor, begin):  # `tại Phủ Chủ tịch`
            continue
        if not _acts(text[begin:start].split(), low[begin:start].split()):
            former = next((word for word in _PREFIXES if low.endswith(word, floor, begin)), "")
            return begin - len(former)
    return None


def _acts(texts: list[str], lows: list[str]) -> bool:
    """Whether a verb in small letters is among the words: `làm việc với`; `Ban Chỉ đạo` has none."""
    for index, word in enumerate(lows):
        if (
            word in _VERBS
            and texts[index][0].islower()
            and any(lows[index : index + len(v)] == v for v in _VERBS[word])
        ):
            return True
    return False


def _clause(page: Page, start: int) -> int:
    """Where the clause before a name begins: behind the last stop, or the last dash that opens no role."""
    low, text = page.low, page.text
    floor = first = max(0, start - _FURTHEST)
    for sign in ';:()"':
        floor = max(floor, low.rfind(sign, first, start) + 1)
    for sign, goes_on in ((".", _abbreviates), ("\n", _wraps)):
        at = low.rfind(sign, floor, start)
        while at >= 0 and goes_on(text, at):
            at = low.rfind(sign, floor, at)
        floor = max(floor, at + 1)
    dash = low.rfind(" - ", floor, start)
    if dash < 0 or _HEAD.match(low, dash + 3) or _names_an_office(page, floor, dash + 3):
        return floor
    return dash + 3


def _shared_role(page: Page, shared: tuple[int, str] | None, start: int) -> str | None:
    """The role of a list of names: that of the name before, or the one before the colon that opens the list."""
    if shared is not None and page.low[shared[0] : start] in _IN_A_LIST:
        return shared[1]
    opened = start
    while opened and page.low[opened - 1].isspace():
        opened -= 1
    if page.low[opened - 1 : opened] != ":":
        return None
    head = _HEAD_IN.search(page.low, _clause(page, opened - 1), opened - 1)
    return _tidy(page.text[head.start() : opened - 1]) if head else None


def _elected(page: Page, begin: int, start: int) -> tuple[list[str], int]:
    """The office that a name is elected to: `được tín nhiệm bầu giữ chức Bí thư Đảng ủy nhiệm kỳ …`."""
    chosen = _ELECTED.match(page.low, start) or (
        _MADE.match(page.low, start) if _CHOSEN.search(page.low, max(0, begin - 40), begin) else None
    )
    if chosen is None or _HEAD.match(page.low, chosen.end()) is None:
        return [], start
    begin = chosen.end()
    end, _ = _role_end(page, begin)
    of_a_term = _OF_A_TERM.search(page.low, begin, end)
    end = of_a_term.start() if of_a_term else end
    return [_tidy(page.text[begin:end])], end
