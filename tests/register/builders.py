"""Readings made by hand over a short invented page, so that the register is tried without the grammars."""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from nhiemky.reading import facts
from nhiemky.reading.facts import Reading, Span
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Organisation, Proposal, Target
from nhiemky.register.services import add_document, add_organisation, add_target

CLERK = Actor("thu.van", "office")
ADMIN = Actor("quan.tri", "admin")
PAGE = (
    "Sáng 12/7/2023, Đảng ủy phường Trúc Khê sơ kết 6 tháng đầu năm 2023.\n"
    "Thu ngân sách đạt 31,2 tỷ đồng, bằng 104% dự toán giao. Toàn phường còn 12 hộ nghèo.\n"
    "Mỗi năm kết nạp ít nhất 3 đảng viên; duy trì tỷ lệ bao phủ bảo hiểm y tế từ 93,5% trở lên.\n"
    "Có 11 đảng viên chuyển sinh hoạt, trong đó chuyển đến 6, chuyển đi 4.\n"
)


@dataclass
class Page:
    """Facts are placed by the words that say them."""

    text: str = PAGE

    def at(self, words: str) -> Span:
        start = self.text.index(words)
        return start, start + len(words)

    def target(self, words: str, indicator: str, **fields: Any) -> facts.Target:
        known: dict[str, Any] = {
            "direction": "at_least",
            "low": None,
            "high": None,
            "unit": "",
            "per": None,
            "by": None,
        }
        known |= {"baseline": None, "confidence": 0.95, "rule": "test"} | fields
        return facts.Target(indicator=indicator, span=self.at(words), **known)

    def result(self, words: str, indicator: str, value: float, unit: str, **fields: Any) -> facts.Result:
        known: dict[str, Any] = {"high": None, "qualifier": None, "period": None, "planned": None, "ratio": None}
        known |= {"confidence": 0.95, "rule": "test"} | fields
        return facts.Result(indicator=indicator, value=value, unit=unit, span=self.at(words), **known)

    def reading(self, genre: Literal["halfyear_review", "other"] = "halfyear_review", **lists: Any) -> Reading:
        return Reading(
            source="trang.txt",
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            title="Sơ kết 6 tháng đầu năm 2023",
            text_length=len(self.text),
            genre=genre,
            published_at="2023-07-12T19:52",
            views=None,
            visitors=facts.Visitors(),
            byline=None,
            credit=None,
            host=facts.Host("phường Trúc Khê", "commune"),
            event=facts.Event("2023-07-12", "morning"),
            term="2020-2025",
            **lists,
        )


def full_reading(page: Page) -> Reading:
    """Two targets, two results, a rating, a warning."""
    return page.reading(
        targets=(
            page.target("kết nạp ít nhất 3 đảng viên", "kết nạp đảng viên", low=3, unit="đảng viên", per="year"),
            page.target(
                "tỷ lệ bao phủ bảo hiểm y tế từ 93,5% trở lên", "tỷ lệ bao phủ bảo hiểm y tế", low=93.5, unit="%"
            ),
        ),
        results=(
            page.result("Thu ngân sách đạt 31,2 tỷ đồng", "thu ngân sách", 31_200_000_000, "đồng", ratio=104),
            page.result("còn 12 hộ nghèo", "hộ nghèo", 12, "hộ", confidence=0.6),
        ),
        warnings=(
            facts.Warning(
                code="parts_do_not_sum",
                message="11 nhưng 6 và 4 cộng lại là 10",
                ask="Ban xây dựng Đảng",
                span=page.at("chuyển đến 6, chuyển đi 4"),
                confidence=0.9,
                rule="test",
            ),
        ),
    )


def ward(name: str = "Đảng bộ phường Trúc Khê") -> Organisation:
    return add_organisation(name, "party_committee", "commune", "phường Trúc Khê", ADMIN)


def document(of: Organisation, reading: Reading | None = None, page: Page | None = None) -> Document:
    page = page or Page()
    made = reading or full_reading(page)
    return add_document(of, made.source, page.text, made.sha256, made, CLERK)


def target(of: Organisation, name: str, **fields: Any) -> Target:
    known: dict[str, Any] = {
        "term": "2020-2025",
        "direction": "at_least",
        "low": 30,
        "unit": "hộ",
        "meaning": "each_year",
    }
    return add_target(of, CLERK, name=name, **(known | fields))


def proposal(of: Document, kind: str, position: int = 0) -> Proposal:
    return Proposal.objects.get(document=of, kind=kind, position=position)
