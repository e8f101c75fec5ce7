"""A body's figures of one period: entered, submitted, taken back, approved or returned together, each step told.

Whoever acts says which version of the submission they saw: what changed meanwhile is never decided on unseen.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, intake, summaries
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Document, Organisation, Result, Submission
from nhiemky.register.models.results import ResultState, SubmissionState
from nhiemky.register.services.entry import Entry, FiguresRefused, check_entries, newest
from nhiemky.register.services.periods import refuse_locked
from nhiemky.register.services.records import check_source, locked, values, write
from nhiemky.register.services.results import in_force, refuse_own
from nhiemky.values.canonical import sha256_of
from nhiemky.values.period import Period, Term

_WITH_BODY = (SubmissionState.DRAFT, SubmissionState.RETURNED)
_SUPERSEDE = "UPDATE register_result SET supersedes_id = %s WHERE id = %s"  # a thousand at once


@write
def open_submission(organisation: Organisation, period: str | Period, term: str | Term, actor: Actor) -> Submission:
    """The submission of that period that is not decided yet, made where there is none."""
    access.require(actor, Power.ENTER, organisation)
    of, whole = checks.period(period), checks.term(term)
    checks.within_term(of, whole)
    refuse_locked(organisation, of)
    open_ones = Submission.objects.filter(organisation=organisation, period=str(of), term=str(whole))
    held = open_ones.exclude(state=SubmissionState.APPROVED).first()
    if held is not None:
        return held
    made = Submission.objects.create(
        organisation=organisation, period=str(of), term=str(whole), entered_by=actor.name, entered_at=timezone.now()
    )
    events.append(actor, "open_submission", made, {"organisation": organisation.pk, "period": str(of)})
    return made


@write
def enter_figures(submission_id: int, figures: Mapping[int, Any], actor: Actor, version: int) -> Entry:
    """Figures by target, all of them or, with an error, none (FiguresRefused tells each by its target). A figure is
    typed text or a mapping (value, unit, kind, as_of, note, high, running_total); an empty one takes it out."""
    held = _with_body(submission_id, actor, version)
    entry = check_entries(held, figures, actor)
    if entry.errors:
        raise FiguresRefused(entry)
    _refuse_locked(held, {target.organisation_id for target in entry.targets.values()})
    before = newest(held)
    dropped = [before[key] for key in entry.emptied if key in before]
    fresh = [made for key, made in entry.results.items() if not _says_the_same(before.get(key), made)]
    # What was returned stays beside what takes its place; what nobody but the body has seen does not.
    redone = [before[made.target_id] for made in fresh if made.target_id in before]
    unseen = [one.pk for one in redone if one.state == ResultState.PROPOSED]
    Result.objects.filter(Q(pk__in=unseen) | Q(submission=held, target__in=[one.target_id for one in dropped])).delete()
    Result.objects.bulk_create(fresh, batch_size=200)
    held.state, held.entered_by, held.entered_at = SubmissionState.DRAFT, actor.name, timezone.now()
    told = {str(made.target_id): made.value for made in fresh}
    _moved(held, actor, "enter_figures", {"figures": told, "taken_out": [values(one) for one in dropped]})
    return entry


@write
def submit(
    submission_id: int, actor: Actor, version: int, *, note: str = "", evidence: Iterable[Document] = ()
) -> Submission:
    """Send the figures to whoever approves them."""
    held = _with_body(submission_id, actor, version)
    papers = list(evidence)
    for paper in papers:
        check_source(actor, paper)
    rows = newest(held)
    if not rows:
        raise ServiceError("", _("Chưa nhập số liệu nào để gửi. Hãy nhập ít nhất một chỉ tiêu."))
    _refuse_locked(held, {one.organisation_id for one in rows.values()})
    Result.objects.filter(pk__in=[one.pk for one in rows.values()]).update(state=ResultState.SUBMITTED)
    held.state, held.reason, held.note = SubmissionState.SUBMITTED, "", checks.short(note, "note", 600)
    held.submitted_by, held.submitted_at = actor.name, timezone.now()
    held.evidence.set(papers)
    _moved(held, actor, "submit_figures", {"results": sorted(one.pk for one in rows.values()), "note": held.note})
    return held


@write
def take_back(submission_id: int, actor: Actor, version: int) -> Submission:
    """Take submitted figures back to correct them, while nobody has decided."""
    held = _held(submission_id, actor, Power.ENTER)
    _refuse_decided(held, version)
    held.results.filter(state=ResultState.SUBMITTED).update(state=ResultState.PROPOSED)
    held.state = SubmissionState.DRAFT
    _moved(held, actor, "take_back_figures", {})
    return held


def approve_submission(submission_id: int, actor: Actor, version: int) -> Submission:
    """Approve all figures of a submission; never one that the approver entered or sent."""
    return approve_submissions({submission_id: version}, actor)[0]


@write
def approve_submissions(versions: Mapping[int, int], actor: Actor) -> list[Submission]:
    """Approve several submissions (id → the version seen), all or none; an event each, with every figure's digest."""
    done = [_approve(_held(key, actor, Power.APPROVE), actor, versions[key]) for key in sorted(versions)]
    organisations = Result.objects.filter(submission__in=done).order_by().values_list("organisation", flat=True)
    for organisation in organisations.distinct():
        intake.rematch(organisation)
    return done


