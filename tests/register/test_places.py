"""The units of July 2025 as they are shipped: counts everybody knows, nothing without what came before or after."""

from collections import Counter
from datetime import date

import pytest

from nhiemky.register.place_rows import PlaceRow, check_rows, read_rows, shipped

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
HEAD = "level\tcode\tname\tparent\tvalid_from\tvalid_to\tsuccessors\tdocument\n"
SORTS = ("Thành phố", "Tỉnh", "Phường", "Xã", "Thị trấn", "Đặc khu")


@pytest.fixture(scope="module")
def rows() -> list[PlaceRow]:
    found, faults = read_rows(shipped()[1])
    assert faults == []
    return found


def on(rows: list[PlaceRow], day: date, level: str) -> list[PlaceRow]:
    return [row for row in rows if row.level == level and row.stands_on(day)]


def sorts(rows: list[PlaceRow]) -> Counter[str]:
    return Counter(next(sort for sort in SORTS if row.name.startswith(sort + " ")) for row in rows)


def before(rows: list[PlaceRow], code: str) -> dict[str, str]:
    """name → kind, of what passed into the unit that has the code from July 2025."""
    return {
        row.name: passing.kind
        for row in rows
        for passing in row.successors
        if passing.code == code and row.valid_to == BEFORE
    }


def test_as_many_units_before_and_after_as_the_resolutions_count(rows: list[PlaceRow]) -> None:
    assert [len(on(rows, BEFORE, level)) for level in ("province", "district", "commune")] == [63, 696, 10_035]
    assert [len(on(rows, AFTER, level)) for level in ("province", "district", "commune")] == [34, 0, 3_321]
    assert sorts(on(rows, AFTER, "province")) == {"Tỉnh": 28, "Thành phố": 6}
    assert sorts(on(rows, AFTER, "commune")) == {"Xã": 2_621, "Phường": 687, "Đặc khu": 13}


@pytest.mark.parametrize(("code", "count"), [("79", 168), ("01", 126), ("38", 166), ("12", 38), ("46", 40)])
def test_communes_of_a_province(rows: list[PlaceRow], code: str, count: int) -> None:
    assert len([row for row in on(rows, AFTER, "commune") if row.parent == code]) == count


def test_eleven_provinces_go_on_and_twenty_three_are_made_of_fifty_two(rows: list[PlaceRow]) -> None:
    provinces = [row for row in rows if row.level == "province"]
    assert len([row for row in provinces if row.valid_from is None and row.valid_to is None]) == 11
    assert len([row for row in provinces if row.valid_from == AFTER]) == 23
    assert len([row for row in provinces if row.valid_to == BEFORE]) == 52
    merged = {row.name for row in provinces if row.successors and row.successors[0].code == "79"}
    assert merged == {"Thành phố Hồ Chí Minh", "Tỉnh Bình Dương", "Tỉnh Bà Rịa - Vũng Tàu"}
    assert {row.document for row in provinces if row.valid_to or row.valid_from} == {"202/2025/QH15"}


def test_a_code_taken_over_by_another_unit_is_another_row(rows: list[PlaceRow]) -> None:
    """15 was Yên Bái and is Lào Cai: a code alone names nothing."""
    assert {(row.name, row.valid_from) for row in rows if row.key[:2] == ("province", "15")} == {
        ("Tỉnh Yên Bái", None),
        ("Tỉnh Lào Cai", AFTER),
    }


def test_whole_into_one_is_a_merger_and_divided_is_a_part(rows: list[PlaceRow]) -> None:
    wards = ("Phường Thành Công", "Phường Tân Lợi", "Phường Tân Thành", "Phường Tân Tiến", "Phường Tự An")
    assert before(rows, "24133") == dict.fromkeys((*wards, "Xã Cư ÊBur"), "merge")
    divided = next(row for row in rows if row.code == "00019" and row.valid_to)
    assert divided.name == "Phường Điện Biên"
    assert {passing.kind for passing in divided.successors} == {"part"}
    assert len(divided.successors) == 4


@pytest.mark.parametrize(
    ("name", "province", "made_of"),
    [
        ("Xã Dân Chủ", "25", {"Xã Trị Quận", "Xã Hạ Giáp", "Xã Bảo Thanh", "Xã Gia Thanh"}),
        ("Xã Hợp Lý", "25", {"Xã Quang Sơn", "Xã Ngọc Mỹ", "Xã Hợp Lý"}),
        ("Xã Cự Đồng", "25", {"Xã Tất Thắng", "Xã Cự Đồng", "Xã Thắng Sơn"}),
        ("Phường Hàm Thắng", "68", {"Phường Xuân An", "Thị trấn Phú Long", "Xã Hàm Thắng"}),
        ("Xã Hồng Thái", "68", {"Xã Phan Thanh", "Xã Hồng Thái", "Xã Hòa Thắng"}),
        ("Xã Nguyễn Bỉnh Khiêm", "31", {"Xã Lý Học", "Xã Hòa Bình", "Xã Trấn Dương"}),
    ],
)
def test_made_of_what_their_own_pages_and_resolutions_say(
    rows: list[PlaceRow], name: str, province: str, made_of: set[str]
) -> None:
    (unit,) = (row for row in on(rows, AFTER, "commune") if (row.name, row.parent) == (name, province))
    assert set(before(rows, unit.code)) == made_of


