"""What a paragraph of Word says: changes, hidden text, fields, signs, and the old letters of its fonts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.letters import in_tcvn3, in_vni
from tests.sources.word import SENTENCE, char, code, lines, p, r, read, table, tr, word

from nhiemky.sources.docx import draw

FIRST = p(SENTENCE)


def sign(font: str, at: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{at}"/></w:r>'


def test_deleted_text_is_gone_and_inserted_text_is_there(tmp_path: Path) -> None:
    def change(kind: str, inside: str) -> str:
        return f'<w:{kind} w:id="1" w:author="a">{inside}</w:{kind}>'

    gone = "<w:r><w:delText>318</w:delText></w:r>"
    moved = change("moveFrom", r(" (cũ)")) + change("moveTo", r(" (mới)"))
    join = "<w:rPr><w:del w:id='2'/></w:rPr>"
    row = tr("thừa", "hàng", properties="<w:del w:id='3'/>")
    body = p("Có ", change("del", gone), change("ins", r("320")), moved, ".") + p("Nửa ", properties=join) + p("câu.")
    body += table(tr("A", "B"), row, tr("C", "D"))
    assert lines(tmp_path, body) == ["Có 320 (mới).", "Nửa câu.", "A\tB", "C\tD"]


def test_hidden_text_is_left_out_wherever_it_is_said(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Ẩn"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kín"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = p("Thấy ", r("giấu", "<w:vanish/>"), r("giấu", '<w:rStyle w:val="Ẩn"/>'), r("rõ", '<w:vanish w:val="0"/>'))
    body += p("cả đoạn", style="Kín") + p(r("lại hiện", '<w:vanish w:val="false"/>'), style="Kín")
    body += table(tr("A", "B"), tr("ẩn", "hàng", properties="<w:hidden/>"), tr("C", "D"))
    assert lines(tmp_path, body, styles=styles) == ["Thấy rõ", "lại hiện", "A\tB", "C\tD"]


def test_fields_show_their_result(tmp_path: Path) -> None:
    inner = char("begin") + code(" MERGEFIELD n ") + char("separate") + r("trong mã") + char("end")
    field = char("begin") + code(" IF ") + inner + code(' = 1 "x" ') + char("separate") + r("318") + char("end")
    simple = '<w:fldSimple w:instr=" REF x "><w:r><w:t>12</w:t></w:r></w:fldSimple>'
    body = p("Có ", field, " đảng viên ở ", simple, " chi bộ, xem trang ", char("begin"), code(" PAGEREF y "))
    body = body.removesuffix("</w:p>") + char("separate") + r("5") + char("end") + r(".") + "</w:p>"
    assert lines(tmp_path, body) == ["Có 318 đảng viên ở 12 chi bộ, xem trang 5."]


def test_old_forms_show_what_was_filled_in(tmp_path: Path) -> None:
    def field(data: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        return begin + code(" FORM ") + char("separate") + char("end")

    ticked = field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    empty = field('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    choice = field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Đạt"/><w:listEntry w:val="Vượt"/></w:ddList>')
    assert lines(tmp_path, p(ticked, " đúng ", empty, " sai: ", choice)) == ["☒ đúng ☐ sai: Vượt"]


def test_a_table_of_contents_is_furniture(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Mc1"><w:name w:val="toc 1"/></w:style>'
    loaded = read(tmp_path, word(p("I. Kết quả", "<w:r><w:tab/></w:r>", "3", style="Mc1") + FIRST, {"styles": styles}))
    assert loaded.text.split("\n")[0] == "I. Kết quả\t3"
    assert [place.part for _, _, place in loaded.places] == ["furniture", "body"]


def test_wrappers_are_seen_through_and_placeholders_are_not_text(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = "<w:showingPlcHdr/>"
    body = p(
        "Ngày ", f"<w:smartTag><w:smartTag>{r('12/7')}</w:smartTag></w:smartTag>",
        f"<w:hyperlink>{r(' tại')}</w:hyperlink>", f"<w:customXml>{r(' phường')}</w:customXml>",
        control.format("", r(" Mai")), control.format(empty, r("Bấm vào đây")),
        f"<w:ins>{control.format('', r(' Khảo'))}</w:ins>",
    ) + control.format("", p("Cả đoạn.")) + control.format(empty, p("Bấm vào đây."))  # fmt: skip
    assert lines(tmp_path, body) == ["Ngày 12/7 tại phường Mai Khảo", "Cả đoạn."]


def test_signs_are_letters(tmp_path: Path) -> None:
    tab, line, hard, soft = (f"<w:r><w:{name}/></w:r>" for name in ("tab", "br", "noBreakHyphen", "softHyphen"))
    body = p("Số 05", hard, "NQ/ĐU", tab, "hội", soft, "nghị") + p("Dòng", line, "mới")
    body += p(
        sign("Symbol", "F0B3"), " 95; ", sign("Wingdings", "F0FC"), " rồi", sign("Wingdings", "xyz"), sign("A", "")
    )
    body += p(r("\uf0a3", font="Symbol"), " 3; ", r("Tên lạc", font="Symbol"))
    half = "<m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den>"
    body += p(f"<m:oMath><m:f>{half}</m:f></m:oMath>")
    assert lines(tmp_path, body) == [
        "Số 05-NQ/ĐU\thộinghị", "Dòng", "mới", "≥ 95; ✓ rồi", "≤ 3; Tên lạc", "a/b"
    ]  # fmt: skip


# --- old letters by font ---

OLD = in_tcvn3("Đảng bộ phường, ước đạt")  # ư is the soft hyphen of Western letters
_FONT = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
_BY_THEME = '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:hAnsi="Arial"/></w:rPr>'


@pytest.mark.parametrize(
    ("run", "styles"),
    [
        pytest.param(r(OLD, font=".VnTime"), "", id="the run"),
        pytest.param(
            r(OLD, '<w:rStyle w:val="Cũ"/>'),
            f'<w:style w:type="character" w:styleId="Cũ">{_FONT}</w:style>',
            id="its style",
        ),
        pytest.param(r(OLD), f"<w:docDefaults><w:rPrDefault>{_FONT}</w:rPrDefault></w:docDefaults>", id="the document"),
        pytest.param(
            r(OLD),
            '<w:style w:type="paragraph" w:default="1" w:styleId="Thường"><w:basedOn w:val="Gốc"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="Gốc"><w:rPr><w:rFonts w:hAnsi=".VnArial"/></w:rPr></w:style>',
            id="the style that the default style is based on",
        ),
        pytest.param(
            r(OLD), f"<w:docDefaults><w:rPrDefault>{_BY_THEME}</w:rPrDefault></w:docDefaults>", id="the theme"
        ),
    ],
)
def test_an_old_font_decodes_wherever_it_is_said(tmp_path: Path, run: str, styles: str) -> None:
    theme = '<a:minorFont><a:latin typeface=".VnTime"/></a:minorFont>'
    plain = p(r(SENTENCE, font="Times New Roman"))
    loaded = read(tmp_path, word(plain + p(run), {"styles": styles, "theme": theme}))
    assert loaded.text == f"{SENTENCE}\nĐảng bộ phường, ước đạt"
    assert loaded.notes == ("chữ TCVN3 (ABC) đã đổi sang Unicode",)


def test_old_fonts_run_by_run(tmp_path: Path) -> None:
    capitals = r(in_tcvn3("cộng hòa xã hội"), font=".VnTimeH")
    torn = [r(part, font="VNI-Times") for part in ("Ñ", "a", "ûng vie", "ân ñöô", "ïc")]
    soft = f"<w:r>{_FONT}<w:t>ph</w:t><w:softHyphen/><w:t>{in_tcvn3('ờng')}</w:t></w:r>"
    left = r("Đã đổi, còn tên phông", font=".VnTime")
    latin = r(" và có", font=".VnTime")
    loaded = read(tmp_path, word(FIRST + p(capitals) + p(*torn) + p(soft) + p(left) + p("Số ", latin)))
    assert loaded.text.split("\n")[1:] == [
        "CỘNG HÒA XÃ HỘI", "Đảng viên được", "phường", "Đã đổi, còn tên phông", "Số  và có"
    ]  # fmt: skip
    assert loaded.notes == ("chữ TCVN3 (ABC) đã đổi sang Unicode", "chữ VNI đã đổi sang Unicode")


def test_old_letters_under_a_new_font_are_put_right_too(tmp_path: Path) -> None:
    text = "Tỷ lệ hộ gia đình văn hóa là 95,2%"
    assert lines(tmp_path, p(in_vni(text)) + table(tr("A", in_vni(text)), tr("C", "D"))) == [text, f"A\t{text}", "C\tD"]


@given(st.lists(st.sampled_from(["đảng bộ", "phường", "ước đạt", "tỷ lệ"]), min_size=1), st.integers(0, 40))
def test_cutting_runs_anywhere_changes_nothing(words: list[str], cut: int) -> None:
    text = " ".join(words)
    old = in_vni(text)
    parts = [r(part, font="VNI-Times") for part in (old[:cut], old[cut:])]
    assert draw(Path("a.docx"), word(p(*parts))).text == text
