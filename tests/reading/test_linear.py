"""Time grows with the text, not with its square: adversarial texts of two sizes, counted in steps, not seconds."""

import sys
from types import FrameType
from typing import Any

import pytest

from nhiemky.reading import read as module

PHRASES = (
    "9", "12 ", "tỷ lệ hộ nghèo của xã đạt 5% và ", "kết nạp 5 đảng viên, ", "11 đảng viên, trong đó 6 đảng viên, ",
    "5/12 chỉ tiêu ", "năm 2022 được xếp loại hoàn thành tốt nhiệm vụ, ", "đồng chí Nguyễn Văn An, Bí thư Đảng ủy; ",
    "- tỷ lệ hộ nghèo đạt 5%;\n", "Đại hội Đảng bộ xã lần thứ XII ", "yêu cầu tăng cường công tác; ", "60 năm (",
    "hai mươi mốt đảng viên ", "từ 5% xuống còn 4% ", "đến năm 2025 ", "Kế hoạch 05 của Đảng ủy ",
)  # fmt: skip


def steps(text: str) -> int:
    """Lines of Python run while reading, a measure that no busy machine changes."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    sys.settrace(trace)
    try:
        module.read(text)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("phrase", PHRASES)
def test_twice_the_text_takes_twice_the_steps(phrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHORT", sys.maxsize)  # read it whatever it speaks of
    once, twice = (steps((phrase * (size // len(phrase) + 1))[:size]) for size in (4000, 8000))
    assert twice <= 2.4 * once + 200