def test_islands_that_were_districts_without_communes_become_special_zones(rows: list[PlaceRow]) -> None:
    passed = {row.name: row for row in rows if row.level == "district" and row.successors}
    assert sorted(passed) == ["Huyện Bạch Long Vĩ", "Huyện Côn Đảo", "Huyện Cồn Cỏ", "Huyện Hoàng Sa", "Huyện Lý Sơn"]
    assert [str(p) for p in passed["Huyện Côn Đảo"].successors] == ["rename:commune/26732"]


def test_no_commune_without_what_came_before_or_after(rows: list[PlaceRow]) -> None:
    ended = on(rows, BEFORE, "commune")
    assert [row.name for row in ended if not row.successors] == []
    reached = {passing.code for row in rows if row.level != "province" for passing in row.successors}
    assert [row.name for row in on(rows, AFTER, "commune") if row.code not in reached] == []
    assert sum(len(row.successors) for row in ended) == 10_566


def test_whole_units_alone_or_together_and_parts_are_told_apart_everywhere(rows: list[PlaceRow]) -> None:
    into = Counter((p.level, p.code) for row in rows if row.level != "province" for p in row.successors)
    for row in on(rows, BEFORE, "commune"):
        kinds = {passing.kind for passing in row.successors}
        if len(row.successors) > 1:
            assert kinds == {"part"}, row
        else:
            assert (
                kinds == {"merge"}
                if into["commune", row.successors[0].code] > 1
                else kinds
                <= {
                    "rename",
                    "reparent",
                }
            ), row


def test_a_commune_stays_in_what_its_province_became(rows: list[PlaceRow]) -> None:
    """No commune crossed a border of the provinces as merged: a namesake put into another province would."""
    province_of = {row.code: row.parent for row in rows if row.level == "district"}
    became = {row.code: row.successors[0].code if row.successors else row.code for row in on(rows, BEFORE, "province")}
    now = {row.code: row.parent for row in on(rows, AFTER, "commune")}
    for row in on(rows, BEFORE, "commune"):
        assert {now[passing.code] for passing in row.successors} == {became[province_of[row.parent]]}, row


def test_the_table_holds_together(rows: list[PlaceRow]) -> None:
    assert list(check_rows(rows)) == []


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("ward\t00004\tPhường A\t01", "level", "Gặp “ward”"),
        ("commune\t4\tPhường A\t01", "code", "5 chữ số"),
        ("commune\t00004\t\t01", "name", "Tên phải có"),
        ("commune\t00004\tPhường A\t01\t31/02/2026", "valid_from", "31/02/2026"),
        ("commune\t00004\tPhường A\t01\t2026-07-01\t2026-06-30\tmerge:00005", "valid_to", "đứng trước ngày đầu"),
        ("commune\t00004\tPhường A\t01\t\t\tmerge:00005", "valid_to", "chưa có ngày cuối"),
        ("commune\t00004\tPhường A\t01\t\t2026-06-30\tgộp:00005", "successors", "gộp:00005"),
        ("commune\t00004\tPhường A\t01\t\t\t\t\tthừa", "", "8 cột"),
    ],
)
def test_a_fault_names_line_and_column_and_gives_no_row(line: str, column: str, words: str) -> None:
    found, (fault, *_) = read_rows(f"# chú thích\n{HEAD}{line}\n")
    assert found == []
    assert (fault.line, fault.column) == (3, column)
    assert words in fault.message


def test_a_table_without_its_columns_says_which() -> None:
    (fault,) = read_rows("mã\ttên\n00004\tPhường A\n")[1]
    assert "level, code, name, parent" in fault.message


@pytest.mark.parametrize(
    ("lines", "column", "words"),
    [
        (("commune\t00004\tPhường A\t99",), "parent", "Không có cấp tỉnh mã 99"),
        (("commune\t00004\tPhường A\t00005",), "parent", "cần mã của một đơn vị"),
        (("province\t01\tTỉnh A\t02",), "parent", "không thuộc đơn vị nào"),
        (("province\t01\tTỉnh A\t\t\t2026-06-30\tmerge:02",), "successors", "mã 02 vào ngày 01/07/2026"),
        (("province\t01\tTỉnh A", "province\t01\tTỉnh B\t\t2026-01-01"), "code", "trùng ngày với “Tỉnh B”"),
        (
            ("province\t01\tTỉnh A\t\t\t2026-06-30\tmerge:02 part:03", "province\t02\tTỉnh B", "province\t03\tTỉnh C"),
            "successors",
            "chuyển trọn vào một đơn vị",
        ),
        (
            ("province\t01\tTỉnh A\t\t\t2026-06-30\tpart:02 part:02", "province\t02\tTỉnh B"),
            "successors",
            "ghi hai lần",
        ),
    ],
)
def test_rows_that_do_not_hold_together(lines: tuple[str, ...], column: str, words: str) -> None:
    found, faults = read_rows(HEAD + "\n".join(lines))
    assert faults == []
    told = [fault for fault in check_rows(found) if words in fault.message]
    assert (told[0].line, told[0].column) == (2, column)
