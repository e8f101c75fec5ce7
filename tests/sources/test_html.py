"""A page's HTML to its visible text: furniture stays, scripts go, cells and paragraphs stand apart, letters are NFC."""

import unicodedata
from pathlib import Path

import pytest

from nhiemky.sources import SourceError, load

STORY = "Sáng ngày 12/7, Đảng ủy phường Mai Khảo tổ chức hội nghị sơ kết giữa nhiệm kỳ 2020-2025."
PAGE = f"""<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Tên cửa sổ</title>
<style>.an {{ color: red }}</style><script>var luot = "không phải chữ";</script></head>
<body>
<nav><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></nav>
<h1>Phường Mai Khảo sơ kết giữa nhiệm kỳ</h1>
<div class="meta">Ngày đăng 12/07/2023 | 16:40 | Lượt xem: 73</div>
<p>{STORY}</p>
<p>Dòng một<br>Dòng hai</p>
<table><tr><th>Chỉ tiêu</th><th>Kết quả</th></tr><tr><td>Tỷ lệ hộ nghèo</td><td>0,5%</td></tr>
<tr><td>Kết nạp đảng viên</td><td>12</td></tr></table>
<ul><li>Việc thứ nhất</li><li>Việc thứ hai</li></ul>
<!-- lời người viết mã -->
<template>khuôn mẫu</template><noscript>bật mã lệnh</noscript>
<footer>Trực tuyến: 82 | Hôm nay: 941</footer>
<script>document.write("đuôi")</script>
</body></html>
"""


def text_of(folder: Path, page: str, name: str = "trang.html") -> str:
    path = folder / name
    path.write_text(page, encoding="utf-8")
    loaded = load(path)
    assert loaded.kind == "html"
    return loaded.text


def test_all_visible_text_stays_furniture_too(tmp_path: Path) -> None:
    text = text_of(tmp_path, PAGE)
    for shown in (
        "Trang chủ", "Tin tức", "Phường Mai Khảo sơ kết giữa nhiệm kỳ", "Ngày đăng 12/07/2023 | 16:40 | Lượt xem: 73",
        STORY, "Trực tuyến: 82 | Hôm nay: 941",
    ):  # fmt: skip
        assert text.count(shown) == 1, shown


def test_what_is_no_text_goes(tmp_path: Path) -> None:
    text = text_of(tmp_path, PAGE)
    for hidden in ("không phải chữ", "color", "lời người viết mã", "khuôn mẫu", "đuôi", "<", "href"):
        assert hidden not in text


def test_blocks_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    lines = text_of(tmp_path, PAGE).split("\n")
    assert {STORY, "Dòng một", "Dòng hai", "Việc thứ nhất", "Việc thứ hai"} <= set(lines)
    assert all(line == line.strip() for line in lines)
    assert "\n\n\n" not in "\n".join(lines)


def test_a_row_of_a_table_is_a_line_with_its_cells_apart(tmp_path: Path) -> None:
    lines = {" ".join(line.split()) for line in text_of(tmp_path, PAGE).split("\n")}
    assert {"Chỉ tiêu Kết quả", "Tỷ lệ hộ nghèo 0,5%", "Kết nạp đảng viên 12"} <= lines


def test_entities_are_letters(tmp_path: Path) -> None:
    coded = "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in STORY)
    assert STORY in text_of(tmp_path, f"<html><body><p>{coded}</p></body></html>")
    coded = "".join(f"&#x{ord(c):X};" if ord(c) > 127 else c for c in STORY)
    assert f"{STORY} “A & B” < 5" in text_of(
        tmp_path, f"<html><body><p>{coded} &ldquo;A &amp; B&rdquo; &lt; 5</p></body></html>"
    )


@pytest.mark.parametrize("coded", [False, True])
def test_letters_are_composed(tmp_path: Path, coded: bool) -> None:
    apart = unicodedata.normalize("NFD", STORY)
    if coded:
        apart = "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in apart)
    text = text_of(tmp_path, f"<html><body><p>{apart}</p></body></html>")
    assert text == STORY
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body><p>{}</p></body></html>",
        "\n <!-- đầu --> <html><body><p>{}</p></body></html>",
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "x"><html><body><p>{}</p></body></html>',
        "<HTML><BODY><P>{}</P></BODY></HTML>",
        "\ufeff<html><body>{}</body></html>",
    ],
)
def test_html_is_told_by_its_content_whatever_its_name(tmp_path: Path, page: str) -> None:
    assert text_of(tmp_path, page.format(STORY), "trang.txt") == STORY


@pytest.mark.parametrize(
    "page", ["<p>{}</p>", "{}", "<html><body><p>{}<table><tr><td>", "<div><b>{}</div>", "<body><p>{}</body"]
)
def test_broken_html_is_read_as_far_as_it_goes(tmp_path: Path, page: str) -> None:
    assert text_of(tmp_path, page.format(STORY), "mảnh.htm") == STORY


def test_a_text_that_speaks_of_html_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{STORY} Thẻ <html> và 3 < 5.", encoding="utf-8")
    loaded = load(tmp_path / "a.txt")
    assert (loaded.kind, loaded.text) == ("text", f"{STORY} Thẻ <html> và 3 < 5.")


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Tên</title><style>p{}</style></head><body><script>1</script></body></html>",
        "<html></html>",
        '<!doctype html><html><body><img src="a.png" alt="ảnh"><div> &nbsp; </div></body></html>',
    ],
)
def test_html_without_text_is_refused(tmp_path: Path, page: str) -> None:
    (tmp_path / "trống.html").write_text(page, encoding="utf-8")
    with pytest.raises(SourceError, match=r"trống\.html: không có chữ nào để đọc\. Hãy"):
        load(tmp_path / "trống.html")
