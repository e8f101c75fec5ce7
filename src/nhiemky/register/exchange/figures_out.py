"""The form on which a body fills in its figures of one period: (organisation, term, period) → XLSX. Read only.

Only the input cells are open; a hidden sheet says which row is which target and what stood there (keys.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Q
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nhiemky.register.board import points_of
from nhiemky.register.exchange import look
from nhiemky.register.exchange.columns import columns
from nhiemky.register.exchange.keys import KeyRow, Keys, write_keys
from nhiemky.register.models import Organisation, Result, Submission, Target
from nhiemky.register.models.results import ResultState, SubmissionState
from nhiemky.register.models.targets import TargetState
from nhiemky.register.units import parse_unit
from nhiemky.values.figures import day, exact, field_title, goal_text, roman, with_unit
from nhiemky.values.kinds import YEARLY, ResultKind
from nhiemky.values.language import capital
from nhiemky.values.period import Period, Term

_SHEET = "Số liệu"
_KINDS = (ResultKind.OFFICIAL, ResultKind.ESTIMATE)
_NEVER_NEGATIVE = ("count", "area", "length", "weight")
_INPUT = ("value", "kind", "as_of", "note")
_COLUMNS = columns("figures")
_AT = {key: at for at, key in enumerate(_COLUMNS, 1)}


@dataclass(frozen=True)
class Form:
    """What a body is asked for in one period; `held` is its open report, if it has begun one."""

    organisation: Organisation
    term: Term
    period: Period
    held: Submission | None
    rows: tuple["FormRow", ...]

    @property
    def submission(self) -> Submission:
        """The open report, unsaved where there is none: what figures are checked against while one types."""
        about = {"organisation": self.organisation, "term": str(self.term), "period": str(self.period)}
        return self.held or Submission(**about)


def form_of(organisation: Organisation, term: str | Term, period: str | Period) -> Form:
    """A row a target, with the figures that the open report of that period holds already."""
    whole = term if isinstance(term, Term) else Term.parse(term)
    of = period if isinstance(period, Period) else Period.parse(period)
    held = _open_submission(organisation, whole, of)
    targets = _targets(organisation, whole)
    told = standing_figures(targets, of, held)
    before = _before(targets, of)
    rows = tuple(FormRow(target, told.get(target.pk), before.get(target.pk), of) for target in targets)
    return Form(organisation, whole, of, held, rows)


def terms_to_report(organisation: Organisation) -> tuple[str, ...]:
    """Terms in which the body has targets of its own, or leads some for another, newest first."""
    about = Q(organisation=organisation) | Q(lead=organisation)
    return tuple(sorted(set(Target.objects.filter(about).order_by().values_list("term", flat=True)), reverse=True))


def figures_template(organisation: Organisation, term: str | Term, period: str | Period) -> bytes:
    """The form as a workbook."""
    asked = form_of(organisation, term, period)
    whole, of, held, rows = asked.term, asked.period, asked.held, asked.rows
    book, sheet = look.workbook(_SHEET)
    lines = (organisation.name, f"BIỂU NHẬP SỐ LIỆU {of.label}".upper(), _how(whole, of))
    top = look.title(sheet, lines, len(_COLUMNS))
    look.head(sheet, top, _COLUMNS.values(), {"planned": f"Lộ trình năm {of.year}", "value": f"Số kỳ này ({of.label})"})
    last = _fill(sheet, rows, top + 1)
    _rules(sheet, top + 1, last, of, whole)
    look.page(sheet, top, f"{get_column_letter(len(_COLUMNS))}{last}", f"C{top + 1}")
    sheet.protection.sheet = True  # without a password: it keeps from slips, not from people
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    write_keys(book, _keys(organisation, whole, of, held, rows))
    return look.saved(book)


def standing_figures(targets: Iterable[Target], of: Period, held: Submission | None) -> dict[int, Result]:
    """Of each target the figure of the period: what the open report says, else what is approved and in force."""
    approved = Result.objects.filter(target__in=targets, period=str(of), state=ResultState.APPROVED)
    rows = [one for one in approved.order_by("as_of", "pk") if one.kind != ResultKind.FORECAST]
    replaced = {one.supersedes_id for one in rows}
    rows = [one for one in rows if one.pk not in replaced]
    rows.sort(key=lambda one: one.kind == ResultKind.OFFICIAL)  # an official one before an estimate
    rows += Result.objects.filter(submission=held).order_by("pk") if held is not None else ()
    return {one.target_id: one for one in rows if one.target_id is not None}


def as_held(result: Result | None, factor: Decimal) -> dict[str, Any]:
    """What the input cells of a row say of a figure; plain, for the hidden sheet and for comparing."""
    if result is None:
        return {}
    value = f"{(result.value / factor).normalize():f}"
    return {"value": value, "kind": result.kind, "as_of": result.as_of.isoformat(), "note": result.note}


class FormRow:
    """A target as its row shows it, in the unit chosen for all its figures."""

    def __init__(self, target: Target, held: Result | None, before: tuple[Period, Decimal] | None, of: Period) -> None:
        planned = next((step.value for step in target.path.all() if step.year == of.year), None)
        figures = (target.low, target.high, planned, held.value if held else None, before[1] if before else None)
        self.target, self.held, self.planned, self.before = target, held, planned, before
        self.unit, self.factor = look.shown_unit(target.unit, figures)

    def words(self) -> dict[str, Any]:
        target, unit = self.target, self.unit
        low, high = (None if one is None else one / self.factor for one in (target.low, target.high))
        goal = goal_text(target.direction, low, high, unit, yearly=target.meaning in YEARLY)
        said: dict[str, Any] = {"number": target.number, "name": target.name, "unit": unit, "goal": goal}
        said["planned"] = None if self.planned is None else look.number(self.planned / self.factor)
        if self.before is not None:
            period, value = self.before
            said["before"] = f"{with_unit(value / self.factor, '%' if unit == '%' else '')} ({_short(period)})"
        if self.held is not None:
            said["value"] = look.number(self.held.value / self.factor)
            said |= {"kind": ResultKind(self.held.kind).label, "as_of": self.held.as_of, "note": self.held.note}
        return said


def _open_submission(organisation: Organisation, term: Term, period: Period) -> Submission | None:
    rows = Submission.objects.filter(organisation=organisation, term=str(term), period=str(period))
    return rows.exclude(state=SubmissionState.APPROVED).first()


def _targets(organisation: Organisation, term: Term) -> list[Target]:
    """What the body reports on (as services.entry says), without what has been dropped."""
    about = Q(organisation=organisation) | Q(lead=organisation)
    rows = Target.objects.filter(about, term=str(term)).exclude(state=TargetState.DROPPED)
    return list(rows.select_related("indicator", "organisation").prefetch_related("path").order_by("number", "pk"))


def _before(targets: list[Target], of: Period) -> dict[int, tuple[Period, Decimal]]:
    """Of each target the newest approved figure of an earlier period."""
    found = {}
    for key, points in points_of([target.pk for target in targets], date.max).items():
        told = [point for point in points if point.kind is not ResultKind.FORECAST and point.period < of]
        if told:
            found[key] = (told[-1].period, exact(told[-1].value))
    return found


def _fill(sheet: Worksheet, rows: Sequence[FormRow], at: int) -> int:
    """Rows under their field headings; the number of the last."""
    fields = [(name, list(held)) for name, held in groupby(rows, key=lambda row: row.target.field)]
    for number, (name, held) in enumerate(fields, 1):
        if name:
            look.group(sheet, at, f"{roman(number)}. {field_title(name)}", len(_COLUMNS))
            at += 1
        for row in held:
            words = row.words()
            for key, column in _AT.items():
                look.put(sheet, at, column, words.get(key), form=_form(key, row), open_=key in _INPUT)
            lines = max(
                look.lines_of(str(words.get(key) or ""), _COLUMNS[key].width) for key in ("name", "goal", "note")
            )
            sheet.row_dimensions[at].height = max(20, 15 * lines + 4)
            at += 1
    return at - 1


def _form(key: str, row: FormRow) -> str:
    if key in ("value", "planned"):
        return look.WHOLE
    return {"as_of": look.DAY, "number": look.ORDINAL, "note": "@"}.get(key, "")


def _rules(sheet: Worksheet, first: int, last: int, of: Period, term: Term) -> None:
    """What Excel itself checks while a person types."""
    if last < first:
        return

    def add(key: str, title: str, said: str, **rule: Any) -> None:
        letter = get_column_letter(_AT[key])
        held = DataValidation(allow_blank=True, showErrorMessage=True, errorTitle=title, error=said, **rule)
        held.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(held)

    listed = ",".join(kind.label for kind in _KINDS)
    add("kind", "Loại số", f"Cần một trong: {listed}.", type="list", formula1=f'"{listed}"')
    ends = (f"DATE({of.year},{of.start.month},1)", f"DATE({term.end_year + 1},12,31)")
    until = f"Cần một ngày có thật từ {day(of.start)}, dạng 30/06/2023."
    add("as_of", "Tính đến ngày", until, type="date", operator="between", formula1=ends[0], formula2=ends[1])
    _value_rules(sheet, first, last)
    for key in ("value", "planned"):
        letter = get_column_letter(_AT[key])
        look.with_decimals(sheet, f"{letter}{first}:{letter}{last}", f"{letter}{first}")


def _value_rules(sheet: Worksheet, first: int, last: int) -> None:
    counted = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    other = DataValidation(type="decimal", operator="between", formula1="-1E+17", formula2="1E+17", allow_blank=True)
    counted.error, other.error = "Cần một số không âm, không có chữ.", "Cần một số, không có chữ."
    letter = get_column_letter(_AT["value"])
    for rule in (counted, other):
        rule.showErrorMessage, rule.errorTitle = True, "Số kỳ này"
        sheet.add_data_validation(rule)
    for at in range(first, last + 1):
        if sheet.cell(at, _AT["name"]).value:
            unit = str(sheet.cell(at, _AT["unit"]).value or "")
            (counted if parse_unit(unit).kind in _NEVER_NEGATIVE else other).add(f"{letter}{at}")


def _keys(organisation: Organisation, term: Term, of: Period, held: Submission | None, rows: Sequence[FormRow]) -> Keys:
    made = [
        KeyRow(row.target.pk, row.target.number, row.target.name, row.unit, 0, as_held(row.held, row.factor))
        for row in rows
    ]
    about = (organisation.pk, organisation.name, str(term), str(of))
    return Keys("figures", *about, held.pk if held else 0, held.version if held else 0, tuple(made))


def _how(term: Term, of: Period) -> str:
    return (
        f"Nhiệm kỳ {term}. {capital(of.label)} kết thúc ngày {day(of.end)}. "
        "Chỉ nhập các ô nền vàng; để trống nếu chưa có số. Không sửa các cột khác."
    )


def _short(period: Period) -> str:
    """`2022`, `6T đầu 2022`, `quý II 2022`: what fits a narrow column."""
    return period.label.replace("năm ", "").replace(" tháng ", "T ")
