"""People acting in a public role at the event: name and roles as first written. No one else is kept.

`đồng chí Phạm A, Thành ủy viên, Bí thư Đảng ủy`; `Bí thư Thành ủy Nguyễn B`; `các đồng chí Phó Chủ tịch UBND tỉnh: Lê C, Đinh D`.
"""

import re

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Person
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import pattern, words

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_SURNAMES = words("surnames")
# a name: surname, one to three more syllables, each capitalised; the surname decides where it begins
_SYLLABLE = rf"[{_UPPER}][^\W\d_]*"
_FULL = re.compile(rf"({_SYLLABLE}(?:[ \u00a0]{_SYLLABLE}){{1,4}})")
_SURNAME = frozenset(_SURNAMES)
_PROVINCES = frozenset(words("provinces"))
_HEAD = words("roles")
_ROLE_START = pattern(r"\s*({head})(?![^\W_])", head=_HEAD)
_SEPARATOR = re.compile(r"\s*[,:–—-]\s*|\s*\(\s*")
# a role ends at punctuation, a dash with spaces or a glued dash, or a verb
_ROLE_END = pattern(
    r"\s*(?:[,;:.()\n\"/]|\s[-–—]|[-–—]\s)|\s+(?:{verb})(?![^\W_])", verb=words("verbs_of_people")
)
_ANY_VERB = pattern(r"(?<![^\W_])(?:{verb})(?![^\W_])", verb=words("verbs_of_people"))
_VERB = pattern(r"\s*,?\s*(?:{verb})(?![^\W_])", verb=words("verbs_of_people"))
_CALL = re.compile(r"(?:đồng chí|các đồng chí|đ/c|ông|bà)\s*:?\s*")


def _name(page: Page, start: int, end: int | None = None) -> tuple[str, int] | None:
    """A person's name at `start`: its text and end."""
    found = _FULL.match(page.text, start)
    if found is None:
        return None
    parts = found.group(1).replace("\u00a0", " ").split(" ")
    if parts[0].lower() not in _SURNAME:
        return None
    length = len(parts[0])
    kept = [parts[0]]
    for part in parts[1:4]:
        at = start + length + 1
        if _ROLE_START.match(page.low, at) is not None and len(kept) >= 2:  # `Lê Văn A Bí thư …`
            break
        kept.append(part)
        length += 1 + len(part)
    name = " ".join(kept)
    if len(kept) < 2 or name.lower() in _PROVINCES or (not name.isupper() and any(p[1:].isupper() for p in kept if p[1:])):
        return None
    return name, start + length


def _roles(page: Page, start: int) -> tuple[list[str], int]:
    """Roles written behind a name, each after a comma or a dash."""
    roles: list[str] = []
    end = start
    while len(roles) < 6:
        separator = _SEPARATOR.match(page.low, end)
        if separator is None:
            break
        begin = separator.end()
        if _ROLE_START.match(page.low, begin) is None or page.text[begin : begin + 1] == "\n":
            break
        stop = _ROLE_END.search(page.low, begin + 2, min(len(page.low), begin + 120))
        finish = stop.start() if stop else min(len(page.low), begin + 120)
        roles.append(_tidy(page.text[begin:finish]))
        end = finish
        if stop is None or stop.group().strip()[:1] not in (",", "-", "–", "—"):
            break
    return roles, end


def _tidy(role: str) -> str:
    return " ".join(role.split()).strip(" -–—")


def _called(page: Page, match: re.Match[str]) -> list[Person] | None:
    """`đồng chí` + name + roles, or a list of names behind `các đồng chí:`; a role before the name too."""
    people: list[Person] = []
    at = match.end()
    while True:
        named = _name(page, at)
        if named is None:
            break
        name, end = named
        roles, finish = _roles(page, end)
        if roles or _VERB.match(page.low, end):
            people.append(Person(name, tuple(roles), (at, max(end, finish)), 0.95 if roles else 0.7, "people.called"))
        elif not people:
            break
        following = re.compile(r"\s*[,;]\s*(?:và\s+)?(?:đồng chí\s+)?|\s+và\s+(?:đồng chí\s+)?").match(page.low, finish)
        if following is None:
            break
        at = following.end()
    return people or None


