"""Takes many figures in at once: a flat file of bodies, targets and periods → reports of those periods, waiting for
another person's approval. All or nothing, in one transaction, a chunk at a time. Called by the commands."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.bodies import bodies_named
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.cells import digest
from nhiemky.register.exchange.flat import flat_rows
from nhiemky.register.exchange.records import Change, Fault, FileRefused, Row
from nhiemky.register.exchange.typed_cells import day_of, figure_of, text_of, whole_of, word_of
from nhiemky.register.folding import fold
from nhiemky.register.models import Latest, Organisation, PeriodLock, Result, Submission, Target
from nhiemky.register.models.results import ResultState, SubmissionState
from nhiemky.register.services.inserting import insert
from nhiemky.register.services.periods import refuse_locked
from nhiemky.register.services.records import write
from nhiemky.register.services.results import checked_result
from nhiemky.register.units import parse_unit
from nhiemky.values.kinds import Qualifier, ResultKind
from nhiemky.values.period import Period

_CHUNK = 2_000
_KEPT = 200  # faults and warnings that are told; the rest are counted
_COMPARED = ("value", "high", "unit", "kind", "note", "qualifier", "running_total", "planned", "ratio")
_YES = ("co", "x", "true", "1", "yes")
Say = Callable[[int], None]


@dataclass(frozen=True)
class FlatOutcome:
    """What a flat file did, or would do: rows by what becomes of them, and the reports they stand in."""

    file: str
    sha256: str
    counts: Mapping[str, int]
    submissions: int
    waiting: int  # of them those that are still with the body: sent by hand
    warnings: tuple[Fault, ...] = ()
    warned: int = 0

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def empty(self) -> bool:
        return set(self.counts) <= {str(Change.SAME)}


def preview_flat(path: Path, actor: Actor, say: Say = lambda rows: None) -> FlatOutcome:
    """What the file would do; FileRefused with the faults by line or cell. Nothing is written."""
    return _Load(path, actor, writes=False, send=False).run(say)


@write
def import_flat(path: Path, actor: Actor, *, send: bool = False, say: Say = lambda rows: None) -> FlatOutcome:
    """Enter what the file says that the register does not; `send` sends the reports that are made for it. One event.

    A file that was taken in already changes nothing. Nobody approves here: that is another person's act.
    """
    return _Load(path, actor, writes=True, send=send).run(say)


class _Load:
    """One run over a file; what it has asked of the register it keeps by body."""

    def __init__(self, path: Path, actor: Actor, *, writes: bool, send: bool) -> None:
        self.path, self.actor, self.writes, self.send = path, actor, writes, send
        self.bodies: dict[str, _Body | ServiceError] = {}  # by the name as it is written
        self.known: dict[int, _Body] = {}
        self.counts: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.faulty = self.warned = 0
        self.seen: set[tuple[int, str]] = set()
        self.made: dict[tuple[int, str, str], Submission] = {}  # reports made for this file
        self.touched: dict[tuple[int, str, str], Submission] = {}
        self.figures = hashlib.sha256()
        self.now = timezone.now()

    def run(self, say: Say) -> FlatOutcome:
        rows, done = flat_rows(self.path), 0
        while chunk := list(islice(rows, _CHUNK)):
            self._take(chunk)
            done += len(chunk)
            say(done)
        if self.faulty:
            told = sorted(self.faults, key=lambda fault: fault.place.row)
            raise FileRefused(told, self.faulty - len(told))
        self._finish(sha256 := digest(self.path))
        open_ones = [one for one in self.touched.values() if one.state != SubmissionState.SUBMITTED]
        counts = {str(change): self.counts[change] for change in Change if self.counts[change]}
        return FlatOutcome(
            self.path.name, sha256, counts, len(self.touched), len(open_ones), tuple(self.warnings), self.warned
        )

    def _take(self, chunk: list[Row]) -> None:
        self._know({_name(row) for row in chunk})
        asked = []
        for row in chunk:
            try:
                asked.append((row, *self._asked(row)))
            except ServiceError as error:
                self._fault(row, error)
        stands = _standing({target.pk for _row, _body, target, _period in asked}, {p for *_rest, p in asked})
        made, replaced = [], []
        for row, body, target, period in asked:
            try:
                one, former = self._figure(row, body, target, period, stands.get((target.pk, period), []))
            except ServiceError as error:
                self._fault(row, error)
                continue
            if one is not None:
                made.append(one)
                replaced += former
        if self.writes and made and not self.faulty:
            self._write(made, replaced)

    def _know(self, names: set[str]) -> None:
        """What the rows of a chunk need of bodies not met before: a handful of queries."""
        fresh = names - self.bodies.keys()
        if not fresh:
            return
        held = bodies_named(fresh)
        found = {one.pk: one for one in held.values() if isinstance(one, Organisation)}
        bodies = {key: _Body(one) for key, one in found.items() if key not in self.known}
        keys = list(bodies)
        rows = Target.objects.filter(organisation__in=keys).select_related("indicator", "organisation")
        for target in rows.defer("clause"):
            bodies[target.organisation_id].add(target)
        for latest in Latest.objects.filter(organisation_id__in=keys):
            bodies[latest.organisation_id].latest[latest.target_id] = latest
        for key in PeriodLock.objects.filter(organisation__in=keys, reopened_at=None).values_list("organisation"):
            bodies[key[0]].locked = True
        for one in Submission.objects.filter(organisation__in=keys).exclude(state=SubmissionState.APPROVED):
            bodies[one.organisation_id].submissions[one.period, one.term] = one
        for body in bodies.values():
            access.require(self.actor, Power.ENTER, body.organisation)
        self.known |= bodies
        self.bodies |= {n: self.known[one.pk] if isinstance(one, Organisation) else one for n, one in held.items()}

    def _asked(self, row: Row) -> tuple["_Body", Target, str]:
        """Whose target the row is of, and its period."""
        text_of(row.said.get("organisation"), "organisation")  # a formula is no name
        body = self.bodies[_name(row)]
        if isinstance(body, ServiceError):
            raise body
        period = checks.period(text_of(_year(row.said.get("period")), "period", 20))
        target = body.target(row, period)
        if (target.pk, str(period)) in self.seen:
            words = _("“%(name)s” kỳ %(period)s đã có ở dòng trên của tệp. Hãy giữ một dòng.")
            raise ServiceError("target", words % {"name": target.name, "period": period})
        self.seen.add((target.pk, str(period)))
        if body.locked:
            body.refuse_locked(period)
        return body, target, str(period)

    def _figure(
        self, row: Row, body: "_Body", target: Target, period: str, stands: list[Result]
    ) -> tuple[Result | None, list[int]]:
        """The figure of a row, unsaved, None where the register says the same; keys of what it takes the place of."""
        fields = _fields(row, target, period)
        before = body.latest.get(target.pk)
        one, warnings = checked_result(body.organisation, target, target.indicator, fields, self.actor, before)
        key = (body.organisation.pk, period, target.term)
        held = body.submissions.get(key[1:])
        last = _last(stands, held)
        if last is not None and _same(one, last, dated=fields["as_of"] is not None):
            self.counts[Change.SAME] += 1
            return None, []
        if held is not None and held.state == SubmissionState.SUBMITTED and key not in self.made:
            words = _("Số liệu kỳ %s của đơn vị này đã gửi, đang chờ duyệt. Hãy lấy lại lần báo số rồi nhập.")
            raise ServiceError("period", words % period)
        self._warn(row, warnings)
        self.counts[Change.NEW if last is None else Change.CHANGED] += 1
        one.submission = self._submission(body, key)
        return one, [was.pk for was in _in(stands, held) if was.state == ResultState.PROPOSED]

    def _submission(self, body: "_Body", key: tuple[int, str, str]) -> Submission:
        """The report that the figure stands in: the open one, or one made for this file."""
        held = body.submissions.get(key[1:])
        if held is None:
            about = {"organisation": body.organisation, "period": key[1], "term": key[2]}
            held = Submission(**about, entered_by=self.actor.name, entered_at=self.now)
            if self.send:
                held.state, held.submitted_by, held.submitted_at = SubmissionState.SUBMITTED, self.actor.name, self.now
            self.made[key] = body.submissions[key[1:]] = held
        self.touched[key] = held
        return held

    def _write(self, made: list[Result], replaced: list[int]) -> None:
        Submission.objects.bulk_create([one for one in self.made.values() if one.pk is None])
        if replaced:
            Result.objects.filter(pk__in=replaced).delete()
        for one in made:
            held = one.submission
            if held is None:
                raise TypeError("a figure taken in stands in a report")
            one.submission = held  # its key is known now
            if held.state == SubmissionState.SUBMITTED:
                one.state = ResultState.SUBMITTED
            self.figures.update(f"{one.target_id} {one.period} {one.value.normalize():f}\n".encode())
        insert(made)

    def _finish(self, sha256: str) -> None:
        if not self.writes or not self.touched:
            return
        older = [one for key, one in self.touched.items() if key not in self.made]
        for one in older:
            one.state, one.version = SubmissionState.DRAFT, one.version + 1
            one.entered_by, one.entered_at = self.actor.name, self.now
        Submission.objects.bulk_update(older, ["state", "version", "entered_by", "entered_at"], batch_size=200)
        first = min(self.touched.values(), key=lambda one: one.pk)
        told = {"file": self.path.name, "sha256": sha256, "counts": dict(self.counts)}
        keys = sorted(one.pk for one in self.touched.values())
        data = {**told, "submissions": keys, "figures": self.figures.hexdigest(), "sent": self.send}
        events.append(self.actor, "import_flat", first, data)

    def _fault(self, row: Row, error: ServiceError) -> None:
        self.faulty += 1
        self.counts[Change.ERROR] += 1
        if len(self.faults) < _KEPT:
            self.faults.append(Fault(row.at(error.field), error.message))

    def _warn(self, row: Row, warnings: Iterable[str]) -> None:
        for said in warnings:
            self.warned += 1
            if len(self.warnings) < _KEPT:
                self.warnings.append(Fault(row.at("value"), said))


@dataclass
class _Body:
    """What the register holds of one body, as far as rows ask for it."""

    organisation: Organisation
    locked: bool = False
    numbered: dict[tuple[str, int], Target] = field(default_factory=dict)
    named: dict[str, list[Target]] = field(default_factory=lambda: defaultdict(list))
    latest: dict[int, Latest] = field(default_factory=dict)
    submissions: dict[tuple[str, str], Submission] = field(default_factory=dict)
    _closed: dict[Period, ServiceError | None] = field(default_factory=dict)

    def add(self, target: Target) -> None:
        self.numbered[target.term, target.number] = target
        self.named[fold(target.name)].append(target)

    def target(self, row: Row, period: Period) -> Target:
        """By its number in the term where one is given, else by its name; never by likeness."""
        name, term = text_of(row.said.get("target"), "target"), text_of(row.said.get("term"), "term", 20)
        whole = str(checks.term(term)) if term else ""
        number = whole_of(row.said.get("number"), "number")
        if number is not None and whole:
            found = self.numbered.get((whole, number))
            if found is not None and name and fold(found.name) != fold(name):
                words = _("Chỉ tiêu %(number)s trong sổ là “%(held)s”, tệp ghi “%(name)s”. Hãy sửa số hoặc tên.")
                raise ServiceError("target", words % {"number": number, "held": found.name, "name": name})
            if found is not None:
                return found
        near = [one for one in self.named.get(fold(name), ()) if not whole or one.term == whole]
        if len(near) > 1:
            near = [one for one in near if period.year in checks.term(one.term).years and number in (None, one.number)]
        if len(near) == 1:
            return near[0]
        words = _(
            "“%(body)s” có %(n)s chỉ tiêu tên “%(name)s”; cần đúng một. Hãy ghi tên như trong sổ, thêm nhiệm kỳ và số."
        )
        raise ServiceError("target", words % {"body": self.organisation.name, "n": len(near), "name": name})

    def refuse_locked(self, period: Period) -> None:
        if period not in self._closed:
            try:
                refuse_locked(self.organisation, period)
                self._closed[period] = None
            except ServiceError as error:
                self._closed[period] = error
        if (error_ := self._closed[period]) is not None:
            raise error_


def _name(row: Row) -> str:
    return " ".join(str(row.said.get("organisation") or "").split())


def _year(value: Any) -> Any:
    """A year alone is a number in a sheet."""
    return str(int(value)) if hasattr(value, "to_integral_value") and value == value.to_integral_value() else value


def _fields(row: Row, target: Target, period: str) -> dict[str, Any]:
    said = row.said.get
    unit = text_of(said("unit"), "unit", 60)
    if not unit and parse_unit(target.unit).kind == "money":
        raise ServiceError("unit", _("Số tiền không ghi đơn vị. Hãy ghi đồng, triệu đồng hoặc tỷ đồng."))
    unit = unit or target.unit
    value = figure_of(said("value"), "value", unit)
    numbers = {name: figure_of(said(name), name, unit) for name in ("high", "planned")}
    numbers["ratio"] = figure_of(said("ratio"), "ratio", "%")
    total = said("running_total")
    return {
        "period": period,
        "value": value,
        "unit": unit,
        "kind": word_of(said("kind"), "kind", ResultKind, ResultKind.OFFICIAL),
        "as_of": day_of(said("as_of"), "as_of"),
        "note": text_of(said("note"), "note"),
        "qualifier": word_of(said("qualifier"), "qualifier", Qualifier),
        "running_total": total if isinstance(total, bool) else fold(text_of(total, "running_total")) in _YES,
        **numbers,
    }


def _standing(targets: set[int], periods: set[str]) -> dict[tuple[int, str], list[Result]]:
    """The figures of a chunk's targets and periods, in force or in an open report, first to last."""
    if not targets:
        return {}
    rows = list(Result.objects.filter(target__in=targets, period__in=periods).order_by("pk"))
    replaced = {one.supersedes_id for one in rows if one.state == ResultState.APPROVED}
    found: dict[tuple[int, str], list[Result]] = defaultdict(list)
    for one in rows:
        if one.pk not in replaced and one.target_id is not None:
            found[one.target_id, one.period].append(one)
    return found


def _last(stands: list[Result], held: Submission | None) -> Result | None:
    """What the register says of a target and period: the open report, else the approved figure."""
    reported = _in(stands, held)
    if reported:
        return reported[-1]
    approved = [one for one in stands if one.state == ResultState.APPROVED and one.kind != ResultKind.FORECAST]
    return max(approved, key=lambda one: (one.kind == ResultKind.OFFICIAL, one.as_of, one.pk), default=None)


def _in(stands: list[Result], held: Submission | None) -> list[Result]:
    return [one for one in stands if held is not None and held.pk is not None and one.submission_id == held.pk]


def _same(one: Result, held: Result, *, dated: bool) -> bool:
    if dated and one.as_of != held.as_of:
        return False
    return all(getattr(one, name) == getattr(held, name) for name in _COMPARED)
