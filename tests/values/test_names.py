"""Names in the order of a Vietnamese dictionary, and one name however it is typed."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nhiemky.values.names import name_key

ORDERED = (
    "Chi bộ 1", "Chi bộ 2", "Chi bộ 10", "Chi bộ A", "Phường An Bình", "Phường Ăn Hòa", "Phường Ân Thi",
    "Phường Bình An", "Phường Dĩ An", "Phường Đa Kao", "Phường Đông Ba", "Phường Hoa Lư", "Phường Hòa An",
    "Phường Hòa Bình", "Phường Hoá Trung", "Phường La", "Phường La Ngà", "Phường Là", "Phường Lả", "Phường Lã",
    "Phường Lá", "Phường Lạ", "Phường Lai", "Phường Oa", "Phường Ô Môn", "Phường Ơn", "Phường Tân Uyên",
    "Phường Tu Vũ", "Phường Tư Nghĩa", "Xã Ia", "Xã Y Tý",
)  # fmt: skip


def test_the_order_of_a_dictionary() -> None:
    mixed = list(ORDERED)
    random.Random(4).shuffle(mixed)
    assert tuple(sorted(mixed, key=name_key)) == ORDERED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đảng bộ phường Hoà Khánh", "Đảng bộ phường Hòa Khánh"),
        ("Uỷ ban nhân dân xã Thuỵ Khuê", "Ủy ban nhân dân xã Thụy Khuê"),
        ("Đảng bộ phường Khuê", unicodedata.normalize("NFD", "Đảng bộ phường Khuê")),
        ("ĐẢNG BỘ XÃ BẾN LAU", "Đảng bộ xã  Bến Lau"),
        ("Tổ dân phố số 05 – Khối 2", "Tổ dân phố số 5 - khối 2"),
    ],
)
def test_one_name_typed_in_two_ways(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoa"), ("Hòa", "Hóa"), ("Đa", "Da"), ("Tân", "Tăn"), ("Khối 1", "Khối 11"), ("Tư", "Tu")],
)
def test_two_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(some.text(max_size=200))
def test_a_key_is_digits_and_fits_its_column(name: str) -> None:
    key = name_key(name)
    assert set(key) <= set("0123456789")
    assert len(key) <= 2000
