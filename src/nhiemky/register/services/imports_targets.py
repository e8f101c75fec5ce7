"""Takes targets in from an annex, CSV or JSON: `preview_targets` says what each row would change, `import_targets` does
it, all or nothing, through the services that add and edit targets, with an event of its own. Called by the commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, typed
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.bodies import bodies_named
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.columns import columns
from nhiemky.register.exchange.keys import KeyRow
from nhiemky.register.exchange.records import (
    WRITTEN,
    Change,
    Fault,
    FileRefused,
    Line,
    Row,
    Told,
    refused,
)
from nhiemky.register.exchange.targets import FIXED, as_text, said_by
from nhiemky.register.exchange.targets_in import TargetsFile, read_targets, said_in
from nhiemky.register.exchange.typed_cells import text_of
from nhiemky.register.folding import fold
from nhiemky.register.models import Organisation, Target
from nhiemky.register.services.records import write
from nhiemky.register.services.target_fields import NUMBERS
from nhiemky.register.services.targets import add_path, add_target, edit_target
from nhiemky.values.figures import day, figure

Scope = tuple[int, str]  # organisation, term


@dataclass(frozen=True)
class TargetsPreview(Told):
    """What taking a file of targets in would do; `seen` is the version of each target that it was held against."""

    file: TargetsFile
    lines: tuple[Line, ...]
    seen: tuple[tuple[int, int], ...]


class StaleTargets(ServiceError):
    """Somebody has changed a target since the preview; `preview` shows the file against the register as it is now."""

    def __init__(self, preview: TargetsPreview) -> None:
        self.preview = preview
        words = _("%s: sổ đã thay đổi từ khi xem trước; chưa ghi gì. Hãy xem lại bản xem trước mới rồi nhập.")
        super().__init__("file", words % preview.file.file)


def preview_targets(path: Path, actor: Actor) -> TargetsPreview:
    """What the file says that the register does not. It is tried in a transaction that is taken back: what services
    refuse is told by its row, and nothing is written."""
    return _tried(read_targets(path), actor)


@write
def import_targets(preview: TargetsPreview, actor: Actor) -> TargetsPreview:
    """Add and edit what was previewed; a file with nothing new leaves no trace. FileRefused with the faults,
    StaleTargets where the register has changed since."""
    run = _Run(preview.file, actor)
    if run.seen != preview.seen:
        raise StaleTargets(_tried(preview.file, actor))
    now = run.done()
    if now.errors:
        raise FileRefused([Fault(line.place, line.message) for line in now.errors])
    if not now.empty:
        told = {"file": now.file.file, "sha256": now.file.sha256, "counts": now.counts}
        first = next(line.target for line in now.lines if line.target is not None and line.change in WRITTEN)
        events.append(actor, "import_targets", Target.objects.get(pk=first), told)
    return now


class _TakenBack(Exception):
    """Ends the trial of a preview."""


@write
def _tried(file: TargetsFile, actor: Actor) -> TargetsPreview:
    made: list[TargetsPreview] = []
    try:
        with transaction.atomic():
            made.append(_Run(file, actor).done())
            raise _TakenBack
    except _TakenBack:
        return made[0]


@dataclass
class _Run:
    """One pass over a file: whose targets it is about, what they say now."""

    file: TargetsFile
    actor: Actor
    bodies: dict[str, Organisation | ServiceError] = field(default_factory=dict)
    held: dict[Scope, dict[int, Target]] = field(default_factory=dict)  # by number
    parts: list[tuple[Row, int, int]] = field(default_factory=list)  # row, target, number of the whole
    named: dict[Scope, dict[int, int]] = field(default_factory=dict)  # number in the file → row

    def __post_init__(self) -> None:
        self.went_out: dict[int, KeyRow] = {row.target: row for row in self.file.keys.rows} if self.file.keys else {}
        self.scopes = [self._scope(row) for row in self.file.rows]
        for scope in {scope for scope in self.scopes if not isinstance(scope, ServiceError)}:
            self._know(scope)
        self.seen = tuple(sorted((one.pk, one.version) for rows in self.held.values() for one in rows.values()))

    def done(self) -> TargetsPreview:
        lines = [self._line(row, scope) for row, scope in zip(self.file.rows, self.scopes, strict=True)]
        for row, key, number in self.parts:
            at = self.file.rows.index(row)
            try:
                with transaction.atomic():
                    self._join(key, number)
            except ServiceError as error:
                lines[at] = Line(row.at("whole"), lines[at].name, Change.ERROR, message=error.message)
        return TargetsPreview(self.file, tuple(lines), self.seen)

    def _scope(self, row: Row) -> Scope | ServiceError:
        """The body and the term; the error where the row names none or several, which its line tells."""
        keys = self.file.keys
        if keys is not None:
            body = Organisation.objects.filter(pk=keys.organisation, name=keys.name).first()
            if body is None:
                words = _("Biểu của “%s”, không có trong sổ này (hoặc đã đổi tên). Hãy xuất biểu mới từ sổ này.")
                raise refused(self.file.file, words % keys.name)
            self.bodies[keys.name] = body
            return body.pk, keys.term
        name, term = (" ".join(str(row.said.get(key) or "").split()) for key in ("organisation", "term"))
        if name not in self.bodies:
            self.bodies |= bodies_named([name])
        held = self.bodies[name]
        return held if isinstance(held, ServiceError) else (held.pk, term)

    def _know(self, scope: Scope) -> None:
        access.require(self.actor, Power.COMPILE, Organisation.objects.get(pk=scope[0]))
        rows = Target.objects.filter(organisation=scope[0], term=scope[1])
        held = rows.select_related("indicator", "lead", "whole").prefetch_related("path")
        self.held[scope] = {one.number: one for one in held}

    def _line(self, row: Row, scope: Scope | ServiceError) -> Line:
        name = str(row.said.get("name") or "")[:80]
        try:
            if isinstance(scope, ServiceError):
                text_of(row.said.get("organisation"), "organisation")  # a formula is no name
                raise scope
            checks.term(scope[1])
            said = said_in(row)
            self._once(row, scope, said)
            target = self._target(row, scope, said)
            _ask_back(row, target)
            with transaction.atomic():
                return self._added(row, scope, said) if target is None else self._edited(row, target, said)
        except ServiceError as error:
            return Line(row.at(_column(row, error.field)), name, Change.ERROR, message=error.message)

    def _once(self, row: Row, scope: Scope, said: Mapping[str, Any]) -> None:
        number = said.get("number")
        before = self.named.setdefault(scope, {}).setdefault(number or -row.place.row, row.place.row)
        if before != row.place.row:
            words = _("STT %(number)s đã có ở hàng %(row)s. Hãy đánh số khác.")
            raise ServiceError("number", words % {"number": number, "row": before})

    def _target(self, row: Row, scope: Scope, said: Mapping[str, Any]) -> Target | None:
        """The target of a row: by its code in an annex, by its number elsewhere; None for one to be added."""
        held = self.held[scope]
        code = _code(row)
        if code is not None:
            found = next((one for one in held.values() if one.pk == code), None)
            if found is None:
                raise ServiceError("id", _("Mã %s không phải chỉ tiêu nào của bảng này. Hãy xuất bảng mới.") % code)
            return found
        number = said.get("number")
        if self.file.keys is None:
            return held.get(number) if number is not None else None
        name = fold(str(said.get("name") or ""))
        twin = next((one for one in held.values() if fold(one.name) == name), None)
        if twin is not None:
            words = _("Chỉ tiêu “%(name)s” đã có trong sổ (số %(number)s). Hãy sửa ở dòng của nó, hoặc đặt tên khác.")
            raise ServiceError("name", words % {"name": twin.name, "number": twin.number})
        return None

    def _added(self, row: Row, scope: Scope, said: dict[str, Any]) -> Line:
        own = ("path", "whole", "lead")
        fields = {key: value for key, value in said.items() if value is not None and key not in own}
        organisation = Organisation.objects.get(pk=scope[0])
        path = {year: value for year, value in said.get("path", {}).items() if value is not None}
        made = add_target(organisation, self.actor, term=scope[1], path=path, lead=_lead(said.get("lead")), **fields)
        self._part(row, made.pk, said.get("whole"))
        told = _told({key: said[key] for key in ("direction", "low", "high", "unit") if said.get(key) is not None})
        return Line(row.at("name"), made.name, Change.NEW, "", told, made.pk, "", made.warnings)

    def _edited(self, row: Row, target: Target, said: dict[str, Any]) -> Line:
        now = {key: as_text(value) for key, value in said_by(target).items()}
        key = self.went_out.get(target.pk)
        wanted = {name: value for name, value in said.items() if as_text(value) != now.get(name)}
        if key is not None:  # what nobody touched in the file stays as it is in the register
            wanted = {name: value for name, value in wanted.items() if as_text(value) != key.held.get(name)}
        kept = [name for name in FIXED if wanted.pop(name, None) is not None]
        notes = (_("Chỉ số, chiều, bản chất và nguyên văn không sửa qua tệp; giữ như trong sổ."),) if kept else ()
        if not wanted:
            return Line(row.at("name"), target.name, Change.SAME, target=target.pk, warnings=notes)
        if key is not None and key.version != target.version:
            words = _("Chỉ tiêu này đã được sửa trong sổ sau khi xuất bảng. Hãy xuất bảng mới rồi sửa lại.")
            raise ServiceError("name", words)
        if "unit" in wanted and target.results.exists():
            checks.same_kind(text_of(row.said.get("unit"), "unit", 60), target.unit)  # told as it was typed
        before = said_by(target)
        saved = self._save(row, target, dict(wanted))
        was, now_said = (_told({name: held[name] for name in wanted if name in held}) for held in (before, said))
        told = (*notes, *saved.warnings)
        return Line(row.at("name"), target.name, Change.CHANGED, was, now_said, target.pk, "", told)

    def _save(self, row: Row, target: Target, wanted: dict[str, Any]) -> Target:
        empty = next((name for name in ("name", "number", "deadline") if name in wanted and wanted[name] is None), None)
        if empty is not None:
            raise ServiceError(empty, _("Ô trống; chỉ tiêu đã có trong sổ cần ô này. Hãy ghi lại."))
        path, whole = wanted.pop("path", None), wanted.pop("whole", target)
        if "lead" in wanted:
            wanted["lead"] = _lead(wanted["lead"])
        if whole is None:
            wanted["whole"] = None
        elif whole is not target:
            self._part(row, target.pk, whole)
        texts = ("unit", "field", "lead_body", "coordinating_bodies")
        wanted |= {name: wanted[name] or "" for name in texts if name in wanted}
        saved = edit_target(target.pk, self.actor, version=target.version, **wanted) if wanted else target
        if path is not None:
            held = {step.year for step in target.path.all()}
            add_path(target.pk, self.actor, dict.fromkeys(held) | path, version=saved.version)
        return saved

    def _part(self, row: Row, target: int, whole: int | None) -> None:
        if whole is not None:
            self.parts.append((row, target, whole))

    def _join(self, key: int, number: int) -> None:
        """The whole is looked for when all rows are in: it may stand below its parts."""
        part = Target.objects.get(pk=key)
        whole = Target.objects.filter(organisation=part.organisation_id, term=part.term, number=number).first()
        if whole is None:
            raise ServiceError("whole", _("Không có chỉ tiêu số %s để làm chỉ tiêu chung. Hãy sửa số.") % number)
        edit_target(key, self.actor, whole=whole)


def _ask_back(row: Row, target: Target | None) -> None:
    """The cells as they were typed: a `1.500` among them that may be 1,5."""
    known = [getattr(target, name) for name in NUMBERS] if target is not None else []
    figures = {key: value for key, value in row.said.items() if key in NUMBERS or key.startswith("path_")}
    typed.ask_back(figures, text_of(row.said.get("unit"), "unit", 60), known)


def _code(row: Row) -> int | None:
    said = row.said.get("id")
    return None if said is None else checks.whole_number(text_of(said, "id").replace(".", ""), "id", 1, 2**62)


def _lead(name: Any) -> Organisation | None:
    if not name:
        return None
    held = bodies_named([name])[name]
    if isinstance(held, ServiceError):
        raise ServiceError("lead", held.message)
    return held


def _column(row: Row, name: str) -> str:
    """The column that a service's field stands in."""
    if name == "path" and "path" not in row.cells:
        return next((key for key in row.cells if key.startswith("path_")), name)
    return name


def _told(said: Mapping[str, Any]) -> str:
    """`mức 12; thời hạn 31/12/2025`."""
    return "; ".join(f"{_label(name)} {_shown(value)}" for name, value in said.items())


def _label(name: str) -> str:
    return columns("aims")[name].label if name in columns("aims") else name


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{year}: {_shown(one)}" for year, one in sorted(value.items()) if one is not None) or "–"
    if hasattr(value, "as_tuple") or (isinstance(value, int) and not isinstance(value, bool)):
        return figure(value)
    return day(value) if hasattr(value, "year") else getattr(value, "label", str(value))
