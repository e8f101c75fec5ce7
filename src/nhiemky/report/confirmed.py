"""What people confirmed of documents besides targets and results, as lines: documents cited, scoreboards, ratings,
commendations, tasks. Each line links to the sentence it was read from. `midterm.py` calls it."""

from collections.abc import Callable

from nhiemky.report.citations import Citations
from nhiemky.report.pack import Fact, Pack
from nhiemky.report.paper import Figure, Inline, Line, Quote, Words
from nhiemky.values.figures import iso_day
from nhiemky.values.kinds import RatingLevel

_LEVELS = {str(level): level.label for level in RatingLevel}


def citation_lines(pack: Pack, cite: Citations) -> list[Line]:
    """`Văn bản số 21-NQ/TU [3], ngày 31/12/2020 của …: nội dung.`, each number once; the resolution itself left out."""
    own = {document.number for document in pack.documents}
    facts = {fact.number: fact for fact in reversed(pack.confirmed.citations) if fact.number not in own}
    return [_lines_of(fact, cite, _citation) for fact in reversed(facts.values())]


def scoreboard_lines(pack: Pack, cite: Citations) -> list[Line]:
    """What documents themselves say of the whole set of targets: set beside our own count, never mixed with it."""
    return [_lines_of(fact, cite, _scoreboard) for fact in pack.confirmed.scoreboards if fact.total is not None]


def merit_lines(pack: Pack, cite: Citations) -> list[Line]:
    """Ratings of organisations and commendations, counts only."""
    ratings = [_lines_of(fact, cite, _rating) for fact in pack.confirmed.ratings]
    return ratings + [_lines_of(fact, cite, _commendation) for fact in pack.confirmed.commendations]


def task_lines(pack: Pack, cite: Citations) -> list[Line]:
    return [_lines_of(fact, cite, _task) for fact in pack.confirmed.tasks if fact.text]


def _lines_of(fact: Fact, cite: Citations, make: Callable[[Fact], list[Inline]]) -> Line:
    source = cite.of_fact(fact)
    mark = Figure(f"[{source}]", f"proposal:{fact.proposal}", source, mark=False)
    return *make(fact), Words(" "), mark, Words(".")


def _quote(fact: Fact, name: str) -> Quote:
    return Quote(str(getattr(fact, name)).strip().rstrip("."), f"proposal:{fact.proposal}.{name}")


def _citation(fact: Fact) -> list[Inline]:
    line: list[Inline] = [Words("Văn bản số "), _quote(fact, "number")]
    if fact.date:
        line += [Words(", ngày "), Figure(iso_day(fact.date), f"proposal:{fact.proposal}.date", mark=False)]
    if fact.issuer:
        line += [Words(" của "), _quote(fact, "issuer")]
    return [*line, Words(": "), _quote(fact, "subject")] if fact.subject else line


def _scoreboard(fact: Fact) -> list[Inline]:
    said = (
        ("achieved", "đạt"), ("exceeded", "vượt"), ("early", "về đích sớm"), ("expected", "dự kiến đạt cuối nhiệm kỳ"),
    )  # fmt: skip
    line: list[Inline] = [Words("Trong "), _count(fact, "total"), Words(" chỉ tiêu có ")]
    told = [(name, words) for name, words in said if getattr(fact, name) is not None]
    for place, (name, words) in enumerate(told):
        line += [Words(", ")] if place else []
        line += [_count(fact, name), Words(f" chỉ tiêu {words}")]
    if not told:
        line[-1] = Words(" chỉ tiêu, không nêu số đã đạt")
    return line


def _count(fact: Fact, name: str) -> Figure:
    return Figure(f"{getattr(fact, name):02d}", f"proposal:{fact.proposal}.{name}", mark=False)


def _rating(fact: Fact) -> list[Inline]:
    who: list[Inline] = [_quote(fact, "organisation")] if fact.organisation else [Words("Tổ chức nêu trong văn bản")]
    if fact.year is not None:
        who += [Words(" năm "), Figure(str(fact.year), f"proposal:{fact.proposal}.year", mark=False)]
    return [*who, Words(f" được xếp loại {_LEVELS.get(fact.level or '', 'chưa rõ mức')}")]


def _commendation(fact: Fact) -> list[Inline]:
    line: list[Inline] = [
        Words("Khen thưởng "),
        Figure(f"{fact.count or 0:02d}", f"proposal:{fact.proposal}.count", mark=False),
    ]
    line += [Words(" "), _quote(fact, "recipients")] if fact.recipients else []
    return [*line, Words(" – "), _quote(fact, "reason")] if fact.reason else line


def _task(fact: Fact) -> list[Inline]:
    line: list[Inline] = [_quote(fact, "text")]
    by = Figure(iso_day(fact.by or ""), f"proposal:{fact.proposal}.by", mark=False)
    return [*line, Words(" (thời hạn: "), by, Words(")")] if fact.by else line
