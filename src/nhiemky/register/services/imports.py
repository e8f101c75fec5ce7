"""Takes a filled-in form of figures in: `preview_figures` says what it would do, row by row; `import_figures` does it,
all or nothing, with one event of its own, only while the register is as it was previewed. Called by the commands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, intake
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.figures_in import INPUT, key_rows, read_figures
from nhiemky.register.exchange.figures_out import as_held, standing_figures
from nhiemky.register.exchange.keys import KeyRow, Keys
from nhiemky.register.exchange.records import Change, Filled, Line, Preview, Row, Stale, refuse_errors, refused
from nhiemky.register.exchange.typed_cells import day_of, figure_of, plain_figure, text_of, word_of
from nhiemky.register.folding import fold
from nhiemky.register.models import Organisation, Result, Submission, Target
from nhiemky.register.models.results import SubmissionState
from nhiemky.register.services.entry import Entry, check_entries, targets_of
from nhiemky.register.services.periods import refuse_locked
from nhiemky.register.services.records import write
from nhiemky.register.services.submissions import enter_figures, open_submission
from nhiemky.register.units import agree, parse_unit
from nhiemky.values.figures import day, with_unit
from nhiemky.values.kinds import ResultKind


def preview_figures(path: Path, actor: Actor) -> Preview:
    """What the form says that the register does not; nothing is written. FileRefused where it is no form of ours."""
    return _plan(read_figures(path), actor)


@write
def import_figures(preview: Preview, actor: Actor) -> Preview:
    """Enter what was previewed in the body's report of that period; a form with nothing new leaves no trace.

    FileRefused with the first faults, Stale (with a new preview) where the register has changed since.
    """
    now = _plan(preview.filled, actor)
    if now.seen != preview.seen:
        raise Stale(now)
    refuse_errors(now)
    if now.empty:
        return now
    keys = now.filled.keys
    held = open_submission(_organisation(keys, now.filled.file), keys.period, keys.term, actor)
    enter_figures(held.pk, now.entries, actor, held.version)
    told = {"file": now.filled.file, "sha256": now.filled.sha256, "counts": now.counts}
    events.append(actor, "import_figures", held, told)
    return now


@dataclass
class _Asked:
    """A form held against the register: what it belongs to, what stands there, what it makes of it."""

    keys: Keys
    held: Submission
    targets: dict[int, Target]
    stands: dict[int, Result]
    went_out: dict[int, KeyRow]
    typed: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def _plan(filled: Filled, actor: Actor) -> Preview:
    keys = filled.keys
    organisation = _organisation(keys, filled.file)
    access.require(actor, Power.ENTER, organisation)
    refuse_locked(organisation, checks.period(keys.period))
    held = _submission(organisation, keys)
    targets = targets_of(held)
    stands = standing_figures(targets.values(), checks.period(keys.period), held if held.pk else None)
    asked = _Asked(keys, held, targets, stands, key_rows(keys))
    lines = [Line(fault.place, "", Change.ERROR, message=fault.message) for fault in filled.faults]
    lines += [_line(asked, row, actor) for row in filled.rows]
    lines = _checked(asked, lines, filled.rows, actor)
    seen = (held.pk, held.version if held.pk else 0, _state_of(targets.values()), _state_of_figures(stands))
    entries = {key: asked.typed[key] for line in lines if (key := line.target) in asked.typed and _is_written(line)}
    order = sorted(lines, key=lambda line: line.place.row)
    return Preview(filled, tuple(order), (*filled.notes, *asked.notes), seen, entries)


def _organisation(keys: Keys, file: str) -> Organisation:
    """The body that the form was made for; another register's form names another body by the same number."""
    held = Organisation.objects.filter(pk=keys.organisation).first()
    if held is None or held.name != keys.name:
        words = _("Biểu của “%s”, không có trong sổ này (hoặc đã đổi tên). Hãy xuất biểu mới từ sổ này.")
        raise refused(file, words % keys.name)
    return held


