"""Stretches of text with the encodings that their fonts draw, to one text. Called for paragraphs of Word and pages."""

from nhiemky.sources.legacy import Legacy, decoded, is_code
from nhiemky.sources.vietnamese import LETTERS, is_syllable, marked_words


def joined(pieces: list[tuple[str, Legacy | None]]) -> tuple[str, Legacy | None]:
    """The pieces in one, and the encoding met; neighbours are decoded together, since VNI has letters of two.

    The soft hyphen is ư in TCVN3; elsewhere it only says where a word may be broken, and goes.
    """
    if len(pieces) == 1 and pieces[0][1] is None:
        return pieces[0][0].replace("\xad", ""), None
    text, used, at = "", None, 0
    while at < len(pieces):
        legacy, part = pieces[at][1], ""
        while at < len(pieces) and pieces[at][1] == legacy:
            part += pieces[at][0]
            at += 1
        if legacy is not None and _is_still(part, legacy):
            part, used = decoded(part, legacy), legacy
        text += part.replace("\xad", "")
    return text, used


def _is_still(text: str, legacy: Legacy) -> bool:
    """Whether text in an old font is in its letters: converting programs often left the font's name behind."""
    if any(letter in LETTERS and not is_code(letter, legacy) for letter in text):
        return False
    before, after = marked_words(text), marked_words(decoded(text, legacy))
    return sum(map(is_syllable, after)) >= sum(map(is_syllable, before))
