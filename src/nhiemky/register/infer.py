"""How a figure read from a text was meant: the period meaning of a target, the period and kind of a result.

Rules a clerk can follow and correct on the screen; used by services when a proposal is accepted.
"""

import re
from datetime import date
from typing import Any

from nhiemky.register.folding import fold
from nhiemky.register.models import Document
from nhiemky.register.models.documents import LinkKind
from nhiemky.register.units import parse_unit
from nhiemky.values.kinds import Direction, DocumentKind, PeriodMeaning, Qualifier, ResultKind
from nhiemky.values.period import Period, Term

_MEANINGS: tuple[tuple[PeriodMeaning, str], ...] = (
    (PeriodMeaning.MAINTAIN, r"duy trì|giữ vững|giữ nguyên"),
    (
        PeriodMeaning.YEARLY_AVERAGE,
        r"bình quân (?:hằng|hàng|mỗi|một) năm|bình quân[^.;]{0,60}/\s*năm|bình quân giai đoạn",
    ),
    (PeriodMeaning.EACH_YEAR, r"hằng năm|hàng năm|mỗi năm|từng năm|/\s*năm"),
    (PeriodMeaning.AGAINST_BASELINE, r"so với (?:đầu nhiệm kỳ|đầu kỳ|năm \d{4})|giảm từ|tăng từ"),
    (PeriodMeaning.AGAINST_PLAN, r"(?:kế hoạch|chỉ tiêu|dự toán)(?: được)? giao"),
    (PeriodMeaning.CUMULATIVE, r"lũy kế|luỹ kế|trong (?:cả |toàn )?nhiệm kỳ|cả nhiệm kỳ|toàn nhiệm kỳ|trong 5 năm"),
)
_FORECAST = re.compile(r"dự kiến|dự báo|khả năng đến cuối")
_ESTIMATE = re.compile(r"\bước\b")
_NUMBER = re.compile(r"^[^\S\n]*Số\s*:?\s*(\d{1,5}\s*[-–/]\s*[A-ZĐ][\w./–-]{1,30})", re.MULTILINE)
_LETTERHEAD = 1000  # characters from the top
_CARRIED_OUT = re.compile(r"cụ thể hóa|cụ thể hoá|thực hiện|triển khai|quán triệt")
_CODES = {
    "nq": DocumentKind.RESOLUTION, "ctr": DocumentKind.PROGRAMME, "cthd": DocumentKind.PROGRAMME,
    "kh": DocumentKind.PLAN, "bc": DocumentKind.REPORT, "kl": DocumentKind.CONCLUSION,
    "ct": DocumentKind.DIRECTIVE, "qd": DocumentKind.DECISION, "hd": DocumentKind.GUIDANCE,
}  # fmt: skip
# Those that bodies below carry out with documents of their own.
BINDING = (
    DocumentKind.RESOLUTION, DocumentKind.PROGRAMME, DocumentKind.DIRECTIVE, DocumentKind.CONCLUSION, DocumentKind.PLAN,
)  # fmt: skip
_RUNNING = re.compile(r"từ đầu nhiệm kỳ|lũy kế|luỹ kế|nửa nhiệm kỳ")


def meaning(fact: dict[str, Any], clause: str) -> PeriodMeaning:
    """What the clause's words and the fact's fields tell; by the deadline where they tell nothing."""
    said = clause.lower()
    found = next((kind for kind, words in _MEANINGS if re.search(words, said)), None)
    if found is PeriodMeaning.MAINTAIN:
        return found
    if fact.get("per") == "year":
        return PeriodMeaning.YEARLY_AVERAGE if "bình quân" in said else PeriodMeaning.EACH_YEAR
    # A rate of income "triệu đồng/người/năm" is a figure of a year, not a promise for each year.
    if found is PeriodMeaning.EACH_YEAR and "năm" in parse_unit(str(fact.get("unit") or "")).name:
        return PeriodMeaning.BY_DEADLINE
    if fact.get("baseline") is not None:
        return PeriodMeaning.AGAINST_BASELINE
    if found is PeriodMeaning.AGAINST_PLAN and fact.get("unit") != "%":
        return PeriodMeaning.BY_DEADLINE
    return found or PeriodMeaning.BY_DEADLINE


def nature(meaning: str, direction: str, unit: str) -> str | None:
    """A number of things asked for each year, or for the whole term, is what happens in it and adds up: "kết nạp ≥ 3
    mỗi năm". What the promise does not tell stays open; assess then judges by the unit."""
    if parse_unit(unit).kind not in ("count", "money"):
        return None
    counted = meaning in (PeriodMeaning.EACH_YEAR, PeriodMeaning.CUMULATIVE)
    bounded = direction in (Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL, Direction.RANGE)
    return "flow" if counted and bounded else None


