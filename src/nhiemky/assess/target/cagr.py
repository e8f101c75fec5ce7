"""The CAGR rule of Open SDG, beside our own: growth had against growth needed. Called by the judge.

progress = sign · direction · CAGR had / |CAGR needed|; at least 0,95 substantial, 0,60 moderate, 0 limited, below it
deterioration. A target or base of 0 is taken as 0,001, as they do; mixed signs have no growth rate.
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


@dataclass(frozen=True)
class Progress:
    status: str
    ratio: float | None

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
    if current >= goal if direction > 0 else current <= goal:
        return Progress("target_achieved", _ratio(base, base_time, current, time, goal, goal_time, direction))
    ratio = _ratio(base, base_time, current, time, goal, goal_time, direction)
    if ratio is None:
        return Progress("not_available", None)
    near = round(ratio, 12)  # a ratio built to be 0,6 is 0,6
    if near >= SUBSTANTIAL:
        return Progress("substantial_progress", ratio)
    if near >= MODERATE:
        return Progress("moderate_progress", ratio)
    return Progress("limited_progress" if near >= 0 else "deterioration", ratio)


def _ratio(
    base: float, base_time: float, current: float, time: float, goal: float, goal_time: float, direction: int
) -> float | None:
    if current / base < 0 or goal / base <= 0:
        return None
    try:
        had = (current / base) ** (1 / (time - base_time)) - 1
        needed = (goal / base) ** (1 / (goal_time - base_time)) - 1
    except OverflowError:
        return None
    sign = -1 if base < 0 else 1
    return sign * direction * had / abs(needed) if needed else None
