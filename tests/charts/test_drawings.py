"""Drawings are well-formed, speak for themselves, keep inside their frame, and no two labels cover one another."""

import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhiemky.charts import ChartWords, Fan, icon, sparkline, target_chart, verdict_bars
from nhiemky.charts.canvas import domain, text_width, ticks, wrap
from nhiemky.charts.target import day_of
from nhiemky.values.kinds import VerdictStatus

SVG = "{http://www.w3.org/2000/svg}"
RESULTS = [(2021.0, 90.7), (2022.0, 91.1), (2023.0, 91.6), (2023.5, 91.8)]
PATH = [(2021.0, 90.7), (2026.0, 94.5)]
LONG = (
    "Tốc độ tăng tổng giá trị sản xuất các ngành dịch vụ, công nghiệp, xây dựng <bình quân> hằng năm & cả nhiệm kỳ " * 2
)


def insurance(**more: object) -> str:
    told: dict[str, object] = {
        "title": "Tỷ lệ bảo hiểm y tế",
        "unit": "%",
        "start": 2021.0,
        "end": 2026.0,
        "path": PATH,
        "low": 94.5,
        "goal": "≥ 94,5%",
        "status": "at_risk",
        "baseline": True,
        "fan": Fan(92.5, 92.9, 93.3, "ước 92,5–93,3"),
    }
    return target_chart(RESULTS, **{**told, **more})  # type: ignore[arg-type]


def test_words_may_be_of_another_language() -> None:
    said = ChartWords("goal", "path", "estimate", "baseline", "year not over", "no data")
    drawn = " ".join(texts(insurance(words=said, running=((2023.5, 91.8),), missing=(2024,))))
    assert "goal ≥ 94,5%" in drawn
    assert "(baseline)" in drawn
    assert not re.search("mục tiêu|lộ trình|gốc|chưa", drawn)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    rows = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        wide = text_width(element.text or "", size, bold="font-weight" in element.attrib)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.attrib["text-anchor"]]
        rows.append((left, y - size * 0.8, left + wide, y + size * 0.2))
    return rows


def overlaps(svg: str) -> bool:
    told = boxes(svg)
    return any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for i, a in enumerate(told) for b in told[i + 1 :]
    )


def test_values_goal_path_and_forecast_are_labelled_directly() -> None:
    told = texts(insurance(estimates=[2023.5]))
    assert {"90,7% (gốc)", "91,1%", "91,6%", "ước 91,8% (30/06/2023)"} <= set(told)
    assert {"mục tiêu ≥ 94,5%", "ước 92,5–93,3", "lộ trình", "2021", "2025"} <= set(told)
    assert not overlaps(insurance(estimates=[2023.5]))


def test_it_speaks_for_itself() -> None:
    root = ElementTree.fromstring(insurance())
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].startswith(
        "Tỷ lệ bảo hiểm y tế. Mục tiêu ≥ 94,5%. Kết quả: 90,7% ngày 31/12/2020;"
    )


def test_text_is_escaped_and_long_titles_are_cut() -> None:
    svg = insurance(title=LONG, heading=True, goal="<b>≥ 94,5%</b>")
    assert "<b>" not in svg
    assert texts(svg)[1].endswith("…")
    assert all(right <= 860 for _, _, right, _ in boxes(svg))


def test_the_same_drawing_on_page_and_paper() -> None:
    page, paper = insurance(), insurance(palette="paper", font="Tinos")
    assert "var(--risk,#8a5a00)" in page
    assert "var(" not in paper
    assert 'font-family="Tinos"' in paper
    assert texts(page) == texts(paper)
    assert re.findall(r'points="([^"]+)"', page) == re.findall(r'points="([^"]+)"', paper)


def test_years_without_a_figure_are_shown_as_missing() -> None:
    svg = target_chart(
        [(2022.0, 66.0)], title="Thu nhập", unit="triệu đồng", start=2021, end=2026, low=95, missing=[2022]
    )
    assert "chưa có số liệu" in texts(svg)
    assert "66 (31/12/2021)" in texts(svg)


def test_a_year_under_way_is_not_joined_to_whole_years() -> None:
    svg = target_chart(
        [(2022.0, 104.0), (2023.0, 112.0)],
        title="Thu",
        unit="%",
        start=2021,
        end=2026,
        low=100,
        running=[(2023.5, 58.0)],
    )
    assert "58% (30/06/2023, chưa hết năm)" in texts(svg)
    line = re.search(r'<polyline points="([^"]+)"', svg)
    assert line
    assert len(line[1].split()) == 2


def test_plain_dong_is_drawn_in_billions() -> None:
    svg = target_chart([(2022.0, 31_234_567_890.0)], title="Thu", unit="đồng", start=2021, end=2026, low=30e9)
    assert {"tỷ đồng", "31,235 (31/12/2021)"} <= set(texts(svg))


def test_steps_are_drawn_as_steps() -> None:
    svg = target_chart([], title="Trường", unit="trường", start=2021, end=2026, path=[(2021, 3), (2026, 6)], steps=True)
    line = re.search(r'<polyline points="([^"]+)"', svg)
    assert line
    spots = [tuple(map(float, spot.split(","))) for spot in line[1].split()]
    assert spots[0][1] == spots[1][1]
    assert spots[1][0] == spots[2][0]


