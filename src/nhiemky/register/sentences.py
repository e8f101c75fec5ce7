"""The sentence around a span of a document: what a figure is shown with, and what tells how it was meant."""

import re
from dataclasses import dataclass

# A stop ends a sentence before a blank; the one in "20.000" or "27.3" has no blank after it.
_END = re.compile(r"[.!?…;](?=[\s”\"»)])|\n")
_FAR = 600


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[mark_start:mark_end]` is the span itself; `start` is the sentence's offset in the document."""

    text: str
    mark_start: int
    mark_end: int
    start: int = 0

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands before, in and after the mark."""
        return self.text[: self.mark_start], self.text[self.mark_start : self.mark_end], self.text[self.mark_end :]


def sentence_at(text: str, start: int, end: int) -> Sentence:
    """The sentence that holds text[start:end]; a span over several sentences gives them all."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    floor = max(0, start - _FAR)
    first = floor
    for found in _END.finditer(text, floor, start):
        first = found.end()
    ending = _END.search(text, max(end - 1, start), min(len(text), end + _FAR))
    last = min(len(text), end + _FAR) if ending is None else ending.end()
    last = max(last, end)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return Sentence(text[first:last], start - first, end - first, first)
