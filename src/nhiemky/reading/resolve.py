"""What no single grammar can know: the page's year and term, levels by date, one fact where two say the same."""

import re
from collections import Counter
from datetime import date
from typing import Any, TypeVar

from nhiemky.reading.facts import Citation, Commendation, Congress, Rating, Result, Target
from nhiemky.reading.text import Number, Page

# terms of others than the Party's committee
_OF_OTHERS = (
    "hội đồng nhân dân", "hđnd", "quốc hội", "cựu chiến binh", "đoàn ", "phụ nữ", "nông dân", "ubnd", "mttq",
    "khóa học",
)  # fmt: skip
# who holds an office for a term: `Bí thư Thành ủy nhiệm kỳ 2015-2020` says nothing of the page's resolution
_OFFICES = ("bí thư", "ủy viên", "chủ tịch", "ban thường vụ", "đảng ủy", "chi bộ", "chủ nhiệm", "phó ban")


def page_year(page: Page, posted: str | None, opening_end: int) -> int | None:
    """The year the page speaks from: posted, else the first full date of the opening, else the year named most."""
    if posted:
        return int(posted[:4])
    for limit in (min(opening_end, 600), opening_end, len(page.text)):
        year = _year_said(page, limit)
        if year is not None:
            return year
    return _in_course(page) or next((int(m.group(1)) for m in _MONTH_OF.finditer(page.low)), None)


def _in_course(page: Page) -> int | None:
    """The latest year of whose months or quarters the page speaks: `6 tháng đầu năm 2017`."""
    told = [
        int(number.value)
        for number in page.of_kind("year")
        if number.value
        and number.value >= _OLDEST
        and _PART_OF_YEAR.search(page.low, max(0, number.start - 24), number.start)
        and _is_spoken_from(page, number)
    ]
    return max(told, default=None)


def day_said(*days: str | None) -> date | None:
    """The first day that is known, of the event or of publication: what `tháng trước` is reckoned from."""
    return next((date.fromisoformat(day[:10]) for day in days if day), None)


_MONTH_OF = re.compile(r"tháng \d{1,2}[-/](20\d\d)(?![\d/])")
_OLDEST = 1990  # no page is older; an earlier day is that of a birth or a founding


def _year_said(page: Page, limit: int) -> int | None:
    dates = page.of_kind("date")
    for index, day in enumerate(dates):
        if day.start >= limit:
            break
        if not day.iso or day.iso < str(_OLDEST) or _of_document(page, day):
            continue
        behind = dates[index + 1] if index + 1 < len(dates) else None
        between = page.low[day.end : behind.start] if behind is not None and behind.start - day.end < 12 else ""
        opens = between.strip() in ("-", "đến", "đến ngày")
        if not opens:  # of `(3-2-1996 - 3-2-2026)` the second day is near
            return int(day.iso[:4])
    years: Counter[int] = Counter()
    for number in page.of_kind("year"):
        if number.start >= limit:
            break
        if number.value and number.value >= _OLDEST and _is_spoken_from(page, number):
            years[int(number.value)] += (
                5 if _PART_OF_YEAR.search(page.low, max(0, number.start - 24), number.start) else 1
            )
    if not years:
        return None
    year = years.most_common(1)[0][0]
    return year + 1 if _in_course(page) == year + 1 else year  # `năm 2016 …, 6 tháng đầu năm 2017 …`


_DOCUMENT = re.compile(r"[-/][a-zđ]{2,}[ ,]*(?:ngày\s+)?$")  # `07-CTr/TU ngày`
_PART_OF_YEAR = re.compile(r"(?:quý [iv1-4]+|\d tháng|\d tháng đầu)(?:,| năm|\s)*$")  # one speaks of it while it runs
_OTHER_YEAR = frozenset(("đến", "hết", "với", "trước", "kỳ"))  # `đến năm 2025`, `so với cùng kỳ năm 2015`


def _is_spoken_from(page: Page, year: Number) -> bool:
    """Whether the page may speak from this year: not one it looks ahead or back to."""
    tail = page.low[max(0, year.start - 60) : year.start]
    before = tail.rsplit(None, 3)
    if before[-1:] == ["năm"]:
        before.pop()
    last = before[-1] if before else ""
    if last in _OTHER_YEAR or (last == "cuối" and before[-2:-1] != ["tháng"]):
        return False
    ahead = tail.rfind("phương hướng")
    return ahead < 0 or "." in tail[ahead:]


def _of_document(page: Page, date: Number) -> bool:
    """`07-CTr/TU ngày …`, `Kết luận số 01, ngày 18/5/2021 của Bộ Chính trị`."""
    before = page.low[max(0, date.start - 30) : date.start]
    if " số " in before and before.endswith("ngày ") and page.low.startswith((" của ", ", của "), date.end):
        return True
    return ("-" in before or "/" in before) and _DOCUMENT.search(before) is not None


