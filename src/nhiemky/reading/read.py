"""The whole path from a page's text to its reading: normalise, scan, find, resolve, check."""

import hashlib

from nhiemky.reading import checks, resolve
from nhiemky.reading.engine import Engine
from nhiemky.reading.facts import Reading
from nhiemky.reading.grammars import (
    boards, citations, commendations, congresses, figures, genre, header, milestones, people, portal, ratings, tasks,
)  # fmt: skip
from nhiemky.reading.grammars.figures.mode import MARKS
from nhiemky.reading.quantities import scan
from nhiemky.reading.text import normalise, open_page
from nhiemky.reading.vocab import words

ENGINE = Engine(
    (*portal.RULES, *congresses.RULES, *citations.RULES, *ratings.RULES, *tasks.RULES, *figures.RULES),
    [*MARKS.items(), *header.MARKS.items(), *genre.MARKS.items(), *((w, "furniture") for w in words("portal", role="furniture")),
     *((w, "numeral") for w in words("numerals"))],
)


# rule id → what it looks for, in a sentence with an example; shown by `nhiemky read --explain`
WHY = {rule.id: rule.why for rule in ENGINE.rules} | {
    name: why
    for module in (boards, citations, commendations, figures, milestones, people, checks)
    for name, why in module.WHY.items()
}


def read(raw: str, source: str = "") -> Reading:
    """All facts of a page. Never raises on text; the same text gives the same reading."""
    text = normalise(raw)
    page = open_page(text)
    hits, marks = ENGINE.run(page)
    scan(page, [m.start for m in marks["numeral"]])
    by_kind: dict[str, list] = {}  # type: ignore[type-arg]
    for rule, fact in hits:
        by_kind.setdefault(rule.id.split(".", 1)[0], []).append(fact)

    said = by_kind.get("portal", [])
    posted = portal.first([*said, *filter(None, (portal.posted_line(page),))], "published_at")
    head = header.header_of(page)
    year = resolve.page_year(page, posted if isinstance(posted, str) else None, head.opening_at[1])
    event = header.event_of(page, head, year)
    host = header.host_of(page, head, event, marks.get("place", []))
    term = resolve.page_term(page)
    byline, credit = portal.byline(page)
    zeros = [z for group in by_kind.get("figures", []) for z in group]
    targets, results = figures.find(page, marks, zeros, year, int(term[5:]) if term else None)
    targets = resolve.without_headlines(resolve.targets_once(targets), head.title_at[1])
    results = resolve.without_headlines(resolve.results_once(results), head.title_at[1])
    reading = Reading(
        source=source, sha256=hashlib.sha256(text.encode()).hexdigest(), title=head.title, text_length=len(text),
        genre=genre.genre_of(page, head.title_at, head.opening_at, marks.get("genre", [])),
        published_at=posted if isinstance(posted, str) else None, views=portal.first(said, "views"),  # type: ignore[arg-type]
        visitors=portal.visitors(said), byline=byline,
        credit=portal.first(said, "credit") or credit,  # type: ignore[arg-type]
        host=host, event=event, term=term,
        congresses=tuple(resolve.congresses(by_kind.get("congresses", []), host.level)),
        citations=tuple(resolve.citations_once([*citations.from_numbers(page), *by_kind.get("citations", [])])),
        people=tuple(people.find(page)),
        targets=tuple(targets), results=tuple(results), scoreboards=tuple(boards.find(page)),
        tasks=tuple(tasks.once(page, by_kind.get("tasks", []))), ratings=tuple(resolve.ratings_once(by_kind.get("ratings", []))),
        commendations=tuple(commendations.find(page)), milestones=tuple(milestones.find(page)),
        warnings=tuple(checks.warnings_of(page, tuple(results), tuple(targets), by_kind.get("congresses", []))),
    )  # fmt: skip
    return reading
