"""Whatever figures come: an answer, the same in any order, about figures that were given, in whole sentences."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nhiemky.assess.consistency import Figure, check
from nhiemky.values.kinds import PeriodMeaning, ResultKind
from nhiemky.values.period import Period

NAMES = (
    "Tổng số đảng viên", "Đảng viên chính thức", "Đảng viên dự bị", "Tỷ lệ hộ nghèo", "Giảm hộ nghèo", "Thu ngân sách",
    "Tỷ trọng dịch vụ", "Giá trị sản xuất dịch vụ", "Thu nhập bình quân", "Tiếp nhận", "Chuyển đi", "Sinh hoạt đảng",
)  # fmt: skip
VALUES = st.one_of(
    st.integers(-5, 5), st.integers(-(10**15), 10**15), st.floats(-1e12, 1e12),
    st.sampled_from([0, 0.1, 99.9, 100, 1e9, 3.3e10, 5e-7, float("nan"), float("inf")]),
)  # fmt: skip
MAYBE = st.one_of(st.none(), st.sampled_from([0, -3, 1, 3, 15, 50, 95, 100, 790.2, 33e9]))


@st.composite
def figures(draw: st.DrawFn) -> list[Figure]:
    made = []
    for ref in range(draw(st.integers(0, 14))):
        name = draw(st.sampled_from(NAMES))
        body = draw(st.sampled_from(["vùng", "a", "b"]))
        told: dict[str, Any] = {
            "body": body,
            "parent": None if body == "vùng" else "vùng",
            "indicator": name,
            "name": name,
            "unit": draw(st.sampled_from(["%", "điểm %", "đồng", "hộ", "", "ha", "tỷ đồng"])),
            "period": Period(draw(st.integers(2021, 2025)), draw(st.sampled_from([None, "H1", "Q3", "M02"]))),
            "value": draw(VALUES),
            "high": draw(MAYBE),
            "planned": draw(MAYBE),
            "ratio": draw(MAYBE),
            "goal": draw(MAYBE),
            "kind": draw(st.sampled_from(list(ResultKind))),
            "qualifier": draw(st.sampled_from(["", "over", "about"])),
            "meaning": draw(st.sampled_from([None, *PeriodMeaning])),
            "running_total": draw(st.booleans()),
            "replaced": draw(st.booleans()),
            "document": draw(st.sampled_from([None, "d1", "d2"])),
            "as_of": draw(st.sampled_from([None, date(2022, 1, 5), date(2031, 1, 1)])),
            "part_of": draw(st.sampled_from([None, NAMES[0], NAMES[5]])),
            "denominator": draw(st.sampled_from([None, NAMES[0]])),
            "ref": ref,
        }
        made.append(Figure(**told))
    return made


@settings(max_examples=300, deadline=None)
@given(figures(), st.randoms(use_true_random=False))
def test_any_figures_give_the_same_answer_in_any_order(held: list[Figure], chance: Any) -> None:
    today = date(2026, 1, 1)
    found = check(held, today, ("vùng",))
    mixed = list(held)
    chance.shuffle(mixed)
    assert [(one.rule, one.vi) for one in check(mixed, today, ("vùng",))] == [(one.rule, one.vi) for one in found]
    for one in found:
        assert {figure.ref for figure in one.figures} <= {figure.ref for figure in held}
        assert all(figure.as_of is None or figure.as_of <= today for figure in one.figures)
        assert one.vi.strip()
        assert one.en.strip()
        assert "nan" not in one.vi + one.en
