"""Pages part by part: the article apart from its furniture, merged cells, hidden text, old fonts, odd trees."""

from pathlib import Path

import pytest
from tests.sources.letters import in_tcvn3, in_vni

from nhiemky.sources import Loaded, load

STORY = "Sáng ngày 12/7, Đảng ủy phường Mai Khảo tổ chức hội nghị sơ kết giữa nhiệm kỳ 2020-2025 tại nhà văn hóa."
MORE = "Đảng bộ có 318 đảng viên sinh hoạt ở 12 chi bộ; tỷ lệ hộ gia đình văn hóa đạt 95,2%, vượt chỉ tiêu đề ra."
PORTAL = f"""<!doctype html><html><head><title>Cửa sổ</title></head><body>
<nav class="menu"><ul><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li></ul></nav>
<div class="content"><h1>Phường Mai Khảo sơ kết giữa nhiệm kỳ</h1><div class="date">12/07/2023 | Lượt xem: 73</div>
<p>{STORY}</p><p>{MORE}</p>
<table><tr><td>Chỉ tiêu</td><td>Kết quả</td></tr><tr><td>Hộ nghèo</td><td>0,5%</td></tr></table>
<p>{STORY.replace("Sáng", "Chiều")}</p></div>
<aside class="sidebar"><h3>Tin liên quan</h3>
<ul><li><a href="/a">Ra quân dọn vệ sinh bờ kè phường Mai Khảo</a></li></ul></aside>
<div class="comments"><p>Bình luận của bạn đọc: hay quá, xin chúc mừng phường nhà.</p></div>
<footer><p>Cơ quan chủ quản: UBND phường Mai Khảo</p></footer></body></html>"""


def read(folder: Path, page: str) -> Loaded:
    path = folder / "trang.html"
    path.write_text(page, encoding="utf-8")
    loaded = load(path)
    assert loaded.kind == "html"
    for start, end, place in loaded.places:
        assert loaded.text[start:end] == loaded.text[start:end].strip() != ""
        assert loaded.places.of(start, end) == place
    return loaded


def body(inside: str) -> str:
    return f"<html><body><p>{STORY}</p>{inside}</body></html>"


def part_of(loaded: Loaded, words: str) -> str:
    at = loaded.text.index(words)
    place = loaded.places.of(at, at + len(words))
    assert place is not None
    return place.part


def test_the_article_is_told_from_the_furniture_and_neither_is_lost(tmp_path: Path) -> None:
    loaded = read(tmp_path, PORTAL)
    for words in ("Phường Mai Khảo sơ kết", "12/07/2023", STORY, MORE, "0,5%", "Chiều ngày"):
        assert part_of(loaded, words) == "body", words
    for words in ("Trang chủ", "Giới thiệu", "Ra quân dọn vệ sinh", "Bình luận của bạn", "Cơ quan chủ quản"):
        assert part_of(loaded, words) == "furniture", words


def test_blocks_are_counted_as_paragraphs_and_cells_by_their_table(tmp_path: Path) -> None:
    loaded = read(tmp_path, PORTAL)
    labels = {loaded.text[start:end]: place.label for start, end, place in loaded.places}
    assert labels["Trang chủ"] == "đoạn 1"
    assert labels[STORY] == "đoạn 5"
    assert labels["0,5%"] == "bảng 1, hàng 2, cột 2"
    two = read(tmp_path, body("<div>Dòng một<br>dòng hai</div><div>Khối sau</div>"))
    assert [place.paragraph for _, _, place in two.places] == [1, 2, 2, 3]


def test_a_page_without_an_article_has_no_furniture(tmp_path: Path) -> None:
    loaded = read(tmp_path, "<html><body><div>Đường dây nóng của phường</div><div>Số 0123</div></body></html>")
    assert {place.part for _, _, place in loaded.places} == {"body"}


# --- tables ---


def cells(loaded: Loaded, at: int = 0) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {
        (cell.row, cell.column): (loaded.text[cell.start : cell.end], cell.rows, cell.columns)
        for cell in loaded.tables[at].cells
    }


def test_merged_cells_stand_once_where_they_begin(tmp_path: Path) -> None:
    page = (
        "<table><caption>Biểu 1</caption><thead><tr><th rowspan=2>STT<th rowspan='2'>Chỉ tiêu<th colspan=2>Năm</tr>"
        "<tr><th>2022<th>2023</tr></thead><tbody><tr><td>1<td><p>Hộ</p><p>nghèo</p><td>0,7<td></tr>"
        "<tr><td>2<td colspan=9>Ghi <br>chú</tr></tbody></table><p>Hết.</p>"
    )
    loaded = read(tmp_path, body(page))
    assert loaded.text == (f"{STORY}\n\nBiểu 1\nSTT\tChỉ tiêu\tNăm\n2022\t2023\n1\tHộ nghèo\t0,7\t\n2\tGhi chú\n\nHết.")
    assert cells(loaded) == {
        (0, 0): ("STT", 2, 1), (0, 1): ("Chỉ tiêu", 2, 1), (0, 2): ("Năm", 1, 2), (1, 2): ("2022", 1, 1),
        (1, 3): ("2023", 1, 1), (2, 0): ("1", 1, 1), (2, 1): ("Hộ nghèo", 1, 1), (2, 2): ("0,7", 1, 1),
        (2, 3): ("", 1, 1), (3, 0): ("2", 1, 1), (3, 1): ("Ghi chú", 1, 9),
    }  # fmt: skip