LEVELS = st.floats(-1e4, 1e4).map(lambda x: round(x, 2))
LINES = st.lists(
    st.tuples(st.sampled_from([2021 + n / 4 for n in range(21)]), LEVELS), max_size=12, unique_by=lambda p: p[0]
)


@settings(max_examples=150, deadline=None)
@given(
    LINES,
    st.one_of(st.none(), LEVELS),
    st.one_of(st.none(), LEVELS),
    st.sampled_from(["%", "hộ", "đồng", "triệu đồng", ""]),
    st.booleans(),
    st.sampled_from([360, 860]),
    st.sampled_from(VerdictStatus),
)
def test_any_data_stays_inside_and_legible(
    results: list[tuple[float, float]],
    low: float | None,
    high: float | None,
    unit: str,
    fan: bool,
    width: int,
    status: VerdictStatus,
) -> None:
    svg = target_chart(
        results, title=LONG, unit=unit, start=2021, end=2026, low=low, high=high, goal="≥ 94,5%", status=status,
        path=[(2021, 0.0), (2026, low)] if low is not None else [], width=width, missing=[2022],
        fan=Fan(1, 2, 3, "ước 1–3") if fan else None,
    )  # fmt: skip
    assert "nan" not in svg
    for left, top, right, bottom in boxes(svg):
        assert left >= -1
        assert top >= -1
        assert right <= width + 1
        assert bottom <= 331
    assert not overlaps(svg)


@given(LINES, st.one_of(st.none(), LEVELS), st.one_of(st.none(), LEVELS))
def test_sparkline_draws_anything(results: list[tuple[float, float]], low: float | None, high: float | None) -> None:
    svg = sparkline(results, start=2021, end=2026, low=low, high=high, path=PATH, status="missed", label="a < b & c")
    root = ElementTree.fromstring(svg)
    assert root.attrib["aria-label"] == "a < b & c"
    assert "nan" not in svg
    for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", " ".join(re.findall(r'points="([^"]+)"', svg))):
        assert 0 <= float(x) <= 150
        assert 0 <= float(y) <= 38


def test_sparkline_ends_in_the_latest_result_and_shows_the_goal() -> None:
    svg = sparkline(RESULTS, start=2021, end=2026, path=PATH, low=94.5, status="at_risk")
    assert svg.count("<circle") == 1
    assert 'fill="var(--risk,#8a5a00)"' in svg
    assert "stroke-dasharray" in svg


def test_bars_are_worst_first_with_icon_word_and_count() -> None:
    svg = verdict_bars({"met": 5, "missed": 1, "at_risk": 2, "no_data": 0})
    assert texts(svg) == ["Không đạt", "1", "Nguy cơ không đạt", "2", "Đã đạt", "5"]
    assert svg.count('viewBox="0 0 12 12"') == 3
    widths = [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', svg)]
    assert widths[2] == pytest.approx(5 * widths[0], abs=0.1)
    assert ElementTree.fromstring(svg).attrib["aria-label"] == (
        "8 chỉ tiêu. Không đạt: 1; Nguy cơ không đạt: 2; Đã đạt: 5"
    )


def test_bars_of_nothing_say_so_and_english_speaks_english() -> None:
    assert texts(verdict_bars({})) == ["Chưa có chỉ tiêu nào"]
    assert texts(verdict_bars({"missed": 1}, english=True)) == ["Missed", "1"]


@pytest.mark.parametrize("status", list(VerdictStatus))
def test_every_status_has_its_own_icon(status: VerdictStatus) -> None:
    others = {icon(str(other)) for other in VerdictStatus if other is not status}
    assert icon(str(status)) not in others
    assert "aria-hidden" in icon(str(status))


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_ticks_are_round_and_inside(low: float, more: float) -> None:
    bottom, top = domain([low, low + more])
    assert bottom < top
    marks = ticks(bottom, top)
    assert len(marks) <= 12
    assert all(bottom - abs(bottom) * 1e-6 - 1e-6 <= mark <= top + abs(top) * 1e-6 + 1e-6 for mark in marks)


def test_counts_have_no_fractions_on_their_axis() -> None:
    assert ticks(0, 1.12, whole=True) == [0, 1]
    assert ticks(3, 9.7, whole=True) == [4, 6, 8]
    assert not any(math.modf(mark)[0] for mark in ticks(0, 11, whole=True))


def test_wrap() -> None:
    assert wrap("một hai ba", 10, 1000, 2) == ["một hai ba"]
    assert wrap("một hai ba", 10, 25, 2)[-1].endswith("…")
    assert wrap("", 10, 30, 2) == [""]


@pytest.mark.parametrize(
    ("when", "text"),
    [(2021.0, "31/12/2020"), (2023.5, "30/06/2023"), (2023.25, "31/03/2023"), (2023 + 2 / 12, "28/02/2023")],
)
def test_the_day_of_a_time(when: float, text: str) -> None:
    assert day_of(when) == text
