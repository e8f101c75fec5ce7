"""Rules over a page, found by their anchor words: no word of any language, no fact, lives here."""

from nhiemky.reading.engine.rules import Alphabet, Engine, Mark, Opening, Rule, facts_at

__all__ = ["Alphabet", "Engine", "Mark", "Opening", "Rule", "facts_at"]
