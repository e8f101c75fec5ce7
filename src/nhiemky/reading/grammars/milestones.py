"""Anniversaries that work is tied to: `kỷ niệm 60 năm Ngày thành lập … (30/10/1963 - 30/10/2023)`."""

import re

from nhiemky.reading.facts import Milestone
from nhiemky.reading.text import Page

WHY = {
    "milestones.span": "Số năm kèm ngày đầu và ngày cuối trong ngoặc: «60 năm … (30/10/1963 - 30/10/2023)».",
    "milestones.years": "Số năm đứng sau lời kỷ niệm, chào mừng: «kỷ niệm 93 năm Ngày thành lập Đảng».",
}
_SPAN = re.compile(r"[^().;\n]{0,140}\(\s*(\d{1,2}/\d{1,2}/\d{4})\s*(?:-|đến)\s*(\d{1,2}/\d{1,2}/\d{4})\s*\)")
_HONOUR = re.compile(r"(?:kỷ niệm|chào mừng|nhân dịp|mừng)\s+(?:lần thứ\s+)?$")
_OF_DAY = re.compile(r"\s*(?:ngày|năm|thành lập|giải phóng|cách mạng)")


def find(page: Page) -> list[Milestone]:
    found: list[Milestone] = []
    dates = {n.start: n for n in page.of_kind("date")}
    for number in page.of_kind("duration"):
        if number.unit != "năm" or not number.value or number.value < 5:
            continue
        span = _SPAN.match(page.low, number.end)
        if span is not None and span.start(1) in dates and span.start(2) in dates:
            first, last = dates[span.start(1)].iso, dates[span.start(2)].iso
            found.append(Milestone(int(number.value), first, last, (number.start, span.end()), 0.97, "milestones.span"))
        elif _HONOUR.search(page.low, max(0, number.start - 30), number.start) and _OF_DAY.match(page.low, number.end):
            found.append(Milestone(int(number.value), None, None, (number.start, number.end), 0.8, "milestones.years"))
    return found