def page_term(page: Page) -> str | None:
    """The five-year term of the resolution: the one named most with Party words before it, the first of equals."""
    votes: Counter[str] = Counter()
    for number in page.of_kind("term"):
        if number.iso is None or number.value is None or number.high is None:
            continue
        if number.high - number.value != 5:
            continue
        before = page.low[max(0, number.start - 90) : number.start]
        if "giai đoạn" in before[-14:] or not ("đảng" in before or "đại hội" in before or "nhiệm kỳ" in before):
            continue
        if not _is_of_others(before):
            votes[number.iso] += 1
    return votes.most_common(1)[0][0] if votes else None


def _is_of_others(before: str) -> bool:
    clause = before[max(before.rfind(". "), before.rfind(";"), before.rfind(" và ")) + 1 :]
    tail = clause[-64:]
    for word in _OF_OTHERS:
        if word in tail:
            return True
    return "đại hội" not in clause and "nghị quyết" not in clause and any(word in clause for word in _OFFICES)


def congresses(found: list[Congress], host_level: str | None) -> list[Congress]:
    """Each (level, ordinal) once; one without a level takes that of the same ordinal, else of the host's body."""
    known = {c.ordinal: c.level for c in found if c.level}
    others = next((c.level for c in found if c.level), host_level)
    out: dict[tuple[str | None, int], Congress] = {}
    for congress in found:
        level: Any = congress.level or known.get(congress.ordinal) or others
        if level is None:
            continue
        key = (level, congress.ordinal)
        last = out.get(key)
        if last is None:
            out[key] = Congress(
                level, congress.ordinal, congress.term, congress.span, congress.confidence, congress.rule
            )
        elif last.term is None and congress.term is not None:
            out[key] = Congress(level, last.ordinal, congress.term, last.span, last.confidence, last.rule)
    return list(out.values())


Fact = TypeVar("Fact", Target, Result)
_SURE = 6  # words: a name of so many that stands in a longer one is of the same
_SUMS = 1e9  # đồng: no page tells two things of such a size
Words = frozenset[str]


def _words(indicator: str) -> Words:
    return frozenset(indicator.lower().split())


def results_once(found: list[Result]) -> list[Result]:
    """The same figure told again in other words (a headline, a caption) is one result: the fuller telling stays."""
    out: list[Result] = []
    told: dict[tuple[float, str, float | None], list[tuple[int, str]]] = {}  # by figure: where in `out`, its indicator
    for result in found:
        key = (result.value, result.unit, result.planned)
        alike = told.get(key)
        if alike is None:  # the usual case: words are looked at only where the figures are the same
            told[key] = [(len(out), result.indicator)]
            out.append(result)
            continue
        same = _named_alike if result.value else str.__eq__  # nothing is left of many things: each is one of its own
        if result.value >= 1000:  # a large figure is told again in looser words, and one of many digits in any
            same = _touching if result.value >= _SUMS or result.value % 10 else _near
        twin = next((i for i, other in alike if same(other, result.indicator)), None)
        if twin is None:
            alike.append((len(out), result.indicator))
            out.append(result)
        elif _fuller(result, out[twin]):
            out[twin] = result
    return out


def _alike(left: Words, right: Words) -> bool:
    """The same words, or nearly: three in four of the longer; few words must all be the same."""
    if left == right:
        return True
    both = len(left & right)
    if len(left) - both > 1 and len(right) - both > 1:  # `xã đạt tiêu chí giao thông`, `xã đạt tiêu chí trường học`
        return False
    return min(len(left), len(right)) > 3 and both >= 0.75 * max(len(left), len(right))


def _named_alike(one: str, other: str) -> bool:
    """Whether two indicators name the same; `huy hiệu 50 năm` and `huy hiệu 40 năm` do not."""
    if one == other:
        return True
    left, right = _words(one), _words(other)
    if any(word.isdecimal() for word in left ^ right):
        return False
    badge = "hiệu" in left and "hiệu" in right and "huy" in left  # badges of one day are told in many words
    return badge or _alike(left, right) or (_within(left, right) and min(len(left), len(right)) >= _SURE)


def _near(one: str, other: str) -> bool:
    """Half of the words of the shorter in the longer."""
    left, right = _words(one), _words(other)
    if any(word.isdecimal() for word in left ^ right):
        return False
    return 2 * len(left & right) >= min(len(left), len(right))


def _touching(one: str, other: str) -> bool:
    """A word in common, and no other figures: no page tells two things of one size to the last digit."""
    left, right = _words(one), _words(other)
    here, there = ({word for word in words if word.isdecimal()} for words in (left, right))
    return not left.isdisjoint(right) and (not here or not there or here == there)


def _within(left: Words, right: Words) -> bool:
    """All words of one in the other: the same goal told shorter."""
    return (left <= right or right <= left) and min(len(left), len(right)) > 2


