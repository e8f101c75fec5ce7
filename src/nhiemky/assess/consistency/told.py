"""Figures of several documents: the same told differently, a report that repeats the last one. Rules for check.py."""

from collections.abc import Iterator
from itertools import combinations

from nhiemky.assess.consistency.facts import Figure, Key, Said, Severity
from nhiemky.assess.consistency.ledger import Ledger
from nhiemky.assess.consistency.rule import Rule
from nhiemky.assess.consistency.words import en, name, slack, source, vi, when
from nhiemky.values.figures import figure, figure_english
from nhiemky.values.language import capital
from nhiemky.values.period import Period

_LOOSE = 0.05  # `khoảng 500` and 512 are the same figure
_FEWEST, _SHARE = 3, 0.8  # figures that must be alike, and of those both reports tell
_PLAIN = (0.0, 1.0, 100.0)  # every report may say so each time


def differently(ledger: Ledger) -> Iterator[Said]:
    """Two documents on one thing. An estimate and the official figure may differ; so may what is told to fewer
    digits."""
    for figures in ledger.told.values():
        for first, second in combinations(sorted(figures, key=lambda one: not one.replaced), 2):
            if first.document == second.document or first.kind != second.kind or first.unit != second.unit:
                continue
            if first.running_total == second.running_total and not _same(first, second):
                (one, one_en), (other, other_en) = source(first), source(second)
                yield Said(
                    f"{name(second)} {when(second)[0]}: {one} ghi {vi(first)}, {other} ghi {vi(second)}; "
                    "cần hỏi số nào đúng",
                    f"{name(second)} of {when(second)[1]}: {one_en} says {en(first)}, {other_en} says {en(second)}; "
                    "ask which is right",
                    (second, first),
                )
                break


def repeated(ledger: Ledger) -> Iterator[Said]:
    """A report whose figures are those of the report before it, digit by digit."""
    for (body, document, period), figures in ledger.by_document.items():
        earlier = _before(ledger, body, document, period)
        if earlier is None:
            continue
        held = {one.indicator: one for one in ledger.by_document[earlier]}
        both = [(one, held[one.indicator]) for one in figures if one.indicator in held and one.value not in _PLAIN]
        alike = [one for one, former in both if one.value == former.value and one.unit == former.unit]
        if len(alike) >= _FEWEST and len(alike) >= _SHARE * len(both):
            former = held[alike[0].indicator]
            (here, here_en), (there, there_en) = source(alike[0]), source(former)
            (now, now_en), (then, then_en) = when(alike[0]), when(former)
            same, shared = len(alike), len(both)
            yield Said(
                f"{capital(here)} có {figure(same)} trên {figure(shared)} số của {now} giống hệt {there} ({then}); "
                "có thể chép lại báo cáo kỳ trước",
                f"{capital(here_en)}: {figure_english(same)} of {figure_english(shared)} figures of {now_en} are those "
                f"of {there_en} ({then_en}); the last report may have been copied",
                tuple(alike),
            )


def _same(first: Figure, second: Figure) -> bool:
    room = max(slack(one.value, one.unit) for one in (first, second))
    if not (first.exact and second.exact):
        room = max(room, _LOOSE * max(abs(first.value), abs(second.value)))
    low = max(first.value, second.value)
    high = min(first.high or first.value, second.high or second.value)
    return low - high <= room + 1e-9


def _before(ledger: Ledger, body: Key, document: Key | None, period: Period) -> tuple[Key, Key | None, Period] | None:
    """The last group of figures about a like period before this one, from another document."""
    found = [
        (held, source)
        for source, held in ledger.documents[body]
        if (document is None or source != document)
        and held < period
        and (held.part or "")[:1] == (period.part or "")[:1]
    ]
    if not found:
        return None
    held, source = max(found, key=lambda one: one[0])
    return body, source, held


RULES = (
    Rule(
        "told.twice", 1, Severity.ERROR,
        "Một số liệu, hai văn bản ghi khác nhau", "One figure told differently in two documents",
        "Báo cáo ghi 91,8%, tin đăng ghi 93,8%.", differently,
    ),
    Rule(
        "told.again", 1, Severity.WARNING,
        "Báo cáo lặp lại số của kỳ trước", "A report that repeats the last period's figures",
        "Ba số liệu của năm 2022 giống hệt năm 2021.", repeated,
    ),
)  # fmt: skip
