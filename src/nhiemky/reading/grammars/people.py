"""People acting in a public role at the event: name and roles as first written. No one else is kept.

A name is a run of capitalised syllables that holds a family name. Its roles stand behind it (`Phạm A, Thành ủy viên, Bí
thư Đảng ủy`), before it (`Bí thư Thành ủy Nguyễn B`), once before a list (`các đồng chí Phó Chủ tịch: Lê C, Đinh D`).
"""

import re
from collections.abc import Iterator

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Person
from nhiemky.reading.text import Page, canon
from nhiemky.reading.vocab import pattern, words

WHY = {
    "people.roles": "Tên có chức danh công khai đứng trước hoặc sau: «đồng chí Phạm Văn A, Bí thư Đảng ủy».",
}
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_RUN = re.compile(rf"([{_UPPER}][^\W\d_]*+)(?:[ \u00a0][{_UPPER}][^\W\d_]*+)++")
_SURNAMES = frozenset(words("surnames"))
_PROVINCES = frozenset(words("provinces"))
_HEADS = words("roles")
_VERBS = words("verbs_of_people")
_SEPARATOR = re.compile(r"\s*[,:(–—-]\s*")
# a stop, a dash with a space, a verb, or other people; it begins with a plain set of characters, which is quick to find
_ROLE_END = pattern(
    r"[\s,;:.()\"/-](?:(?<=[,;:.()\n\"/])|(?<=-)\s|(?<=\s)\s*(?:[,;:.()\n\"/-]|(?:{verb})(?![^\W_])"
    r"|và\s+(?:các\s+)?(?:đồng chí|đại diện|lãnh đạo|toàn thể|một số|đoàn|đông đảo|ông|bà|cán bộ)))",
    verb=_VERBS,
)
_BETWEEN_ROLES = re.compile(r",| [-–—] ")
_ADDRESSES = ("chí", "đ/c", "ông", "bà")
_ADDRESS = re.compile(r"[,\s]*(?:là\s+)?(?:các\s+)?(?<!\w)(?:đồng chí|đ/c|ông|bà)$", re.IGNORECASE)  # not `Hà Đông`
_STOPS_BEFORE = tuple('.;:()\n"')
_NO_ROLE_BEFORE = frozenset(("do", "của", "cùng", "và", "với", "cho"))
_LAST_OF_ROLE = frozenset(("bí thư", "chủ tịch", "ủy viên"))
_NOT_OF_A_PERSON = frozenset(
    ("phường", "xã", "quận", "huyện", "tỉnh", "phố", "trấn", "đường", "trường", "thôn", "chợ", "khu", "cầu")
)


Openings = dict[str, list[list[str]]]  # first word → the phrases that begin with it, each as its words


def _openings(phrases: tuple[str, ...]) -> Openings:
    found: Openings = {}
    for phrase in phrases:
        said = phrase.split()
        found.setdefault(said[0], []).append(said)
    return found


_ROLE_OPENINGS = _openings(_HEADS)
_VERB_OPENINGS = _openings(_VERBS)
_HEADS_BY_LETTERS = {head[:2]: tuple(other for other in _HEADS if other[:2] == head[:2]) for head in _HEADS}


MARKS = dict.fromkeys(_HEADS, "role")  # noted by the engine
_REACH = 130  # characters between a role and the name it belongs to
_RUN_LENGTH = 80  # how far behind its reach a run is read at first


_PLACE_BEFORE = ("ủy ", "phường ", "xã ", "quận ", "huyện ", "tỉnh ", "thành phố ", "thị xã ", "thị trấn ")


def _reaches(marks: list[Mark]) -> list[tuple[int, int]]:
    """The stretches of text within reach of a role, those that meet in one."""
    found: list[tuple[int, int]] = []
    if not marks:
        return found
    start, end = max(0, marks[0].start - _REACH), marks[0].end + _REACH
    for mark in marks:
        if mark.start - _REACH > end:
            found.append((start, end))
            start = mark.start - _REACH
        end = mark.end + _REACH
    return [*found, (start, end)]


def _runs(page: Page, marks: list[Mark]) -> Iterator[re.Match[str]]:
    """Runs of capitalised words within reach of a role, and the lists of names that go on from there."""
    text, done = page.text, 0
    for start, end in _reaches(marks):
        start = max(done, start)
        if start >= end:
            continue
        if start > done and text[start - 1].isalpha():  # begin at a word
            start = text.find(" ", start, end) + 1 or start
        while True:
            limit = end + _RUN_LENGTH
            run = _RUN.search(text, start, limit)
            if run is not None and run.end() >= limit - 1:
                run = _RUN.search(text, start)  # it may go on
            if run is None or run.start() >= end:
                break
            yield run
            start = run.end()
            end = max(end, start + 4)
        done = end


def find(page: Page, marks: list[Mark]) -> list[Person]:
    """Everyone with a public role, once each; `marks` are the heads of roles that the engine met."""
    known: dict[str, Person] = {}
    shared: tuple[int, str] | None = None  # where a list of names under one role goes on, and the role
    for run in _runs(page, marks):
        first = run.group(1)
        placed = page.low.endswith(_PLACE_BEFORE, 0, run.start())
        if first.lower() not in _SURNAMES and not first.isupper() and not placed:
            continue
        named = _name(page, run)
        if named is None:
            continue
        name, start, end = named
        key = name.lower()
        if key in known:
            continue
        behind, finish = _roles_behind(page, end)
        before, begin = ([], start) if behind else _roles_before(page, start, end, named_long=name.count(" ") > 1)
        roles = [*before, *behind]
        if not roles:
            role = shared[1] if shared and 0 <= start - shared[0] <= 3 else _role_of_list(page, start)
            roles = [role] if role else []
            shared = (end, role) if role else None
        if roles:
            known[key] = Person(name, tuple(roles), (begin, max(end, finish)), 0.9, "people.roles")
    return list(known.values())