_RUN_ON = 60  # characters: a longer indicator has words in it that name nothing


def _fuller(a: Result, b: Result) -> bool:
    return _fullness(a) > _fullness(b)


def _fullness(result: Result) -> tuple[bool, bool, int]:
    length = len(result.indicator)
    return result.ratio is not None, result.planned is not None, length if length < _RUN_ON else 0


_HEADLINE, _ARTICLE = 160, 800  # characters: longer, it is a paragraph; shorter, it is no article


def without_headlines(found: list[Fact], title_end: int, length: int) -> list[Fact]:
    """A headline repeats what the text says, in short: its figures are left out.

    Of a first paragraph without a headline before it, those that the text says again, by value and unit. `length` is
    that of the text.
    """
    if not found or found[0].span[0] >= title_end or length < _ARTICLE:
        return found
    said: set[tuple[float | None, str]] = set()
    for fact in found:
        if fact.span[0] >= title_end:
            said |= {_figure(fact), (fact.high, fact.unit)}
            if isinstance(fact, Result):
                said.add((fact.ratio, "%"))
    return [f for f in found if f.span[0] >= title_end or (title_end > _HEADLINE and not _is_said(f, said))]


def _is_said(fact: Target | Result, said: set[tuple[float | None, str]]) -> bool:
    """Whether the text says a headline's figure, or one near it that the headline rounds: `gần 400 tỷ` is 395 tỷ."""
    value, unit = _figure(fact)
    if (value, unit) in said:
        return True
    if value is None or not isinstance(fact, Result) or fact.qualifier is None:
        return False
    return any(u == unit and v is not None and abs(v - value) <= 0.03 * value for v, u in said)


_MANY_PRAISED = 100  # no two counts of people on a page are so large and the same


def without_praised(results: list[Result], praised: list[Commendation]) -> list[Result]:
    """How many were praised is told as a commendation and is no result besides."""
    if not praised:
        return results
    return [r for r in results if not any(_tells_of(r, c) for c in praised)]


def _tells_of(result: Result, praised: Commendation) -> bool:
    start, end = result.span
    counted = result.unit in praised.recipients.lower() and result.value <= praised.count
    again = result.value == praised.count > _MANY_PRAISED  # told again in a caption, or of what they have done
    return counted and (again or (start < praised.span[1] and praised.span[0] < end))


def _figure(fact: Target | Result) -> tuple[float | None, str]:
    return (fact.low if isinstance(fact, Target) else fact.value), fact.unit


def targets_once(found: list[Target]) -> list[Target]:
    out: list[Target] = []
    told: dict[tuple[float | None, float | None, str, str], list[Target]] = {}
    for target in found:
        key = (target.low, target.high, target.unit, target.direction)
        alike = told.get(key)
        if alike is None:  # the usual case: words are looked at only where the figures are the same
            told[key] = [target]
            out.append(target)
        elif not any(_same_goal(other, target) for other in alike):
            alike.append(target)
            out.append(target)
    return out


def _same_goal(told: Target, target: Target) -> bool:
    if told.by != target.by and target.direction not in ("zero", "decrease"):
        return False
    if told.indicator == target.indicator:
        return True
    other, words = _words(told.indicator), _words(target.indicator)
    return _alike(other, words) or _within(other, words)


def citations_once(found: list[Citation]) -> list[Citation]:
    """Each number once, in the order of the text; the telling with a date stays, and the full number for a bare one."""
    if not found:
        return found
    out: dict[tuple[str, str | None], Citation] = {}
    full = {(_DIGITS.findall(c.number)[0], c.kind): c for c in found if not c.number.isdecimal()}
    for citation in sorted(found, key=lambda c: c.span):
        if citation.number.isdecimal() and _same_issuer(
            citation, full.get((citation.number.lstrip("0"), citation.kind))
        ):
            continue
        key = (citation.number, citation.kind if "/" not in citation.number else None)
        last = out.get(key)
        if last is None or (last.date is None and citation.date is not None):
            out[key] = citation
    return list(out.values())


_DIGITS = re.compile(r"0*(\d*)")
_CENTRAL_ISSUERS = ("bộ chính trị", "ban bí thư", "ban chấp hành trung ương", "trung ương", "tw")


def _same_issuer(bare: Citation, full: Citation | None) -> bool:
    """Whether a bare number may be that of a document cited in full: nothing said of its issuer speaks against it."""
    if full is None:
        return False
    if bare.issuer is None:
        return True
    said = bare.issuer.lower()
    return said == (full.issuer or "").lower() or (full.number.endswith("/TW") and said in _CENTRAL_ISSUERS)


def ratings_once(found: list[Rating]) -> list[Rating]:
    out: dict[tuple[int | None, str, str | None], Rating] = {}
    for rating in found:
        out.setdefault((rating.year, rating.level, (rating.organisation or "").lower() or None), rating)
    return list(out.values())
