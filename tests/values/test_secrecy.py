"""A document is secret when its head says nothing but a degree of secrecy; prose about secrets is no mark."""

import pytest

from nhiemky.values.places import Place, Places
from nhiemky.values.secrecy import HEAD, degree_of_secrecy

LETTERHEAD = "ĐẢNG ỦY PHƯỜNG MAI KHẢO\nSố 05-BC/ĐU\n{}\nBÁO CÁO\nsơ kết giữa nhiệm kỳ\n"


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("MẬT", "MẬT"), ("TỐI MẬT", "TỐI MẬT"), ("TUYỆT MẬT", "TUYỆT MẬT"), ("  MẬT  ", "MẬT"), ("* MẬT *", "MẬT"),
        ("[TỐI MẬT]", "TỐI MẬT"), ("(MẬT)", "MẬT"), ("Độ mật: Tối mật", "TỐI MẬT"), ("Độ mật : MẬT", "MẬT"),
        ("ĐỘ MẬT: TUYỆT MẬT", "TUYỆT MẬT"), ("Mức độ mật: Mật.", "MẬT"), ("ĐỘ MẬT: Mật", "MẬT"),
        ("ĐẢNG BỘ THÀNH PHỐ\tMẬT", "MẬT"), ("MẬT\tMai Khảo, ngày 12 tháng 7 năm 2023", "MẬT"),
    ],
)  # fmt: skip
def test_a_stamp_at_the_head(line: str, degree: str) -> None:
    assert degree_of_secrecy(LETTERHEAD.format(line)) == degree
    assert degree_of_secrecy(line) == degree


@pytest.mark.parametrize(
    "line",
    [
        "Tăng cường công tác bảo mật", "Mật khẩu: 12", "Độ mật: Không", "Độ mật: Thường", "MẬT ONG RỪNG", "BẢO MẬT",
        "TÀI LIỆU MẬT PHẢI ĐƯỢC QUẢN LÝ", "Không soạn tài liệu mật trên máy nối mạng", "Mật độ dân số: 12 người/ha",
        "BÍ MẬT NHÀ NƯỚC", "Độ mật", "MẬT ĐỘ\t12", "Xếp loại: mật", "mật",
    ],
)  # fmt: skip
def test_words_about_secrets_are_no_stamp(line: str) -> None:
    assert degree_of_secrecy(LETTERHEAD.format(line)) is None


def test_a_list_of_degrees_far_down_is_no_stamp() -> None:
    assert degree_of_secrecy("Nội dung báo cáo. " * 200 + "\nMẬT\n") is None
    assert len("Nội dung báo cáo. " * 200) > HEAD


def test_a_header_a_stamped_box_and_a_later_page_speak_too() -> None:
    body = "Nội dung báo cáo sơ kết. " * 200
    text = f"{body}\nMẬT\nTiếp theo."
    at = len(body) + 1
    for place in (Place(part="header"), Place(part="box"), Place(page=2)):
        places = Places([(0, len(body), Place(page=1)), (at, at + 3, place)])
        assert degree_of_secrecy(text, places) == "MẬT", place
    assert degree_of_secrecy(text, Places([(0, len(body), Place(page=1)), (at, at + 3, Place(page=1))])) is None
