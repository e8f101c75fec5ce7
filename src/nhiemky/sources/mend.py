"""A text whose letters came out wrong put right: UTF-8 read as Western, TCVN3 or VNI shown as Western, marks misplaced.

Gives the text in NFC and what was done, in words for a person. Called on the text of every source that has no fonts.
"""

import re
import unicodedata
from collections.abc import Callable

from nhiemky.sources.legacy import Legacy, decoded
from nhiemky.sources.vietnamese import LETTERS, is_syllable, marked_words

# Letters that Vietnamese has not, and signs of the Western page glued to a letter. A text without any needs no mending,
# and almost every text is such a one.
_LETTER, _FOREIGN, _GLUED = "A-Za-zÀ-ỹ", "\x80-\x9fÄÅÆËÏÑÖØÛÜÞßäåæëïîñöøûüþÐðªº†‡ƒˆŠŒŽšœžŸ", "¡-¯´-¿"
_STRANGE = re.compile(  # ° ± ² ³ stand behind letters (m²), but not behind what UTF-8's first byte is read as
    f"[{_FOREIGN}{_GLUED}\xa0°-³]"
    f"(?:(?<=[{_FOREIGN}])|(?<=[{_LETTER}][{_GLUED}])|(?<=[{_GLUED}])(?=[{_LETTER}])|(?<=[ÃĂ][\xa0°-³]))"
)
# A circumflex or breve typed behind its tone: NFC keeps é + ^ apart, where ế is meant.
_MISPLACED = re.compile("[áàãảéèẽẻóòõỏÁÀÃẢÉÈẼẺÓÒÕỎ][\u0302\u0306]")
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_NAMES: dict[Legacy, str] = {"tcvn3": "TCVN3 (ABC)", "tcvn3 capitals": "TCVN3 (ABC)", "vni": "VNI"}
_FEWEST = 2  # words that must come right before a text is taken for one in another encoding


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in NFC, put right where that makes it more Vietnamese, and a note for each thing done."""
    text = unicodedata.normalize("NFC", text)
    if _MISPLACED.search(text):
        text = _MISPLACED.sub(_in_order, text)
    if not _STRANGE.search(text):
        return text, ()
    notes: list[str] = []
    for step in (_unmix, _convert, _cross):
        text, note = step(text)
        notes += [note] if note else []
    return unicodedata.normalize("NFC", text), tuple(notes)


def converted(encoding: Legacy) -> str:
    """The note that letters of a legacy encoding were turned."""
    return f"chữ {_NAMES[encoding]} đã đổi sang Unicode"


def _in_order(found: re.Match[str]) -> str:
    toned, mark = found[0][0], found[0][1]
    apart = unicodedata.normalize("NFD", toned)
    return unicodedata.normalize("NFC", apart[0] + mark + apart[1])


def _cross(text: str) -> tuple[str, str]:
    """The Icelandic eth looks like Đ; old programs wrote it for lack of the true letter."""
    if not any(eth in text for eth in "Ðð"):
        return text, ""
    return text.replace("Ð", "Đ").replace("ð", "đ"), "chữ Ð không phải của tiếng Việt đã đổi thành Đ"


# --- UTF-8 that a program read as Western or Vietnamese bytes, once or more ---

# The byte that such a program had before it; below A0 the Western page and the Vietnamese differ from their codes.
_BYTES = {chr(code): code for code in range(0x80, 0x100)} | {
    letter: code
    for page in ("cp1258", "cp1252")
    for code in range(0x80, 0x100)
    if (letter := bytes([code]).decode(page, "ignore"))
}
_LEADS_2, _LEADS_3, _TAILS = (
    "".join(re.escape(letter) for letter, code in _BYTES.items() if first <= code <= last)
    for first, last in ((0xC3, 0xC6), (0xE1, 0xE2), (0x80, 0xBF))
)
# Only what Vietnamese text needs: its letters and the signs of print. The byte A0, a blank that does not break, has
# often become a plain blank on the way: `lÃ ` for “là”.
_SEQUENCE = re.compile(f"[{_LEADS_3}][{_TAILS} ][{_TAILS} ]|[{_LEADS_2}][{_TAILS} ]|Â[{_TAILS}]|Ì[{_TAILS}]")
_SIGNS = frozenset("–—‘’“”•…·°²³½¼«»\u00a0×€₫") | {chr(code) for code in range(0x300, 0x330)}


def _unmix(text: str) -> tuple[str, str]:
    lines, done = text.split("\n"), 0
    for index, line in enumerate(lines):
        once = _SEQUENCE.sub(_read_as_utf_8, line)
        if once != line:
            twice = _SEQUENCE.sub(_read_as_utf_8, once)
            lines[index] = min((line, once, twice), key=_oddness)
            done += lines[index] != line
    return "\n".join(lines), "chữ UTF-8 bị hiểu nhầm bảng mã (như “Ä‘áº£ng”) đã chữa lại" if done else ""


def _read_as_utf_8(found: re.Match[str]) -> str:
    raw = bytes(_BYTES.get(letter, 0xA0) for letter in found[0])
    try:
        letter = raw.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    # of text misread twice, the first turn gives back what was misread once
    return letter if letter in LETTERS or letter in _SIGNS or letter in _BYTES else found[0]


def _oddness(line: str) -> int:
    return len(_STRANGE.findall(line)) + sum(not is_syllable(word) for word in marked_words(line))


# --- TCVN3 and VNI shown as Western letters ---


def _convert(text: str) -> tuple[str, str]:
    """The text, or those parts of it that are not in Unicode yet, out of TCVN3 or VNI, whichever gives more words."""
    words = set(marked_words(text))
    counts: dict[Legacy, int] = {
        encoding: sum(_is_legacy(word, encoding) for word in words) for encoding in ("tcvn3", "vni")
    }
    encoding: Legacy = "tcvn3" if counts["tcvn3"] >= counts["vni"] else "vni"
    plain = sum(map(is_syllable, words))
    if counts[encoding] < _FEWEST or counts[encoding] < (len(words) - plain) / 2:
        return text, ""
    whole = not any(max(word) > "\xff" and is_syllable(word) for word in words)
    if whole:
        return decoded(text, encoding), converted(encoding)
    lines = [_convert_line(line, lambda word: _is_legacy(word, encoding), encoding) for line in text.split("\n")]
    return "\n".join(lines), converted(encoding)


def _is_legacy(word: str, encoding: Legacy) -> bool:
    """Whether a word is no syllable as it stands, and one when decoded."""
    return not is_syllable(word) and is_syllable(decoded(word, encoding))


def _convert_line(line: str, is_legacy: Callable[[str], bool], encoding: Legacy) -> str:
    """A line of a text converted in part: a word that could be either goes with the one before it, else after."""
    parts: list[tuple[int, int, bool | None]] = []
    for found in _WORD.finditer(line):
        word = found[0]
        sure = True if is_legacy(word) else False if max(word) > "\xff" and is_syllable(word) else None
        parts.append((found.start(), found.end(), sure))
    first = next((sure for *_, sure in parts if sure is not None), False)
    out, last, state = "", 0, first
    for start, end, sure in parts:
        state = state if sure is None else sure
        out += line[last:start] + (decoded(line[start:end], encoding) if state else line[start:end])
        last = end
    return out + line[last:]
