"""Papers for tests: typeset by the product's own typst, written by hand as raw PDF, or photographed badly."""

import io
import re
import shutil
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
import typst
from PIL import Image, ImageFilter
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from nhiemky.report.pdf import FONTS
from nhiemky.sources.loaded import Drawn, SourceError
from nhiemky.sources.pdf import draw
from nhiemky.values.places import Place

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed (Debian: tesseract-ocr tesseract-ocr-vie)"
)
SHEET = """#set page("a4", margin: (left: 3cm, right: 1.5cm, y: 2cm))
#set text(font: "Tinos", size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true), leading: 0.7em, spacing: 0.7em)
"""
PROSE = (
    "Sáu tháng đầu năm, Đảng bộ phường Mai Khảo lãnh đạo thu ngân sách đạt 19,2 tỷ đồng, bằng 59,1% dự toán, tăng "
    "7,35% so với cùng kỳ; giải ngân vốn đầu tư công đạt 49 tỷ 687 triệu đồng.",
    "Tỷ lệ hộ nghèo giảm từ 1,34% xuống còn 0,71%; có 8/8 khu phố đạt danh hiệu văn hóa. Tỷ lệ dân số tham gia bảo "
    "hiểm y tế đạt 94,54%, còn 3,35% trẻ em dưới 5 tuổi suy dinh dưỡng.",
    "Đảng bộ kết nạp 11 đảng viên mới, đạt 91,7% chỉ tiêu; tổ chức quán triệt 12 văn bản cho 1.245 lượt cán bộ, đảng "
    "viên, tỷ lệ tham gia đạt 98,6%.",
    "Quốc phòng, an ninh được giữ vững; giao quân đạt 100% chỉ tiêu. Việc bê tông hóa hẻm còn chậm, mới xong 3 trên 8 "
    "tuyến; thu gom rác ở khu phố Đông Hạ chưa thường xuyên.",
)


@cache
def typeset(source: str, sheet: str = SHEET) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    made = typst.compile((sheet + source).encode(), font_paths=fonts, ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes)
    return made


def read(raw: bytes, name: str = "báo cáo.pdf") -> Drawn:
    return draw(Path(name), raw)


def refusal(raw: bytes) -> str:
    with pytest.raises(SourceError) as refused:
        read(raw)
    said = str(refused.value)
    assert said.startswith("báo cáo.pdf: ")
    assert "Hãy" in said
    return said


def place_of(drawn: Drawn, words: str) -> Place:
    """The place of a phrase that the text holds once."""
    assert drawn.text.count(words) == 1, words
    start = drawn.text.index(words)
    place = drawn.places.of(start, start + len(words))
    assert place is not None
    return place


def shown(raw: bytes, page: int, dots: int = 144) -> Image.Image:
    """A page (from 1) as its viewer sees it, grey."""
    document = pypdfium2.PdfDocument(raw)
    pixels = document[page - 1].render(scale=dots / 72, grayscale=True).to_numpy()
    document.close()
    return Image.fromarray(pixels[:, :, 0] if pixels.ndim == 3 else pixels).copy()


def ink(picture: Image.Image, box: tuple[float, float, float, float], page_width: float) -> float:
    """The share of dark pixels in a box, given in points of a page so wide."""
    scale = picture.width / page_width
    left, top, right, bottom = (round(side * scale) for side in box)
    pixels = np.asarray(picture)[max(0, top) : bottom, max(0, left) : right]
    return float((pixels < 128).mean()) if pixels.size else 0.0


def worn(
    picture: Image.Image, angle: float = 0.0, shade: float = 1.0, grain: float = 0.0, blur: float = 0.0
) -> Image.Image:
    """A page as the scanner or telephone of an office takes it: aslant, in shadow on one side, grainy, out of focus."""
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(blur)) if blur else turned).astype(float)
    pixels = pixels * np.linspace(shade, 1, pixels.shape[1])[None, :]
    pixels = pixels + np.random.default_rng(5).normal(0, grain, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (more, len(packed), packed)


def raw_pdf(content: bytes, resources: bytes = b"<<>>", *others: bytes, page: bytes = b"") -> bytes:
    """A PDF of one page; `others` are objects from number 5 on, `page` further entries of the page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s%s>>" % (resources, page),
        stream(content),
        *others,
    ]
    made = b"%PDF-1.5\n"
    places = []
    for number, written in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(made),
    )  # fmt: skip


def without_meanings(raw: bytes) -> bytes:
    """A PDF whose fonts no longer say what their letters mean, as broken exports do."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    nonsense = StreamObject()
    nonsense.set_data(b"1 begincodespacerange<0000><FFFF>endcodespacerange 1 beginbfrange<0000><17FF><E000>endbfrange")
    held = writer._add_object(nonsense)
    for page in writer.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            font.get_object()[NameObject("/ToUnicode")] = held
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def lines_of(drawn: Drawn) -> list[str]:
    return [line for line in re.split(r"\n", drawn.text) if line]
