"""Parameters of law: what loads, what is refused and in which words, what is in force, what is due for a check."""

from datetime import date
from pathlib import Path

import pytest

from nhiemky.law import LawError, NotInForce, load

GOOD = """\
id: thu.nghiem
vi: Tham số thử
en: A parameter to try
unit: ngày
values:
  - from: 2020-01-01
    value: 3
    reference: Quyết định 1/QĐ-X ngày 01/01/2020
    checked_on: 2026-01-15
  - from: 2024-07-01
    value: 5
    reference: Quyết định 2/QĐ-X ngày 01/6/2024
    checked_on: 2026-01-15
"""


def folder(tmp_path: Path, text: str, name: str = "thu.yaml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_value_of_a_day_is_the_last_that_began(tmp_path: Path) -> None:
    law = load(folder(tmp_path, GOOD))
    said = [law.value("thu.nghiem", date(2024, month, 30)) for month in (6, 7)]
    assert said == [3, 5]
    assert law.parameter("thu.nghiem").on(date(2024, 7, 1)).reference == "Quyết định 2/QĐ-X ngày 01/6/2024"
    with pytest.raises(NotInForce, match=r"ngày 31/12/2019 chưa có giá trị; giá trị đầu tiên có từ 01/01/2020"):
        law.value("thu.nghiem", date(2019, 12, 31))
    with pytest.raises(LawError, match=r"không có tham số khac; đang có: thu\.nghiem"):
        law.value("khac", date(2024, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "    reference: Quyết định 1/QĐ-X ngày 01/01/2020\n",
            "",
            r"values\[1\].reference: gặp không có gì",
        ),
        (
            "reference: Quyết định 2/QĐ-X ngày 01/6/2024",
            'reference: "  "',
            r"values\[2\].reference: gặp",
        ),
        ("    checked_on: 2026-01-15\n  - from", "  - from", r"values\[1\].checked_on: gặp không có gì"),
        ("from: 2024-07-01", "from: tháng 7", r"values\[2\].from: gặp 'tháng 7', cần một ngày"),
        ("from: 2024-07-01", "from: 2019-07-01", "thu.nghiem.values: gặp 01/07/2019, cần một ngày sau 01/01/2020"),
        ("value: 5", "value:", r"values\[2\].value: gặp trống"),
        ("unit: ngày", "unit: ngày\nghichu: x", "gặp khóa ghichu, cần một trong: en, id, unit, values, vi"),
        ("vi: Tham số thử\n", "", "thu.nghiem.vi: gặp không có gì, cần khóa vi"),
        ("id: thu.nghiem", "id: [", "thu.yaml: không phải YAML đúng"),
        (GOOD, "chỉ là chữ", "thu.yaml: gặp 'chỉ là chữ', cần một tham số"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(LawError, match=words):
        load(folder(tmp_path, GOOD.replace(old, new)))


def test_a_parameter_is_written_once(tmp_path: Path) -> None:
    folder(tmp_path, GOOD, "a.yaml")
    with pytest.raises(LawError, match=r"b\.yaml: tham số thu\.nghiem đã có trong a\.yaml"):
        load(folder(tmp_path, GOOD, "b.yaml"))


@pytest.mark.parametrize(
    ("today", "warned"),
    [(date(2027, 7, 14), []), (date(2027, 7, 15), ["01/07/2024"]), (date(2024, 6, 30), [])],
)
def test_what_nobody_checked_for_eighteen_months_warns(tmp_path: Path, today: date, warned: list[str]) -> None:
    """A value that is no longer in force needs no check."""
    said = load(folder(tmp_path, GOOD)).warnings(today)
    assert [one.vi.split(" từ ")[1].split()[0] for one in said] == warned
    for one in said:
        assert "đã quá 18 tháng" in one.vi
        assert "last checked on 15/01/2026" in one.en


def test_a_figure_that_is_no_whole_number_is_refused(tmp_path: Path) -> None:
    law = load(folder(tmp_path, GOOD.replace("value: 5", "value: năm")))
    with pytest.raises(LawError, match=r"thu\.yaml, thu\.nghiem: gặp 'năm', cần một số nguyên"):
        law.whole("thu.nghiem", date(2025, 1, 1))


def test_all_that_is_shipped_loads_with_its_references() -> None:
    law = load()
    assert {"calendar.holidays", "calendar.weekly_rest", "task.due_soon"} <= law.parameters.keys()
    for one in law.parameters.values():
        for value in one.values:
            assert len(value.reference) > 20, one.id
    assert law.warnings(date(2026, 11, 23)) == ()
    assert len(law.warnings(date(2028, 5, 23))) >= len(law.parameters)