def test_a_cell_to_the_end_reaches_no_further(tmp_path: Path) -> None:
    page = "<table><tr><td rowspan=0>A<td rowspan=99>B<td>C</tr><tr><td>D</tr></table>"
    assert cells(read(tmp_path, body(page))) == {
        (0, 0): ("A", 2, 1), (0, 1): ("B", 2, 1), (0, 2): ("C", 1, 1), (1, 2): ("D", 1, 1)
    }  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<table><tr><td>Menu</td><td><p>{MORE}</p><p>Câu sau.</p></td></tr></table>", id="one row"),
        pytest.param(
            f"<table><tr><td>Menu</td></tr><tr><td><p>{MORE}</p><p>Câu sau.</p></td></tr></table>", id="one column"
        ),
        pytest.param(
            f"<table><tr><td>Menu<td>x</tr><tr><td>y<td>{f'<p>{MORE}</p>' * 6}<p>Câu sau.</p></table>",
            id="an article in a cell",
        ),
        pytest.param(
            f"<table><tr><td>Menu</td><td>x</td></tr><tr><td>y</td><td>{MORE}<table><tr><td>Câu sau.</table></table>",
            id="a table in a table",
        ),
        pytest.param(
            f"<table role=presentation><tr><td>Menu<td>x<tr><td>{MORE}<td>Câu sau.</table>", id="said to be layout"
        ),
    ],
)
def test_tables_that_lay_out_a_page_are_lines(tmp_path: Path, page: str) -> None:
    loaded = read(tmp_path, body(page))
    assert loaded.tables == ()
    assert {"Menu", MORE, "Câu sau."} <= set(loaded.text.split("\n"))


# --- what is not shown ---


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="color:red; display : none">giấu</p>', "<div hidden><p>giấu</p></div>", "<dialog>giấu</dialog>",
        '<span style="VISIBILITY:hidden">giấu</span>', '<a class="btn sr-only">giấu</a>', "<noscript>giấu</noscript>",
        "<select><option>giấu</select>", "<textarea>giấu</textarea>", "<svg><text>giấu</text></svg>",
        "<template><p>giấu</p></template>", "<iframe>giấu</iframe>", "<!-- giấu -->",
    ],
)  # fmt: skip
def test_what_a_browser_does_not_show_is_left_out(tmp_path: Path, hidden: str) -> None:
    assert read(tmp_path, body(f"<div>trước {hidden} sau</div>")).text == f"{STORY}\n\ntrước sau"


@pytest.mark.parametrize("page", ["<html><body style='display:none'><p>{}</p>", "<body><div hidden>{}</div>"])
def test_a_page_that_a_script_uncovers_is_read(tmp_path: Path, page: str) -> None:
    assert read(tmp_path, page.format(STORY)).text == STORY


def test_spaces_and_lines_are_as_drawn(tmp_path: Path) -> None:
    page = "<div>a <b> b</b>\n c<i>d</i></div><pre>một\n  hai</pre><ul><li>x<li>y</ul>"
    loaded = read(tmp_path, body(f"{page}<details><summary>s</summary>t</details>"))
    assert loaded.text == f"{STORY}\n\na b cd\nmột\nhai\nx\ny\ns\nt"


# --- letters and trees ---


@pytest.mark.parametrize(
    ("page", "note"),
    [
        (f'<p><font face=".VnTime">{in_tcvn3("Đảng bộ phường")}</font></p>', "TCVN3 (ABC)"),
        (f"<p style=\"font-family:'.VnTime'\">{in_tcvn3('Đảng <b>bộ</b> phường')}</p>", "TCVN3 (ABC)"),
        (f"<p style='font:12pt VNI-Times'>{in_vni('Đảng')} <i>{in_vni('bộ phường')}</i></p>", "VNI"),
        (f'<p><span style="font-family: .VnTimeH">{in_tcvn3("đảng bộ phường")}</span></p>', "TCVN3 (ABC)"),
    ],
)
def test_old_fonts_are_decoded(tmp_path: Path, page: str, note: str) -> None:
    loaded = read(tmp_path, body(page))
    assert loaded.text.split("\n")[-1].lower() == "đảng bộ phường"
    assert ("ĐẢNG BỘ" in loaded.text) == ("VnTimeH" in page)
    assert loaded.notes == (f"chữ {note} đã đổi sang Unicode",)


def test_a_page_nested_beyond_measure_is_still_read(tmp_path: Path) -> None:
    loaded = read(tmp_path, f"<html><body>{f'<p><font><b>{STORY}' * 3000}")
    assert loaded.text.count(STORY) == 3000
    assert "lồng nhau quá sâu" in loaded.notes[0]
    assert len(loaded.places) == 3000
