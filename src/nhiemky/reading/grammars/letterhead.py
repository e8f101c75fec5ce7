"""The head of an official document: upper body, issuing body, number, place and day, kind in capitals, subject.

`read` asks here first; a page of a portal has none and is asked for its title.
"""

import re
from collections.abc import Iterator

from nhiemky.reading.text import Header, Page
from nhiemky.reading.vocab import pattern, words

_REACH = 1500  # characters in which a letterhead ends
_KINDS = frozenset(words("documents"))
_KIND = pattern(r"[ \t]*{name}(?![^\W_])[^\n]*", name=words("documents"))
_STATE = re.compile(r"đảng cộng sản việt nam|cộng hòa xã hội chủ nghĩa|(?:^|\n)\s*số\s*[:.]?[^\n]{0,20}[-/][^\n]{0,12}")
# a line that names a body, in capitals: the last of them issues
_BODY = re.compile(
    r"(?m)^[ \t]*(?:đảng (?:ủy|bộ)|ubnd|ủy ban|hđnd|hội đồng nhân dân|(?:tỉnh|thành|huyện|quận|thị) ủy|chi bộ|xã"
    r"|phường)(?![^\W_])[^\n]{0,80}"
)
_NEXT_LINE = re.compile(r"[ \t]*\n\s*([^\n]+)")
_NO_SUBJECT = re.compile(r"[-_*=–—\s]+$|[-+*]?\s*(?:căn cứ|kính gửi|thực hiện|phần|thưa)(?![^\W_])|[ivx\d]+[.)]")
_MOST = 400  # characters of a subject
_OPENING = 1100


def letterhead_of(page: Page) -> Header | None:
    """`ĐẢNG ỦY PHƯỜNG AN BÌNH … Số 12-BC/ĐU … BÁO CÁO` and the lines below it: title, opening, and who issues."""
    text, low = page.text, page.low
    for kind in _kinds(page):
        line = text[kind.start() : kind.end()].strip()
        bodies = [b for b in _BODY.finditer(low, 0, kind.start()) if text[b.start() : b.end()].isupper()]
        if not bodies or not (_STATE.search(low, 0, kind.start()) or low[bodies[-1].end() : kind.start()].isspace()):
            return None
        start = kind.end() - len(text[kind.start() : kind.end()].lstrip())
        end = _subject_end(page, start + len(line), alone=line.lower() in _KINDS)
        title = " ".join(text[start:end].split())
        opening = (end, min(len(text), end + _OPENING))
        return Header(
            title if len(title) <= _MOST else line, (start, end), opening, (bodies[0].start(), bodies[-1].end())
        )
    return None


def _kinds(page: Page) -> Iterator[re.Match[str]]:
    """Lines in capitals that begin with the kind of a document."""
    text, start, limit = page.text, 0, min(len(page.text), _REACH)
    while start < limit:
        end = text.find("\n", start, limit)
        end = limit if end < 0 else end
        kind = _KIND.match(page.low, start, limit) if text[start:end].isupper() else None
        if kind is not None:
            yield kind
        start = end + 1


def _subject_end(page: Page, end: int, *, alone: bool) -> int:
    """Where the subject ends: the line below a kind that stands alone, and what its lines wrap into."""
    text, first = page.text, end
    while (following := _NEXT_LINE.match(text, end)) is not None and following.end() - first < _MOST:
        at = following.start(1)
        wraps = text[at].islower() or following.group(1).isupper()
        if _NO_SUBJECT.match(page.low, at):
            break
        if not alone and (not wraps or text[end - 1] in ".:;" or text.count("\n", end, at) > 1):
            break
        end, alone = at + len(following.group(1).rstrip()), False
    return end
