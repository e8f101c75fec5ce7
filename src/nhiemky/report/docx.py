"""Paper → DOCX that an office can go on writing in: real styles, header rows, links, bookmarks, sections. Pure."""

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.run import Run

from nhiemky.report import docx_styles as styles
from nhiemky.report.docx_tables import bare_table, data_table
from nhiemky.report.docx_xml import bookmark, element, field, fixed_bytes, link, watermark
from nhiemky.report.paper import (
    Block,
    Bullets,
    Chart,
    Figure,
    Heading,
    Line,
    MidtermPaper,
    Paragraph,
    Section,
    SourceLine,
    Sources,
    Table,
    Words,
    plain,
)
from nhiemky.report.pdf import to_png

_PAGE = (Mm(210), Mm(297))
_LEFT, _RIGHT, _TOP, _BOTTOM = Mm(30), Mm(15), Mm(20), Mm(20)
_PARAGRAPHS = {
    "body": styles.BODY,
    "basis": styles.BASIS,
    "prompt": styles.PROMPT,
    "note": styles.NOTE,
    "caption": styles.CAPTION,
    "centred": styles.CENTRED,
}


def to_docx(paper: MidtermPaper) -> bytes:
    """The whole paper; the same paper gives the same bytes. Charts need the paper font (FontError)."""
    document = docx.Document()
    styles.set_styles(document)
    _properties(document, paper)
    writer = _Writer(document)
    first = document.sections[0]
    _page(first, paper.body)
    first.different_first_page_header_footer = True
    writer.letterhead(paper)
    writer.blocks(paper.body.blocks)
    writer.signature(paper)
    for section in paper.annexes:
        _page(document.add_section(WD_SECTION.NEW_PAGE), section)
        writer.blocks(section.blocks)
    for number, (made, section) in enumerate(zip(document.sections, (paper.body, *paper.annexes), strict=True)):
        writer.header_footer(made, section, paper.draft_mark, number)
    out = BytesIO()
    document.save(out)
    return fixed_bytes(out.getvalue())


def _properties(document: Document, paper: MidtermPaper) -> None:
    made, about = datetime.fromisoformat(paper.made_on), document.core_properties
    about.title = f"{paper.title} {plain(paper.abstract)}"
    about.author = about.last_modified_by = paper.letterhead.issuer
    about.category, about.language = paper.draft_mark, "vi-VN"
    about.identifier, about.comments, about.keywords = paper.digest, "", ""
    about.created = about.modified = made
    about.revision = 1


def _page(made: Any, section: Section) -> None:
    width, height = (_PAGE[1], _PAGE[0]) if section.landscape else _PAGE
    made.orientation = WD_ORIENT.LANDSCAPE if section.landscape else WD_ORIENT.PORTRAIT
    made.page_width, made.page_height = width, height
    made.left_margin, made.right_margin, made.top_margin, made.bottom_margin = _LEFT, _RIGHT, _TOP, _BOTTOM
    made.header_distance, made.footer_distance = Mm(10), Mm(8)
    made.different_first_page_header_footer = False