def _with_role_before(page: Page, match: re.Match[str]) -> list[Person] | None:
    """`Bộ trưởng Bộ Tư pháp Lê Thành A`: the role runs up to the surname."""
    if match.start() and page.low[match.start() - 1] == "/":
        return None
    limit = min(len(page.text), match.start() + 110)
    stop = re.compile(r"[.;:()\n\"]|\s[-–—]\s").search(page.low, match.end(), limit)
    limit = stop.start() if stop else limit
    roles_text_start = match.start()
    for found in re.compile(rf"(?<=[ \u00a0]){_SYLLABLE}").finditer(page.text, match.end(), limit):
        if found.group().lower() not in _SURNAME:
            continue
        named = _name(page, found.start())
        if named is None or not _stands_as_name(page, named, found.start()):
            continue
        role_text = page.text[roles_text_start : found.start()]
        if _has_verb(role_text):
            return None
        if role_text.count(",") > 2 or re.search(r"(?:đồng chí|do|của|cùng|và)\s*$", role_text.lower()):
            if not re.search(r"đồng chí\s*$", role_text.lower()):
                return None
            role_text = re.sub(r"(?i)[,\s]*(?:là\s+)?đồng chí\s*$", "", role_text)
        roles = tuple(_tidy(r) for r in re.split(r",| [-–—] ", role_text) if _ROLE_START.match(r.strip().lower()))
        if not roles:
            return None
        behind, finish = _roles(page, named[1])
        return [Person(named[0], (*roles, *behind), (roles_text_start, max(finish, named[1])), 0.9, "people.role_first")]
    return None


def _has_verb(role: str) -> bool:
    """A verb in small letters ends a role: `Bí thư Thành ủy làm việc với …`; `Ban Chỉ đạo` has none."""
    return any(role[m.start()].islower() for m in _ANY_VERB.finditer(role.lower()))


def _stands_as_name(page: Page, named: tuple[str, int], start: int) -> bool:
    """Two syllables after a body's name are a place (`Bí thư Quận ủy Hai Bà Trưng`) unless a verb or stop follows."""
    before = page.low[max(0, start - 14) : start].split()
    return not (before and before[-1] in ("phường", "xã", "quận", "huyện", "tỉnh", "phố", "trấn", "đường", "trường"))


def _listed(page: Page, match: re.Match[str]) -> list[Person] | None:
    """`các đồng chí Phó Chủ tịch UBND tỉnh: Lê A, Đinh B`: one role, many names."""
    role = _tidy(page.text[match.start(1) : match.end(1)])
    people: list[Person] = []
    at = match.end()
    while (named := _name(page, at)) is not None:
        people.append(Person(named[0], (role,), (at, named[1]), 0.9, "people.listed"))
        comma = re.compile(r"\s*,\s*").match(page.low, named[1])
        if comma is None:
            break
        at = comma.end()
    return people or None


RULES = (
    Rule("people.called", ("đồng chí", "đ/c", "ông", "bà"),
         re.compile(r"(?:đồng chí|đ/c|ông|bà)\s*:?\s*"), _called,
         "A name behind a form of address, its roles after it: «đồng chí Phạm Văn A, Bí thư Đảng ủy»."),
    Rule("people.listed", ("đồng chí",),
         pattern(r"đồng chí\s+((?:{head})[^:.;\n]{0,60}):\s*", head=_HEAD), _listed,
         "One role for a list of names: «các đồng chí Phó Chủ tịch UBND tỉnh: Lê A, Đinh B»."),
    Rule("people.role_first", _HEAD, pattern(r"{head}(?![^\W_])", head=_HEAD), _with_role_before,
         "A role that runs up to a name: «Bí thư Thành ủy Nguyễn Văn B»."),
)  # fmt: skip


def once(found: list[list[Person]]) -> list[Person]:
    """Each person once, with the roles first written; a mention without role only when nothing better is known."""
    known: dict[str, Person] = {}
    for person in (p for group in found for p in group):
        last = known.get(person.name.lower())
        if last is None or (not last.roles and person.roles):
            known[person.name.lower()] = person
    return [p for p in known.values() if p.roles]
