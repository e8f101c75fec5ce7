"""People acting in a public role at the event: name and roles as first written. No one else is kept.

A name is a run of capitalised syllables that holds a family name. Its roles stand behind it (`Phạm A, Thành ủy viên, Bí
thư Đảng ủy`), before it (`Bí thư Thành ủy Nguyễn B`), once before a list (`các đồng chí Phó Chủ tịch: Lê C, Đinh D`).
"""

import re
from collections.abc import Iterator

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Person
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import pattern, words

WHY = {
    "people.roles": "A name with a public role before or behind it: «đồng chí Phạm Văn A, Bí thư Đảng ủy».",
}
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_RUN = re.compile(rf"([{_UPPER}][^\W\d_]*)(?:[ \u00a0][{_UPPER}][^\W\d_]*)+")
_SURNAMES = frozenset(words("surnames"))
_PROVINCES = frozenset(words("provinces"))
_HEADS = words("roles")
_VERBS = words("verbs_of_people")
_ROLE_HERE = pattern(r"({head})(?![^\W_])", head=_HEADS)
_SEPARATOR = re.compile(r"\s*[,:]\s*|\s*[-–—]\s*|\s*\(\s*")
_ROLE_END = pattern(
    r"\s*(?:[,;:.()\n\"/]|\s-|-\s)|\s+(?:{verb})(?![^\W_])"
    r"|\s+và\s+(?:các\s+)?(?:đồng chí|đại diện|lãnh đạo|toàn thể|một số|đoàn|đông đảo|ông|bà|cán bộ)",
    verb=_VERBS,
)
_NOT_OF_A_PERSON = frozenset(
    ("phường", "xã", "quận", "huyện", "tỉnh", "phố", "trấn", "đường", "trường", "thôn", "chợ", "khu", "cầu")
)


