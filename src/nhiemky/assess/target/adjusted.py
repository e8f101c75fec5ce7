"""The sentences of a target that a decision has changed: from what to what, how it stands now, how it did before.

Called by the judge. Rules state.adjusted, state.dropped.
"""

from collections.abc import Iterable

from nhiemky.assess.target.facts import Goal, Reason
from nhiemky.assess.target.words import goal_words
from nhiemky.values.figures import day, figure, figure_english
from nhiemky.values.kinds import VerdictStatus

NO_GROUND = ("lý do và văn bản quyết định",)


def set_aside(goal: Goal) -> Reason:
    """`Thôi thực hiện: Nghị quyết …`, as far as the reason is known; of an adjustment that nobody wrote out as well."""
    vi, en = ("Đã điều chỉnh", "Adjusted") if goal.state == "adjusted" else ("Thôi thực hiện", "Dropped")
    why = goal.state_reason.strip().rstrip(".")
    return Reason(f"{vi}: {why}", f"{en}: {why}") if why else Reason(vi, en)


def history(goal: Goal) -> Iterable[Reason]:
    """`Đã điều chỉnh từ 15/07/2023: chỉ tiêu ≥ 94,5% thành ≥ 93%; lý do: …`, one sentence an adjustment."""
    if not goal.changes:
        yield set_aside(goal)
        return
    later = (*(one.former for one in goal.changes[1:]), goal)
    for one, after in zip(goal.changes, later, strict=True):
        told = list(_differences(one.former, after))
        why = one.why.strip().rstrip(".")
        vi, en = ", ".join(vi for vi, _en in told), ", ".join(en for _vi, en in told)
        lead, lead_en = f"Đã điều chỉnh từ {day(one.on)}", f"Adjusted from {day(one.on)}"
        vi, en = (f"{lead}: {vi}", f"{lead_en}: {en}") if told else (lead, lead_en)
        yield Reason(f"{vi}; lý do: {why}", f"{en}; reason: {why}") if why else Reason(vi, en)


def standing(goal: Goal, status: VerdictStatus) -> Reason:
    """How the target stands by the goal in force; the sentences of that verdict follow."""
    vi, en = goal_words(goal)
    return Reason(
        f"Theo chỉ tiêu đang có hiệu lực ({vi}): {status.label}", f"By the goal in force ({en}): {status.english}"
    )


def before(first: Goal, status: VerdictStatus) -> Reason:
    """What the goal first set would say: a goal that was lowered hides nothing."""
    vi, en = goal_words(first)
    return Reason(f"Theo chỉ tiêu ban đầu ({vi}): {status.label}", f"By the first goal ({en}): {status.english}")


def _differences(former: Goal, after: Goal) -> Iterable[tuple[str, str]]:
    old, new = goal_words(former), goal_words(after)
    if old != new:
        yield f"chỉ tiêu {old[0]} thành {new[0]}", f"the goal {old[1]} became {new[1]}"
    if former.deadline != after.deadline:
        days = day(former.deadline), day(after.deadline)
        yield f"thời hạn {days[0]} thành {days[1]}", f"the deadline {days[0]} became {days[1]}"
    if former.meaning is not after.meaning:
        yield (
            f"cách tính {former.meaning.label} thành {after.meaning.label}",
            f"“{former.meaning.english}” became “{after.meaning.english}”",
        )
    if (former.baseline, former.baseline_year) != (after.baseline, after.baseline_year):
        vi, en = zip(_start(former), _start(after), strict=True)
        yield f"mức gốc {vi[0]} thành {vi[1]}", f"the baseline {en[0]} became {en[1]}"
    if former.path != after.path:
        vi, en = zip(_steps(former), _steps(after), strict=True)
        yield f"lộ trình {vi[0]} thành {vi[1]}", f"the path {en[0]} became {en[1]}"


def _start(goal: Goal) -> tuple[str, str]:
    if goal.baseline is None:
        return "chưa có", "unknown"
    year = f" ({goal.baseline_year})" if goal.baseline_year else ""
    return f"{figure(goal.baseline)}{year}", f"{figure_english(goal.baseline)}{year}"


def _steps(goal: Goal) -> tuple[str, str]:
    if not goal.path:
        return "không có mốc năm", "without yearly levels"
    vi, en = (", ".join(f"{year}: {say(value)}" for year, value in goal.path) for say in (figure, figure_english))
    return f"({vi})", f"({en})"
