"""The figures of one part of a sentence, each in the light of those before it, to targets and results."""

import re

from msgspec import structs

from nhiemky.reading.facts import Result, Target
from nhiemky.reading.grammars.figures.amend import amended, is_ratio, with_ratio
from nhiemky.reading.grammars.figures.fit import is_baseline, is_none
from nhiemky.reading.grammars.figures.frame import Frame, frame_of
from nhiemky.reading.grammars.figures.goal import targets_of
from nhiemky.reading.grammars.figures.indicator import cased, indicator_of
from nhiemky.reading.grammars.figures.meant import harmed, harms, meant, previous_of
from nhiemky.reading.grammars.figures.mode import Modes, has_cue, is_future, is_kept
from nhiemky.reading.grammars.figures.result import fulfils, result_of
from nhiemky.reading.quantities.figures import figure_value
from nhiemky.reading.text import Number, Page

_PLANS = ("chỉ tiêu ", "nhiệm vụ thu", "nhiệm vụ chi", "mục tiêu ", "kế hoạch ", "dự toán ")
_PLACE = re.compile(r"(?:huyện|quận|thị xã|thành phố|tp|tx|tỉnh|xã|phường|thị trấn|thôn) ")
_RATE = re.compile(r"(?:tỷ|tỉ) lệ [^,.;:()\d]{3,50}?(?= (?:cao|thấp|đạt|lớn|tốt|còn|trên|dưới)(?![^\W_]))")
_PER_PEOPLE = re.compile(r"/\s?[\d.]+ (?:dân|người|hộ)(?![^\W_])")  # `5,83 vụ/10.000 dân`
_ANOTHER_YEAR = re.compile(r"[,;]? (?:và )?năm (?:19|20)\d\d ")
_IN_YEAR = re.compile(r"[^.;,\d]{0,60}(?:trong|vào)(?: cuối)? năm (20\d\d)")
_OF_COMMUNE = 19.0  # criteria of a commune of new countryside
_NEAR = 160  # characters between two goals of a list
_FAR = 600  # characters from the name of a structure to a share of it
# `kết nạp 28 đảng viên (đạt 112% chỉ tiêu)`
_REACHED = re.compile(r"\s*[,(]\s*(?:đạt|bằng)\s+[\d,.]+\s?% (?:chỉ tiêu|kế hoạch|kh|nghị quyết|dự toán|so với)")
_ENDED = (".\n", "”\n", '"\n')
_PLAN = r":\s*(?:kh|kế hoạch|nq|nghị quyết|chỉ tiêu)(?: (?:năm|giao|được giao|đề ra))*\s*:?\s*"
_PLAN_OPENS = re.compile(_PLAN + "$")
_PLAN_FIRST = re.compile(
    _PLAN + r"(\d[\d.,]*)\s*[^,;.\d]{0,20}[,;-]\s*(?:th|thực hiện|đã thực hiện)(?: đạt| được)?\s*:?\s*$"
)
_PLAIN_LINE = re.compile(r"\s*(?!\d{1,2}[.)]|[a-zđ][.)]|[ivx]{1,4}[.)])[^\W_]")
_REFERS = re.compile(r"(?:con số|tỷ lệ|tỉ lệ|mức|chỉ số|số) (?:này|trên|đó|ấy)(?![^\W_])")
_STRUCTURE = re.compile(r"(cơ cấu(?: kinh tế| lao động| giá trị| sản xuất)*)[^:.]{0,40}:")
_TOPIC = re.compile(r"(?:[-+*•] )?(?:riêng |đối với |còn )?về ([^,.;:()\d]{3,60}),\s")
# what says nothing of its own before a figure under a topic: `điều chỉnh đến năm 2020 có 473 ha`, `thực giảm 27 ha`
_OF_TOPIC = re.compile(
    r"(?:về .*|(?:điều chỉnh|quy hoạch|kế hoạch|thực|thực tế|hiện nay|hiện)?"
    r"(?: ?(?:đến )?(?:hết |cuối )?(?:năm )?20\d\d)?)"
)


