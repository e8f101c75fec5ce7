"""Figures that an earlier review told and that have been corrected since → the paragraph that says so. `midterm.py`
calls it: whoever read the earlier review learns what has changed, and why."""

from nhiemky.law.calendar import VIETNAM
from nhiemky.report.amounts import Scale, scale_of
from nhiemky.report.citations import Citations
from nhiemky.report.pack import Correction, Pack, Told
from nhiemky.report.paper import Block, Bullets, Figure, Line, Paragraph, Quote, Words
from nhiemky.values.figures import day
from nhiemky.values.kinds import ResultKind
from nhiemky.values.period import Period


def correction_blocks(pack: Pack, cite: Citations) -> list[Block]:
    if not pack.corrections or pack.corrections[0].told_on is None:
        return []
    told = Figure(day(pack.corrections[0].told_on), "correction:0.told_on", mark=False)
    lead = (Words("So với báo cáo đã duyệt, chốt ngày "), told, Words(", số liệu sau đây đã được sửa:"))
    return [Paragraph(lead), Bullets(tuple(_line(pack, at, cite) for at in range(len(pack.corrections))))]


def _line(pack: Pack, at: int, cite: Citations) -> Line:
    """`“Hộ nghèo”, năm 2022: đã nêu 9 hộ, nay là 11 hộ [3]; lý do: sót hai hộ (sửa ngày 03/04/2023).`"""
    one, ref = pack.corrections[at], f"correction:{at}"
    row = next((row for row in pack.rows if row.target.id == one.target), None)
    scale = scale_of(row) if row is not None and row.target.unit == one.unit else Scale(1, one.unit)
    source = cite.of_correction(at)
    period = Figure(Period.parse(one.period).label, f"{ref}.period", source, mark=False)
    reason: Line = (Words("; lý do: "), Quote(one.reason, f"{ref}.reason")) if one.reason else ()
    corrected = Figure(day(one.when.astimezone(VIETNAM).date()), f"{ref}.when", source, mark=False)
    return (
        *_name(one, ref), Words(", "), period,
        Words(": đã nêu "), *_value(one.old, scale, f"{ref}.old", source, mark=False),
        Words(", nay là "), *_value(one.new, scale, f"{ref}.new", source, mark=True),
        *reason, Words(" (sửa ngày "), corrected, Words(")."),
    )  # fmt: skip


def _name(one: Correction, ref: str) -> Line:
    return Words("“"), Quote(one.name, f"{ref}.name"), Words("”")


def _value(told: Told, scale: Scale, ref: str, source: int, *, mark: bool) -> Line:
    figure = Figure(scale.said(told.value), f"{ref}.value", source, mark=mark)
    return (figure,) if told.kind == ResultKind.OFFICIAL else (figure, Words(f" ({told.kind.label})"))
