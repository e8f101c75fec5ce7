"""Paper → PDF by typst and `midterm.typ`, with Tinos (metrics of Times New Roman) as the only font; SVG → PNG too."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
import typst

from nhiemky.report.paper import MidtermPaper, plain

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
FAMILY = "Tinos"
FACES = 4

_DRAWING = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: "Tinos", lang: "vi")
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)
"""


class FontError(RuntimeError):
    """The paper font is missing; the message says where it is looked for and how it gets there."""


def to_pdf(paper: MidtermPaper) -> bytes:
    """The whole paper; the same paper gives the same bytes. Raises FontError where Tinos is not installed."""
    title = f"{paper.title} {plain(paper.abstract)}"
    inputs = {
        "paper": msgspec.json.encode(paper).decode(),
        "title": title,
        "author": paper.letterhead.issuer,
    }
    made = datetime.fromisoformat(paper.made_on).replace(tzinfo=UTC)
    pdf = typst.compile(
        _HERE / "midterm.typ",
        root=_HERE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        timestamp=made,
    )
    assert isinstance(pdf, bytes)
    return pdf


def to_png(svg: str, width: float, ppi: float = 220) -> bytes:
    """A drawing as PNG on white, `width` mm wide, with the same font as the paper."""
    png = typst.compile(
        _DRAWING.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
        sys_inputs={"svg": svg, "width": str(width)},
    )
    assert isinstance(png, bytes)
    return png


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    faces = [font for font in fonts.fonts() if font.family == FAMILY]
    if len(faces) < FACES:
        raise FontError(
            f"Thiếu phông {FAMILY}: cần {FACES} kiểu chữ trong {FONTS}, thấy {len(faces)}. "
            "Chạy ./run --setup để chép phông từ node_modules."
        )
    return fonts