@write
def return_submission(submission_id: int, actor: Actor, version: int, reason: str) -> Submission:
    """Send the figures back to the body, with the reason; the body corrects and sends them again."""
    held = _held(submission_id, actor, Power.APPROVE)
    reason = checks.text(reason, "reason", 600, _("lý do trả lại"))
    _refuse_decided(held, version)
    refuse_own(actor, held.entered_by, held.submitted_by)
    held.reason = reason
    _decided(held, SubmissionState.RETURNED, actor)
    decision = {"state": ResultState.RETURNED, "decided_by": held.decided_by, "decided_at": held.decided_at}
    held.results.filter(state=ResultState.SUBMITTED).update(**decision)
    _moved(held, actor, "return_submission", {"reason": reason})
    return held


def _approve(held: Submission, actor: Actor, version: int) -> Submission:
    _refuse_decided(held, version)
    rows = list(held.results.filter(state=ResultState.SUBMITTED))
    refuse_own(actor, held.entered_by, held.submitted_by, *{one.added_by for one in rows})
    for organisation in _refuse_locked(held, {one.organisation_id for one in rows}):
        access.require(actor, Power.APPROVE, organisation)
    targets = [one.target_id for one in rows if one.target_id is not None]
    replaced = _formers(held, targets)
    _decided(held, SubmissionState.APPROVED, actor)
    for one in rows:
        one.state, one.decided_by, one.decided_at = ResultState.APPROVED, held.decided_by, held.decided_at
        one.supersedes_id = replaced.get((one.target_id, one.kind, one.running_total))
    decision = {"state": ResultState.APPROVED, "decided_by": held.decided_by, "decided_at": held.decided_at}
    with summaries.kept(targets, (held.period,)), connection.cursor() as cursor:
        held.results.filter(state=ResultState.SUBMITTED).update(**decision)
        cursor.executemany(_SUPERSEDE, [(one.supersedes_id, one.pk) for one in rows if one.supersedes_id])
    _moved(held, actor, "approve_submission", {"results": [[one.pk, sha256_of(values(one))] for one in rows]})
    return held


def _formers(held: Submission, targets: list[int]) -> dict[tuple[int | None, str, bool], int]:
    """The approved figure that each new one takes the place of: same target, period and kind."""
    rows = Result.objects.filter(in_force(), target__in=targets, period=held.period, state=ResultState.APPROVED)
    said = rows.order_by("pk").values_list("target", "kind", "running_total", "pk")
    return {(target, kind, running): pk for target, kind, running, pk in said}


def _refuse_locked(held: Submission, organisations: set[int]) -> list[Organisation]:
    """The bodies whose figures these are: one may report on targets that it leads for another. Neither's period may
    be closed."""
    others = Organisation.objects.filter(pk__in=organisations - {held.organisation_id})
    found = [held.organisation, *others]
    for organisation in found:
        refuse_locked(organisation, Period.parse(held.period))
    return found


def _says_the_same(before: Result | None, made: Result) -> bool:
    said = ("value", "high", "unit", "kind", "as_of", "note", "qualifier", "running_total", "planned", "ratio")
    return before is not None and all(getattr(before, name) == getattr(made, name) for name in said)


def _held(submission_id: int, actor: Actor, power: Power) -> Submission:
    held = locked(Submission.objects.select_related("organisation"), submission_id, _("lần báo số"))
    access.require(actor, power, held.organisation)
    return held


def _with_body(submission_id: int, actor: Actor, version: int) -> Submission:
    """One that its body still writes on."""
    held = _held(submission_id, actor, Power.ENTER)
    if held.state == SubmissionState.SUBMITTED:
        words = _("Lần báo số này đã được %s gửi đi. Hãy lấy lại rồi sửa, hoặc tải lại trang.")
        raise ServiceError("", words % held.submitted_by)
    if held.state not in _WITH_BODY:
        raise ServiceError("", _("Lần báo số này đã được %s duyệt. Hãy tải lại trang.") % held.decided_by)
    _refuse_changed(held, version)
    return held


def _refuse_decided(held: Submission, version: int) -> None:
    """A decision is on what waits for it, as it was seen."""
    if held.state != SubmissionState.SUBMITTED:
        words = {
            SubmissionState.APPROVED: _("Lần báo số này đã được %s duyệt. Hãy tải lại trang."),
            SubmissionState.RETURNED: _("Lần báo số này đã được %s trả lại. Hãy tải lại trang."),
        }.get(SubmissionState(held.state), _("Lần báo số này đang do %s nhập, chưa gửi. Hãy tải lại trang."))
        raise ServiceError("", words % (held.decided_by if held.state != SubmissionState.DRAFT else held.entered_by))
    _refuse_changed(held, version)


def _refuse_changed(held: Submission, version: int) -> None:
    if held.version != version:
        words = _("Lần báo số này đã thay đổi (đang là lần %(now)s, đã xem lần %(seen)s). Hãy tải lại trang.")
        raise ServiceError("version", words % {"now": held.version, "seen": version})


def _decided(held: Submission, state: str, actor: Actor) -> None:
    held.state, held.decided_by, held.decided_at = state, actor.name, timezone.now()


def _moved(held: Submission, actor: Actor, verb: str, told: dict[str, Any]) -> None:
    """Saved as its next version, with the event."""
    held.version += 1
    held.save()
    events.append(actor, verb, held, {"version": held.version, **told})
