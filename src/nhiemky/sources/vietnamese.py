"""How Vietnamese a text is: which of its words with letters beyond ASCII are syllables. Called to choose encodings."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aăâeêioôơuưy"
# every vowel with every tone and without, and đ; small and capital
LETTERS = frozenset(
    letter
    for vowel in _VOWELS
    for tone in ("", *_TONES)
    for small in (unicodedata.normalize("NFC", vowel + tone),)
    for letter in (small, small.upper())
) | frozenset("đĐ")
_BARE = {ord(unicodedata.normalize("NFC", v + tone)): v for v in _VOWELS for tone in _TONES}
_TONED = frozenset(map(chr, _BARE))
# A syllable as schoolbooks spell it: a head, then a rhyme that is open, that may have a tail, or that must have one.
# What no syllable is (`§¶ng`, `Ñaûng`, `Ä‘áº£ng`) falls.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|n|ch|c|gh|gi|g|kh|k|ph|p|qu|th|tr|t|b|d|đ|h|l|m|r|s|v|x)?"
    r"(?:iêu|yêu|oai|oao|oay|oeo|uôi|uây|uyu|uya|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|uơ|ưa|ưi|ưu"
    r"|(?:oa|oe|uê|uy|[aeêioôơuưy])(?:ch|c|ng|nh|m|n|p|t)?"
    r"|(?:uyê|iê|yê|oă|uâ|uô|ươ|[ăâ])(?:ch|c|ng|nh|m|n|p|t)|oo(?:ng|c))"
)
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~\u2010-\u201f\u2022\u2026]+")
_SAMPLE = 50_000  # characters: some twenty pages say in which letters a file is


def is_syllable(word: str) -> bool:
    """Whether a word, in composed letters, could be a syllable: one tone at most, spelt as in school, in one case."""
    if not (word[1:].islower() or word.isupper() or len(word) == 1):  # `xÕp`, which is TCVN3 for xếp
        return False
    word = word.lower()
    return sum(letter in _TONED for letter in word) <= 1 and _SYLLABLE.fullmatch(word.translate(_BARE)) is not None


def marked_words(text: str) -> list[str]:
    """The words of a text that hold a letter or sign beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def vietnameseness(text: str) -> float:
    """The share, 0 to 1, of the words beyond ASCII that are syllables; 0 where there are none."""
    words = marked_words(text[:_SAMPLE])
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
