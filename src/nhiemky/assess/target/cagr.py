"""The CAGR rule of Open SDG, beside our own: growth had against growth needed. Called by the judge.

progress = sign · direction · CAGR had / |CAGR needed|; at least 0,95 substantial, 0,60 moderate, 0 limited, below it
deterioration. A target or base of 0 is taken as 0,001, as they do; mixed signs have no growth rate. Without a target
the growth itself is weighed: 1,5 % a year is substantial, less where the level nears a natural limit (100 %).
Scores from -5 to 5 make series comparable. Source: sdg-build, `sdg/ProgressMeasure.py`, read at commit 139fede7.
"""

from dataclasses import dataclass

from nhiemky.values.figures import figure, figure_english

SUBSTANTIAL, MODERATE = 0.95, 0.60
_ZERO = 0.001
_WORDS = {
    "target_achieved": ("đã đạt", "achieved"),
    "substantial_progress": ("tiến triển tốt", "substantial progress"),
    "moderate_progress": ("tiến triển vừa", "moderate progress"),
    "limited_progress": ("chậm", "limited progress"),
    "deterioration": ("thụt lùi", "deterioration"),
    "not_available": ("không tính được", "not available"),
}


_GROWTH, _SOME_GROWTH = 0.015, 0.005  # a year: substantial, moderate
_CURVE = 4.44
_BEST = 5.0


@dataclass(frozen=True)
class Progress:
    """`ratio` is growth had against growth needed, or the growth itself where there is no goal; `score` -5 to 5."""

    status: str
    ratio: float | None
    score: float | None = None

    @property
    def good(self) -> bool:
        return self.status in ("target_achieved", "substantial_progress")

    def words(self) -> tuple[str, str]:
        vi, en = _WORDS[self.status]
        if self.ratio is None or self.status == "target_achieved":
            return vi, en
        return f"{vi} ({figure(self.ratio, 2)})", f"{en} ({figure_english(self.ratio, 2)})"


def progress(
    base: float, base_time: float, current: float, time: float, goal: float, goal_time: float, direction: int
) -> Progress:
    """Levels at three times (years, fractions allowed); direction +1 when growth is wanted, -1 when reduction is."""
    base, goal = base or _ZERO, goal or _ZERO
    if time <= base_time or goal_time <= base_time:
        return Progress("not_available", None)
    ratio = _ratio(base, base_time, current, time, goal, goal_time, direction)
    if current >= goal if direction > 0 else current <= goal:
        return Progress("target_achieved", ratio, _BEST)
    if ratio is None:
        return Progress("not_available", None)
    score = min(7.1429 * ratio - 4.2857, _BEST) if ratio >= MODERATE else max(4.1667 * ratio - 2.5, -_BEST)
    return Progress(_status(ratio, SUBSTANTIAL, MODERATE), ratio, score)


def growth(
    base: float, base_time: float, current: float, time: float, direction: int, limit: float | None = None
) -> Progress:
    """The same of a series without a goal; `limit` is the level that nothing can pass (100 for a share)."""
    base = base or _ZERO
    if time <= base_time or current / base < 0:
        return Progress("not_available", None)
    had = (-1 if base < 0 else 1) * direction * _yearly(base, current, time - base_time)
    near = nearness(abs(base), abs(limit)) if limit else 1.0
    return Progress(_status(had, _GROWTH * near, _SOME_GROWTH * near), had, _growth_score(had, near))


def overall(members: list[Progress]) -> Progress:
    """Of an indicator with several series: the mean of their scores; achieved only if each of them is."""
    scored = [member for member in members if member.score is not None]
    if not scored:
        return Progress("not_available", None)
    mean = sum(member.score or 0.0 for member in scored) / len(scored)
    if all(member.status == "target_achieved" for member in scored):
        return Progress("target_achieved", None, mean)
    if mean < -2.5:
        return Progress("deterioration", None, mean)
    return Progress(_status(mean, 2.5, 0.0, least=-2.5), None, mean)


def _status(value: float, substantial: float, moderate: float, least: float = 0.0) -> str:
    value = round(value, 12)  # a ratio built to be 0,6 is 0,6
    if value >= substantial:
        return "substantial_progress"
    if value >= moderate:
        return "moderate_progress"
    return "limited_progress" if value >= least else "deterioration"


def nearness(base: float, limit: float) -> float:
    """1 far from the limit, 0 at it: who is near can grow no more. Both above 0."""
    if base >= 2 * limit:
        return 1.0
    return float(1 - ((base if base <= limit else 2 * limit - base) / limit) ** _CURVE)


def _growth_score(had: float, near: float) -> float:
    if had < 0:
        return max(125 * had - 2.5, -_BEST)
    if near == 0:
        return _BEST
    if had >= _GROWTH * near:
        return min(500 * had / near - 5, _BEST)
    return 250 * had / near - 1.25 if had >= _SOME_GROWTH * near else 500 * had / near - 2.5


def _ratio(
    base: float, base_time: float, current: float, time: float, goal: float, goal_time: float, direction: int
) -> float | None:
    if current / base < 0 or goal / base <= 0:
        return None
    try:
        had, needed = _yearly(base, current, time - base_time), _yearly(base, goal, goal_time - base_time)
    except OverflowError:
        return None
    sign = -1 if base < 0 else 1
    return sign * direction * had / abs(needed) if needed else None


def _yearly(base: float, level: float, years: float) -> float:
    return float((level / base) ** (1 / years) - 1)