class Part:
    """What a part of a sentence has told so far; `targets` and `results` are those of the page, which it adds to."""

    __slots__ = (
        "base",
        "before_brackets",
        "last",
        "leaning",
        "modes",
        "page",
        "part",
        "results",
        "targets",
        "term_end",
        "topic",
    )

    def __init__(
        self, page: Page, modes: Modes, part: int, term_end: int | None, targets: list[Target], results: list[Result]
    ) -> None:
        self.page, self.modes, self.part, self.term_end = page, modes, part, term_end
        self.targets, self.results = targets, results
        self.last: Target | Result | None = None
        self.leaning: Frame | None = None  # what a figure without a subject leans on
        self.before_brackets: Frame | None = None
        named = (
            _TOPIC.match(page.low, page.starts[part])
            if page.low.find("về ", page.starts[part], page.starts[part] + 14) >= 0
            else None
        )
        self.topic = page.text[named.start(1) : named.end(1)] if named is not None else ""
        self.base = -1  # where in `results` the last one is that is no change: `đạt 655 tỷ, tăng 11,8%, đạt 16,9% KH`

    def read(self, numbers: list[Number]) -> None:
        """All figures of the part, in order."""
        page = self.page
        floor, baseline = page.starts[self.part], 0
        for index, number in enumerate(numbers):
            if number.start < floor:  # told with the count before it: `20 hộ có thu nhập trên 100 triệu đồng`
                continue
            following = numbers[index + 1] if index + 1 < len(numbers) else None
            if _PLAN_OPENS.search(page.low, max(floor, number.start - _NEAR), number.start) is not None:
                if following is not None and _plan_told(page.low, floor, following) is not None:
                    continue  # `KH 45 tỷ, thực hiện 51,3 tỷ`: told with the next
            elif (plan := _plan_told(page.low, floor, number)) is not None:
                number = structs.replace(number, start=plan.start() + 1, planned=_planned(plan, number))
            ceiling = following.start if following else page.ends[self.part]
            frame = frame_of(page, number, self.part, floor, ceiling, first=self.last is None, baseline=baseline)
            if following is not None and is_baseline(page, number, following):
                baseline = page.low.rindex("từ", 0, number.start)
                continue
            baseline, floor = 0, max(number.end, frame.end)
            if page.low.startswith("/", floor) and (per := _PER_PEOPLE.match(page.low, floor)):
                floor = per.end()
            if self.before_brackets is not None or "(" in frame.lead_text:
                self._mind_brackets(frame.lead_text)
            if not self._amends(frame) and not is_none(page, frame, self.last):
                self._take(frame)

    def _mind_brackets(self, lead: str) -> None:
        """`63 đảng viên (khiển trách 15, khai trừ 18) và 13 tổ chức đảng`: behind them it goes on as before them."""
        opened, closed = lead.rfind("("), lead.rfind(")")
        if closed >= 0 and self.before_brackets is not None:
            self.leaning, self.before_brackets = self.before_brackets, None
        if opened > closed:
            self.before_brackets = self.leaning

    def _opens_paragraph(self) -> bool:
        """Whether the part begins a paragraph of plain text behind an empty line, which goes on with no list."""
        text, (start, end) = self.page.text, self.page.line_at(self.page.starts[self.part])
        if not text.endswith("\n\n", 0, start) and end - start > _NEAR:  # a long paragraph behind another
            return text.endswith(_ENDED, 0, start)
        if start < self.page.starts[self.part] or not text.endswith("\n\n", 0, start):
            return False
        return _PLAIN_LINE.match(self.page.low, start) is not None

    def _amends(self, frame: Frame) -> bool:
        """Whether the figure belongs to the result before it, which then has it."""
        results = self.results
        if not isinstance(self.last, Result):
            return False
        more = amended(self.page, frame, self.last)
        if more is not None:
            results[-1] = self.last = more
            return True
        if self.base >= 0 and is_ratio(self.page, frame, results[self.base]):
            if results[self.base].ratio is None:  # of two plans, the first
                results[self.base] = with_ratio(frame, results[self.base])
            return True
        return False

    def _take(self, frame: Frame) -> None:
        """A figure of its own: a target or a result."""
        purpose = frame.subject == "để" and self._is_ahead(frame)
        if frame.subject == "để":
            frame.subject = frame.join_words
        indicator = self._indicator(frame)
        if not indicator:
            return
        targets, results = self.targets, self.results
        if purpose or self._is_promised(frame):
            promised = targets_of(self.page, self.modes, frame, indicator, self.last, self.term_end)
            targets += promised
            self.last = promised[0]
        elif "at_most" in frame.joins:  # `không quá 35 học sinh/lớp`: a rule, not reached by anyone
            return
        else:
            plan = targets.pop() if targets and self.last is targets[-1] and fulfils(frame, self.last) else None
            self.last = result_of(self.page, self.modes, frame, indicator, plan)
            results.append(self.last)
            if "change" not in frame.joins:
                self.base = len(results) - 1
        if _REFERS.match(frame.subject) and self.last is not None:  # `con số này là 5.400 USD, năm 2018 đạt 6.000 USD`
            frame.subject = self.last.indicator
        if frame.own_subject or self.leaning is None:
            self.leaning = frame

    def _indicator(self, frame: Frame) -> str:
        if frame.number.unit == "người" and "change" not in frame.joins and harms(frame):
            return harmed(self.page, frame)
        referred = meant(self.page, frame, self.last, previous_of(self.targets, self.results))
        if referred is not None:
            return referred
        if self.topic:
            self._name_by_topic(frame)
        alone = not frame.own_subject and frame.noun == frame.number.unit
        if alone and "năm" in frame.lead_text and _ANOTHER_YEAR.match(frame.lead_text):
            told = self._alike(frame.number.unit)
            if told is not None:  # `năm 2016 có 69 đảng viên …, năm 2017 có 41 đảng viên`
                return told.indicator
        alike = self._alike(frame.number.unit) if frame.noun == frame.number.unit and "change" in frame.joins else None
        indicator = indicator_of(frame, self.leaning, self.last, alike)
        if not indicator:
            return ""
        indicator = cased(self.page, frame, indicator)
        if frame.number.unit == "tiêu chí" and frame.number.planned == _OF_COMMUNE:
            return _of_countryside(self.page, frame, indicator)
        if frame.number.unit_kind == "percent" and frame.own_subject:
            return _of_structure(self.page, frame, _of_place(self.page, frame, indicator))
        return indicator

    def _alike(self, unit: str) -> Result | None:
        """The last result of the sentence that counts the same and is no change."""
        first, _ = self.page.sentence_bounds(self.part)
        for told in self.results[:-5:-1]:
            if told.span[0] < first:
                break
            if told.unit == unit and not told.indicator.startswith(("tăng ", "giảm ")):
                return told
        return None

    def _name_by_topic(self, frame: Frame) -> None:
        """`Về đất nông nghiệp, năm 2010 có 476 ha`: the sentence's first words name a figure without a name."""
        bare = frame.number.unit_kind in ("measure", "money", "weak") or (
            frame.number.unit_kind == "percent" and not frame.noun
        )
        if "change" in frame.joins and not frame.subject and self.last is None:
            bare = True  # `Về khối cơ quan huyện, sau sắp xếp đã giảm được 12 phòng ban`
        if bare and (frame.subject or self.last is None) and _OF_TOPIC.fullmatch(frame.subject):
            frame.subject = self.topic

    def _is_ahead(self, frame: Frame) -> bool:
        """`Để hoàn thành 19/19 tiêu chí trong năm 2018`: a purpose with a year that has not passed."""
        year = _IN_YEAR.match(self.page.low, frame.number.end)
        return year is not None and (self.modes.page_year is None or int(year.group(1)) >= self.modes.page_year)

    def _is_promised(self, frame: Frame) -> bool:
        """By its cues; without any, by its form: `93% trở lên` right behind the figure, or a range, is a goal."""
        if _is_plan(frame):
            return True
        if "share" in frame.joins and frame.lead_text.endswith("(chiếm "):  # `an sinh xã hội (chiếm 86,2% tổng chi)`
            return False
        unit = frame.number.unit
        if unit.startswith("nghị quyết") or (" đã " in frame.noun and frame.noun.startswith(f"{unit.lower()} đã ")):
            return False  # `đã thông qua 7 nghị quyết`, `đến hết năm có 33 cụm công nghiệp đã lấp đầy`
        before = previous_of(self.targets, self.results)
        future = is_future(self.page, self.modes, frame.part, frame.number.start)
        if future is not None:
            return future and not self._goes_on_reporting(frame, before) and not self._is_done(frame)
        if (
            isinstance(before, Target)
            and before.rule == "figures.target"
            and frame.start - before.span[1] < _NEAR
            and frame.number.planned is None  # `17/20 hộ` goes on with no goals
            and _REACHED.match(self.page.low, frame.end) is None
            and not self._opens_paragraph()
        ):
            return True  # the list of goals goes on in another sentence
        if frame.tail_near:
            return True
        return frame.number.high is not None and "share" not in frame.joins and "nợ" not in frame.subject.split()

    def _is_done(self, frame: Frame) -> bool:
        """`xây dựng được 24 mô hình`: done, whatever an earlier sentence of the paragraph plans."""
        if "được" not in frame.join_words.split() or frame.number.unit_kind not in (
            "count",
            "weak",
            "measure",
            "money",
        ):
            return False
        return not has_cue(self.page, self.modes, frame.part, frame.number.start)

    def _goes_on_reporting(self, frame: Frame, before: Target | Result | None) -> bool:
        """`thu ngân sách đạt 125 tỷ đồng. Duy trì 100% tổ dân phố …`: kept as what the paragraph reported before."""
        if not isinstance(before, Result) or not is_kept(self.page, self.modes, frame.part, frame.number.start):
            return False
        return frame.start - before.span[1] < _FAR


