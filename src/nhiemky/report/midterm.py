"""A frozen review pack → the mid-term review (báo cáo kiểm điểm giữa nhiệm kỳ) as a paper. Desk and cli call it.

The outline is that of mid-term reviews of Party committees: bases, part one (the half term), part two (the other half).
Nothing is invented: what the pack does not hold the paper says is missing, or asks a person to write.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nhiemky.report.annex import adjusted_rows, adjustments_table, annex_title, question_blocks, results_table
from nhiemky.report.board import (
    attention_blocks,
    count_figure,
    count_line,
    field_blocks,
    names_line,
    prompt,
    with_status,
)
from nhiemky.report.citations import Citations
from nhiemky.report.confirmed import citation_lines, merit_lines, scoreboard_lines, task_lines
from nhiemky.report.corrections import correction_blocks
from nhiemky.report.drawing import verdict_chart
from nhiemky.report.letterhead import letterhead, signature
from nhiemky.report.pack import BoardRow, Pack, PackError, load_pack
from nhiemky.report.paper import (
    Block,
    Bullets,
    Figure,
    Heading,
    Inline,
    Line,
    MidtermPaper,
    Paragraph,
    Quote,
    Section,
    Sources,
    Words,
)
from nhiemky.report.phrases import (
    NO_FIGURE,
    document_words,
    forecast_figure,
    goal_in_line,
    name_of,
    pace_in_line,
    reason_lines,
)
from nhiemky.values.canonical import sha256_of
from nhiemky.values.figures import day
from nhiemky.values.kinds import VerdictStatus

_BAD = (VerdictStatus.MISSED, VerdictStatus.AT_RISK)


def midterm_paper(data: Mapping[str, Any]) -> MidtermPaper:
    """JSON of a frozen review pack → paper. Raises PackError when the pack does not hold what a paper needs."""
    pack, digest = load_pack(data), sha256_of(data)
    if pack.kind != "midterm":
        raise PackError(
            f"Gói số liệu là loại “{pack.kind}”; hiện chỉ có mẫu báo cáo kiểm điểm giữa nhiệm kỳ (midterm)."
        )
    cite = Citations(pack, digest)
    term = Figure(pack.term, "pack.term", mark=False, style="bold")
    abstract = (Words("kiểm điểm giữa nhiệm kỳ thực hiện Nghị quyết Đại hội ", "bold"), *_host(pack, "bold"))
    body = Section((*_bases(pack), *_part_one(pack, cite), *_part_two(pack, cite)))
    return MidtermPaper(
        letterhead=letterhead(pack),
        title="BÁO CÁO",
        abstract=(*abstract, Words(", nhiệm kỳ ", "bold"), term),
        body=body,
        signature=signature(pack),
        annexes=_annexes(pack, cite, digest),
        draft_mark="DỰ THẢO",
        made_on=pack.as_of.isoformat(),
        digest=digest,
    )


def _host(pack: Pack, style: str = "") -> Line:
    return (Quote(pack.organisation.name, "pack.organisation.name", "bold" if style == "bold" else ""),)


def _as_of(pack: Pack) -> Figure:
    return Figure(day(pack.as_of), "pack.as_of", mark=False)


def _bases(pack: Pack) -> list[Block]:
    if pack.resolution is None:
        bases: list[Block] = [prompt("căn cứ – số, ngày của Nghị quyết Đại hội; trong sổ chưa có văn bản này")]
    elif pack.resolution.kind == "page":  # a news page tells of a resolution; a report is not founded on it
        told = (Words("- Chỉ tiêu ghi theo "), *document_words(pack.resolution), Words(";"))
        bases = [
            prompt("căn cứ – số, ngày của Nghị quyết Đại hội; trong sổ mới có trang tin"),
            Paragraph(told, "basis"),
        ]
    else:
        bases = [Paragraph((Words("- Căn cứ "), *document_words(pack.resolution), Words(";")), "basis")]
    scope = (
        Words("- Phạm vi: các chỉ tiêu của Nghị quyết Đại hội ghi trong sổ; thời điểm chốt số liệu: ngày "),
        _as_of(pack),
        Words(". Số trong ngoặc vuông chỉ dòng của Phụ lục “Nguồn số liệu”."),
    )
    bases.append(Paragraph(scope, "basis"))
    opening = (Words("Ban Chấp hành "), *_host(pack), Words(" báo cáo kiểm điểm giữa nhiệm kỳ như sau:"))
    return [*bases, Paragraph(opening)]


def _part(name: str, title: str) -> list[Block]:
    return [Heading(1, (Words(name),)), Heading(1, (Words(title),))]


def _heading(text: str) -> Heading:
    return Heading(2, (Words(text),))


def _part_one(pack: Pack, cite: Citations) -> list[Block]:
    return [
        *_part("Phần thứ nhất", "KIỂM ĐIỂM NỬA ĐẦU NHIỆM KỲ"),
        _heading("I. ĐẶC ĐIỂM TÌNH HÌNH"),
        prompt("thuận lợi, khó khăn; việc sắp xếp, sáp nhập đơn vị nếu có"),
        _heading("II. CÔNG TÁC QUÁN TRIỆT, CỤ THỂ HÓA NGHỊ QUYẾT"),
        *_documents(pack, cite),
        _heading("III. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"),
        *_summary(pack, cite),
        _heading("IV. KẾT QUẢ THEO LĨNH VỰC"),
        *field_blocks(pack.rows, cite, merit_lines(pack, cite)),
        _heading("V. HẠN CHẾ, KHUYẾT ĐIỂM; NGUYÊN NHÂN; BÀI HỌC"),
        *_limits(pack),
    ]


def _documents(pack: Pack, cite: Citations) -> list[Block]:
    held = [document for document in pack.documents if document != pack.resolution and document.number]
    blocks = _listed(
        "Các văn bản, báo cáo về thực hiện Nghị quyết có trong sổ:",
        [(*document_words(document), Words(".")) for document in held],
    )
    blocks += _listed("Các văn bản được dẫn trong báo cáo, tin bài nguồn:", citation_lines(pack, cite))
    if not blocks:
        text = f"Về số văn bản cụ thể hóa Nghị quyết: {NO_FIGURE} (trong sổ chưa có văn bản nào)."
        blocks.append(Paragraph((Words(text),)))
    blocks.append(
        prompt("số hội nghị, số lượt người được quán triệt; chương trình hành động, kế hoạch, đề án; phân công")
    )
    return blocks


def _listed(lead: str, items: Sequence[Line]) -> list[Block]:
    """A lead and its items; nothing where there is no item."""
    return [Paragraph((Words(lead),)), Bullets(tuple(items))] if items else []


def _summary(pack: Pack, cite: Citations) -> list[Block]:
    if not pack.rows:
        return [Paragraph((Words(f"Về các chỉ tiêu của Nghị quyết: {NO_FIGURE}; trong sổ chưa có chỉ tiêu nào."),))]
    line: list[Inline] = [Words("Đến ngày "), _as_of(pack), Words(", trong tổng số ")]
    line += [count_figure(len(pack.rows), "count.total", cite, mark=True), Words(" chỉ tiêu của Nghị quyết có: ")]
    line += [*count_line(pack.rows, cite), Words(" (chi tiết tại "), Figure("Phụ lục 1", "outline", mark=False)]
    blocks: list[Block] = [Paragraph((*line, Words(").")))]
    blocks.append(verdict_chart(pack))
    blocks += attention_blocks(pack.rows)
    blocks += correction_blocks(pack, cite)
    blocks += _listed("Số liệu tổng hợp do văn bản nguồn tự nêu, để đối chiếu:", scoreboard_lines(pack, cite))
    return blocks


def _limits(pack: Pack) -> list[Block]:
    bad, blank = with_status(pack.rows, *_BAD), with_status(pack.rows, VerdictStatus.NO_DATA, VerdictStatus.UNDECIDABLE)
    hint: list[Inline] = []
    if bad:
        hint += [Words("; số liệu cho thấy cần kiểm điểm chỉ tiêu "), *names_line(bad)]
    if blank:
        hint += [Words("; chưa có số liệu hoặc chưa đủ căn cứ để đánh giá "), *names_line(blank)]
    return [
        Heading(3, (Figure("1.", "outline", mark=False), Words(" Hạn chế, khuyết điểm"))),
        prompt("hạn chế, khuyết điểm", *hint),
        Heading(3, (Figure("2.", "outline", mark=False), Words(" Nguyên nhân"))),
        prompt("nguyên nhân khách quan"),
        prompt("nguyên nhân chủ quan – nêu rõ trách nhiệm của tập thể, cá nhân phụ trách"),
        Heading(3, (Figure("3.", "outline", mark=False), Words(" Bài học kinh nghiệm"))),
        prompt("bài học kinh nghiệm"),
    ]


def _part_two(pack: Pack, cite: Citations) -> list[Block]:
    return [
        *_part("Phần thứ hai", "PHƯƠNG HƯỚNG, NHIỆM VỤ NỬA CUỐI NHIỆM KỲ"),
        _heading("I. DỰ BÁO TÌNH HÌNH"),
        *_outlook(pack, cite),
        prompt("dự báo bối cảnh, thuận lợi, khó khăn"),
        _heading("II. CHỈ TIÊU ĐIỀU CHỈNH, BỔ SUNG"),
        *_adjustments(pack, cite),
        _heading("III. NHIỆM VỤ, GIẢI PHÁP"),
        *_tasks(pack, cite),
        _heading("IV. KIẾN NGHỊ, ĐỀ XUẤT"),
        prompt("kiến nghị, đề xuất với cấp trên"),
    ]


def _outlook(pack: Pack, cite: Citations) -> list[Block]:
    items: list[Line] = []
    for row in pack.rows:
        figure = forecast_figure(row, cite)
        if figure is not None and row.verdict.stands in (*_BAD, VerdictStatus.ON_TRACK):
            said = (name_of(row), Words(": ước đến cuối nhiệm kỳ "), figure, *_against(row, cite))
            items.append((*said, *pace_in_line(row, pack.as_of, cite), Words(".")))
    if not items:
        return [Paragraph((Words(f"Về ước thực hiện đến cuối nhiệm kỳ: {NO_FIGURE} đủ để ước tính."),))]
    lead = "Nếu giữ xu hướng của số liệu đã có, ước thực hiện đến cuối nhiệm kỳ của các chỉ tiêu chưa đạt:"
    return [Paragraph((Words(lead),)), Bullets(tuple(items))]


def _against(row: BoardRow, cite: Citations) -> Line:
    return Words(", "), *goal_in_line(row, cite)


def _adjustments(pack: Pack, cite: Citations) -> list[Block]:
    rows = adjusted_rows(pack.rows)
    if not rows:
        none = "Trong sổ chưa ghi nhận chỉ tiêu nào được điều chỉnh, bổ sung hoặc thôi thực hiện."
        return [Paragraph((Words(none),)), prompt("đề xuất điều chỉnh nếu có: lý do, thẩm quyền quyết định")]
    number = count_figure(len(rows), "count.changed", cite)
    annex = Figure("Phụ lục 2", "outline", mark=False)
    line = (Words("Có "), number, Words(" chỉ tiêu được ghi nhận điều chỉnh hoặc thôi thực hiện: "), *names_line(rows))
    return [Paragraph((*line, Words(" (chi tiết tại "), annex, Words(").")))]


def _tasks(pack: Pack, cite: Citations) -> list[Block]:
    blocks = _listed("Các nhiệm vụ đã được nêu trong văn bản nguồn:", task_lines(pack, cite))
    blocks.append(prompt("nhiệm vụ, giải pháp theo lĩnh vực: người, việc, thời gian, kết quả"))
    for row in with_status(pack.rows, *_BAD):
        lead = row.target.lead_body
        owner: Line = (
            (Words(" (chủ trì: "), Quote(lead, f"target:{row.target.id}.lead_body"), Words(")")) if lead else ()
        )
        ask = (Words(" “"), name_of(row), Words("”"), *owner, Words(" – "), *goal_in_line(row, cite), Words(";"))
        blocks.append(prompt("giải pháp cho chỉ tiêu", *ask, *reason_lines(row)))
    return blocks


def _annexes(pack: Pack, cite: Citations, digest: str) -> tuple[Section, ...]:
    """Landscape: results, adjustments where there are any; upright: questions, sources (last: they number the rest)."""
    adjusted = adjusted_rows(pack.rows)
    footer = _footer(pack, digest)
    wide: list[Section] = []
    table = [*annex_title(1, "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NGHỊ QUYẾT"), _subtitle(pack), results_table(pack, cite)]
    if not pack.rows:
        table.append(Paragraph((Words(f"Về các chỉ tiêu của Nghị quyết: {NO_FIGURE}."),), "centred"))
    wide.append(Section(tuple(table), landscape=True, footer=footer))
    if adjusted:
        change = [*annex_title(2, "CHỈ TIÊU ĐIỀU CHỈNH, THÔI THỰC HIỆN"), adjustments_table(adjusted, cite)]
        wide.append(Section(tuple(change), landscape=True, footer=footer))
    place = len(wide) + 1
    questions = [*annex_title(place, "CÂU HỎI GỬI ĐƠN VỊ CHỦ TRÌ"), *question_blocks(pack, cite)]
    cited = cite.lines()
    listed = Sources(cited) if cited else Paragraph((Words("Báo cáo chưa dẫn nguồn nào."),))
    sources = [*annex_title(place + 1, "NGUỒN SỐ LIỆU"), listed]
    upright = [Section(tuple(questions), footer=footer), Section(tuple(sources), footer=footer)]
    return (*wide, *upright)


def _subtitle(pack: Pack) -> Paragraph:
    line = (Words("(Số liệu chốt đến ngày "), _as_of(pack), Words("; số trong ngoặc vuông chỉ nguồn)"))
    return Paragraph(line, "centred")


def _footer(pack: Pack, digest: str) -> Line:
    rules = sorted({f"{row.verdict.rule} v{row.verdict.version}" for row in pack.rows})
    return (
        Words("Số liệu chốt ngày "),
        _as_of(pack),
        Words(" · Quy tắc: "),
        Quote(", ".join(rules) or "–", "pack.rules"),
        Words(" · Mã gói số liệu: "),
        Quote(digest, "pack.digest"),
    )
