"""Texts in old and in wrong letters come out in Unicode, composed, with the words that say what was done."""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.letters import LETTERS, SMALL, TCVN3, in_tcvn3, in_vni, in_windows_1258, misread

from nhiemky.sources import load
from nhiemky.sources.decode import decode
from nhiemky.sources.legacy import decoded, legacy_of_font
from nhiemky.sources.mend import mend
from nhiemky.sources.vietnamese import is_syllable

TEXT = (
    "Sáng ngày 12/7, Đảng ủy phường Mai Khảo tổ chức hội nghị sơ kết giữa nhiệm kỳ.\n\n"
    "Tỷ lệ hộ gia đình văn hóa là 95,2%, vượt chỉ tiêu. Đảng bộ có 318 đảng viên ở 12 chi bộ; xây 4,5 km đường.\n"
)
WORDS = "đảng bộ phường có ba chi mới kết nạp trong kỳ và tỷ lệ hộ nghèo giảm còn 0,5% nữa"
SENTENCES = st.lists(st.sampled_from(WORDS.split()), min_size=6).map(" ".join)


def loaded(folder: Path, content: bytes | str) -> tuple[str, tuple[str, ...]]:
    path = folder / "cũ.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    read = load(path)
    assert unicodedata.is_normalized("NFC", read.text)
    for start, end, place in read.places:
        assert read.text[start:end].strip()
        assert read.places.of(start, end) == place
    return read.text, read.notes


def test_a_text_of_today_is_left_alone_and_nothing_is_noted(tmp_path: Path) -> None:
    assert loaded(tmp_path, TEXT) == (TEXT, ())


@pytest.mark.parametrize(
    ("content", "note"),
    [
        pytest.param(in_windows_1258(TEXT), "Windows-1258", id="Windows-1258"),
        pytest.param(in_tcvn3(TEXT).encode("latin-1"), "TCVN3 (ABC)", id="TCVN3"),
        pytest.param(in_vni(TEXT).encode("latin-1"), "VNI", id="VNI"),
        pytest.param(in_tcvn3(TEXT), "TCVN3 (ABC)", id="TCVN3 saved as UTF-8"),
        pytest.param(in_vni(TEXT), "VNI", id="VNI saved as UTF-8"),
        pytest.param(misread(TEXT, "cp1252"), "bị hiểu nhầm bảng mã", id="UTF-8 as Western"),
        pytest.param(misread(TEXT, "cp1258"), "bị hiểu nhầm bảng mã", id="UTF-8 as Windows-1258"),
        pytest.param(misread(TEXT, "latin-1"), "bị hiểu nhầm bảng mã", id="UTF-8 as Latin-1"),
        pytest.param(misread(misread(TEXT, "cp1252"), "cp1252"), "bị hiểu nhầm bảng mã", id="twice"),
        pytest.param(misread(TEXT, "cp1252").replace("\u00a0", " "), "bị hiểu nhầm bảng mã", id="blanks made plain"),
        pytest.param(TEXT.replace("Đ", "Ð"), "chữ Ð", id="eth for Đ"),
    ],
)
def test_old_and_wrong_letters_come_right_and_it_is_noted(tmp_path: Path, content: bytes | str, note: str) -> None:
    text, notes = loaded(tmp_path, content)
    assert text == TEXT
    assert len(notes) == 1
    assert note in notes[0]


def test_capitals_with_a_tone_are_small_in_tcvn3(tmp_path: Path) -> None:
    text, _ = loaded(
        tmp_path, in_tcvn3("Đảng ủy phường Mai Khảo. Ủy ban nhân dân phường đã có báo cáo.").encode("latin-1")
    )
    assert text == "Đảng ủy phường Mai Khảo. ủy ban nhân dân phường đã có báo cáo."


@pytest.mark.parametrize("written", [in_tcvn3, in_vni])
def test_a_file_converted_in_part_is_converted_where_it_was_not(tmp_path: Path, written: object) -> None:
    assert callable(written)
    half = f"{TEXT}\n{written(TEXT)}\nKết luận: đảng bộ {written('đạt 12 chỉ tiêu')}.\n"
    text, notes = loaded(tmp_path, half)
    assert text == f"{TEXT}\n{TEXT}\nKết luận: đảng bộ đạt 12 chỉ tiêu.\n"
    assert len(notes) == 1


def test_lines_of_another_encoding_in_a_file_of_utf_8(tmp_path: Path) -> None:
    lines = [TEXT.encode(), in_windows_1258(TEXT), TEXT.encode() * 3, in_tcvn3(TEXT).encode("latin-1")]
    text, notes = loaded(tmp_path, b"".join(lines))
    assert text == TEXT * 6
    assert any("bảng mã khác" in note for note in notes)


