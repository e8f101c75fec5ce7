"""Counts of a year → the level of quality rating they support, with reasons. A proposal: a person decides.

Called by the register and by reports. Counts of bodies and tasks only; the conditions are law (nhiemky.law.ratings).
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from nhiemky.assess.rating.facts import Inputs, Proposal, Reason, Span, Work
from nhiemky.assess.rating.words import amount, name, span, told
from nhiemky.law import Law
from nhiemky.law.ratings import SHARES, YES_OR_NO, Condition, RatingRules, Subject, rating_rules
from nhiemky.values.figures import day, figure, figure_english
from nhiemky.values.kinds import RatingLevel
from nhiemky.values.language import capital

_BEST_FIRST = tuple(RatingLevel)


def propose(inputs: Inputs, on: date, law: Law, subject: Subject = "party") -> Proposal:
    """The level that the figures support under the regulation in force on that day; NotInForce before the first."""
    rules = rating_rules(law, subject, on)
    wrong = tuple(_contradictions(inputs))
    values = {} if wrong else dict(_values(inputs))
    judged = _Judged(rules, values)
    level, reasons = (None, wrong) if wrong else judged.decide()
    said = Reason(
        f"Theo {rules.regulation} có hiệu lực ngày {day(on)}", f"By {rules.regulation}, in force on {day(on)}"
    )
    return Proposal(
        level=level,
        ceiling=None if wrong else judged.ceiling,
        band=None if wrong else judged.band,
        rule=f"rating.{subject}",
        regulation=rules.regulation,
        reference=rules.source.reference,
        on=on,
        reasons=(said, *_excluded(inputs.work), *_unsaid(inputs.work), *reasons),
        missing=() if wrong else judged.missing,
        inputs=inputs,
    )


class _Judged:
    """The rules asked of the values: which level's conditions hold, fail, or cannot be said."""

    def __init__(self, rules: RatingRules, values: dict[str, Fraction | Span | bool]) -> None:
        self.rules, self.values = rules, values
        self.band = next((level for level, asked in rules.levels if self._all(asked, score=True)), None)
        if self.band is None and rules.levels and "score" in values:
            self.band = RatingLevel.POOR
        self.ceiling = next((level for level, asked in rules.levels if self._all(asked, score=False)), None)
        self.missing = tuple(name(measure)[0] for measure in self._unknown())

    def decide(self) -> tuple[RatingLevel | None, tuple[Reason, ...]]:
        if not self.rules.levels:
            note = self.rules.source.note or "điều kiện từng mức chưa được đối chiếu"
            return None, (
                Reason(
                    f"Chưa đề nghị mức: {note}",
                    "No level is proposed: the conditions of its levels were not compared with the text",
                ),
                *self._told(),
            )
        cases = [one for one in self.rules.poor if self._holds(one)]
        if cases:
            return RatingLevel.POOR, (*(self._said(one) for one in cases), _level(RatingLevel.POOR), _EXCUSES)
        if self.ceiling is None:
            return None, (*self._against(self.rules.levels[-1]), *self._open())
        if self.band is None:
            return None, (_no_score(self.ceiling), *self._open())
        level = max(self.band, self.ceiling, key=_BEST_FIRST.index)
        above = [row for row in self.rules.levels if _BEST_FIRST.index(row[0]) < _BEST_FIRST.index(level)]
        against = self._against(above[-1]) if above else ()
        return level, (*self._for(level), *against, _level(level), *self._open())

    def _for(self, level: RatingLevel) -> tuple[Reason, ...]:
        asked = next(conditions for held, conditions in self.rules.levels if held == level)
        return tuple(self._said(one) for one in asked)

    def _against(self, row: tuple[RatingLevel, tuple[Condition, ...]]) -> tuple[Reason, ...]:
        """What keeps the next better level away."""
        level, asked = row
        return tuple(
            Reason(f"Chưa tới mức {level.label}: {self._said(one).vi}", f"Not “{level.english}”: {self._said(one).en}")
            for one in asked
            if self._holds(one) is False
        )

    def _open(self) -> Iterator[Reason]:
        if self.missing:
            names = ", ".join(name(measure)[1] for measure in self._unknown())
            yield Reason(f"Chưa biết: {'; '.join(self.missing)}", f"Unknown: {names}")
            possible = next((level for level, asked in self.rules.levels if self._may(asked)), None)
            if possible is not None and possible != self.ceiling:
                yield Reason(
                    f"Nếu đều đáp ứng thì có thể tới mức {possible.label}",
                    f"If all of it is met, “{possible.english}” is possible",
                )
        elif self.ceiling is None:
            yield _BETWEEN

    def _told(self) -> Iterator[Reason]:
        for measure, value in self.values.items():
            if not isinstance(value, bool):
                vi, en = name(measure)
                said, said_en = span(measure, value)
                yield Reason(f"{capital(vi)}: {said}", f"{capital(en)}: {said_en}")

    def _unknown(self) -> list[str]:
        every = [one for _, asked in self.rules.levels for one in asked]
        every += self.rules.poor
        return list(dict.fromkeys(one.measure for one in every if self._holds(one) is None))

    def _all(self, asked: tuple[Condition, ...], *, score: bool) -> bool:
        return all(self._holds(one) for one in asked if (one.measure == "score") is score)

    def _may(self, asked: tuple[Condition, ...]) -> bool:
        """Nothing that is known speaks against the level."""
        return all(self._holds(one) is not False for one in asked)

    def _holds(self, one: Condition) -> bool | None:
        value = self.values.get(one.measure)
        if value is None:
            return None
        if isinstance(value, Span):
            ends = {_compared(one, value.least), _compared(one, value.most)}
            return ends.pop() if len(ends) == 1 else None
        return _compared(one, value)

    def _said(self, one: Condition) -> Reason:
        return told(one, self.values.get(one.measure))


