"""The whole path from a page's text to its reading: normalise, scan, find, resolve, check."""

import hashlib
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from nhiemky.reading import annex, checks, quantities, resolve
from nhiemky.reading.engine import Alphabet, Engine, Mark, Opening, facts_at
from nhiemky.reading.facts import Event, Host, Reading
from nhiemky.reading.grammars import (
    boards,
    citations,
    commendations,
    congresses,
    figures,
    genre,
    header,
    host,
    letterhead,
    milestones,
    people,
    portal,
    ratings,
    tasks,
)  # fmt: skip
from nhiemky.reading.text import WORD_BYTE, Page, canon, coded, divide, encoded, normalise
from nhiemky.reading.vocab import words
from nhiemky.values.tables import Table

# words that are only noted, for grammars that weigh them
LABELLED = (
    *figures.MARKS.items(), *host.MARKS.items(), *genre.MARKS.items(), *people.MARKS.items(),
    *commendations.MARKS.items(), *checks.MARKS.items(), *quantities.MARKS.items(),
    *((word, "furniture") for word in words("portal", role="furniture")),
    *((word, "numeral") for word in words("numerals")),
    *((word, "public") for word in words("public")),
    *((word, "crime") for word in words("crimes")),
)  # fmt: skip
RULES = (*portal.RULES, *congresses.RULES, *citations.RULES, *ratings.RULES, *tasks.RULES, *figures.RULES)
VIETNAMESE = Alphabet(canon, coded, WORD_BYTE)
ENGINE = Engine(RULES, LABELLED, VIETNAMESE)

# rule id → what it looks for, in a sentence with an example; shown by `nhiemky read --explain`
WHY = {rule.id: rule.why for rule in ENGINE.rules} | {
    name: why
    for module in (annex, boards, citations, commendations, figures, milestones, people, checks)
    for name, why in module.WHY.items()
}


YEARLY = ("annual_review", "halfyear_review", "quarter_review")
SHORT = 900  # characters; anything shorter is read whatever it speaks of


def read(raw: str, source: str = "", tables: Iterable[Table] = ()) -> Reading:
    """All facts of a page; `tables` are those of its file, with offsets into the text. Never raises on text; the same
    text gives the same reading."""
    text, as_bytes = encoded(normalise(raw))
    page = Page(text)
    openings, marks = ENGINE.words(page)
    in_tables = annex.read_tables(text, tables)
    if len(text) > SHORT and not in_tables.spans and not _is_public(marks, len(text)):
        return _of_nothing_public(page, openings, source, as_bytes)
    divide(page)
    quantities.scan(page, [mark.start for mark in marks.get("numeral", ())])
    met: dict[str, list[Any]] = {}
    for rule, fact in facts_at(page, openings):
        met.setdefault(rule.id.partition(".")[0], []).append(fact)

    about = portal.about(page, met.get("portal", []))
    head = letterhead.letterhead_of(page) or header.header_of(page)
    year = resolve.page_year(page, about.published_at, head.opening_at[1])
    term = resolve.page_term(page)
    event = header.event_of(page, head, year, about.published_at, term)
    page.said_on = resolve.day_said(event.date, about.published_at)
    page.heads = head.title_at, head.opening_at
    acting = people.find(page, marks.get("role", []))
    held_by = host.host_of(page, head, event, marks.get("place", []), [person.name for person in acting])
    targets, results = figures.find(page, marks, met.get("figures", []), year, int(term[5:]) if term else None)
    targets, results = in_tables.outside(targets), in_tables.outside(results)
    targets = resolve.without_headlines(resolve.targets_once(targets), head.title_at[1], len(text))
    results = resolve.without_headlines(resolve.results_once(results), head.title_at[1], len(text))
    praised = commendations.find(page, marks.get("praise", []))
    results = resolve.without_praised(results, praised)
    rated = list(chain.from_iterable(met.get("ratings", [])))
    rated = ratings.with_years(page, rated, head.title_at, head.opening_at) if rated else rated
    told = met.get("congresses", [])
    kind = genre.genre_of(page, head.title_at, head.opening_at, event.span, marks.get("genre", []))
    of_term = term if kind == "midterm_review" or genre.is_of_resolution(page, head.title_at) else None
    return Reading(
        source=source,
        sha256=hashlib.sha256(as_bytes).hexdigest(),
        title=head.title,
        text_length=len(text),
        genre=kind,
        published_at=about.published_at,
        views=about.views,
        visitors=about.visitors,
        byline=about.byline,
        credit=about.credit,
        host=held_by,
        event=event,
        term=term,
        congresses=tuple(resolve.congresses(congresses.of_the_city(page, told, held_by.level), held_by.level)),
        citations=tuple(
            resolve.citations_once(
                [*citations.from_numbers(page), *citations.without_counts(page, met.get("citations", []))]
            )
        ),
        people=tuple(acting),
        targets=(*targets, *in_tables.targets),
        results=(*results, *in_tables.results),
        scoreboards=tuple(
            boards.find(page, of_a_year=kind in YEARLY and of_term is None, of_term=of_term, page_term=term)
        ),
        tasks=tuple(in_tables.outside(tasks.without_goals(tasks.once(page, met.get("tasks", [])), targets))),
        ratings=tuple(resolve.ratings_once(rated)),
        commendations=tuple(praised),
        milestones=tuple(milestones.find(page)),
        warnings=(*checks.warnings_of(page, marks.get("held", []), results, targets, told), *in_tables.warnings),
    )


def _is_public(marks: Mapping[str, list[Mark]], length: int) -> bool:
    """Whether a page speaks of public bodies at all: they and their places are named every few sentences.

    Pages that are about them have at least three such words in a thousand letters, a page that mentions one in passing
    (traffic, weather) one or two altogether; its prices and scores are not to be taken for results. News of a crime
    names the places and their bodies, but its own words more often.
    """
    bodies, places, crimes = (len(marks.get(label, ())) for label in ("public", "place", "crime"))
    if bodies < crimes:
        return False
    if bodies == 1 and not crimes:  # `UBND` once, and the places of a district in every other sentence
        return places >= max(12, length / 250)
    return bodies >= 2 and bodies + places >= max(4, length / 600)


def _of_nothing_public(page: Page, openings: list[Opening], source: str, as_bytes: bytes) -> Reading:
    """A page about nothing that is read here: what its portal says of it, and no facts."""
    said = facts_at(page, [opening for opening in openings if opening[0] in portal.RULES])
    about = portal.about(page, [fact for _, fact in said])
    return Reading(
        source=source, sha256=hashlib.sha256(as_bytes).hexdigest(), title=header.header_of(page).title,
        text_length=len(page.text), genre="other", published_at=about.published_at, views=about.views,
        visitors=about.visitors, byline=about.byline, credit=about.credit, host=Host(), event=Event(), term=None,
    )  # fmt: skip
