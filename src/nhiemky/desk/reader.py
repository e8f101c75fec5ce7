"""A document with its proposals and questions → what the Read screen prints: tables to confirm, marked text, cards.

Called by the Read views; templates see only these records. Of a long document one page of proposals with its text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from nhiemky.desk.blocks import Block, Kinds, blocks
from nhiemky.desk.facts_view import NAMES, SURE, Said, say, sure, tone
from nhiemky.desk.marks import Mark
from nhiemky.desk.stretches import Stretch, Wish, stretch
from nhiemky.desk.tables_view import Asked, TablePanel, panels, row_kinds
from nhiemky.reading.read import WHY
from nhiemky.register import infer, selectors
from nhiemky.register.annexes import Annex, annexes_of, may_be_annex
from nhiemky.register.selectors import Progress
from nhiemky.register.sentences import sentence_at
from nhiemky.ui.statuses import name
from nhiemky.values.period import Period
from nhiemky.values.places import Places

THRESHOLD = SURE
_CELLS = re.compile(r"\t+")
_TableHints = tuple[Kinds, frozenset[int]]  # kinds of rows by table; tables that a person may say are annexes


@dataclass(frozen=True)
class Card:
    """One proposal as it is shown. `target_id` is where it went or would go; `linked` is that target."""

    proposal: Any
    said: Said
    tone: str
    kind_name: str
    sure: str
    target_id: int | None
    linked: Any
    quote: tuple[str, str, str]
    why: str
    place: str  # `trang 3, bảng 1, hàng 4`; empty for plain text
    waits: str = ""  # the state of the figure it made, where that is not approved

    @property
    def key(self) -> str:
        return f"p{self.proposal.pk}"

    @property
    def state(self) -> str:
        return str(self.proposal.state)

    @property
    def pending(self) -> bool:
        return self.state == "pending"

    @property
    def linkable(self) -> bool:
        return bool(self.proposal.is_figure)


@dataclass(frozen=True)
class ReadPart:
    """A page of proposals with the text it is read against."""

    document: Any
    stretch: Stretch
    blocks: list[Block]
    cards: list[Card]
    choices: list[Any]
    selected: int | None
    plain_tables: frozenset[int]  # those that a person may say are annexes

    @property
    def last_key(self) -> int:
        """The page's last proposal."""
        return int(self.cards[-1].proposal.pk)


@dataclass(frozen=True)
class CardPage:
    """One card, as it is after a step, with what is said of the whole document beside it."""

    document: Any
    card: Card
    choices: list[Any]
    progress: Progress
    confident: int
    selected: int


@dataclass(frozen=True)
class ReadPage:
    """The whole screen; `part` is the page of proposals that it opens with."""

    part: ReadPart
    questions: list[Any]
    progress: Progress
    confident: int
    tables: tuple[TablePanel, ...]

    @property
    def document(self) -> Any:
        return self.part.document


def read_page(document_id: int, wish: Wish | None = None, asked: Asked | None = None) -> ReadPage:
    """The Read screen of one document; `asked` is the table that a person looks at or sends roles for.
    NotFound where there is no such document."""
    document, proposals = _held(document_id)
    annexes, questions = annexes_of(document), selectors.questions(document_id)
    hints = _hints(document, annexes)
    cache.set(_key(document), hints)
    return ReadPage(
        _part(document, proposals, questions, hints, wish or Wish()),
        questions,
        selectors.progress(document_id),
        selectors.confident(document_id, THRESHOLD),
        panels(document, annexes, asked),
    )


def read_part(document_id: int, wish: Wish) -> ReadPart:
    """Another page of proposals, or more of the text beside one."""
    document, proposals = _held(document_id)
    hints: _TableHints | None = cache.get(_key(document))
    if hints is None:
        hints = _hints(document, annexes_of(document))
        cache.set(_key(document), hints)
    return _part(document, proposals, selectors.questions(document_id), hints, wish)


def _held(document_id: int) -> tuple[Any, Sequence[Any]]:
    """The document with all its proposals; what a document holds by the megabyte is read once."""
    proposals = selectors.proposals(document_id)
    return (proposals[0].document if proposals else selectors.document(document_id)), proposals


def _hints(document: Any, annexes: Iterable[Annex]) -> _TableHints:
    known = {one.number for one in annexes}
    plain = (at for at, table in enumerate(document.grids, 1) if at not in known and may_be_annex(table))
    return row_kinds(annexes), frozenset(plain)


def _key(document: Any) -> str:
    """What the hints hang on: to recognise tables anew takes longer than all else of a page of proposals."""
    said = sha256(repr(document.table_roles).encode()).hexdigest()
    return f"tables-{document.pk}-{document.added_at.timestamp()}-{said}"