@pytest.mark.parametrize("kept", range(20, 40))
def test_utf_8_cut_off_keeps_all_that_was_whole(tmp_path: Path, kept: int) -> None:
    raw = TEXT.encode()[: 60 + kept]
    text, _ = loaded(tmp_path, raw)
    whole = raw.decode("utf-8", "ignore")
    assert text.startswith(whole)
    assert len(text) - len(whole) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Ông Müller, bà José và chị Muñoz dự hội nghị của phường Mai Khảo.", "Trang chủ » Tin tức · Đảng bộ © 2023",
        "Diện tích 12 m², nhiệt độ 30°C, giá 1,5 €, ½ số hộ.", "«Một cửa» ở phường", "Zalo® và Facebook™ của phường",
        "Café Đồng Quê", "È hèm, ừ thì là mà", "hội­nghị",
    ],
)  # fmt: skip
def test_foreign_names_and_signs_stay(text: str) -> None:
    assert mend(text) == (text, ())


def test_marks_typed_in_the_wrong_order_are_put_right() -> None:
    assert mend("ti\u0065\u0301\u0302n b\u006f\u0323\u0302 ké\u0302t")[0] == "tiến bộ kết"


@pytest.mark.parametrize("letter", SMALL)
def test_every_letter_through_tcvn3(letter: str) -> None:
    written = in_tcvn3(letter)
    assert decoded(written, "tcvn3") == letter
    assert decoded(written, "tcvn3 capitals") == letter.upper()


def test_tcvn3_is_as_the_c_library_has_it() -> None:
    iconv = shutil.which("iconv")
    if iconv is None or "TCVN5712-1" not in subprocess.run([iconv, "-l"], capture_output=True, text=True).stdout:
        pytest.skip("no iconv with TCVN5712-1 here")
    codes = bytes(ord(code) for code in TCVN3.values())
    said = subprocess.run([iconv, "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=True)
    assert said.stdout.decode() == decoded(codes.decode("latin-1"), "tcvn3")


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_through_vni_and_windows_1258(letter: str) -> None:
    assert decoded(in_vni(letter), "vni") == letter
    found = decode(in_windows_1258(f"Đảng bộ {letter} phường".replace("  ", " ")))
    assert found is not None
    assert found[0] == f"Đảng bộ {letter} phường"


@given(st.text(st.sampled_from(LETTERS + " bcdghklmnpqrstvx0123456789,.%"), max_size=200))
def test_any_text_through_vni(text: str) -> None:
    assert decoded(in_vni(text), "vni") == text


@given(SENTENCES, st.sampled_from(["cp1252", "cp1258", "latin-1"]), st.integers(1, 2))
def test_any_sentence_misread(sentence: str, page: str, times: int) -> None:
    wrong = sentence
    for _ in range(times):
        wrong = misread(wrong, page)
    assert mend(wrong)[0] == sentence


@given(SENTENCES, st.sampled_from([in_tcvn3, in_vni]))
def test_any_sentence_in_old_letters(sentence: str, written: object) -> None:
    assert callable(written)
    said = written(sentence)
    text, notes = mend(said)
    assert text == sentence or (text == said and not notes)  # too few words to tell


@given(st.text())
def test_mending_never_fails_and_is_done_once(text: str) -> None:
    once = mend(text)[0]
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"), (".vntime", "tcvn3"), (".VnTimeH", "tcvn3 capitals"), (".VnArial", "tcvn3"),
        (".VnArial NarrowH", "tcvn3 capitals"), ("VnTime", "tcvn3"), ("VNI-Times", "vni"), ("VNI Helve", "vni"),
        ("Times New Roman", None), ("Arial", None), ("", None), (None, None), ("Vnu Sans", None), ("Vni", None),
    ],
)  # fmt: skip
def test_fonts_say_their_encoding(font: str | None, encoding: str | None) -> None:
    assert legacy_of_font(font) == encoding


def test_syllables() -> None:
    words = "nghiêng quyết khuya ngoằn giếng gìn ơn ừ yêu thuở Đảng UỶ hoá hóa khuỷu xoong"
    assert [word for word in words.split() if not is_syllable(word)] == []


@pytest.mark.parametrize("word", ["§¶ng", "Ñaûng", "Ä‘áº£ng", "đảngđảng", "Müller", "12", "áà", "m²", "xÕp", ""])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