def _submission(organisation: Organisation, keys: Keys) -> Submission:
    """The open report of the form's period, unsaved where there is none; one that was sent must be taken back first."""
    about = {"organisation": organisation, "period": keys.period, "term": keys.term}
    held = Submission.objects.filter(**about).exclude(state=SubmissionState.APPROVED).first()
    if held is not None and held.state == SubmissionState.SUBMITTED:
        words = _("Lần báo số này đã được %s gửi đi. Hãy lấy lại rồi sửa, hoặc tải lại trang.")
        raise ServiceError("", words % held.submitted_by)
    return held or Submission(**about)


def _line(asked: _Asked, row: Row, actor: Actor) -> Line:
    """What a row says against what went out and what stands now; an error names its cell."""
    name = str(row.said.get("name") or "")
    try:
        target, unit = _target(asked, row)
        said = _said(row, unit)
        _refuse_without_figure(asked, target, said)
        key = asked.went_out.get(target.pk)
        stands = as_held(asked.stands.get(target.pk), Decimal(parse_unit(unit).factor))
        went_out = dict(key.held) if key is not None else {}
        before = _told(stands, unit)
        if _same(said, stands):
            return Line(row.at("value"), target.name, Change.SAME, before, before, target.pk)
        if _same(said, went_out):  # nobody touched the row: what has changed in the register since stays
            asked.notes.append(_("“%s” đã đổi trong sổ từ khi xuất biểu; giữ số trong sổ.") % target.name)
            return Line(row.at("value"), target.name, Change.SAME, before, before, target.pk)
        _refuse_conflict(asked, asked.stands.get(target.pk), stands, went_out, actor)
        asked.typed[target.pk] = _entry(asked, target, row, unit)
        change = Change.EMPTIED if said["value"] is None else Change.CHANGED if stands else Change.NEW
        return Line(row.at("value"), target.name, change, before, _told(said, unit), target.pk)
    except ServiceError as error:
        return Line(row.at(error.field), name, Change.ERROR, message=error.message)


def _target(asked: _Asked, row: Row) -> tuple[Target, str]:
    """The target of a row with the unit of its figures; a row added by hand must name one that is not in the form."""
    unit = text_of(row.said.get("unit"), "unit", 60)
    if (known := row.said.get("target")) is not None:
        target, key = asked.targets.get(known), asked.went_out[known]
        if target is None:
            words = _("Chỉ tiêu “%s” không còn trong sổ. Hãy xuất biểu mới.")
            raise ServiceError("name", words % key.name)
        if target.name != key.name or not agree(target.unit, key.unit):
            words = _("Chỉ tiêu này trong sổ đã sửa thành “%(name)s” (%(unit)s). Hãy xuất biểu mới.")
            raise ServiceError("name", words % {"name": target.name, "unit": target.unit})
        return target, key.unit
    name = text_of(row.said.get("name"), "name")
    same = [one for one in asked.targets.values() if fold(one.name) == fold(name) and agree(unit, one.unit)]
    if len(same) == 1 and same[0].pk not in asked.went_out and unit:
        return same[0], unit
    near, _score = intake.best(name, unit, asked.targets.values())
    if near is None:
        words = _(
            "Dòng thêm tay “%s” không phải chỉ tiêu nào của nhiệm kỳ. Hãy thêm chỉ tiêu vào sổ trước, hoặc xóa dòng."
        )
        raise ServiceError("name", words % name)
    words = _(
        "Dòng thêm tay “%(name)s” giống chỉ tiêu %(number)s “%(near)s” (%(unit)s). Hãy ghi vào dòng của chỉ tiêu ấy."
    )
    raise ServiceError("name", words % {"name": name, "number": near.number, "near": near.name, "unit": near.unit})


def _refuse_without_figure(asked: _Asked, target: Target, said: Mapping[str, Any]) -> None:
    """Nobody types a note for nothing; and what is approved is corrected, not taken out."""
    stands, went_out = asked.stands.get(target.pk), asked.went_out.get(target.pk)
    if said["value"] is None and stands is None and any((said["kind"], said["as_of"], said["note"])):
        raise ServiceError(
            "value", _("Có loại số, ngày hoặc ghi chú nhưng chưa có số. Hãy nhập số, hoặc xóa các ô ấy.")
        )
    emptied = said["value"] is None and went_out is not None and bool(went_out.held)
    if emptied and stands is not None and stands.submission_id != asked.held.pk:
        words = _("Ô trống nhưng số của kỳ này đã được duyệt, không bỏ được. Hãy ghi lại số, hoặc nhập số đúng.")
        raise ServiceError("value", words)


