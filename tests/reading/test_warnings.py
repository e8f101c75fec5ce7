"""Warnings say what was found, what would fit and whom to ask; every kind of them is met, and a sound page has none."""

import re

import pytest
from tests.reading.corpus_check import CORPUS, cases

from nhiemky.reading.checks import WHY
from nhiemky.reading.facts import Warning
from nhiemky.reading.read import read

TEXTS = [case["text"] for name, case in cases() if name.startswith("warnings")]
ASKED = {
    "người soạn văn bản", "đơn vị báo số liệu này", "bộ phận lập số liệu", "bộ phận kinh tế – thống kê",
    "đơn vị đề xuất chỉ tiêu",
}  # fmt: skip
SOUND = (
    "Đảng ủy phường Vĩnh Khuê sơ kết 6 tháng đầu năm 2024. Sáng 10/7/2024, Đảng ủy phường tổ chức hội nghị. Đảng bộ có "
    "486 đảng viên, trong đó 478 đảng viên chính thức và 08 đảng viên dự bị; kết nạp 09/12 đảng viên, đạt 75%. Thu "
    "ngân sách đạt 12 tỷ 450 triệu đồng, bằng 61,2% dự toán, tăng 1,2 tỷ đồng (tăng 10,7%) so với cùng kỳ. Cơ cấu kinh "
    "tế: dịch vụ 62%, công nghiệp 33%, nông nghiệp 5%. Số hộ nghèo giảm từ 46 hộ xuống còn 31 hộ, giảm 15 hộ. Nghị "
    "quyết Đại hội Đảng bộ phường lần thứ IX, nhiệm kỳ 2020-2025 có 18/22 chỉ tiêu đạt, 3/22 chỉ tiêu đang thực hiện, "
    "1/22 chỉ tiêu chưa đạt. Thu nhập bình quân đầu người đạt 71 triệu đồng/năm, tỷ lệ bao phủ BHYT đạt 94,5%."
)


def of(text: str) -> list[Warning]:
    return list(read(text).warnings)


def test_every_rule_of_warnings_is_met_in_the_corpus() -> None:
    assert {w.rule for text in TEXTS for w in of(text)} == set(WHY)


def test_there_are_as_many_sound_texts_as_defects() -> None:
    wrong = sum(bool(of(text)) for text in TEXTS)
    assert wrong >= 75
    assert len(TEXTS) - wrong >= wrong


def test_what_is_said_is_in_the_text_and_somebody_is_asked() -> None:
    for text in TEXTS:
        for warning in of(text):
            start, end = warning.span
            assert 0 <= start < end <= len(text)
            assert warning.ask in ASKED
            figures = re.findall(r"\d+", text[start:end])
            assert figures or "lần thứ" in text[start:end], text  # a congress is counted in Roman digits
            assert not figures or any(figure.lstrip("0") in warning.message for figure in figures), warning.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sáng ngày 15/32024, Đảng ủy họp.", "có thể là 15/03/2024"),
        (
            "Trong kỳ chuyển sinh hoạt cho 17 đảng viên, trong đó tiếp nhận 9 đồng chí, chuyển đi 6 đồng chí.",
            "9 + 6 = 15",
        ),
        ("Đã cứng hóa 18/25 tuyến đường, đạt tỷ lệ 82%.", "là 72%, văn bản ghi 82%"),
        ("Tổ chức 12/10 buổi tuyên truyền, vượt 120% kế hoạch.", "tức vượt 20%"),
        ("Thu nhập bình quân đầu người của xã đạt 52 tỷ đồng/năm.", "52 tỷ đồng"),
        ("Tỷ suất sinh thô giảm 0,30%0 so với năm trước.", "“0,30%0”"),
        ("Xã có 22/26 chỉ tiêu đạt, 3/26 chỉ tiêu đang làm, 1/16 chỉ tiêu chưa đạt.", "có thể là 1/26"),
        ("Số hộ nghèo giảm từ 46 hộ xuống còn 31 hộ, giảm 17 hộ.", "là giảm 15 hộ, văn bản ghi giảm 17 hộ"),
        ("Thực hiện Kế hoạch số 112-KH/HU ngày 05/8/2025, xã tổ chức quán triệt.", "cấp huyện kết thúc từ 01/7/2025"),
    ],
)
def test_the_message_says_what_would_fit(text: str, said: str) -> None:
    messages = [w.message for w in of(text)]
    assert len(messages) == 1
    assert said in messages[0]


def test_a_sound_page_has_no_warning() -> None:
    assert of(SOUND) == []


@pytest.mark.parametrize(
    ("sound", "wrong", "code"),
    [
        ("08 đảng viên dự bị", "18 đảng viên dự bị", "parts_do_not_sum"),
        ("đạt 75%", "đạt 57%", "ratio_mismatch"),
        ("bằng 61,2% dự toán", "bằng 612% dự toán", "implausible_ratio"),
        ("(tăng 10,7%)", "(tăng 17%)", "ratio_mismatch"),
        ("dịch vụ 62%", "dịch vụ 72%", "parts_do_not_sum"),
        ("giảm 15 hộ", "giảm 51 hộ", "ratio_mismatch"),
        ("1/22 chỉ tiêu", "1/12 chỉ tiêu", "parts_do_not_sum"),
        ("71 triệu đồng", "71 tỷ đồng", "implausible_value"),
        ("đạt 94,5%", "đạt 945%", "implausible_value"),
        ("nhiệm kỳ 2020-2025", "nhiệm kỳ 2020-2052", "term_mismatch"),
        ("10/7/2024", "10/72024", "malformed_date"),
        ("Sáng 10/7/2024", "Sáng 10/7/2021", "term_mismatch"),
    ],
)
def test_one_figure_made_wrong_gives_its_one_warning(sound: str, wrong: str, code: str) -> None:
    assert SOUND.count(sound) == 1
    assert [w.code for w in of(SOUND.replace(sound, wrong))] == [code]


def test_doubled_words_and_a_goal_counted_over_the_term_are_left_to_the_reader() -> None:
    assert of("Hội nghị thông  thông qua báo cáo. Mỗi năm kết nạp từ 03 đảng viên, đã kết nạp 21/15 đảng viên.") == []


def test_corpus_files_name_what_they_hold() -> None:
    for path in CORPUS.glob("warnings*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# What does not add up")
