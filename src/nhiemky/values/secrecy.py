"""Whether a document says at its head that it is a state secret; `sources` and the register refuse such a one.

The three degrees are those of the Law on Protection of State Secrets, 29/2018/QH14, article 8.
"""

import re

from nhiemky.values.places import Places

HEAD = 3000  # characters: the first page, where the stamp stands under the number
_PAGE_HEAD = 300  # characters: the first lines of a later page, as of papers scanned one after another
# A line, or a cell of the table that a letterhead is, that says nothing but its degree. Prose about secrecy, words
# such as “mật khẩu” and the answer “Độ mật: Không” say more or something else.
_MARK = re.compile(
    r"(?:^|(?<=[\t\n]))[ \t*(\[|]*"
    r"(?:(?:ĐỘ|DẤU|MỨC(?: ĐỘ)?) MẬT *: *(?P<named>(?i:TUYỆT MẬT|TỐI MẬT|MẬT))|(?P<alone>TUYỆT MẬT|TỐI MẬT|MẬT)"
    r"|(?:Độ|Dấu|Mức(?: độ)?) mật *: *(?P<said>(?i:TUYỆT MẬT|TỐI MẬT|MẬT)))"
    r"[ *)\]|.]*(?=[\t\n]|$)"
)


def degree_of_secrecy(text: str, places: Places | None = None) -> str | None:
    """`MẬT`, `TỐI MẬT` or `TUYỆT MẬT` where the document is marked so; with `places`, on any page and in headers."""
    for head in _heads(text, places):
        found = _MARK.search(head)
        if found is not None:
            return (found["named"] or found["alone"] or found["said"]).upper()
    return None


def _heads(text: str, places: Places | None) -> list[str]:
    heads = [text[:HEAD]]
    page = 1
    for start, end, place in places or ():
        if place.part in ("header", "footer", "box"):
            heads.append(text[start:end])
        if place.page is not None and place.page != page:
            page = place.page
            heads.append(text[start : start + _PAGE_HEAD].replace("\t", " "))
    return heads