def _compared(one: Condition, value: Fraction | bool) -> bool:
    match one.sign:
        case "at_least":
            return value >= one.bound
        case "at_most":
            return value <= one.bound
        case "below":
            return value < one.bound
        case _:
            return value == one.bound


_EXCUSES = Reason(
    "Trường hợp bất khả kháng hoặc tự phát hiện, khắc phục kịp thời do cấp có thẩm quyền xem xét",
    "Force majeure, or what was found and mended by oneself, is for the competent level to weigh",
)
_BETWEEN = Reason(
    "Không mức nào đủ điều kiện và cũng không thuộc trường hợp không hoàn thành nhiệm vụ; cấp có thẩm quyền quyết định",
    "No level has its conditions met, and none of the cases of “not completed” applies; the competent level decides",
)


def _level(level: RatingLevel) -> Reason:
    return Reason(
        f"Đề nghị: {level.label}; người có thẩm quyền quyết định",
        f"Proposed: {level.english}; the competent person decides",
    )


def _no_score(ceiling: RatingLevel) -> Reason:
    return Reason(
        f"Chưa có tổng điểm nên chưa đề nghị mức; cao nhất có thể là {ceiling.label}",
        f"Without a score no level is proposed; at best “{ceiling.english}”",
    )


def _values(inputs: Inputs) -> Iterator[tuple[str, Fraction | Span | bool]]:
    """Every measure that is known, if only between two; shares in percent, exact, so that 30% of ten is not 29,999."""
    if inputs.score is not None:
        yield "score", Fraction(str(inputs.score))
    work = inputs.work
    if work is not None and work.counted > 0:
        late = work.counted - work.on_time - work.unknown if work.late is None else work.late
        for measure, count in zip(SHARES, (work.done, work.on_time, work.exceeded, late), strict=False):
            if count is not None:
                yield measure, _share(count, work)
    if inputs.bodies is not None and inputs.bodies.rated > 0:
        yield "bodies_good_share", Fraction(100 * (inputs.bodies.excellent + inputs.bodies.good), inputs.bodies.rated)
    for question in YES_OR_NO:
        answer = getattr(inputs, question)
        if answer is not None:
            yield question, answer


def _share(count: int, work: Work) -> Fraction | Span:
    """In percent of what was assigned; what is unknown may belong to it or not."""
    least = Fraction(100 * count, work.counted)
    return Span(least, Fraction(100 * (count + work.unknown), work.counted)) if work.unknown else least


def _contradictions(inputs: Inputs) -> Iterator[Reason]:
    """Counts that cannot all be right: nothing is proposed from them."""
    work, score = inputs.work, inputs.score
    if score is not None and not 0 <= score <= 100:
        yield Reason(
            f"Tổng điểm {figure(score)} ngoài thang 0–100; hãy xem lại",
            f"A score of {figure_english(score)} is outside 0–100; look again",
        )
    if work is None:
        return
    late = 0 if work.late is None else work.late
    pairs = (
        (work.excluded, work.assigned, "số được loại trừ", "số được giao", "excluded", "assigned"),
        (work.done, work.counted, "số hoàn thành", "số được giao", "done", "assigned"),
        (work.on_time, work.done, "số đúng hạn", "số hoàn thành", "on time", "done"),
        (work.exceeded or 0, work.done, "số vượt mức", "số hoàn thành", "above what was required", "done"),
        (
            work.done + work.unknown,
            work.counted,
            "số hoàn thành và chưa rõ",
            "số được giao",
            "done, unknown",
            "assigned",
        ),
        (late + work.on_time, work.counted, "số chậm và số đúng hạn", "số được giao", "late and on time", "assigned"),
    )
    for part, whole, vi, of_vi, en, of_en in pairs:
        if part < 0 or part > whole:
            yield Reason(
                f"{capital(vi)} ({part}) không khớp với {of_vi} ({whole}); hãy xem lại",
                f"{capital(en)} ({part}) does not fit {of_en} ({whole}); look again",
            )


def _unsaid(work: Work | None) -> Iterator[Reason]:
    if work is not None and work.unknown:
        yield Reason(
            f"{work.unknown} trên {work.counted} chưa có số liệu hoặc chưa đủ căn cứ, không tính là đạt hay không đạt",
            f"{work.unknown} of {work.counted} have no figure or cannot be judged; taken neither for done nor failed",
        )


def _excluded(work: Work | None) -> Iterator[Reason]:
    """Shares after exclusion stand beside those before it, so that nothing goes unseen."""
    if work is None or not work.excluded:
        return
    if not work.reference:
        yield Reason(
            f"{work.excluded} nhiệm vụ xin loại trừ vẫn tính, vì chưa có văn bản",
            f"{work.excluded} to be excluded still count, since no document is given",
        )
        return
    before = amount("done_share", Fraction(100 * work.done, work.assigned))
    yield Reason(
        f"Loại trừ {work.excluded} nhiệm vụ theo {work.reference}; trước khi loại trừ tỷ lệ hoàn thành là {before[0]}",
        f"{work.excluded} are excluded by {work.reference}; before that {before[1]} were done",
    )
