"""A target's figures in two languages, for the sentences of a verdict. Used by every rule of this package."""

from dataclasses import dataclass

from nhiemky.assess.target.facts import Goal, Point, Reason
from nhiemky.values.figures import decimals, figure, figure_english, rounded, with_unit

_ENGLISH_UNITS = {
    "hộ": "households",
    "người": "people",
    "đảng viên": "Party members",
    "tỷ đồng": "billion đồng",
    "triệu đồng": "million đồng",
    "tuyến": "lanes",
    "vụ": "cases",
    "trường": "schools",
    "tiêu chí": "criteria",
    "chi bộ": "Party cells",
    "lớp": "classes",
    "điểm": "points",
    "mô hình": "models",
}
_MOST_DIGITS = 4


@dataclass(frozen=True)
class Words:
    """How this goal's numbers are said: levels with their unit, gaps in points where the unit is a percentage."""

    unit: str
    digits: int

    def vi(self, value: float) -> str:
        return with_unit(self._trim(value), self.unit)

    def en(self, value: float) -> str:
        return f"{figure_english(self._trim(value))}{_glue(self.unit)}{_english(self.unit)}"

    def near_vi(self, value: float) -> str:
        """A computed level, rounded to the digits the figures are told with."""
        return with_unit(rounded(value, self.digits), self.unit)

    def near_en(self, value: float) -> str:
        return f"{figure_english(rounded(value, self.digits))}{_glue(self.unit)}{_english(self.unit)}"

    def gap_vi(self, value: float, more: int = 0) -> str:
        return f"{figure(rounded(abs(value), self.digits + more))} {self._gap_unit('điểm')}".rstrip()

    def gap_en(self, value: float, more: int = 0) -> str:
        return f"{figure_english(rounded(abs(value), self.digits + more))} {self._gap_unit('points')}".rstrip()

    def distance(self, value: float, expected: float) -> float:
        """The gap between two levels as printed, so that a reader's subtraction comes out."""
        return float(abs(rounded(value, self.digits) - rounded(expected, self.digits)))

    def _trim(self, value: float) -> float:
        return float(rounded(value, _MOST_DIGITS)) if decimals(value) > _MOST_DIGITS else value

    def _gap_unit(self, points: str) -> str:
        if self.unit.startswith(("%", "‰")):
            return points if self.unit.startswith("%") else f"{points} ‰"
        bare = self.unit.removesuffix("/năm")
        return _english(bare) if points == "points" else bare


def words(goal: Goal, *values: float | None) -> Words:
    """Digits: as many as the goal, its baseline and the given values are written with, four at most."""
    seen = [value for value in (goal.low, goal.high, goal.baseline, *values) if value is not None]
    digits = max((decimals(value) for value in seen), default=0)
    return Words(goal.unit.strip(), digits if digits <= _MOST_DIGITS else 2)


def told(point: Point) -> tuple[str, str]:
    """`Ước ` / `Estimated: ` before an estimate, nothing before an official figure."""
    return ("Ước ", "Estimated: ") if point.is_estimate else ("", "")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def reason(vi: str, en: str, **numbers: float | None) -> Reason:
    kept = tuple((name, value) for name, value in numbers.items() if value is not None)
    return Reason(capital(vi), capital(en), kept)


def _english(unit: str) -> str:
    bare, yearly = unit.removesuffix("/năm"), "/year" if unit.endswith("/năm") else ""
    return _ENGLISH_UNITS.get(bare, bare) + yearly


def _glue(unit: str) -> str:
    return "" if not unit or unit.startswith(("%", "‰")) else " "