def _said(row: Row, unit: str) -> dict[str, Any]:
    """The input cells, read."""
    said = {key: row.said.get(key) for key in INPUT}
    return {
        "value": plain_figure(said["value"], "value", unit),
        "kind": word_of(said["kind"], "kind", ResultKind),
        "as_of": day_of(said["as_of"], "as_of"),
        "note": text_of(said["note"], "note"),
    }


def _same(said: Mapping[str, Any], held: Mapping[str, Any]) -> bool:
    """Whether the cells say what is held; a kind or a day left empty says nothing against it."""
    if said["value"] is None or not held:
        return said["value"] is None and not held
    value = Decimal(held["value"])
    as_of = said["as_of"].isoformat() if said["as_of"] else held["as_of"]
    told = (said["value"], said["kind"] or held["kind"], as_of, said["note"])
    return told == (value, held["kind"], held["as_of"], held["note"])


def _refuse_conflict(
    asked: _Asked, held: Result | None, stands: Mapping[str, Any], went_out: Mapping[str, Any], actor: Actor
) -> None:
    """Somebody else has entered another figure since the form went out: neither is thrown away unseen."""
    who = held.added_by if held is not None else asked.held.entered_by
    if stands == went_out or who == actor.name:
        return
    words = _("%(who)s đã nhập %(now)s sau khi biểu này được xuất. Hãy xuất biểu mới, xem lại rồi nhập.")
    raise ServiceError("value", words % {"who": who, "now": _told(stands, "") or "–"})


def _entry(asked: _Asked, target: Target, row: Row, unit: str) -> dict[str, Any]:
    """The row as enter_figures takes it; what the form has no column for is kept."""
    said = _said(row, unit)
    held = asked.stands.get(target.pk)
    fields = {"value": figure_of(row.said.get("value"), "value", unit), "unit": unit, **{k: said[k] for k in INPUT[1:]}}
    fields["kind"] = said["kind"] or ResultKind.OFFICIAL
    return fields | ({"running_total": held.running_total} if held is not None else {})


def _checked(asked: _Asked, lines: list[Line], rows: Iterable[Row], actor: Actor) -> list[Line]:
    """The lines with what the register's own checks say of their figures."""
    entry: Entry = check_entries(asked.held, asked.typed, actor)
    cells = {line.target: row for line, row in zip(lines[len(lines) - len(tuple(rows)) :], rows, strict=True)}
    return [_with_checks(line, entry, cells.get(line.target)) if _is_written(line) else line for line in lines]


def _with_checks(line: Line, entry: Entry, row: Row | None) -> Line:
    error = entry.errors.get(line.target or 0)
    if error is not None and row is not None:
        return Line(row.at(error.field), line.name, Change.ERROR, line.before, line.after, message=error.message)
    warnings = entry.warnings.get(line.target or 0, ())
    return Line(line.place, line.name, line.change, line.before, line.after, line.target, "", warnings)


def _is_written(line: Line) -> bool:
    return line.change in (Change.NEW, Change.CHANGED, Change.EMPTIED)


def _state_of(targets: Iterable[Target]) -> tuple[tuple[int, int], ...]:
    return tuple((one.pk, one.version) for one in targets)


def _state_of_figures(stands: Mapping[int, Result]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((key, one.pk) for key, one in stands.items()))


def _told(held: Mapping[str, Any], unit: str) -> str:
    """`31,2 tỷ đồng, ước, đến 31/12/2022, “biểu 02”`."""
    if not held or held.get("value") is None:
        return ""
    value = held["value"] if not isinstance(held["value"], str) else Decimal(held["value"])
    words = [with_unit(value, unit)]
    if held["kind"] and held["kind"] != ResultKind.OFFICIAL:
        words.append(ResultKind(held["kind"]).label)
    if held["as_of"]:
        on = checks.real_day(held["as_of"], "as_of")
        words.append(_("đến %s") % day(on))
    return ", ".join((*words, *([f"“{held['note']}”"] if held["note"] else [])))