def _openings(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """First word → the phrases that begin with it."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], []).append(phrase)
    return {word: tuple(listed) for word, listed in found.items()}


_ROLE_OPENINGS = _openings(_HEADS)
_VERB_OPENINGS = _openings(_VERBS)


MARKS = dict.fromkeys(_HEADS, "role")  # noted by the engine
_REACH = 130  # characters between a role and the name it belongs to


def _runs(page: Page, marks: list[Mark]) -> Iterator[re.Match[str]]:
    """Runs of capitalised words within reach of a role, and the lists of names that go on from there."""
    done = 0
    for mark in marks:
        start, end = max(done, mark.start - _REACH), mark.end + _REACH
        if start >= end:
            continue
        if start > done and page.text[start - 1].isalpha():  # begin at a word
            start = page.text.find(" ", start, end) + 1 or start
        for run in _RUN.finditer(page.text, start):
            if run.start() >= end:
                break
            done = run.end()
            end = max(end, run.end() + 4)
            yield run
        done = max(done, end)


def find(page: Page, marks: list[Mark]) -> list[Person]:
    """Everyone with a public role, once each; `marks` are the heads of roles that the engine met."""
    known: dict[str, Person] = {}
    shared: tuple[int, str] | None = None  # where a list of names under one role goes on, and the role
    for run in _runs(page, marks):
        first = run.group(1)
        if first.lower() not in _SURNAMES and not first.isupper():
            continue
        named = _name(run)
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


def _name(run: "re.Match[str]") -> tuple[str, int, int] | None:
    """The person's name in a run of capitalised words with its bounds: from the family name on, two to four."""
    parts = run.group().replace("\u00a0", " ").split(" ")
    at = run.start()
    for index, part in enumerate(parts[:-1]):
        if index and not parts[index - 1].isupper():  # only `UBND TP HCM Lê Văn A` goes on; `Bồ Đào Nha` is no Đào
            return None
        if part.lower() in _SURNAMES:
            kept = parts[index : index + 4]
            while len(kept) > 2 and " ".join(kept[-2:]).lower() in ("bí thư", "chủ tịch", "ủy viên"):
                kept = kept[:-2]
            name = " ".join(kept)
            odd = not name.isupper() and any(p[1:].isupper() for p in kept if p[1:])
            if len(kept) < 2 or odd or name.lower() in _PROVINCES:
                return None
            return name, at, at + len(name)
        at += len(part) + 1
    return None


def _roles_behind(page: Page, start: int) -> tuple[list[str], int]:
    """Roles written behind a name, each after a comma or a dash."""
    roles: list[str] = []
    end = start
    while len(roles) < 6:
        separator = _SEPARATOR.match(page.low, end)
        if separator is None or "\n" in separator.group():
            break
        begin = separator.end()
        if page.low[begin : begin + 8].split(" ")[0] not in _ROLE_OPENINGS or not _ROLE_HERE.match(page.low, begin):
            break
        stop = _ROLE_END.search(page.low, begin + 2, min(len(page.low), begin + 120))
        finish = stop.start() if stop else min(len(page.low), begin + 120)
        roles.append(_tidy(page.text[begin:finish]))
        end = finish
        if stop is None or stop.group().strip()[:1] not in (",", "-", "–", "—"):
            break
    return roles, end


def _tidy(role: str) -> str:
    return " ".join(role.split()).strip(" -–—,")


def _roles_before(page: Page, start: int, end: int, *, named_long: bool) -> tuple[list[str], int]:
    """Roles that run up to a name: back to a verb, a stop or sixteen words, then from the first head of a role on."""
    floor = max(0, start - 120)
    clause = page.low[floor:start]
    cut = max(clause.rfind("."), clause.rfind(";"), clause.rfind(":"), clause.rfind("("), clause.rfind("\n"))
    cut = max(cut, clause.rfind(")"), clause.rfind('"'))
    dash = clause.rfind(" - ")
    floor += max(cut + 1, 0)
    if dash > cut and not _ROLE_HERE.match(clause, dash + 3):
        floor += dash + 3 - max(cut + 1, 0)
    text_words = page.text[floor:start].split()[-18:]
    if not text_words:
        return [], start
    low_words = [w.lower().strip(",") for w in text_words]
    place = low_words[-1] in _NOT_OF_A_PERSON
    if (place and not (named_long and _ROLE_END.match(page.low, end))) or low_words[-1] in (
        "do",
        "của",
        "cùng",
        "và",
        "với",
        "cho",
    ):
        return [], start
    first = _after_last_verb(text_words, low_words)
    index = next((i for i in range(first, len(low_words)) if _opens(low_words, i, _ROLE_OPENINGS)), None)
    if index is None:
        return [], start
    said = " ".join(text_words[index:])
    said = re.sub(r"[,\s]*(?:là\s+)?(?:các\s+)?(?:đồng chí|đ/c|ông|bà)$", "", said, flags=re.IGNORECASE)
    roles = [_tidy(r) for r in re.split(r",| [-–—] ", said) if r.strip()]
    roles = [r for r in roles if _ROLE_HERE.match(" ".join(r.lower().split()))]
    return roles, page.text.rfind(text_words[index], 0, start)


def _after_last_verb(texts: list[str], lows: list[str]) -> int:
    """A verb in small letters ends what belongs to a name: `làm việc với`; `Ban Chỉ đạo` has none."""
    for index in range(len(lows) - 1, -1, -1):
        if texts[index][0].islower() and _opens(lows, index, _VERB_OPENINGS):
            return index + 1
    return 0


def _opens(lows: list[str], index: int, openings: dict[str, tuple[str, ...]]) -> bool:
    return any(
        width == 1 or " ".join(lows[index : index + width]) == phrase
        for phrase in openings.get(lows[index], ())
        for width in (phrase.count(" ") + 1,)
    )


def _role_of_list(page: Page, start: int) -> str | None:
    """The role before a colon that a list of names follows."""
    clause = page.low[max(0, start - 90) : start].rstrip()
    if not clause.endswith(":"):
        return None
    floor = max(0, start - 90) + max(clause.rfind(c) for c in ".;\n") + 1
    text_words = page.text[floor:start].rstrip(" :\u00a0").split()
    lows = [w.lower().strip(",") for w in text_words]
    index = next((i for i in range(len(lows)) if _opens(lows, i, _ROLE_OPENINGS)), None)
    return _tidy(" ".join(text_words[index:])) if index is not None else None
