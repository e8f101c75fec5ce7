"""The few things of Word that python-docx has no words for: links, bookmarks, fields, table rows, pale marks, and files
whose bytes depend on nothing but their content. Only `docx.py` and `docx_styles.py` call it."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

_WATERMARK = """<w:r {ns}><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="dau-du-thao-{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt="{text}"
 style="position:absolute;margin-left:0;margin-top:0;width:460pt;height:105pt;rotation:{turn};z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#ececec" stroked="f">
<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold" string="{text}"/>
</v:shape></w:pict></w:r>"""
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def element(tag: str, parent: Any = None, /, **attributes: str) -> Any:
    """`element("w:tab", parent, val="left")` → <w:tab w:val="left"/>, put at the end of parent."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    if parent is not None:
        parent.append(made)
    return made


def link(paragraph: Any, anchor: str) -> Any:
    """A link to a bookmark of the same file; runs are added inside it."""
    return element("w:hyperlink", paragraph._p, anchor=anchor, history="1")


def bookmark(paragraph: Any, name: str, number: int, runs: Iterable[Any]) -> None:
    """A bookmark around runs that already stand in the paragraph."""
    kept = [run._r for run in runs]
    kept[0].addprevious(element("w:bookmarkStart", id=str(number), name=name))
    kept[-1].addnext(element("w:bookmarkEnd", id=str(number)))


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field such as PAGE, with the text shown until Word counts."""
    for kind in ("begin", "instr", "separate", "text", "end"):
        run = paragraph.add_run()
        if kind == "instr":
            element("w:instrText", run._r).text = f" {code} "
        elif kind == "text":
            run.text = shown
        else:
            element("w:fldChar", run._r, fldCharType=kind)


def watermark(paragraph: Any, text: str, number: int, *, landscape: bool) -> None:
    """Pale words behind the text, as Word's own watermark makes them."""
    turn = 328 if landscape else 308
    xml = _WATERMARK.format(ns=f"{nsdecls('w')} {_VML}", number=number, spid=2048 + number, text=text, turn=turn)
    paragraph._p.append(parse_xml(xml))


def repeat_header(row: Any) -> None:
    element("w:tblHeader", row._tr.get_or_add_trPr(), val="true")


def keep_whole(row: Any) -> None:
    element("w:cantSplit", row._tr.get_or_add_trPr(), val="true")


def table_borders(table: Any, size: int | None) -> None:
    """Lines of `size` eighths of a point all around and inside; None for no line."""
    borders = element("w:tblBorders", table._tbl.tblPr)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = {"val": "nil"} if size is None else {"val": "single", "sz": str(size), "space": "0", "color": "000000"}
        element(f"w:{side}", borders, **kind)


def cell_margins(table: Any, top: int, side: int) -> None:
    """Inner margins of all cells, in twentieths of a point."""
    margins = element("w:tblCellMar", table._tbl.tblPr)
    for name, width in (("top", top), ("left", side), ("bottom", top), ("right", side)):
        element(f"w:{name}", margins, w=str(width), type="dxa")


def shade(properties: Any, colour: str) -> None:
    """Background of a cell or paragraph, by its properties element."""
    element("w:shd", properties, val="clear", color="auto", fill=colour)


def fixed_bytes(data: bytes) -> bytes:
    """The same zip with fixed dates and attributes, so that equal papers are equal files."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            new.writestr(info, old.read(name))
    return out.getvalue()
