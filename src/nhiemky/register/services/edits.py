"""A clerk's corrections of a fact, checked field by field: typed text in ("1.234,5"), JSON values out."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register import checks
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Proposal
from nhiemky.register.models.places import names
from nhiemky.values.kinds import Direction, Kind, PeriodMeaning, Qualifier, RatingLevel, ResultKind

Check = Callable[[Any, str], Any]


def _number(value: Any, field: str) -> float | None:
    found = checks.number(value, field)
    return None if found is None else float(found)


def _text(value: Any, field: str) -> str | None:
    return checks.short(value, field, 400) or None


def _name(value: Any, field: str) -> str:
    return checks.text(value, field, 300, _("tên chỉ tiêu"))


def _whole(value: Any, field: str) -> int | None:
    found = checks.number(value, field)
    if found is not None and (found != found.to_integral_value() or found < 0):
        raise ServiceError(field, _("Gặp “%s”; cần một số nguyên không âm.") % value)
    return None if found is None else int(found)


def _period(value: Any, field: str) -> str | None:
    return str(checks.period(value, field)) if value else None


def _term(value: Any, field: str) -> str | None:
    return str(checks.term(value, field)) if value else None


def _day(value: Any, field: str) -> str | None:
    return checks.real_day(value, field).isoformat() if value else None


def _by(value: Any, field: str) -> str | None:
    said = str(value or "").strip()
    if not said:
        return None
    return said if len(said) == 4 and said.isdigit() else _day(said, field)


def _flag(value: Any, field: str) -> bool:
    return value in (True, 1, "1", "true", "on", "yes")


def _one_of(kind: type[Kind]) -> Check:
    return lambda value, field: checks.one_of(value, dict(names(kind)), field)


def _optional(known: dict[str, str]) -> Check:
    return lambda value, field: checks.one_of(value, known, field) if value else None


_TARGET: dict[str, Check] = {
    "indicator": _name, "name": _name, "direction": _one_of(Direction), "low": _number, "high": _number, "unit": _text,
    "per": _optional({"year": "năm"}), "by": _by, "baseline": _number, "baseline_year": _whole, "number": _whole,
    "field": _text, "lead_body": _text, "meaning": _one_of(PeriodMeaning), "deadline": _day, "step_like": _flag,
    "term": _term,
}  # fmt: skip
_RESULT: dict[str, Check] = {
    "indicator": _name, "value": _number, "high": _number, "unit": _text, "period": _period, "planned": _number,
    "qualifier": _optional(dict(names(Qualifier))), "ratio": _number,
    "kind": _one_of(ResultKind), "as_of": _day, "note": _text, "running_total": _flag,
}  # fmt: skip


_TASK: dict[str, Check] = {
    "text": lambda value, field: checks.text(value, field, 600, _("nội dung nhiệm vụ")),
    "by": _by,
}
_RATING: dict[str, Check] = {
    "organisation": _text, "level": _one_of(RatingLevel),
    "year": lambda value, field: checks.year(value, field, 1945, 2100) if value else None,
}  # fmt: skip
_COMMENDATION: dict[str, Check] = {
    "count": lambda value, field: checks.whole_number(value, field, 1, 10**6), "reason": _text,
    "recipients": lambda value, field: checks.text(value, field, 200, _("đối tượng")),
}  # fmt: skip
_KNOWN = {
    "targets": _TARGET, "results": _RESULT, "tasks": _TASK, "ratings": _RATING, "commendations": _COMMENDATION,
}  # fmt: skip


def clean(proposal: Proposal, edits: Mapping[str, Any]) -> dict[str, Any]:
    """The corrections that change something, as JSON values; an unknown field or a bad value is a ServiceError."""
    known = _KNOWN.get(proposal.kind)
    before, found = proposal.current, {}
    for field, value in edits.items():
        check = known.get(field) if known is not None else _plain(proposal.fact.get(field))
        if check is None or (known is None and field not in proposal.fact):
            raise ServiceError(field, _("Đề xuất này không có ô “%s”. Hãy tải lại trang.") % field)
        cleaned = check(value, field)
        if field not in before or cleaned != before[field]:
            found[field] = cleaned
    return found


def _plain(held: Any) -> Check:
    """Other kinds of facts keep the type they were read with."""
    if isinstance(held, bool):
        return _flag
    if isinstance(held, int):
        return _whole
    if isinstance(held, list):
        return lambda value, field: (
            value if isinstance(value, list) else [line for line in str(value).splitlines() if line]
        )
    return _text