def result_kind(fact: dict[str, Any], sentence: str, mark: int) -> ResultKind:
    """`ước` near the figure makes an estimate, `dự kiến` a forecast; anything else is taken as official.

    A figure of an annex is told by its column (`about` is one of estimates) and its own cell: the other cells of its
    row speak of other periods.
    """
    if is_of_annex(fact):
        if fact.get("qualifier") == Qualifier.ABOUT:
            return ResultKind.ESTIMATE
        near = sentence[sentence.rfind("\t", 0, mark) + 1 :].partition("\t")[0].lower()
    else:
        near = sentence[max(0, mark - 60) : mark + 120].lower()
    if _FORECAST.search(near):
        return ResultKind.FORECAST
    return ResultKind.ESTIMATE if _ESTIMATE.search(near) else ResultKind.OFFICIAL


def is_running_total(fact: dict[str, Any], sentence: str, yearly: float | None, years: int) -> bool:
    """Whether a figure counts from the term's start: its words say so, or its plan is the yearly goal times the years.

    The words are those of its sentence, and its indicator, where an annex puts what the column's head says. A page
    reported a goal of 3 a year as "21/15": the plan of a term, which would hide a weak year.
    """
    if _RUNNING.search(f"{fact.get('indicator') or ''} {sentence}".lower()):
        return True
    planned = fact.get("planned")
    return bool(yearly and planned and float(planned) == yearly * years)


def is_of_annex(fact: dict[str, Any]) -> bool:
    """Whether a fact was read in a cell of a recognised table."""
    return str(fact.get("rule") or "").startswith("annex.")


def document_day(reading: dict[str, Any]) -> date | None:
    """The day a page speaks of: its event, else its publication."""
    for text in ((reading.get("event") or {}).get("date"), reading.get("published_at")):
        try:
            return date.fromisoformat(str(text)[:10])
        except ValueError:
            continue
    return None


def period_of(fact: dict[str, Any], genre: str, day: date | None) -> Period | None:
    """The period the fact names, else the one its document reports on: a half-year review in July is the first half."""
    if fact.get("period"):
        return Period.parse(str(fact["period"]))
    if day is None:
        return None
    if genre == "halfyear_review":
        return Period(day.year, "H1") if day.month >= 4 else Period(day.year - 1, "H2")
    if genre == "annual_review":
        return Period(day.year if day.month >= 10 else day.year - 1)
    if genre == "quarter_review":
        quarter = (day.month - 1) // 3 + (1 if day.month % 3 == 0 else 0)
        return Period(day.year, f"Q{quarter}") if quarter else Period(day.year - 1, "Q4")
    return Period(day.year, f"M{day.month:02d}")


def period_in(document: Document, fact: dict[str, Any]) -> Period | None:
    """The period of a fact of this document."""
    return period_of(fact, str(document.reading.get("genre")), document.issued_on)


def term_of(document: Document) -> Term | None:
    """The term a page names, else the five-year term in which its day lies (congresses are held in years 0 and 5)."""
    if document.reading.get("term"):
        return Term.parse(str(document.reading["term"]))
    day = document.issued_on
    if day is None:
        return None
    start = (day.year - 1) // 5 * 5
    return Term(start, start + 5)


def deadline(fact: dict[str, Any], term: Term) -> date:
    """The end of the year in `by`, the day itself where it is one, else the term's last day."""
    by = str(fact.get("by") or "")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", by):
        return date.fromisoformat(by)
    if re.fullmatch(r"\d{4}-\d\d", by):
        return Period(int(by[:4]), f"M{by[5:]}").end
    if re.match(r"\d{4}", by):
        return Period.parse(by).end
    return term.last_day


def document_kind(number: str) -> DocumentKind | None:
    """What the letters of a number say: `05-NQ/ĐU` is a resolution; None where they say nothing known."""
    return next((_CODES[part] for part in fold(number).split() if part in _CODES), None)


def letterhead_number(text: str) -> str:
    """The number that an official document opens with (`Số 07-CTr/TU`); empty where it has none."""
    found = _NUMBER.search(text, 0, _LETTERHEAD)
    return re.sub(r"\s+", "", found[1]).strip("-–/.") if found else ""


def normal_number(number: str) -> str:
    """One spelling of a number: `Số 07-CTr/TU`, `7 - Ctr/TU` → `7 ctr tu`."""
    parts = [part.lstrip("0") or "0" for part in fold(number).split()]
    return " ".join(parts[1:] if parts[:1] == ["so"] else parts)


def link_kind(document: Document, cited: Document, sentence: str) -> LinkKind:
    """What a document does to one that it cites: pages and reports report on it, others carry it out or rest on it."""
    said = sentence.lower()
    if document.kind in (DocumentKind.PAGE, DocumentKind.REPORT):
        return LinkKind.REPORTS_ON
    if "thay thế" in said:
        return LinkKind.REPLACES
    if "sửa đổi" in said:
        return LinkKind.AMENDS
    carried = cited.kind in BINDING and _CARRIED_OUT.search(said) is not None
    return LinkKind.CONCRETISES if carried else LinkKind.BASED_ON


def rating_year(fact: dict[str, Any], document: Document) -> int | None:
    """The year a rating is for: its own, else that of its document, or the year before until September."""
    if fact.get("year"):
        return int(fact["year"])
    on = document.issued_on
    return None if on is None else on.year if on.month >= 10 else on.year - 1
