"""The annexes: the table of targets (Phụ lục of results), adjustments, questions to the owners, sources."""

from collections.abc import Sequence
from datetime import date

from nhiemky.report.amounts import scale_of
from nhiemky.report.board import by_field
from nhiemky.report.citations import Citations
from nhiemky.report.pack import BoardRow, Pack, Result
from nhiemky.report.paper import Block, Column, Figure, Heading, Inline, Line, Paragraph, Quote, Row, Table, Words
from nhiemky.report.phrases import (
    BY_PARTS,
    NO_FIGURE,
    as_of_figure,
    by_parts,
    first_goal_figure,
    forecast_figure,
    forecast_range,
    goal_figure,
    is_way,
    judged_figure,
    judged_on_figure,
    period_figure,
    share_figure,
    status_words,
    value_figure,
)
from nhiemky.values.figures import day, field_title, roman
from nhiemky.values.kinds import PeriodMeaning, VerdictStatus
from nhiemky.values.period import Period, Term

_NONE: Line = (Words("–"),)


def annex_title(place: int, title: str) -> list[Block]:
    mark = Figure(f"Phụ lục {place}", "outline", mark=False)
    return [Heading(0, (mark,)), Paragraph((Words(title, "bold"),), "centred")]


def years_shown(pack: Pack) -> tuple[int, int, int]:
    """The three years of the table: the year of the as-of date and the two before it, inside the term."""
    term = Term.parse(pack.term)
    last = min(max(pack.as_of.year, term.years[0] + 2), term.years[-1])
    return last - 2, last - 1, last


def results_table(pack: Pack, cite: Citations) -> Table:
    """One row a target, grouped by field; numbering runs through the groups."""
    years = years_shown(pack)
    rows: list[Row] = []
    number = 0
    for place, (field, group) in enumerate(by_field(pack.rows), start=1):
        title = field_title(field) or "Chưa phân loại"
        rows.append(Row(((Words(f"{roman(place)}. {title}", "bold"),),), group=True))
        for row in group:
            number += 1
            rows.append(Row(_cells(number, row, years, cite)))
    return Table(_columns(years), tuple(rows))


def _columns(years: tuple[int, int, int]) -> tuple[Column, ...]:
    return (
        Column("STT", 9, "center"),
        Column("Chỉ tiêu", 43),
        Column("ĐVT", 20, "center"),
        Column("Mục tiêu NQ", 23, "center"),
        *(Column(f"Năm {year}", 17, "center") for year in years),
        Column("Đến thời điểm chốt", 22, "center"),
        Column("% so NQ", 18, "center"),
        Column("Ước cuối nhiệm kỳ", 20, "center"),
        Column("Đánh giá", 20, "center"),
        Column("Ghi chú", 26),
    )


def _cells(number: int, row: BoardRow, years: tuple[int, int, int], cite: Citations) -> tuple[Line, ...]:
    return (
        (Figure(str(number), "outline", mark=False),),
        (Quote(row.target.name, f"target:{row.target.id}.name"),),
        (Words(scale_of(row).unit),),
        _goal_cell(row, cite),
        *(_year_cell(row, year, cite) for year in years),
        _latest_cell(row, cite),
        _share_cell(row, cite),
        _forecast_cell(row, cite),
        (status_words(row),),
        _note_cell(row),
    )


def _goal_cell(row: BoardRow, cite: Citations) -> Line:
    """The bound alone, for the unit has a column; below it how periods are meant, where that is not the deadline."""
    meaning = PeriodMeaning(row.target.meaning)
    goal = goal_figure(row, cite)
    quiet = (PeriodMeaning.BY_DEADLINE, PeriodMeaning.MILESTONE, PeriodMeaning.COMPOSITION)
    return (goal,) if meaning in quiet else (goal, Words(f"\n{meaning.label}"))


def _year_cell(row: BoardRow, year: int, cite: Citations) -> Line:
    """The latest figure of that year; a part of a year names itself, an estimate says so."""
    found = [result for result in row.results if _belongs(result, year)]
    if not found:
        return _NONE
    result = max(found, key=lambda result: Period.parse(result.period))
    line: list[Inline] = [value_figure(row, result, cite, unit=False)]
    if not Period.parse(result.period).is_year:
        line += [Words("\n("), period_figure(result, cite, short=True), *_kind(result), Words(")")]
    elif result.kind != "official":
        line.append(Words(f"\n({result.kind.label})"))
    return tuple(line)


def _belongs(result: Result, year: int) -> bool:
    """A figure counted from the start of the term is not the figure of a year."""
    return Period.parse(result.period).year == year and not result.running_total


def _kind(result: Result) -> Line:
    return () if result.kind == "official" else (Words(f", {result.kind.label}"),)


def _latest_cell(row: BoardRow, cite: Citations) -> Line:
    result = row.latest
    if result is None:
        return (Words(BY_PARTS if by_parts(row) else NO_FIGURE, "italic"),)
    value, on = value_figure(row, result, cite, unit=False), as_of_figure(result, cite)
    if row.target.meaning in (PeriodMeaning.CUMULATIVE, PeriodMeaning.YEARLY_AVERAGE):
        judged, judged_on = judged_figure(row, cite, unit=False), judged_on_figure(row, cite)
        if judged is not None:
            return Words(f"{judged[0]}\n"), judged[1], Words("\n("), judged_on or on, Words(")")
    lead: Line = (Words("cộng dồn\n"),) if result.running_total else ()
    return *lead, value, Words("\n("), on, *_kind(result), Words(")")


