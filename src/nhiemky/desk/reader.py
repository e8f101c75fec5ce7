"""A document with its proposals and questions → what the Read screen prints: tables to confirm, marked text, cards.

Called by the Read views; templates see only these records.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.desk.blocks import Block, blocks
from nhiemky.desk.facts_view import NAMES, SURE, Said, say, sure, tone
from nhiemky.desk.marks import Mark
from nhiemky.desk.tables_view import Asked, TablePanel, panels, row_kinds
from nhiemky.reading.read import WHY
from nhiemky.register import infer, selectors
from nhiemky.register.annexes import annexes_of, may_be_annex
from nhiemky.register.selectors import Progress
from nhiemky.register.sentences import sentence_at
from nhiemky.ui.statuses import name
from nhiemky.values.period import Period
from nhiemky.values.places import Places

THRESHOLD = SURE
_CELLS = re.compile(r"\t+")


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
class ReadPage:
    document: Any
    blocks: list[Block]
    cards: list[Card]
    questions: list[Any]
    choices: list[Any]
    progress: Progress
    confident: int
    selected: int | None
    tables: tuple[TablePanel, ...] = ()
    plain_tables: frozenset[int] = frozenset()  # those that a person may say are annexes


def read_page(
    document_id: int,
    selected: int | None = None,
    span: tuple[int, int] | None = None,
    asked: Asked | None = None,
) -> ReadPage:
    """Everything of one document's Read screen; `asked` is the table that a person looks at or sends roles for.
    NotFound where there is no such document."""
    document = selectors.document(document_id)
    choices = selectors.target_choices(document.organisation_id)
    proposals = list(selectors.proposals(document_id))
    questions = selectors.questions(document_id)
    cards = make_cards(document, proposals, choices)
    marks = _marks(cards, questions, document.reading, span)
    annexes, tables = annexes_of(document), document.grids
    known = {one.number for one in annexes}
    return ReadPage(
        document,
        blocks(document.text, marks, tables, document.map, row_kinds(annexes)),
        cards,
        questions,
        choices,
        selectors.progress(document_id),
        selectors.confident(document_id, THRESHOLD),
        selected,
        panels(document, annexes, asked),
        frozenset(at for at, table in enumerate(tables, 1) if at not in known and may_be_annex(table)),
    )


def card_page(proposal_id: int) -> ReadPage:
    """The one card of a proposal with the document's progress, for a partial swap; no text is cut."""
    proposal = selectors.proposal(proposal_id)
    document = proposal.document
    choices = selectors.target_choices(document.organisation_id)
    cards = make_cards(document, [proposal], choices)
    progress, confident = selectors.progress(document.pk), selectors.confident(document.pk, THRESHOLD)
    return ReadPage(document, [], cards, [], choices, progress, confident, proposal.pk)


def make_cards(document: Any, proposals: Iterable[Any], choices: Iterable[Any]) -> list[Card]:
    targets, places = {one.pk: one for one in choices}, document.map
    return [_card(document, proposal, targets, places) for proposal in proposals]


def _card(document: Any, proposal: Any, targets: dict[int, Any], places: Places) -> Card:
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
    cards: list[Card], questions: list[Any], reading: dict[str, Any], span: tuple[int, int] | None
) -> list[Mark]:
    marks = [
        Mark(
            card.proposal.span_start, card.proposal.span_end, card.key, card.tone,
            f"{card.kind_name}: {card.said.title}", not card.pending,
        )
        for card in cards
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
