"""What a card says of each kind of fact, in figures and dates as offices write them."""

from typing import Any

import pytest
from django.utils import translation

from nhiemky.desk import amounts
from nhiemky.desk.facts_view import say
from nhiemky.values.period import Period


@pytest.mark.parametrize(
    ("of", "fact", "words"),
    [
        ("results", {"indicator": "thu", "value": 49687000000, "unit": "đồng", "qualifier": "over", "ratio": 790.2},
         ["Thu", "trên 49 tỷ 687 triệu đồng", "chưa rõ kỳ", "đạt 790,2% kế hoạch"]),
        ("results", {"indicator": "tăng", "value": 18, "high": 19, "unit": "%", "period": "2023"},
         ["18–19%", "năm 2023"]),
        ("targets", {"indicator": "hộ nghèo", "direction": "zero", "low": 0, "unit": "hộ"}, ["Hộ nghèo", "không còn"]),
        ("targets", {"indicator": "kết nạp", "direction": "at_least", "low": 3, "unit": "đảng viên", "per": "year"},
         ["≥ 3 đảng viên/năm"]),
        ("scoreboards", {"total": 12, "achieved": 3, "expected": 12, "term": "2020-2025"},
         ["12 chỉ tiêu", "đạt 3", "dự kiến đạt 12"]),
        ("citations", {"number": "07-CTr/TU", "date": "2021-10-07"}, ["07-CTr/TU", "07/10/2021"]),
        ("congresses", {"level": "commune", "ordinal": 14, "term": None}, ["Đại hội lần thứ XIV", "cấp xã"]),
        ("people", {"name": "Trần Văn Mẫu", "roles": ["Bí thư"]}, ["Trần Văn Mẫu", "Bí thư"]),
        ("tasks", {"text": "rà soát", "by": "2023-09-30"}, ["Rà soát", "hạn 30/09/2023"]),
        ("ratings", {"organisation": "Chi bộ 1", "year": 2022, "level": "good"},
         ["Chi bộ 1", "Hoàn thành tốt nhiệm vụ"]),
        ("commendations", {"count": 9, "recipients": "tập thể", "reason": None}, ["9 tập thể"]),
        ("milestones", {"years": 95, "from": "1930-02-03", "to": None}, ["Kỷ niệm 95 năm", "03/02/1930"]),
        ("something-new", {"colour": "đỏ", "span": [0, 1]}, ["colour: đỏ"]),
    ],
)  # fmt: skip
def test_a_card_says(of: str, fact: dict[str, Any], words: list[str]) -> None:
    said = say(of, fact)
    whole = " | ".join((said.title, said.value, *said.more))
    for word in words:
        assert word in whole


def test_a_goal_is_told_in_the_readers_language() -> None:
    with translation.override("en"):
        said = say("targets", {"indicator": "hộ nghèo", "direction": "zero", "low": 0, "unit": "hộ"})
    assert said.value == "none left"


def test_an_inferred_period_is_told_as_inferred() -> None:
    said = say("results", {"indicator": "thu", "value": 1, "unit": ""}, Period(2023, "H1"))
    assert said.more[0] == "6 tháng đầu năm 2023 (suy từ văn bản)"


@pytest.mark.parametrize(
    ("value", "unit", "short", "full"),
    [
        (95_000_000, "đồng/người/năm", "95 triệu", "95 triệu đồng/người/năm"),
        (31_200_000_000, "đồng", "31,2 tỷ", "31,2 tỷ đồng"),
        (91.8, "%", "91,8", "91,8%"),
        (None, "%", "", "—"),
    ],
)
def test_amounts_for_a_cell_and_in_full(value: float | None, unit: str, short: str, full: str) -> None:
    assert amounts.short(value, unit) == short
    assert amounts.full(value, unit) == full