def _share_cell(row: BoardRow, cite: Citations) -> Line:
    share = share_figure(row, cite, unit=False) if row.latest is not None else None
    if share is None:
        return _NONE
    return (share, Words("\n(chặng đường)")) if is_way(row) else (share,)


def _forecast_cell(row: BoardRow, cite: Citations) -> Line:
    figure = forecast_figure(row, cite, unit=False)
    if figure is None:
        return _NONE
    span = forecast_range(row, cite)
    return (figure,) if span is None else (figure, Words("\n("), span, Words(")"))


def _note_cell(row: BoardRow) -> Line:
    line: list[Inline] = []
    if row.target.lead_body:
        line += [Words("Chủ trì: "), Quote(row.target.lead_body, f"target:{row.target.id}.lead_body"), Words(".")]
    if row.target.state_reason:
        line += [Words(" "), Quote(row.target.state_reason, f"target:{row.target.id}.state_reason"), Words(".")]
    if row.latest is not None and row.latest.note:
        line += [Words(" "), Quote(row.latest.note, f"result:{row.latest.id}.note"), Words(".")]
    return tuple(line)


def adjusted_rows(rows: Sequence[BoardRow]) -> list[BoardRow]:
    out = (VerdictStatus.ADJUSTED, VerdictStatus.DROPPED)
    return [row for row in rows if row.target.state != "active" or row.verdict.status in out]


def adjustments_table(rows: Sequence[BoardRow], cite: Citations) -> Table:
    """What was changed or given up: the goal at first, the goal in force, how it stands, the reason on record."""
    columns = (
        Column("STT", 10, "center"),
        Column("Chỉ tiêu", 70),
        Column("Mục tiêu ban đầu", 32, "center"),
        Column("Mục tiêu điều chỉnh", 32, "center"),
        Column("Trạng thái", 35, "center"),
        Column("Lý do, văn bản quyết định", 73),
    )
    made = []
    for place, row in enumerate(rows, start=1):
        reason: Line = (Words("[Đơn vị viết: lý do, thẩm quyền, văn bản quyết định]", "italic"),)
        if row.target.state_reason:
            reason = (Quote(row.target.state_reason, f"target:{row.target.id}.state_reason"),)
        number = (Figure(str(place), "outline", mark=False),)
        name = (Quote(row.target.name, f"target:{row.target.id}.name"),)
        made.append(Row((number, name, *_goals(row, cite), (status_words(row),), reason)))
    return Table(columns, tuple(made))


def _goals(row: BoardRow, cite: Citations) -> tuple[Line, Line]:
    """The goal at first and the one in force; where the register does not hold the former, people fill it in."""
    now: Line = (goal_figure(row, cite), *_deadline(row, row.target.deadline, "deadline", cite))
    if row.verdict.status != VerdictStatus.ADJUSTED:
        return now, _NONE
    if row.target.first is None:
        return (Words("[Đơn vị viết]", "italic"),), now
    first = first_goal_figure(row, cite)
    return (first, *_deadline(row, row.target.first.deadline, "first.deadline", cite)), now


def _deadline(row: BoardRow, on: date, name: str, cite: Citations) -> Line:
    """The deadline below the figure, where the adjustment moved it."""
    if row.target.first is None or row.target.first.deadline == row.target.deadline:
        return ()
    figure = Figure(day(on), f"target:{row.target.id}.{name}", cite.of_target(row), mark=False)
    return Words("\n(hạn "), figure, Words(")")


def question_blocks(pack: Pack, cite: Citations) -> list[Block]:
    """Each open question: what does not add up, the sentence, whom to ask."""
    if not pack.questions:
        return [Paragraph((Words("Không có câu hỏi nào đang chờ trả lời."),)), *_pending(pack)]
    lead = "Số liệu dưới đây được giữ nguyên như trong văn bản gốc; đề nghị đơn vị chủ trì trả lời trước khi trình ký."
    blocks: list[Block] = [Paragraph((Words(lead),))]
    sources = {source.id: source for source in pack.sources}
    for place, question in enumerate(pack.questions, start=1):
        ref = f"question:{question.id}"
        number = Figure(f"{place}.", "outline", mark=False, style="bold")
        blocks.append(Paragraph((number, Words(" "), Quote(question.message, f"{ref}.message"))))
        found = sources.get(question.source or "")
        if found is not None and found.sentence:
            link = cite.of_source(found.id, ref, ())
            mark = Figure(f"[{link}]", ref, link, mark=False)
            said = Quote(f"“{found.sentence.strip()}”", f"source:{found.id}.sentence", "italic")
            blocks.append(Paragraph((Words("Câu trong văn bản: "), said, Words(" "), mark)))
        if question.ask:
            blocks.append(Paragraph((Words("Hỏi: ", "bold"), Quote(question.ask, f"{ref}.ask"))))
    return [*blocks, *_pending(pack)]


def _pending(pack: Pack) -> list[Block]:
    if not pack.pending:
        return []
    number = Figure(str(pack.pending), "pack.pending", mark=False)
    text = " đề xuất đọc từ văn bản chưa được ai quyết định; báo cáo này không tính các số liệu ấy."
    return [Paragraph((Words("Ngoài ra còn "), number, Words(text)))]
