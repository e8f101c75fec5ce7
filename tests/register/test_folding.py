"""Names are compared by their words without marks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.register.folding import fold, likeness
from nhiemky.register.units import agree, parse_unit

_WORDS = st.text(alphabet="aàảãáạăâbcdđeêghiklmnoôơpqrstuưvxy 0123456789", max_size=40)


@given(_WORDS)
def test_folding_twice_changes_nothing_and_the_form_of_input_does_not_matter(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text.upper())


@given(_WORDS, _WORDS)
def test_likeness_is_symmetric_and_between_nought_and_one(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_d_with_a_stroke_is_folded() -> None:
    assert fold("Tỷ lệ Đảng viên, ĐẠT 95%") == "ty le dang vien dat 95"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Tỷ lệ bao phủ bảo hiểm y tế", "tỷ lệ bao phủ bảo hiểm y tế toàn dân", True),
        ("Kết nạp đảng viên mới", "kết nạp đảng viên", True),
        ("Thu ngân sách trên địa bàn", "tổng thu ngân sách", True),
        ("Tỷ lệ hộ nghèo", "Tỷ lệ hộ gia đình văn hóa", False),
        ("Tỷ lệ hộ nghèo", "tỷ lệ bao phủ bảo hiểm y tế", False),
        ("Đảng viên hoàn thành tốt nhiệm vụ", "kết nạp đảng viên", False),
    ],
)
def test_like_indicators_are_told_from_others(one: str, other: str, near: bool) -> None:
    assert (likeness(one, other) >= 0.7) is near


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("%", "điểm %", True), ("%", "đồng", False), ("tỷ đồng", "đồng", True), ("đảng viên", "người", True),
     ("%", "‰", False), ("m2", "km2", True), ("", "%", True), ("hộ", "%", False), ("ha", "hộ", False),
     ("triệu đồng/người/năm", "đồng", True)],
)  # fmt: skip
def test_units_of_another_kind_do_not_agree(one: str, other: str, same: bool) -> None:
    assert agree(one, other) is agree(other, one) is same


def test_money_is_kept_in_dong() -> None:
    unit = parse_unit("triệu đồng/người/năm")
    assert (unit.name, unit.factor, unit.kind) == ("đồng/người/năm", 1_000_000, "money")