def _name(page: Page, run: "re.Match[str]") -> tuple[str, int, int] | None:
    """The person's name in a run of capitalised words with its bounds: from the family name on, two to four."""
    parts = run.group().replace("\u00a0", " ").split(" ")
    at = run.start()
    if len(parts) >= 4 and page.low.endswith(_PLACE_BEFORE, 0, at):  # `Quận ủy Hà Đông Nguyễn Văn An`: the place first
        skipped = next((i for i in (2, 1, 3) if i + 1 < len(parts) and parts[i].lower() in _SURNAMES), 0)
        at += sum(len(part) + 1 for part in parts[:skipped])
        parts = parts[skipped:]
    for index, part in enumerate(parts[:-1]):
        if index and not parts[index - 1].isupper():  # only `UBND TP HCM Lê Văn A` goes on; `Bồ Đào Nha` is no Đào
            return None
        if part.lower() in _SURNAMES:
            kept = parts[index : index + 4]
            while len(kept) > 2 and " ".join(kept[-2:]).lower() in _LAST_OF_ROLE:
                kept = kept[:-2]
            name = " ".join(kept)
            if len(kept) < 2 or _mixes_cases(name, kept) or name.lower() in _PROVINCES:
                return None
            return name, at, at + len(name)
        at += len(part) + 1
    return None


def _mixes_cases(name: str, parts: list[str]) -> bool:
    """A word in capitals among others: `Đoàn TNCS`."""
    return not name.istitle() and not name.isupper() and any(part[1:].isupper() for part in parts)


def _roles_behind(page: Page, start: int) -> tuple[list[str], int]:
    """Roles written behind a name, each after a comma or a dash."""
    low, end = page.low, start
    roles: list[str] = []
    while len(roles) < 6:
        separator = _SEPARATOR.match(low, end)
        if separator is None or "\n" in separator.group():
            break
        begin = separator.end()
        if not _is_role(low, begin):
            break
        limit = min(len(low), begin + 120)
        stop = _ROLE_END.search(low, begin + 2, limit)
        end = stop.start() if stop else limit
        roles.append(_tidy(page.text[begin:end]))
        if stop is None or stop.group().strip()[:1] not in (",", "-"):
            break
    return roles, end


def _is_role(low: str, start: int) -> bool:
    """Whether the head of a role begins at `start`."""
    for head in _HEADS_BY_LETTERS.get(low[start : start + 2], ()):
        if low.startswith(head, start) and not low[start + len(head) : start + len(head) + 1].isalnum():
            return True
    return False


def _tidy(role: str) -> str:
    return " ".join(role.split()).strip(" -–—,")


def _roles_before(page: Page, start: int, end: int, *, named_long: bool) -> tuple[list[str], int]:
    """Roles that run up to a name: back to a verb, a stop or sixteen words, then from the first head of a role on."""
    floor = max(0, start - 120)
    clause = page.low[floor:start]
    cut = max(map(clause.rfind, _STOPS_BEFORE))
    dash = clause.rfind(" - ")
    if dash > cut and not _is_role(clause, dash + 3):
        cut = dash + 2
    low_words = [word.strip(",") for word in page.low[floor + cut + 1 : start].split()[-18:]]
    if not low_words:
        return [], start
    last = low_words[-1]
    if last in _NO_ROLE_BEFORE:
        return [], start
    if last in _NOT_OF_A_PERSON and not (named_long and _ROLE_END.match(page.low, end)):
        return [], start
    text_words = page.text[floor + cut + 1 : start].split()[-18:]
    index = _first_role(low_words, _after_last_verb(text_words, low_words))
    if index is None:
        return [], start
    said = " ".join(text_words[index:])
    if last.endswith(_ADDRESSES):
        said = _ADDRESS.sub("", said)
    roles = []
    for piece in _BETWEEN_ROLES.split(said):
        role = _tidy(piece)
        if _is_role(canon(role), 0):
            roles.append(role)
    return roles, page.text.rfind(text_words[index], 0, start)


def _after_last_verb(texts: list[str], lows: list[str]) -> int:
    """A verb in small letters ends what belongs to a name: `làm việc với`; `Ban Chỉ đạo` has none."""
    for index in range(len(lows) - 1, -1, -1):
        if lows[index] in _VERB_OPENINGS and texts[index][0].islower() and _opens(lows, index, _VERB_OPENINGS):
            return index + 1
    return 0


def _first_role(lows: list[str], start: int) -> int | None:
    for index in range(start, len(lows)):
        if lows[index] in _ROLE_OPENINGS and _opens(lows, index, _ROLE_OPENINGS):
            return index
    return None


def _opens(lows: list[str], index: int, openings: Openings) -> bool:
    return any(lows[index : index + len(phrase)] == phrase for phrase in openings[lows[index]])


def _role_of_list(page: Page, start: int) -> str | None:
    """The role before a colon that a list of names follows."""
    clause = page.low[max(0, start - 90) : start].rstrip()
    if not clause.endswith(":"):
        return None
    floor = max(0, start - 90) + max(clause.rfind(c) for c in ".;\n") + 1
    text_words = page.text[floor:start].rstrip(" :\u00a0").split()
    lows = [canon(w).strip(",") for w in text_words]
    index = _first_role(lows, 0)
    return _tidy(" ".join(text_words[index:])) if index is not None else None
