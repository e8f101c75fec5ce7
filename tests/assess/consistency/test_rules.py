"""Each rule with the smallest figures on which it fires, the same mended, and what it says in both languages."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests.assess.consistency.figures import TODAY, fig, found

from nhiemky.assess.consistency import RULES, Figure, Severity, check, rule_of
from nhiemky.values.kinds import PeriodMeaning, ResultKind


@dataclass(frozen=True)
class Case:
    """`broken` fires; without any one of its figures, or with the last one's value set to `mended`, it does not."""

    rule: str
    broken: tuple[Figure, ...]
    mended: float
    says: str
    english: str
    complete: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.rule}: {self.says[:40]}"


WHOLE = fig("Hộ được vay vốn", 120)
PART: dict[str, Any] = {"part_of": "Hộ được vay vốn"}
MONEY = "đồng"
WARD_A: dict[str, Any] = {"body": "a", "body_name": "Xã A", "parent": "an-binh"}
WARD_B: dict[str, Any] = {"body": "b", "body_name": "Xã B", "parent": "an-binh"}

CASES = (
    Case(
        "parts.sum", (WHOLE, fig("Hộ nghèo được vay", 121, **PART)), 100,
        "“Hộ được vay vốn” năm 2022 là 120 hộ (Báo cáo bc-2022), nhưng các phần 121 hộ “Hộ nghèo được vay” = 121 hộ",
        "“Hộ được vay vốn” of 2022 is 120 households (Báo cáo bc-2022), but its parts 121 households",
    ),
    Case(
        "parts.sum", (fig("Hộ nghèo được vay", 70, **PART), fig("Hộ khác được vay", 49, **PART), WHOLE), 119,
        "70 hộ “Hộ nghèo được vay” = 119 hộ", "= 119 households",
    ),
    Case(
        "parts.hundred", (
            fig("Dịch vụ", 55, "%", part_of="cơ cấu"), fig("Công nghiệp", 48, "%", part_of="cơ cấu"),
        ), 45,
        "Cơ cấu năm 2022: 48% + 55% = 103%, không phải 100%", "The composition of 2022: 48% + 55% = 103%, not 100%",
    ),
    Case(
        "members.sum", (
            fig("Đảng viên chính thức", 311, "đảng viên"), fig("Đảng viên dự bị", 2, "đảng viên"),
            fig("Tổng số đảng viên", 314, "đảng viên"),
        ), 313,
        "“Tổng số đảng viên” năm 2022 là 314 đảng viên (Báo cáo bc-2022), nhưng các phần 311 đảng viên",
        "“Tổng số đảng viên” of 2022 is 314 Party members",
    ),
    Case(
        "transfers.sum", (
            fig("Tiếp nhận", 6, "đồng chí"), fig("Chuyển đi", 4, "đồng chí"),
            fig("Chuyển sinh hoạt đảng", 11, "đảng viên"),
        ), 10,
        "= 10 đảng viên", "= 10 Party members",
    ),
    Case(
        "transfers.sum", (
            fig("Tiếp nhận", 6, "đồng chí"), fig("Chuyển sinh hoạt đảng", 4, "đồng chí"),
            fig("Làm thủ tục giới thiệu sinh hoạt Đảng", 11, "đảng viên"),
        ), 10,
        "“Làm thủ tục giới thiệu sinh hoạt Đảng” năm 2022 là 11 đảng viên", "= 10 Party members",
    ),
    Case(
        "ratio.terms", (fig("Hộ dùng nước sạch", 36, planned=40, ratio=95),), 38,
        "36 hộ (Báo cáo bc-2022) trên 40 hộ là 90%, văn bản ghi 95%",
        "36 households (Báo cáo bc-2022) out of 40 households is 90%, but it is told as 95%",
    ),
    Case(
        "ratio.terms", (fig("Tuyến ngõ chỉnh trang", 35, "tuyến", planned=20, ratio=75),), 15,
        "có thể nhầm “vượt” với “đạt”", "“exceeded by” may stand for “reached”",
    ),
    Case(
        "rate.over_all", (fig("Tỷ lệ hộ dùng nước sạch", 103, "%"),), 100,
        "“Tỷ lệ hộ dùng nước sạch” năm 2022: 103% (Báo cáo bc-2022) là quá 100%", "is over 100%; look again at both",
    ),
    Case(
        "unit.jump", (fig("Thu ngân sách", 33e9, MONEY, "2021"), fig("Thu ngân sách", 34.5e12, MONEY)), 34.5e9,
        "34.500 tỷ đồng (Báo cáo bc-2022), trong khi các kỳ khác khoảng 33 tỷ đồng; có thể nhầm đơn vị",
        "34,500 billion đồng (Báo cáo bc-2022), while other periods tell about 33 billion đồng; maybe a slip of unit",
    ),
    Case(
        "unit.jump", (
            fig("Hộ kinh doanh", 1400, period="2020"), fig("Hộ kinh doanh", 1500, period="2021"),
            fig("Hộ kinh doanh", 1.6, period="2022"),
        ), 1600,
        "1,6 hộ (Báo cáo bc-2022), trong khi các kỳ khác khoảng 1.450 hộ", "1.6 households",
    ),
    Case(
        "unit.jump", (fig("Tỷ lệ bảo hiểm y tế", 91.1, "%", "2021"), fig("Tỷ lệ bảo hiểm y tế", 0.918, "%")), 91.8,
        "có thể ghi dạng thập phân thay cho %", "maybe a decimal in place of a percentage",
    ),
    Case(
        "unit.jump", (
            fig("Thu ngân sách", 31e9, MONEY, body="b"), fig("Thu ngân sách", 38e9, MONEY, body="c"),
            fig("Thu ngân sách", 44e9, MONEY, body="d"), fig("Thu ngân sách", 35e6, MONEY, body="a"),
        ), 35e9,
        "35 triệu đồng (Báo cáo bc-2022), trong khi các đơn vị khác khoảng 38 tỷ đồng", "while other bodies tell about",
    ),
    Case(
        "outlier", tuple(fig("Kết nạp", value, "đảng viên", str(2021 + at)) for at, value in enumerate((7, 9, 8, 31))),
        9,
        "“Kết nạp” năm 2024: 31 đảng viên (Báo cáo bc-2022) khác hẳn các năm khác (thường khoảng 8,5 đảng viên)",
        "31 Party members (Báo cáo bc-2022) is unlike the other years (usually about 8.5 Party members)",
    ),
    Case(
        "income.implausible", (fig("Thu nhập bình quân đầu người", 10e9, MONEY, qualifier="over"),), 95e6,
        "trên 10 tỷ đồng (Báo cáo bc-2022) không hợp lý", "over 10 billion đồng (Báo cáo bc-2022) cannot be",
    ),
    Case(
        "told.twice", (
            fig("Tỷ lệ bảo hiểm y tế", 91.8, "%", document="bc-1", document_name="12-BC/ĐU"),
            fig("Tỷ lệ bảo hiểm y tế", 93.8, "%", document="bc-2", document_name="Trang tin"),
        ), 91.8,
        "“12-BC/ĐU” ghi 91,8%, “Trang tin” ghi 93,8%; cần hỏi số nào đúng", "“12-BC/ĐU” says 91.8%, “Trang tin” says",
    ),
    Case(
        "told.again", (
            fig("Kết nạp", 7, "đảng viên", "2021", document="bc-2021", document_name="Báo cáo 2021"),
            fig("Tuyến ngõ", 14, "tuyến", "2021", document="bc-2021"),
            fig("Hộ nghèo", 6, "hộ", "2021", document="bc-2021"),
            fig("Kết nạp", 7, "đảng viên"), fig("Tuyến ngõ", 14, "tuyến"), fig("Hộ nghèo", 6, "hộ"),
        ), 4,
        "“Báo cáo bc-2022” có 3 trên 3 số của năm 2022 giống hệt “Báo cáo 2021” (năm 2021)",
        "3 of 3 figures of 2022 are those of “Báo cáo 2021” (2021)",
    ),
    Case(
        "structure.amounts", (
            fig("Tỷ trọng dịch vụ", 55, "%"), fig("Tỷ trọng công nghiệp", 45, "%"),
            fig("Giá trị sản xuất ngành công nghiệp", 271e9, MONEY), fig("Giá trị sản xuất dịch vụ", 349.2e9, MONEY),
        ), 331e9,
        "Cơ cấu năm 2022 ghi 45% – 55% (Báo cáo bc-2022), nhưng theo số tiền là 43,7% – 56,3%",
        "The structure of 2022 is told as 45% – 55% (Báo cáo bc-2022), but its amounts make 43.7% – 56.3%",
    ),
    Case(
        "region.sum", (fig("Hộ nghèo", 100), fig("Hộ nghèo", 101, **WARD_A)), 100,
        "Phường An Bình, “Hộ nghèo” năm 2022: 100 hộ (Báo cáo bc-2022), 1 đơn vị trực thuộc cộng lại là 101 hộ",
        "but the bodies below (1) add up to 101 households",
    ),
    Case(
        "region.sum", (fig("Hộ nghèo", 40, **WARD_A), fig("Hộ nghèo", 50, **WARD_B), fig("Hộ nghèo", 100)), 90,
        "2 đơn vị trực thuộc cộng lại là 90 hộ", "the bodies below (2) add up to 90 households", ("an-binh",),
    ),
    Case(
        "region.rate", (
            fig("Tỷ lệ bảo hiểm y tế", 91, "%", **WARD_A), fig("Tỷ lệ bảo hiểm y tế", 93, "%", **WARD_B),
            fig("Tỷ lệ bảo hiểm y tế", 94, "%"),
        ), 92,
        "trong 2 đơn vị trực thuộc thấp nhất 91%, cao nhất 93%", "91% is the lowest, 93% the highest", ("an-binh",),
    ),
    Case(
        "region.rate", (
            fig("Tỷ lệ bảo hiểm y tế", 91, "%", **WARD_A), fig("Tỷ lệ bảo hiểm y tế", 93, "%", **WARD_B),
            fig("Tỷ lệ bảo hiểm y tế", 89.9, "%"),
        ), 90.9,
        "89,9% (Báo cáo bc-2022), mà trong 2 đơn vị trực thuộc thấp nhất 91%", "89.9% (Báo cáo bc-2022), but of 2",
        ("an-binh",),
    ),
    Case(
        "region.rate", (
            fig("Tỷ lệ bảo hiểm y tế", 80, "%", denominator="dân số", **WARD_A),
            fig("Tỷ lệ bảo hiểm y tế", 90, "%", denominator="dân số", **WARD_B),
            fig("dân số", 1000, "người", **WARD_A), fig("dân số", 9000, "người", **WARD_B),
            fig("Tỷ lệ bảo hiểm y tế", 85, "%"),
        ), 89,
        "bình quân theo mẫu số của chúng là 89%", "their weighted mean is 89%", ("an-binh",),
    ),
    Case(
        "rate.points", (
            fig("Tỷ lệ hộ nghèo", 5.2, "%", "2021"), fig("Tỷ lệ hộ nghèo", 3.7, "%"), fig("Giảm hộ nghèo", 1.5, "%"),
        ), 28.8,
        "“Giảm hộ nghèo” năm 2022: 1,5% (Báo cáo bc-2022), nhưng từ 5,2% đến 3,7% thì 1,5 là điểm %",
        "but from 5.2% to 3.7% it is 1.5 percentage points",
    ),
    Case(
        "rate.points", (
            fig("Tỷ lệ hộ nghèo", 5.2, "%", "2021"), fig("Tỷ lệ hộ nghèo", 3.7, "%"),
            fig("Giảm tỷ lệ hộ nghèo", 28.8, "điểm %"),
        ), 1.5,
        "thì 28,8 là %", "it is 28.8 percent",
    ),
)  # fmt: skip
# One figure is the whole case, and mending it means another thing than its value.
YEARLY: dict[str, Any] = {"meaning": PeriodMeaning.EACH_YEAR, "goal": 3}
ALONE = (
    Case(
        "ratio.unnamed", (fig("Thu ngân sách", 49.687e9, MONEY, "2023-H1", ratio=790.2),), 0,
        "49 tỷ 687 triệu đồng (Báo cáo bc-2022), đạt 790,2% mà không nói so với số nào",
        "49.687 billion đồng (Báo cáo bc-2022), told as 790.2% of a plan that is not named",
    ),
    Case(
        "term.count", (fig("Kết nạp", 21, "đảng viên", planned=15, **YEARLY),), 0,
        "“Kết nạp”: chỉ tiêu là 3 đảng viên mỗi năm, lại tính 21/15 cho 5 năm (Báo cáo bc-2022); cần số của từng năm",
        "the goal is 3 Party members each year, but 21/15 over 5 years is told",
    ),
    Case(
        "term.count", (fig("Kết nạp", 21, "đảng viên", running_total=True, **YEARLY),), 0,
        "21 đảng viên (Báo cáo bc-2022) là số cộng dồn, mà chỉ tiêu tính mỗi năm", "is a total since the term began",
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", [*CASES, *ALONE], ids=lambda case: case.id)
def test_the_smallest_figures_on_which_it_fires(case: Case) -> None:
    (one,) = found(case.rule, *case.broken, complete=case.complete)
    assert case.says in one.vi
    assert case.english in one.en
    assert one.severity is rule_of(case.rule).severity
    assert (one.version, set(one.figures) <= set(case.broken)) == (1, True)
    for at in range(len(case.broken)):
        fewer = case.broken[:at] + case.broken[at + 1 :]
        assert found(case.rule, *fewer, complete=case.complete) == [], f"fires without {case.broken[at].name}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_mended_it_is_silent(case: Case) -> None:
    mended = (*case.broken[:-1], replace(case.broken[-1], value=case.mended))
    assert found(case.rule, *mended, complete=case.complete) == []


def test_no_rule_is_without_a_case() -> None:
    assert {case.rule for case in (*CASES, *ALONE)} == {rule.id for rule in RULES}
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert all((rule.vi, rule.en, rule.why)), rule.id


def test_every_rule_is_explained() -> None:
    page = (Path(__file__).parents[3] / "docs" / "explanation" / "consistency.md").read_text(encoding="utf-8")
    lines = {line.split("|")[1].strip(): line for line in page.splitlines() if line.startswith("| `")}
    assert lines.keys() == {f"`{rule.id}`" for rule in RULES}
    for rule in RULES:
        assert f"| {rule.severity.label} |" in lines[f"`{rule.id}`"]


def test_who_to_ask_is_the_body_that_answers_for_it_and_the_document() -> None:
    (one,) = found("rate.over_all", fig("Tỷ lệ hộ dùng nước sạch", 103, "%", asked="Trạm Y tế"))
    assert one.ask_vi == "đơn vị báo số: Trạm Y tế, Báo cáo bc-2022"
    assert one.ask_en == "who reported it: Trạm Y tế, Báo cáo bc-2022"
    (bare,) = found("rate.over_all", fig("Tỷ lệ hộ dùng nước sạch", 103, "%", document=None, document_name=""))
    assert bare.ask_vi == "đơn vị báo số: Phường An Bình"


def test_worst_first_and_what_is_not_known_yet_is_left_out() -> None:
    points = next(case for case in CASES if case.rule == "rate.points").broken
    over = fig("Tỷ lệ hộ dùng nước sạch", 103, "%", as_of=TODAY)
    told = check((*points, over), TODAY)
    assert [one.severity for one in told] == [Severity.ERROR, Severity.NOTE]
    assert found("rate.over_all", over, today=TODAY.replace(day=22)) == []
    assert found("rate.over_all", replace(over, kind=ResultKind.FORECAST)) == []


SILENT = (
    ("ratio.terms", (fig("Thu ngân sách", 104, "%", planned=100, ratio=104),)),
    ("ratio.terms", (fig("Hộ", 2, planned=3, ratio=66.6),)),  # cut off, not rounded
    ("ratio.terms", (fig("Thu", 36e9, MONEY, planned=41e9, ratio=88),)),  # 87,8 of figures told in tỷ
    ("ratio.unnamed", (fig("Thu", 49e9, MONEY, ratio=299.9),)),
    ("ratio.unnamed", (fig("Thu", 49e9, MONEY, planned=6.2e9, ratio=790.2),)),
    ("rate.over_all", (fig("Tỷ lệ thu ngân sách so với dự toán", 112, "%"),)),
    ("rate.over_all", (fig("Tốc độ tăng giá trị sản xuất", 118, "%"),)),
    ("rate.over_all", (fig("Tỷ lệ hộ nghèo", 104, "%", meaning=PeriodMeaning.AGAINST_PLAN),)),
    ("parts.hundred", (
        fig("A", 34, "%", part_of="w"), fig("B", 34, "%", part_of="w"), fig("C", 33, "%", part_of="w"),
    )),  # each rounded up
    ("parts.sum", (WHOLE, fig("Hộ nghèo được vay", 121, qualifier="about", **PART))),
    ("members.sum", (
        fig("Đảng viên chính thức", 311, "đảng viên", document="a"), fig("Đảng viên dự bị", 2, "đảng viên"),
        fig("Tổng số đảng viên", 314, "đảng viên"),
    )),  # of two documents, maybe of two days
    ("transfers.sum", (
        fig("Tiếp nhận", 6, "đồng chí"), fig("Chuyển đi", 4, "đồng chí"),
        fig("Giới thiệu sinh hoạt đảng nơi cư trú", 213, "đảng viên"),
    )),  # those are not transfers
    ("unit.jump", (fig("Hộ nghèo", 1200, period="2021"), fig("Hộ nghèo", 1))),  # a count that fell
    ("unit.jump", (fig("Thu", 33e9, MONEY, "2021"), fig("Thu", 330e9, MONEY))),
    ("unit.jump", (
        fig("Hộ kinh doanh", 40_000), *(fig("Hộ kinh doanh", 41, body=key, parent="an-binh") for key in "abcd"),
    )),  # a region is no peer of its wards
    ("unit.jump", (fig("Thu", 0, MONEY, "2021"), fig("Thu", 33e9, MONEY))),
    ("unit.jump", (fig("Thu", 33e9, MONEY, "2021"), fig("Thu", 33e6, MONEY, "2021-M01"))),
    ("outlier", tuple(fig("Tỷ lệ", value, "%", str(2021 + at)) for at, value in enumerate((91.1, 91.6, 92.0, 94.5)))),
    ("told.twice", (fig("Thu", 36e9, MONEY, document="a"), fig("Thu", 36.412e9, MONEY, document="b"))),
    ("told.twice", (fig("Hộ", 500, document="a", qualifier="about"), fig("Hộ", 512, document="b"))),
    ("told.twice", (fig("Hộ", 500, document="a", kind="estimate"), fig("Hộ", 512, document="b"))),
    ("told.twice", (fig("Hộ", 40, document="a"), fig("Hộ", 90, document="b", running_total=True))),
    ("told.again", tuple(
        fig(name, 100, "%", year, document=year) for year in ("2021", "2022") for name in ("A", "B", "C")
    )),  # 100% each year is no copy
    ("term.count", (fig("Kết nạp", 4, "đảng viên", planned=3, **YEARLY),)),
    ("term.count", (fig("Kết nạp", 21, "đảng viên", planned=15),)),  # no goal of each year is known
    ("term.count", (
        fig("Kết nạp", 21, "đảng viên", "2022", running_total=True, as_of=TODAY, **YEARLY),
        fig("Kết nạp", 6, "đảng viên", "2022", **YEARLY),
    )),
    ("structure.amounts", (
        fig("Tỷ trọng dịch vụ", 55, "%"), fig("Tỷ trọng công nghiệp", 40, "%"),
        fig("Giá trị sản xuất công nghiệp", 271e9, MONEY), fig("Giá trị sản xuất dịch vụ", 349.2e9, MONEY),
    )),  # agriculture is missing from the shares: nothing can be said
    ("region.sum", (fig("Hộ nghèo", 100), fig("Hộ nghèo", 40, **WARD_A), fig("Hộ nghèo", 50, **WARD_B))),
    ("region.sum", (fig("Thu nhập bình quân", 60e6, MONEY), fig("Thu nhập bình quân", 61e6, MONEY, **WARD_A))),
    ("region.sum", (fig("Đạt chuẩn", 1, "", nature="status"), fig("Đạt chuẩn", 2, "", nature="status", **WARD_A))),
    ("region.sum", (fig("Năng suất", 60, "tạ/ha"), fig("Năng suất", 61, "tạ/ha", **WARD_A))),
    ("region.rate", (
        fig("Tỷ lệ", 91, "%", **WARD_A), fig("Tỷ lệ", 93, "%", **WARD_B), fig("Tỷ lệ", 94, "%"),
    )),  # not all bodies below are held
    ("income.implausible", (fig("Tốc độ tăng thu nhập bình quân", 10e9, MONEY),)),
    ("income.implausible", (fig("Thu nhập bình quân", 66, "triệu đồng"),)),
    ("rate.points", (
        fig("Tỷ lệ hộ nghèo", 5.2, "%", "2021"), fig("Tỷ lệ hộ nghèo", 3.7, "%"), fig("Giảm hộ nghèo", 1.5, "điểm %"),
    )),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "figures"), SILENT, ids=lambda given: given if isinstance(given, str) else "")
def test_what_may_well_be_is_not_asked_about(rule: str, figures: tuple[Figure, ...]) -> None:
    assert found(rule, *figures) == []


def test_what_a_finding_says_is_whole_in_both_languages() -> None:
    for case in (*CASES, *ALONE):
        for one in check(case.broken, TODAY, case.complete):
            assert one.vi != one.en
            assert not {"None", "nan"} & set(one.vi.split())
            assert "  " not in one.vi + one.en
            assert not one.vi.endswith(".")
            assert not one.en.endswith(".")
