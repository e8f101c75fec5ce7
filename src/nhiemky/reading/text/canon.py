"""Letters in one form: NFC for the text that spans point into, `canon` for what rules are matched against.

`canon` keeps the length, so an offset in it is an offset in the text: lower case, the modern tone placement (uỷ is ủy,
hoà is hòa), plain spaces, hyphens and quotation marks. Rules are written in that form.
"""

import re
import unicodedata

# uỷ → ủy, hoà → hòa: only where the syllable ends there (toàn, khuỷu stay) and not in quý
_OLD_TONE = re.compile(r"o[àáảãạèéẻẽẹ](?![^\W\d_])|(?<!q)u[ỳýỷỹỵ](?![^\W\d_])")
_NEW_TONE = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)
_PLAIN = (
    ("\u00a0", " "), ("\t", " "), ("\u2013", "-"), ("\u2014", "-"), ("\u2011", "-"), ("\u2212", "-"),
    ("\u201c", '"'), ("\u201d", '"'), ("\u2018", "'"), ("\u2019", "'"),
)  # fmt: skip


def normalise(raw: str) -> str:
    """NFC with `\\n` line ends and without a byte-order mark: the text that spans point into."""
    text = raw if unicodedata.is_normalized("NFC", raw) else unicodedata.normalize("NFC", raw)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


def canon(text: str) -> str:
    """The form that rules match; as long as `text`."""
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lowered (İ); they are none of ours
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for old, new in _PLAIN:
        if old in low:
            low = low.replace(old, new)
    return _OLD_TONE.sub(_modern, low)


def _modern(found: re.Match[str]) -> str:
    return _NEW_TONE[found.group()]
