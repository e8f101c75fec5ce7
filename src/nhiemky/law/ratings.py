"""The rules of rating in force on a day: parameters `rating.*` → conditions of each level, cases of the lowest, cap.

Called by nhiemky.assess.rating. What the YAML cannot mean (an unknown measure, a level without conditions) is LawError.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from nhiemky.law.load import Law
from nhiemky.law.parameters import Dated, LawError
from nhiemky.values.kinds import RatingLevel

Subject = Literal["party", "civil_servant"]
Base = Literal["good", "good_and_above"]

SHARES: Final = ("done_share", "on_time_share", "exceeded_share", "late_share", "bodies_good_share")
YES_OR_NO: Final = (
    "disciplined", "leader_disciplined", "wrongdoing", "basic_targets_missed", "shortcomings_fixed",
)  # fmt: skip
MEASURES: Final = ("score", *SHARES, *YES_OR_NO)
_SIGNS: Final = ("at_least", "at_most", "below", "is")
_RATED: Final = (RatingLevel.EXCELLENT, RatingLevel.GOOD, RatingLevel.SATISFACTORY)


@dataclass(frozen=True)
class Condition:
    """`measure` compared by `sign` with `bound`: percent, points, or yes and no."""

    measure: str
    sign: str
    bound: int | bool


@dataclass(frozen=True)
class RatingRules:
    """`levels` best first, each with all it asks; empty where nobody has compared the regulation's conditions."""

    regulation: str
    levels: tuple[tuple[RatingLevel, tuple[Condition, ...]], ...]
    poor: tuple[Condition, ...]
    source: Dated


@dataclass(frozen=True)
class CapRule:
    """At most `share` percent of the base may be excellent; `raised` percent where the competent level decides so."""

    share: int
    base: Base
    raised: int | None
    small_group: int
    source: Dated


def rating_rules(law: Law, subject: Subject, on: date) -> RatingRules:
    """The conditions in force on that day; NotInForce before the first regulation held."""
    parameter = law.parameter(f"rating.{subject}.levels")
    dated = parameter.on(on)
    where = f"{parameter.file}, {parameter.id} {dated.since}"
    told = _mapping(dated.value, {"regulation", "levels", "poor"}, where)
    rows = _mapping(told.get("levels") or {}, set(_RATED), where)
    if rows and list(rows) != list(_RATED):
        raise _error(where, ", ".join(rows), ", ".join(_RATED))
    levels = tuple((level, _conditions(rows[level], where)) for level in _RATED if rows)
    return RatingRules(str(told.get("regulation") or ""), levels, _conditions(told.get("poor") or [], where), dated)


def cap_rule(law: Law, subject: Subject, on: date) -> CapRule:
    parameter = law.parameter(f"rating.{subject}.cap")
    dated = parameter.on(on)
    where = f"{parameter.file}, {parameter.id} {dated.since}"
    told = _mapping(dated.value, {"share", "base", "raised"}, where)
    if told.get("base") not in ("good", "good_and_above"):
        raise _error(where, f"base: {told.get('base')!r}", "good, good_and_above")
    share, raised = told.get("share"), told.get("raised")
    if not _is_percent(share) or not (raised is None or _is_percent(raised)):
        raise _error(where, f"share: {share!r}, raised: {raised!r}", "số nguyên từ 0 đến 100")
    return CapRule(int(told["share"]), told["base"], raised, law.whole(f"rating.{subject}.small_group", on), dated)


def _conditions(rows: object, where: str) -> tuple[Condition, ...]:
    if not isinstance(rows, list):
        raise _error(where, repr(rows), "danh sách điều kiện")
    return tuple(_condition(row, where) for row in rows)


def _condition(row: object, where: str) -> Condition:
    told = _mapping(row, {"measure", *_SIGNS}, where)
    signs = [name for name in _SIGNS if name in told]
    measure = str(told.get("measure"))
    if measure not in MEASURES:
        raise _error(where, f"measure: {measure}", ", ".join(MEASURES))
    if len(signs) != 1 or (signs[0] == "is") != (measure in YES_OR_NO):
        raise _error(where, repr(dict(told)), "một trong at_least, at_most, below; hoặc is cho câu hỏi có, không")
    bound = told[signs[0]]
    if not (isinstance(bound, bool) if signs[0] == "is" else _is_percent(bound)):
        raise _error(where, f"{measure}: {bound!r}", "true, false; hoặc số nguyên từ 0 đến 100")
    return Condition(measure, signs[0], bound)


def _mapping(told: object, keys: set[Any], where: str) -> Mapping[str, Any]:
    if not isinstance(told, Mapping) or told.keys() - keys:
        raise _error(where, repr(told), ", ".join(sorted(keys)))
    return told


def _is_percent(found: object) -> bool:
    return type(found) is int and 0 <= found <= 100


def _error(where: str, found: str, expected: str) -> LawError:
    return LawError(f"{where}: gặp {found}, cần {expected}", f"{where}: found {found}, expected {expected}")
