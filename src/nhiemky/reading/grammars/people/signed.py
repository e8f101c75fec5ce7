"""Who signs a document: an office alone on its line in capitals, the name on the next line that has anything on it."""

import re

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Person
from nhiemky.reading.grammars.people.names import RUN, name_in
from nhiemky.reading.text import Page

_OFFICE = re.compile(r"(?m)^[ \t]*([^\n]{3,60}?)[ \t]*\n")
_SIGNED = re.compile(r"(?:\s*\(?(?:đã ký|ký tên)[^\n]{0,30}\n)?\s*")
_ALONE = ("\n", "\t", " ", "")  # what may stand behind the name


def signed(page: Page, mark: Mark, rule: str) -> Person | None:
    """`PHÓ CHỦ TỊCH`, then perhaps `(Đã ký)`, then `Nguyễn Văn An`; `mark` is the head of the office."""
    text = page.text
    if not text[mark.start : mark.end].isupper():
        return None
    office = _OFFICE.match(text, page.line_at(mark.start)[0])
    if office is None or office.start(1) != mark.start or not office.group(1).isupper():
        return None
    gap = _SIGNED.match(page.low, office.end())
    run = RUN.match(text, gap.end()) if gap else None
    named = name_in(page, run) if run else None
    if named is None or text[named[2] : named[2] + 1] not in _ALONE:
        return None
    return Person(named[0], (office.group(1),), (mark.start, named[2]), 0.9, rule)
