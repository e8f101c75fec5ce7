"""Targets and results: what each figure of a page measures, and whether it is promised or reported."""

from nhiemky.reading.grammars.figures.find import WHY, find
from nhiemky.reading.grammars.figures.mode import MARKS
from nhiemky.reading.grammars.figures.zero import RULES

__all__ = ["MARKS", "RULES", "WHY", "find"]
