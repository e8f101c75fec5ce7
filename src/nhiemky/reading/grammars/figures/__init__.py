"""Targets and results: what each figure of a page measures, and whether it is promised or reported."""

from nhiemky.reading.grammars.figures.find import RULES, WHY, find

__all__ = ["RULES", "WHY", "find"]
