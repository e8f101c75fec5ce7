"""The person's name in a run of capitalised words: from the family name on, two to four syllables; `people` asks."""

import re
from collections.abc import Iterator

from nhiemky.reading.engine import Mark
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import words

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_SYLLABLE = rf"[{_UPPER}](?:['’][{_UPPER}])?+[A-Za-zÀ-ỹ]*+"  # `H'Liêng`
RUN = re.compile(rf"({_SYLLABLE})(?:[ \u00a0]{_SYLLABLE})++")
_SURNAMES = frozenset(words("surnames"))
_PROVINCES = frozenset(words("provinces"))
_TITLES = frozenset(("ông", "bà", "anh", "chị", "ts", "ths", "pgs", "gs", "bs", "ks", "cô", "thầy"))
# as a run may begin with them
FIRSTS = frozenset(form for word in (*_SURNAMES, *_TITLES) for form in (word.title(), word.upper()))
# what ends the name of a body and stands right before the person's: `Hội Luật gia Việt Nam Nguyễn Văn An`
_BODY_ENDS = frozenset((*_PROVINCES, "đảng", "việt nam"))
_IN_A_STREET = re.compile(r"(?:chung cư|số|nhà|ngõ|hẻm)\s\d+[a-z]?(?:/\d+)* $")  # `chung cư 56 Trần Hưng Đạo`
_LAST_OF_ROLE = frozenset(("bí thư", "chủ tịch", "ủy viên"))
# `Đoàn Thư ký`
_NOT_NAMED_SO = {"Thư": " ký", "Chủ": " tịch", "Bí": " thư", "Giám": " đốc", "Thanh": " niên", "Đại": " biểu"}
_FIELDS = ("tế", "khoa", "dược", "học")  # `Sở Y Tế`, but `Y Mửi`
_AREAS = ("phường ", "xã ", "quận ", "huyện ", "tỉnh ", "thành phố ", "thị xã ", "thị trấn ", "đảo ", "đặc khu ")
_PLACE_BEFORE = ("ủy ", *_AREAS)

_REACH = 130  # characters between a role and the name it belongs to
_RUN_LENGTH = 80  # how far behind its reach a run is read at first

Named = tuple[str, int, int]


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


def runs(page: Page, marks: list[Mark]) -> Iterator[re.Match[str]]:
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
            run = RUN.search(text, start, limit)
            if run is not None and run.end() >= limit - 1:
                run = RUN.search(text, start)  # it may go on
            if run is None or run.start() >= end:
                break
            yield run
            start = run.end()
            end = max(end, start + 4)
        done = end


def name_in(page: Page, run: re.Match[str]) -> Named | None:
    """The person's name in a run of capitalised words with its bounds: from the family name on, two to four."""
    first, at = run.group(1), run.start()
    placed = page.low.endswith(_PLACE_BEFORE, 0, at)
    if at > 2 and page.low[at - 2].isdecimal() and _IN_A_STREET.search(page.low, max(0, at - 20), at):
        return None
    parts = run.group().replace("\u00a0", " ").split(" ")
    if not (first in FIRSTS or placed or first.isupper()) and _body_end(parts) == 0:
        return None
    while len(parts) > 2 and parts[0].lower() in _TITLES and not placed:  # `Thành ủy Bà Rịa`
        at += len(parts[0]) + 1
        parts = parts[1:]
    skipped = _places(parts, placed)
    at += sum(len(part) + 1 for part in parts[:skipped])
    parts = parts[skipped:]
    for index, part in enumerate(parts[:-1]):
        if index and not parts[index - 1].isupper():  # only `UBND TP HCM Lê Văn A` goes on; `Bồ Đào Nha` is no Đào
            return None
        if part.lower() in _SURNAMES:
            if len(parts) - index == 2 and page.low.endswith(_AREAS, 0, at):  # `huyện Triệu Sơn`
                return None
            return _cut(page, parts[index : index + 4], at)
        at += len(part) + 1
    return None


def _places(parts: list[str], placed: bool) -> int:
    """How many words of a run are the place before a name: `UBND TP Hà Nội Nguyễn Văn An`, `Hà Đông Nguyễn Văn An`."""
    skipped = 0
    for index in range(min(3, len(parts) - 3)):
        named = _body_end(parts[index:])
        if named and index + named + 1 < len(parts):
            skipped = index + named
            break
    rest = parts[skipped:]
    if placed and len(rest) >= 4:
        likely = (2, 1, 3) if len(rest) < 6 else (2, 3, 1)  # a name has four syllables at most
        more = next((i for i in likely if i + 1 < len(rest) and rest[i].lower() in _SURNAMES), 0)
        if more == 2 and rest[2].lower() == "văn" and rest[1].lower() in _SURNAMES:  # `Bà Trần Văn An`
            more = 1
        skipped += more
    return skipped


def _body_end(parts: list[str]) -> int:
    """How many of the first words end the name of a body: two of `Việt Nam Lê An`, one of `Đảng Lê An`."""
    return next((n for n in (3, 2, 1) if " ".join(parts[:n]).lower() in _BODY_ENDS), 0)


def _cut(page: Page, kept: list[str], at: int) -> Named | None:
    """The syllables of a name without what belongs to the role behind it; None where they are no name."""
    while len(kept) > 2 and " ".join(kept[-2:]).lower() in _LAST_OF_ROLE:
        kept = kept[:-2]
    name = " ".join(kept)
    if kept[-1] in _NOT_NAMED_SO and page.low.startswith(_NOT_NAMED_SO[kept[-1]], at + len(name)):
        kept = kept[:-1]
        name = " ".join(kept)
    if kept[0] == "Y" and kept[1:2] and kept[1].lower() in _FIELDS:
        return None
    if len(kept) < 2 or not (name.istitle() or _in_one_case(name, kept)) or name.lower() in _PROVINCES:
        return None
    return name, at, at + len(name)


def _in_one_case(name: str, parts: list[str]) -> bool:
    """Not a word in capitals among others: `Đoàn TNCS`."""
    return name.isupper() or not any(part[1:].isupper() for part in parts)
