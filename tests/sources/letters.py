"""Vietnamese written in the old encodings, for tests: what a file of those years holds for a text of today."""

import unicodedata

SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
LETTERS = SMALL + SMALL.upper()
# VNI-Windows letter by letter, typed from a table of the program's manual, not made from the product's
_VNI = (
    "á=aù à=aø ả=aû ã=aõ ạ=aï ă=aê ắ=aé ằ=aè ẳ=aú ẵ=aü ặ=aë â=aâ ấ=aá ầ=aà ẩ=aå ẫ=aã ậ=aä đ=ñ é=eù è=eø ẻ=eû ẽ=eõ ẹ=eï "
    "ê=eâ ế=eá ề=eà ể=eå ễ=eã ệ=eä í=í ì=ì ỉ=æ ĩ=ó ị=ò ó=où ò=oø ỏ=oû õ=oõ ọ=oï ô=oâ ố=oá ồ=oà ổ=oå ỗ=oã ộ=oä "
    "ơ=ô ớ=ôù ờ=ôø ở=ôû ỡ=ôõ ợ=ôï ú=uù ù=uø ủ=uû ũ=uõ ụ=uï ư=ö ứ=öù ừ=öø ử=öû ữ=öõ ự=öï ý=yù ỳ=yø ỷ=yû ỹ=yõ ỵ=î"
)
VNI = dict(pair.split("=") for pair in _VNI.split())
VNI |= {letter.upper(): written.upper() for letter, written in VNI.items()}
# TCVN3: the codes from A1 on, as the standard lists them
_TCVN3 = (
    "Ă=A1 Â=A2 Ê=A3 Ô=A4 Ơ=A5 Ư=A6 Đ=A7 ă=A8 â=A9 ê=AA ô=AB ơ=AC ư=AD đ=AE à=B5 ả=B6 ã=B7 á=B8 ạ=B9 ằ=BB ẳ=BC "
    "ẵ=BD ắ=BE ặ=C6 ầ=C7 ẩ=C8 ẫ=C9 ấ=CA ậ=CB è=CC ẻ=CE ẽ=CF é=D0 ẹ=D1 ề=D2 ể=D3 ễ=D4 ế=D5 ệ=D6 ì=D7 ỉ=D8 ĩ=DC "
    "í=DD ị=DE ò=DF ỏ=E1 õ=E2 ó=E3 ọ=E4 ồ=E5 ổ=E6 ỗ=E7 ố=E8 ộ=E9 ờ=EA ở=EB ỡ=EC ớ=ED ợ=EE ù=EF ủ=F1 ũ=F2 ú=F3 "
    "ụ=F4 ừ=F5 ử=F6 ữ=F7 ứ=F8 ự=F9 ỳ=FA ỷ=FB ỹ=FC ý=FD ỵ=FE"
)
TCVN3 = {pair[0]: chr(int(pair[2:], 16)) for pair in _TCVN3.split()}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_vni(text: str) -> str:
    """As a program shows the bytes that VNI has for `text`: `Đảng` → `Ñaûng`."""
    return "".join(VNI.get(letter, letter) for letter in text)


def in_tcvn3(text: str) -> str:
    """As a program shows TCVN3's bytes: `đảng` → `®¶ng`; capitals with a tone have none and become small."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower(), letter) for letter in text)


def in_windows_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: letters composed, tones behind them."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
            out += (base + "".join(c for c in parts if c in _TONES)).encode("cp1258")
    return out


def misread(text: str, page: str) -> str:
    """UTF-8 read as a page of one byte a letter; bytes that the page has not stay as they are, as browsers do."""
    return "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())
