"""What waits for approval → the lines that the Approve screen and Today print: a figure beside what is held, what needs
a closer look, where it comes from. Called by their views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.desk import amounts
from nhiemky.desk.board_view import goal_words, short_period
from nhiemky.desk.facts_view import say
from nhiemky.desk.reader import inferred_period
from nhiemky.register import access, selectors
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.selectors import Waiting, WaitingFigure, WaitingPage
from nhiemky.ui.statuses import name
from nhiemky.ui.templatetags.vn import period
from nhiemky.values.figures import figure, rounded
from nhiemky.values.language import capital
from nhiemky.values.period import Period

LARGE = Decimal("0.2")  # of the figure compared with: from there a person looks twice; a convention, not a rule
_TONES = ("bad", "risk", "way", "none")


@dataclass(frozen=True)
class Alert:
    """Something to look at before deciding."""

    tone: str
    icon: str
    words: str


@dataclass(frozen=True)
class Line:
    """One waiting figure. `before` is what it is compared with, `when` the period of that, `change` with its sign."""

    held: WaitingFigure
    name: str
    value: str
    before: str
    when: str
    change: str
    goal: str
    alerts: tuple[Alert, ...]
    quote: tuple[str, str, str] | None
    span: str
    place: str

    @property
    def result(self) -> Any:
        return self.held.result


@dataclass(frozen=True)
class Item:
    """One decision. `look` counts the figures that need a closer look; `next` is the item that follows on the page."""

    held: Waiting
    key: str
    title: str
    period: str
    who: str
    since: datetime | None
    lines: tuple[Line, ...]
    look: int
    rank: int
    next: str = ""
    error: str = ""
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether this person can decide now."""
        return not self.held.refusal and self.held.lock is None

    @property
    def days(self) -> int:
        """Whole days that it has waited."""
        return (timezone.now() - self.since).days if self.since is not None else 0

    @property
    def anchor(self) -> str:
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class Own:
    """What this person entered or sent in one organisation, and who may approve it."""

    organisation: Any
    items: tuple[Item, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class ApprovalsPage:
    items: tuple[Item, ...]
    own: tuple[Own, ...]
    held: WaitingPage
    plain: int  # how many need no closer look

    @property
    def openable(self) -> int:
        return sum(one.open for one in self.items)


def approvals_page(
    actor: Actor, number: int, refused: Mapping[str, str] | None = None, reason: str = ""
) -> ApprovalsPage:
    """A page of the queue, what is worst first; `refused`: why a step on an item was not taken, by its key."""
    held = selectors.waiting(actor, number)
    told = refused or {}
    made = [_item(one, told.get(one.key, ""), reason if one.key in told else "") for one in held.items]
    made.sort(key=lambda one: one.rank)
    items = tuple(replace(one, next=_following(made[at + 1 :])) for at, one in enumerate(made))
    return ApprovalsPage(items, _own(held, actor, told), held, sum(one.open and not one.look for one in items))


@dataclass(frozen=True)
class Brief:
    """The first of what waits, how many more there are, and how many of the actor's own wait for others."""

    items: tuple[Item, ...]
    more: int
    total: int
    own: int


def brief(actor: Actor, most: int) -> Brief:
    """For Today."""
    held = selectors.waiting(actor, 1, most)
    items = tuple(sorted((_item(one) for one in held.items), key=lambda one: one.rank))
    return Brief(items, held.total - len(items), held.total, len(held.own))


def waiting_notes(targets: Iterable[int]) -> dict[int, str]:
    """Target → what waits for approval there, for the board: `92,9 (6T 2023) và 1 số khác`."""
    return {key: _note(rows) for key, rows in selectors.waiting_of(list(targets)).items()}


def _note(rows: list[Any]) -> str:
    newest = max(rows, key=lambda one: Period.parse(one.period))
    said = f"{amounts.short(newest.value, newest.unit)} ({short_period(Period.parse(newest.period))})"
    more = len(rows) - 1
    return said if not more else f"{said} {ngettext('và %(n)s số khác', 'và %(n)s số khác', more) % {'n': more}}"


def title_of(key: str) -> str:
    """What an item was called that waits no more; its record may be gone."""
    number = int(key[1:].partition(".")[0])
    if key.startswith("s"):
        sent = selectors.submission(number)
        return f"{sent.organisation.name}, {period(sent.period)}"
    held = selectors.result(number)
    named = held.target.name if held.target is not None else held.indicator.name
    return f"{capital(named)}: {amounts.full(held.value, held.unit)}, {period(held.period)}"


def _own(held: WaitingPage, actor: Actor, told: Mapping[str, str]) -> tuple[Own, ...]:
    groups: dict[int, list[Waiting]] = {}
    for one in held.own:
        groups.setdefault(one.organisation.pk, []).append(one)
    return tuple(_of_one_body(ones, actor, told) for ones in groups.values())


def _of_one_body(ones: list[Waiting], actor: Actor, told: Mapping[str, str]) -> Own:
    of = ones[0].organisation
    items = tuple(_item(one, told.get(one.key, "")) for one in ones)
    return Own(of, items, access.who_else(Power.APPROVE, of, actor))


def _following(rest: list[Item]) -> str:
    return next((one.anchor for one in rest if one.open), "")


def _item(held: Waiting, error: str = "", reason: str = "") -> Item:
    lines = tuple(_line(one, held) for one in held.figures)
    sent, first = held.submission, lines[0]
    title = first.name
    if sent is not None:
        words = ngettext("%(n)s số liệu của %(who)s", "%(n)s số liệu của %(who)s", len(lines))
        title = words % {"n": len(lines), "who": held.organisation.name}
    return Item(
        held,
        held.key,
        title,
        period(first.result.period if sent is None else sent.period),
        first.result.added_by if sent is None else sent.submitted_by,
        held.since,
        lines,
        sum(bool(_worrying(line)) for line in lines),
        min(_rank(line) for line in lines),
        error=error,
        reason=reason,
    )


def _worrying(line: Line) -> bool:
    return any(one.tone in ("bad", "risk") for one in line.alerts)


def _rank(line: Line) -> int:
    return min((_TONES.index(one.tone) for one in line.alerts), default=len(_TONES))


def _line(held: WaitingFigure, whole: Waiting) -> Line:
    result, before, target = held.result, held.before, held.result.target
    unit = target.unit if target is not None else result.unit
    named = f"{target.number}. {target.name}" if target is not None else capital(result.indicator.name)
    return Line(
        held,
        named,
        _value(result, unit),
        amounts.full(before.value, unit) if before is not None else "",
        _when(held),
        _change(held, unit),
        goal_words(target) if target is not None else "",
        _alerts(held, whole),
        held.sentence.parts if held.sentence is not None else None,
        f"{result.span_start}-{result.span_end}" if held.sentence is not None else "",
        name(held.place) if held.place is not None else "",
    )


def _when(held: WaitingFigure) -> str:
    """Which figure it is compared with."""
    if held.before is None:
        return ""
    if held.replaces:
        return _("đang có, sẽ được thay")
    return _("đã duyệt, cùng kỳ") if held.before.period == held.result.period else period(held.before.period)


def _value(result: Any, unit: str) -> str:
    if result.high is not None:
        return f"{amounts.short(result.value, unit)}–{amounts.full(result.high, unit)}"
    return amounts.full(result.value, unit)


def _change(held: WaitingFigure, unit: str) -> str:
    """`+0,3 điểm`, `−3 hộ (−25%)`, `không đổi`; empty where there is nothing to compare with."""
    if held.change is None or held.before is None:
        return ""
    if held.change == 0:
        return _("không đổi")
    sign = "+" if held.change > 0 else "−"
    said = f"{sign}{amounts.full(abs(held.change), _('điểm') if unit == '%' else unit)}"
    share = _share(held)
    if share is None or unit == "%":
        return said
    return f"{said} ({sign}{figure(rounded(share * 100, 1))}%)"


def _share(held: WaitingFigure) -> Decimal | None:
    if held.change is None or held.before is None or not held.before.value:
        return None
    return abs(held.change / held.before.value)


def _as_read(read: Any) -> str:
    """The figure and the period that the document says."""
    fact = read.fact
    said = say("results", fact, inferred_period(read.document, read))
    plain = fact.get("high") is None and not fact.get("qualifier")
    return f"{amounts.full(fact['value'], fact.get('unit') or '') if plain else said.value}, {said.more[0]}"


def _alerts(held: WaitingFigure, whole: Waiting) -> tuple[Alert, ...]:
    found = [Alert("bad", "warning", words) for words in held.doubts]
    if held.read is not None:
        found.append(Alert("risk", "edit", _("Văn bản ghi %s; người nhập đã sửa.") % _as_read(held.read)))
    share = _share(held)
    if share is not None and share >= LARGE and not held.doubts:
        found.append(Alert("risk", "warning", _large(held, share)))
    if not _sourced(held.result, whole):
        found.append(Alert("risk", "question", _("Không nêu nguồn: không văn bản, không ghi chú, không minh chứng.")))
    return tuple(found)


def _large(held: WaitingFigure, share: Decimal) -> str:
    words = _("Tăng %(share)s%% so với %(when)s; hãy xem lại nguồn.")
    if held.change is not None and held.change < 0:
        words = _("Giảm %(share)s%% so với %(when)s; hãy xem lại nguồn.")
    when = held.before.period if held.before is not None else None
    return words % {"share": figure(rounded(share * 100, 0)), "when": period(when)}


def _sourced(result: Any, whole: Waiting) -> bool:
    sent = whole.submission
    return bool(result.document_id or result.note or (sent is not None and (sent.note or list(sent.evidence.all()))))
