"""A proposed fact (as JSON) → what its card says: title, value, particulars. Called by the Read screen.

One function a kind of fact; a kind that has none yet shows its fields as they are, so that nothing is hidden.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from nhiemky.desk import amounts
from nhiemky.register.infer import is_of_annex
from nhiemky.ui.statuses import name
from nhiemky.ui.templatetags.vn import day, figure, kind, period
from nhiemky.values.figures import goal_text, roman, with_unit
from nhiemky.values.kinds import Qualifier, ResultKind
from nhiemky.values.language import capital
from nhiemky.values.period import Period

Fact = dict[str, Any]

NAMES = {
    "results": gettext_lazy("Kết quả"),
    "targets": gettext_lazy("Mục tiêu"),
    "scoreboards": gettext_lazy("Bảng tổng hợp"),
    "citations": gettext_lazy("Văn bản"),
    "congresses": gettext_lazy("Đại hội"),
    "people": gettext_lazy("Người"),
    "tasks": gettext_lazy("Nhiệm vụ"),
    "ratings": gettext_lazy("Xếp loại"),
    "commendations": gettext_lazy("Khen thưởng"),
    "milestones": gettext_lazy("Mốc kỷ niệm"),
}
SURE, LIKELY = 0.85, 0.6
TONES = {"results": "result", "targets": "target", "scoreboards": "result", "tasks": "task"}
SCORES = (
    ("achieved", gettext_noop("đạt %s")),
    ("exceeded", gettext_noop("vượt %s")),
    ("early", gettext_noop("sớm hạn %s")),
    ("expected", gettext_noop("dự kiến đạt %s")),
    ("tasks", gettext_noop("%s nhiệm vụ trọng tâm")),
    ("breakthroughs", gettext_noop("%s khâu đột phá")),
)


@dataclass(frozen=True)
class Said:
    """What a card says of a fact."""

    title: str
    value: str = ""
    more: tuple[str, ...] = ()


def say(of: str, fact: Fact, inferred: Period | None = None) -> Said:
    """`say("results", {"indicator": "bảo hiểm y tế", "value": 91.8, …})` → title, `91,8%`, `6 tháng đầu năm 2023`."""
    if of == "results":
        return _result(fact, inferred)
    return _SAYERS.get(of, _anything)(fact)


def tone(of: str) -> str:
    return TONES.get(of, "date")


def _result(fact: Fact, inferred: Period | None) -> Said:
    value = with_unit(fact["value"], fact.get("unit") or "")
    if fact.get("high") is not None:
        value = f"{figure(fact['value'])}–{with_unit(fact['high'], fact.get('unit') or '')}"
    if fact.get("qualifier") == Qualifier.ABOUT and is_of_annex(fact):
        value = f"{name(ResultKind.ESTIMATE)} {value}"
    elif fact.get("qualifier"):
        value = f"{kind(fact['qualifier'], 'Qualifier')} {value}"
    if fact.get("period"):
        more = [period(fact["period"])]
    else:
        more = [_("%s (suy từ văn bản)") % period(inferred) if inferred else _("chưa rõ kỳ")]
    if fact.get("planned") is not None:
        more.append(_("kế hoạch %s") % with_unit(fact["planned"], fact.get("unit") or ""))
    if fact.get("ratio") is not None:
        more.append(_("đạt %s%% kế hoạch") % figure(fact["ratio"]))
    return Said(capital(fact.get("indicator") or ""), value, tuple(more))


def _target(fact: Fact) -> Said:
    bounds, unit = (fact.get("low"), fact.get("high")), fact.get("unit") or ""
    value = amounts.told(goal_text(fact["direction"], *bounds, unit, yearly=fact.get("per") == "year"))
    more = []
    if fact.get("by"):
        more.append(_("đến năm %s") % fact["by"])
    if fact.get("baseline") is not None:
        more.append(_("gốc %s") % with_unit(fact["baseline"], fact.get("unit") or ""))
    return Said(capital(fact.get("indicator") or ""), value, tuple(more))


def _scoreboard(fact: Fact) -> Said:
    counts = [_(words) % figure(fact[name]) for name, words in SCORES if fact.get(name) is not None]
    total = _("%s chỉ tiêu") % figure(fact["total"]) if fact.get("total") is not None else ""
    return Said(
        _("Cả bộ chỉ tiêu"), total, tuple(counts + ([_("nhiệm kỳ %s") % fact["term"]] if fact.get("term") else []))
    )


def _citation(fact: Fact) -> Said:
    more = [day(fact["date"])] if fact.get("date") else []
    return Said(fact["number"], "", (*more, *(fact[name] for name in ("issuer", "subject") if fact.get(name))))


def _congress(fact: Fact) -> Said:
    where = [kind(fact["level"], "Level")] if fact.get("level") else []
    term = [_("nhiệm kỳ %s") % fact["term"]] if fact.get("term") else []
    return Said(_("Đại hội lần thứ %s") % roman(fact["ordinal"]), "", tuple(where + term))


def _person(fact: Fact) -> Said:
    return Said(fact["name"], "", tuple(fact.get("roles") or ()))


def _task(fact: Fact) -> Said:
    return Said(capital(fact["text"]), "", (_("hạn %s") % day(fact["by"]),) if fact.get("by") else ())


def _rating(fact: Fact) -> Said:
    year = (_("năm %s") % fact["year"],) if fact.get("year") else ()
    return Said(fact.get("organisation") or _("Chưa rõ tổ chức"), capital(kind(fact["level"], "RatingLevel")), year)


def _commendation(fact: Fact) -> Said:
    reason = (fact["reason"],) if fact.get("reason") else ()
    return Said(_("Khen thưởng"), f"{figure(fact['count'])} {fact['recipients']}", reason)


def _milestone(fact: Fact) -> Said:
    dates = [day(fact[name]) for name in ("from", "to") if fact.get(name)]
    return Said(_("Kỷ niệm %s năm") % fact["years"], "", (" – ".join(dates),) if dates else ())


def _anything(fact: Fact) -> Said:
    shown = [f"{name}: {value}" for name, value in fact.items() if value is not None and name not in _HIDDEN]
    return Said(shown[0] if shown else "", "", tuple(shown[1:]))


_HIDDEN = ("span", "confidence", "rule")
_SAYERS: dict[str, Callable[[Fact], Said]] = {
    "targets": _target,
    "scoreboards": _scoreboard,
    "citations": _citation,
    "congresses": _congress,
    "people": _person,
    "tasks": _task,
    "ratings": _rating,
    "commendations": _commendation,
    "milestones": _milestone,
}


def sure(confidence: float) -> str:
    """The confidence in words with its figure: `chắc chắn 95%`."""
    share = f"{figure(round(confidence * 100))}%"
    if confidence >= SURE:
        return _("chắc chắn %s") % share
    return (_("có thể đúng %s") if confidence >= LIKELY else _("cần xem kỹ %s")) % share