class _Writer:
    """Writes blocks at the end of a document; counts bookmarks and pictures, whose ids must differ."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._marks = 0

    # ---- lines

    def line(self, paragraph: Any, line: Line) -> None:
        """Words, quotes and figures as runs; a figure with a source is a link to it, with its small mark."""
        for piece in line:
            if isinstance(piece, Figure) and piece.source is not None:
                self._linked(paragraph, piece)
            else:
                _styled(paragraph.add_run(piece.text), piece.style)

    def _linked(self, paragraph: Any, piece: Figure) -> None:
        holder = link(paragraph, f"nguon_{piece.source}")
        _styled(_run_in(holder, paragraph, piece.text), piece.style)
        if piece.mark:
            _run_in(holder, paragraph, f"[{piece.source}]").font.superscript = True

    def paragraph(self, line: Line, style: str) -> Any:
        made = self._document.add_paragraph(style=style)
        self.line(made, line)
        return made

    # ---- blocks

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self.paragraph(block.line, f"Heading {block.level}" if block.level else styles.ANNEX)
            case Paragraph():
                self.paragraph(block.line, _PARAGRAPHS[block.style])
            case Bullets():
                for item in block.items:
                    self.paragraph((Words("- "), *item), styles.BODY)
            case Table():
                data_table(self._document, block, self.line)
            case Chart():
                self._chart(block)
            case Sources():
                for source in block.lines:
                    self._source(source)

    def _chart(self, chart: Chart) -> None:
        paragraph = self._document.add_paragraph(style=styles.LETTERHEAD)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6)
        picture = paragraph.add_run().add_picture(BytesIO(to_png(chart.svg, chart.width)), width=Mm(chart.width))
        picture._inline.docPr.set("descr", chart.alt)
        picture._inline.docPr.set("name", "Biểu đồ")
        self.paragraph(chart.caption, styles.CAPTION)

    def _source(self, source: SourceLine) -> None:
        paragraph = self._document.add_paragraph(style=styles.SOURCE)
        number = paragraph.add_run(f"[{source.number}]")
        self._marks += 1
        bookmark(paragraph, f"nguon_{source.number}", self._marks, [number])
        paragraph.add_run("\t")
        self.line(paragraph, source.origin)
        if source.before or source.marked:
            paragraph.add_run(f": “{source.before}")
            paragraph.add_run(source.marked).bold = True
            paragraph.add_run(f"{source.after}”")

    # ---- parts that have a place of their own

    def letterhead(self, paper: MidtermPaper) -> None:
        head = paper.letterhead
        table = bare_table(self._document, (87, 78))
        left, right = table.rows[0].cells
        rows = ((head.upper, ""), (head.issuer, "bold"), ("*", ""), (head.number, ""))
        for place, (text, style) in enumerate(rows):
            _styled(_first_or_new(left, place, styles.LETTERHEAD).add_run(text), style)
        party = _first_or_new(right, 0, styles.LETTERHEAD).add_run(head.party)
        party.bold, party.underline, party.font.size = True, True, Pt(15)
        date = _first_or_new(right, 1, styles.LETTERHEAD)
        date.paragraph_format.space_before = Pt(18)
        self.line(date, (Words(f"{head.place}, ", "italic"), *head.date))
        title = self.paragraph((Words(paper.title),), styles.TITLE)
        title.paragraph_format.space_before = Pt(20)
        abstract = self.paragraph(paper.abstract, styles.LETTERHEAD)
        abstract.paragraph_format.left_indent = abstract.paragraph_format.right_indent = Mm(15)
        self.paragraph((Words("-----"),), styles.LETTERHEAD).paragraph_format.space_after = Pt(14)

    def signature(self, paper: MidtermPaper) -> None:
        table = bare_table(self._document, (82, 83))
        left, right = table.rows[0].cells
        heading = _first_or_new(left, 0, styles.LETTERHEAD)
        heading.alignment, heading.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.LEFT, Pt(16)
        heading.add_run("Nơi nhận:").underline = True
        for place, name in enumerate(paper.signature.recipients, start=1):
            made = _first_or_new(left, place, styles.LETTERHEAD)
            made.alignment, made.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.LEFT, Pt(0)
            made.add_run(name).font.size = Pt(12)
        authority = _first_or_new(right, 0, styles.LETTERHEAD)
        authority.paragraph_format.space_before = Pt(16)
        authority.add_run(paper.signature.authority).bold = True
        _first_or_new(right, 1, styles.LETTERHEAD).add_run(paper.signature.position)
        _first_or_new(right, 2, styles.LETTERHEAD).paragraph_format.space_before = Pt(90)

    def header_footer(self, made: Any, section: Section, mark: str, number: int) -> None:
        """Page number in the middle (not on page one), draft mark at the right, pale mark behind the text."""
        width = made.page_width - _LEFT - _RIGHT
        headers = [(made.header, True)] + ([(made.first_page_header, False)] if number == 0 else [])
        for place, (header, numbered) in enumerate(headers):
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0]
            paragraph.style = self._document.styles[styles.LETTERHEAD]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.tab_stops.add_tab_stop(width // 2, WD_TAB_ALIGNMENT.CENTER)
            paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
            paragraph.add_run("\t")
            if numbered:
                field(paragraph, "PAGE", str(number + 1))
            paragraph.add_run("\t")
            _boxed(paragraph.add_run(f"\u00a0{mark}\u00a0"))
            watermark(paragraph, mark, 2 * number + place + 1, landscape=section.landscape)
        made.footer.is_linked_to_previous = False
        footer = made.footer.paragraphs[0]
        footer.style = self._document.styles[styles.NOTE]
        self.line(footer, section.footer)


def _styled(run: Run, style: str) -> None:
    if style == "bold":
        run.bold = True
    elif style == "italic":
        run.italic = True


def _boxed(run: Run) -> None:
    run.bold, run.font.size = True, Pt(10)
    element("w:bdr", run._r.get_or_add_rPr(), val="single", sz="6", space="0", color="000000")


def _run_in(holder: Any, paragraph: Any, text: str) -> Run:
    run = paragraph.add_run(text)
    holder.append(run._r)
    return run  # type: ignore[no-any-return]


def _first_or_new(cell: Any, place: int, style: str) -> Any:
    if place == 0:
        cell.paragraphs[0].style = style
        return cell.paragraphs[0]
    return cell.add_paragraph(style=style)
