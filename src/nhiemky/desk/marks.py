"""Text and spans → paragraphs of pieces, each with the facts that cover it: what the Read screen prints on the left.

Pure: called by the Read view. Overlapping spans are cut at every border, so no piece is printed twice.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nhiemky.reading.text import canon
from nhiemky.reading.vocab import words

# Lines that a portal prints around an article. Only a line that holds nothing marked is dimmed, and nothing is hidden.
_FURNITURE = re.compile(
    r"\s*(thời tiết|tỷ giá|tỉ giá|giá vàng|đang (truy cập|online)|lượt (truy cập|xem|đọc)|tổng (số )?(lượt )?truy cập|"
    r"hôm nay(?=\s*:)|hôm qua(?=\s*:)|số người|trang chủ|liên kết|chia sẻ|in (bài|trang)|gửi email|cỡ chữ|"
    r"quay lại|đầu trang|tin (liên quan|khác|mới|cùng)|các tin|bản quyền|©|đăng nhập|tìm kiếm|sơ đồ|rss|facebook|zalo|"
    r"đánh giá bài viết|ý kiến|bình luận|từ khóa|chuyên mục|menu|trực tuyến|ngày đăng|đăng ngày|đang online|online)\b",
    re.IGNORECASE,
)
_RANK = {"result": 0, "target": 0, "task": 1, "date": 1, "warn": 3, "span": 4}
_SENTENCE = re.compile(r"[.;,!?]\s|[.!?]$")


@dataclass(frozen=True)
class Mark:
    """A span and what it belongs to. `key` names the proposal (`p12`) or question (`q3`); `tone` is its style."""

    start: int
    end: int
    key: str
    tone: str
    label: str
    done: bool = False


@dataclass(frozen=True)
class Piece:
    """A run of text under the same marks; `first` says that its leading mark begins here."""

    text: str
    marks: tuple[Mark, ...]
    first: bool = False

    @property
    def lead(self) -> Mark | None:
        """The mark a click selects: figures before tasks, tasks before names, the shortest first, a warning last."""
        return min(self.marks, key=lambda mark: (_RANK.get(mark.tone, 2), mark.end - mark.start), default=None)

    @property
    def warned(self) -> bool:
        return any(mark.tone == "warn" for mark in self.marks)

    @property
    def keys(self) -> str:
        return " ".join(mark.key for mark in self.marks)


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    start: int
    furniture: bool = False


def paragraphs(text: str, marks: Iterable[Mark]) -> list[Paragraph]:
    """Every non-blank line of the text, cut into pieces at the borders of the marks that cross it."""
    ordered = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=lambda mark: mark.start)
    return [_paragraph(text, start, end, ordered) for start, end in _lines(text)]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\n]+", text):
        if found.group().strip():
            yield found.span()


def _paragraph(text: str, start: int, end: int, marks: list[Mark]) -> Paragraph:
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    borders = sorted({start, end, *(min(max(edge, start), end) for mark in here for edge in (mark.start, mark.end))})
    pieces, seen = [], set[str]()
    for left, right in pairwise(borders):
        piece = Piece(text[left:right], tuple(mark for mark in here if mark.start <= left and mark.end >= right))
        key = piece.lead.key if piece.lead else ""
        pieces.append(Piece(piece.text, piece.marks, first=bool(key) and key not in seen))
        seen.add(key)
    return Paragraph(tuple(pieces), start, furniture=not here and _is_furniture(text[start:end]))


def _is_furniture(line: str) -> bool:
    """A short line that opens with a portal's own words, or is one of them, and is no sentence."""
    bare = line.strip()
    if len(bare) > 120 or _SENTENCE.search(bare):
        return False
    return bool(_FURNITURE.match(bare)) or canon(bare) in words("portal", role="furniture")