def _part(document: Any, proposals: Sequence[Any], questions: list[Any], hints: _TableHints, wish: Wish) -> ReadPart:
    wish = replace(wish, selected=wish.selected or _waiting_past(proposals, wish.past))
    at = next((number for number, one in enumerate(proposals) if one.pk == wish.selected), None)
    spans = [(one.span_start, one.span_end) for one in proposals]
    held = stretch(document.text, spans, at, wish)
    choices = selectors.target_choices(document.organisation_id)
    places = document.map
    cards = make_cards(document, proposals[held.first : held.last], choices, places)
    others = [*proposals[: held.first], *proposals[held.last :]]
    beside = [one for one in others if one.span_start < held.end and one.span_end > held.start]
    marks = _marks(cards, beside, questions, document.reading, wish.span)
    kinds, plain = hints
    text = blocks(document.text, marks, document.grids, places, kinds, (held.start, held.end))
    return ReadPart(document, held, text, cards, choices, wish.selected, plain)


def _waiting_past(proposals: Sequence[Any], past: int | None) -> int | None:
    """The next proposal behind one that waits for a decision, from the first on where none does; else that one."""
    at = next((number for number, one in enumerate(proposals) if one.pk == past), None)
    if at is None:
        return None
    around = (*proposals[at + 1 :], *proposals[: at + 1])
    return next((int(one.pk) for one in around if one.state == "pending"), past)


def card_page(proposal_id: int) -> CardPage:
    """The card of a proposal with the document's progress, for a partial swap; no text is cut."""
    proposal = selectors.proposal(proposal_id)
    document = proposal.document
    choices = selectors.target_choices(document.organisation_id)
    (card,) = make_cards(document, [proposal], choices, document.map)
    progress, confident = selectors.progress(document.pk), selectors.confident(document.pk, THRESHOLD)
    return CardPage(document, card, choices, progress, confident, proposal.pk)


def make_cards(document: Any, proposals: Iterable[Any], choices: Iterable[Any], places: Places) -> list[Card]:
    targets, held = {one.pk: one for one in choices}, list(proposals)
    made = [one.made_id for one in held if one.made_type == "result" and one.edited]  # only a typed figure waits
    states = selectors.made_states(made) if made else {}
    return [_card(document, proposal, targets, places, states) for proposal in held]


def _card(document: Any, proposal: Any, targets: dict[int, Any], places: Places, states: Mapping[int, str]) -> Card:
    place = places.of(proposal.span_start, proposal.span_end)
    target_id = proposal.made_id if proposal.made_type == "target" else proposal.suggested_target_id
    return Card(
        proposal,
        say(proposal.kind, proposal.current, inferred_period(document, proposal)),
        tone(proposal.kind),
        str(NAMES.get(proposal.kind, proposal.kind)),
        sure(proposal.confidence),
        target_id,
        targets.get(target_id) if target_id else None,
        _quote(document.text, proposal),
        _why(proposal.fact.get("rule")),
        name(place) if place is not None else "",
        states.get(proposal.made_id, "") if proposal.made_type == "result" else "",
    )


def _quote(text: str, proposal: Any) -> tuple[str, str, str]:
    """The sentence around a fact; of a table's row its cells, with lines between them."""
    before, said, after = sentence_at(text, proposal.span_start, proposal.span_end).parts
    return _CELLS.sub(" | ", before), said, _CELLS.sub(" | ", after)


def _why(rule: str | None) -> str:
    """The reason of the rule behind a fact; a document read by an older version may name a rule that is gone."""
    return _(WHY[rule]) if rule in WHY else ""


def inferred_period(document: Any, proposal: Any) -> Period | None:
    """The period that acceptance would take where the sentence names none."""
    if proposal.kind != "results" or proposal.current.get("period"):
        return None
    return infer.period_in(document, proposal.current)


def _marks(
    cards: list[Card],
    beside: list[Any],
    questions: list[Any],
    reading: dict[str, Any],
    span: tuple[int, int] | None,
) -> list[Mark]:
    """Marks of the cards, of proposals of other pages that stand in the same text, and of what is no proposal."""
    marks = [
        Mark(
            card.proposal.span_start, card.proposal.span_end, card.key, card.tone,
            f"{card.kind_name}: {card.said.title}", not card.pending,
        )
        for card in cards
    ]  # fmt: skip
    marks += [
        Mark(
            one.span_start, one.span_end, f"p{one.pk}", tone(one.kind),
            f"{NAMES.get(one.kind, one.kind)}: {say(one.kind, one.current).title}", one.state != "pending", away=True,
        )
        for one in beside
    ]  # fmt: skip
    marks += [
        Mark(one.span_start, one.span_end, f"q{one.pk}", "warn", _("Cảnh báo"), one.state != "open")
        for one in questions
    ]
    for field, label in (("event", _("Thời gian, địa điểm")), ("host", _("Đơn vị tổ chức"))):
        held = (reading.get(field) or {}).get("span")
        if held:
            marks.append(Mark(held[0], held[1], field, "date", label))
    if span:
        marks.append(Mark(span[0], span[1], "span", "span", _("Câu nguồn")))
    return marks