def _plan_told(low: str, floor: int, number: Number) -> "re.Match[str] | None":
    """`Kết nạp đảng viên: KH 30, TH 32 đồng chí`: the plan between a name and its figure."""
    return (
        _PLAN_FIRST.search(low, max(floor, number.start - _NEAR), number.start)
        if low.find("th", floor, number.start) >= 0
        else None
    )


def _planned(plan: "re.Match[str]", number: Number) -> float | None:
    """The plan's figure, of the size of the figure it is beside: `KH 45 tỷ, thực hiện 51,3 tỷ`."""
    value = figure_value(plan.group(1))
    return None if value is None else value * number.scaled


def _is_plan(frame: Frame) -> bool:
    """`chỉ tiêu thu ngân sách là 45 tỷ đồng`, `được giao 45 tỷ`, `≥ 95%`: said to be a plan; `đạt` would report it."""
    if "đạt" in frame.join_words:
        return "≥" in frame.join_words or "≤" in frame.join_words
    return frame.subject.startswith(_PLANS) or "được giao" in frame.subject or "giao chỉ tiêu" in frame.subject


def _of_countryside(page: Page, frame: Frame, indicator: str) -> str:
    """`xã đạt 17/19 tiêu chí` where the page speaks of new countryside: only those are nineteen."""
    near = page.low[max(0, frame.start - _FAR) : frame.end + 200]
    named = "nông thôn" in indicator or "NTM" in indicator or ("nông thôn mới" not in near and "ntm" not in near)
    return indicator if named else indicator.replace("tiêu chí", "tiêu chí nông thôn mới", 1)


def _of_place(page: Page, frame: Frame, indicator: str) -> str:
    """`… có tỷ lệ giải ngân cao, trong đó huyện Kim Đài dẫn đầu với 41%, thị xã Đông Lạc 26%`: each has its rate."""
    if frame.subject.count(" ") > 5 or frame.noun or "lệ " in indicator or _PLACE.match(frame.subject) is None:
        return indicator
    start = max(page.sentence_bounds(frame.part)[0], frame.start - _FAR)
    rates = _RATE.findall(page.low, start, frame.start)
    return f"{rates[-1]} {indicator}" if rates else indicator


def _of_structure(page: Page, frame: Frame, indicator: str) -> str:
    """`Cơ cấu kinh tế: nông nghiệp 30%; dịch vụ 70%`: each is a share of the structure named first."""
    start = max(page.sentence_bounds(frame.part)[0], frame.start - _FAR)
    if page.low.find("cơ cấu", start, frame.start) < 0:
        return indicator
    named = _STRUCTURE.search(page.low, start, frame.start)
    if named is None or "cơ cấu" in indicator or "tỷ trọng" in indicator:
        return indicator
    return f"{named.group(1)} {indicator}"
