"""Commendations: how many collectives and persons were praised, and for what. Counts only, never names."""

import re

from nhiemky.reading.facts import Commendation
from nhiemky.reading.text import Page

WHY = {
    "commendations.count": "Số tập thể, cá nhân trong câu nói về khen thưởng: «19 tập thể được khen thưởng».",
}
_PRAISE = ("khen thưởng", "giấy khen", "bằng khen", "biểu dương", "tuyên dương", "khen tặng", "được khen")
_PROMISED = re.compile(r"đề nghị (?:tặng|khen)|phấn đấu|mục tiêu")
_GROUP = re.compile(
    r"(tập thể,? (?:và )?(?:các )?cá nhân|cá nhân,? (?:và )?tập thể|tập thể,? hộ gia đình,? cá nhân"
    r"|tập thể|cá nhân|đảng viên|chi bộ|gia đình|hộ gia đình|đồng chí)"
)
_UNITS = frozenset(("tập thể", "cá nhân", "đảng viên", "chi bộ", "gia đình", "hộ gia đình", "đồng chí"))
_REACH = 600  # characters of a sentence on either side; one without an end must not cost more
_REASON = re.compile(
    r"((?:có|đạt|vì|đã có)\s+(?:nhiều\s+)?(?:thành tích|đóng góp|kết quả)[^.;\n]{0,160}?)"
    r"(?=\s+(?:được|đã được)\s|[.;\n]|$)"
)
_AND = re.compile(r"[^\d.;]{0,40}\bvà\s*$")
_NAMED_AND = re.compile(r"(chi bộ|tập thể|đảng bộ)\s+[^\d,.;]{2,30}\s+và\s*$")


def _praises(sentence: str) -> bool:
    return ("khen" in sentence or "dương" in sentence) and any(word in sentence for word in _PRAISE)


def find(page: Page) -> list[Commendation]:
    found: list[Commendation] = []
    done: set[tuple[int, str]] = set()
    for number in page.of_kind("amount"):
        if number.unit not in _UNITS or number.value is None or number.planned is not None:
            continue
        first, last = page.sentence_bounds(page.part_at(number.start))
        first, last = max(first, number.start - _REACH), min(last, number.start + _REACH)
        sentence = page.low[first:last]
        if not _praises(sentence) or _PROMISED.search(sentence):
            continue
        group = _GROUP.match(page.low, number.unit_start)
        if group is None:
            continue
        if group.group(1) in ("đảng viên", "chi bộ", "đồng chí", "hộ gia đình", "gia đình") and "huy hiệu" in sentence:
            continue
        reason = _REASON.search(page.low, number.end, last)
        count = int(number.value)
        before = page.low[first : number.start]
        if not found and before.rstrip().endswith("và") and _AND.match(before[-40:]) and _NAMED_AND.search(before):
            count += 1
        key = (count, group.group(1))
        if key in done:
            continue
        done.add(key)
        found.append(
            Commendation(
                count, page.text[group.start(1) : group.end(1)],
                page.text[reason.start(1) : reason.end(1)] if reason else None,
                (number.start, group.end(1)), 0.9, "commendations.count",
            )
        )  # fmt: skip
    return found
