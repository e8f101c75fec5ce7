"""Counts of targets and tasks as a whole: `03/12 chỉ tiêu đã đạt`, `19 chỉ tiêu, 5 nhiệm vụ và 3 khâu đột phá`."""

import re
from bisect import bisect_left

from nhiemky.reading.facts import Scoreboard
from nhiemky.reading.text import Number, Page, start_of

WHY = {
    "boards.count": "Số đếm của cả bộ chỉ tiêu hay nhiệm vụ: «03/12 chỉ tiêu đã đạt».",
}
_AHEAD = re.compile(r"[^.;\n]{0,90}")
_EARLY = re.compile(r"(?:về đích|hoàn thành|đạt)\s+(?:sớm|trước)")
_MET_OR_OVER = re.compile(r"(?:đạt|hoàn thành)(?:,| và| hoặc|/) ?(?:hoàn thành )?vượt")
_DONE = re.compile(r"(?:đã |cơ bản )?(?:đạt|hoàn thành)")
_EXPECTED = re.compile(
    r"(?<![^\W_])(?:dự kiến|phấn đấu|ước|đến hết nhiệm kỳ|hết nhiệm kỳ|cuối nhiệm kỳ|sẽ)[^.;]{0,60}$"
)
_NOT_MET = re.compile(r"(?:chưa|không|khó) (?:đạt|hoàn thành)|chậm")
_OF_A_YEAR = re.compile(r"[^.,;]{0,24}(?<![^\W_])năm (?:20\d\d|nay|qua)")
_IN_A_YEAR = re.compile(r"[-+*\s]*(?:trong |riêng |kết thúc |tính đến hết |hết )?năm 20\d\d(?![^\W_]| ?-)")
_OF_PEOPLE = re.compile(r"chỉ tiêu\s+(?:biên chế|tuyển sinh|tuyển quân|giao quân|gọi công dân)")
# `đạt 17 trong tổng số 19 chỉ tiêu`
_OUT_OF = re.compile(
    r"(?:(?:đạt|hoàn thành|vượt)[^.;\d]{0,30}\s(\d{1,3})\s+(?:trong|trên)(?: tổng)?(?: số)?"
    r"|(?<!\d)(\d{1,3})\s+(?:trong|trên) tổng số|(?<![^\W_])có (\d{1,3})\s+(?:trong|trên))\s*$"
)
_ALL = re.compile(
    r"(?<!phấn đấu )(?<!quyết tâm )(?:hoàn thành|đạt)(?: (?:và|,) ?vượt)?(?: mức)? (?:toàn bộ|tất cả|cả) $"
)
_OVER_BEFORE = re.compile(r"(?<!đạt và )(?<!đạt hoặc )(?<!đạt, )(?<!đạt,)(?<!và hoàn thành )vượt(?: mức)?\s*$")
_NEXT_COUNT = re.compile(r",|:| \((?=(?:đạt|vượt) \d)| (?:và|có|thì) (?=\d)")
# `11 chỉ tiêu: 6 đạt, 4 vượt`, `15/21 chỉ tiêu, trong đó 9 vượt`
_NO_FIGURE = re.compile(r"[^.;:,(\n\d]{0,60}")
_BARE = re.compile(
    r"\s*(?:[:,;(-]|và(?= ))\s*(?:(?:trong đó|trong số đó|và|có|gồm|là)(?: có)?\s*:?\s*)?(\d{1,3})\s+"
    r"(?:(?P<unmet>(?:không|chưa) (?:đạt|hoàn thành))|(?P<achieved>đạt và vượt|đạt(?! \d)|hoàn thành)"
    r"|(?P<exceeded>vượt))"
    r"(?![^\W_])(?: (?:chỉ tiêu|kế hoạch|mức)(?![^\W_]))?"
)
_LATER = re.compile(
    r"\s*(?:còn lại\s+)?(?:có khả năng|dự kiến|phấn đấu|sẽ)(?![^\W_])"
)  # `10 chỉ tiêu dự kiến hoàn thành`
# `đạt trên 50%`, `đạt thấp`: on their way
_PARTLY = re.compile(r"\s*(?:mới |chỉ )?đạt (?:thấp|(?:từ|trên|dưới|hơn|gần|khoảng)\s+\d{1,2}(?:[,.]\d+)?\s*%)")
_SETS = re.compile(r"năm 20\d\d[^.;]{0,60}(?:đề ra|đặt ra|xác định|phấn đấu|giao|thống nhất|thông qua)[^.;\d]{0,30}$")
_RESOLVED = re.compile(r"nghị quyết đại hội[^.;]{0,90}(?:xác định|đề ra|đặt ra|đưa ra|có)[^.;\d]{0,20}$")
_LISTED = re.compile(r"(?: (?:chủ yếu|trọng tâm|cụ thể))?(?:,| và|, và) ")
_NEAR = 200  # characters before a count; a sentence without an end must not cost more
_ON_AT_MOST = 40  # characters
_OF_THE_NATION = re.compile(r"đột phá chiến lược")
_TERM_PAST = re.compile(r"(?<!nửa )(?<!đầu )nhiệm kỳ (?:vừa )?qua")
_PAST_REACH = 300  # characters between `nhiệm kỳ qua` and a count of it
Key = tuple[str | None, bool]  # of a term or a year; whether they are set for the year to come
_PLAIN_TASKS = re.compile(r"nhiệm vụ(?:\s+(?:trọng tâm|chủ yếu|cụ thể|lớn))")


def find(
    page: Page, *, of_a_year: bool = False, of_term: str | None = None, page_term: str | None = None
) -> list[Scoreboard]:
    """Boards of the page, the counts of one term in one board.

    On a page `of_a_year` (a yearly or shorter review) a count is of the year, unless its sentence names the term; on a
    page about the resolution `of_term` every count is of that term, unless another is named.
    """
    said: dict[Key, dict[str, int]] = {}
    spans: dict[Key, tuple[int, int]] = {}
    last_term, last_end = None, -1
    terms = [said for said in page.of_kind("term") if (said.high or 0) - (said.value or 0) == 5]
    for number in page.of_kind("amount"):
        if number.unit_kind != "board" or number.value is None or number.value != int(number.value):
            continue
        counts = _counts(page, number)
        if not counts:
            continue
        counts = {**_bare_counts(page, number), **counts}
        if _goes_on(page, number, last_end):
            term = last_term
        else:
            term = _term_around(page, terms, number, of_a_year, page_term) or of_term
        last_term, last_end = term, number.end
        key = term, _is_set_anew(page, number, counts, said.get((term, False), {}))
        board = said.setdefault(key, {})
        if board and counts.get("total", 999) < max(board.get("total", 0), board.get("achieved", 0)):
            continue  # of one field only: `trong đó kinh tế 4/4 chỉ tiêu`
        for name, value in counts.items():
            board.setdefault(name, value)
        first, last = spans.setdefault(key, (number.start, number.end))
        if number.start < page.sentence_bounds(page.part_at(first))[1]:  # the shortest passage: one sentence
            spans[key] = (first, max(last, number.end))
    return [_board(key[0], counts, spans[key]) for key, counts in said.items()]


def _is_set_anew(page: Page, number: Number, counts: dict[str, int], board: dict[str, int]) -> bool:
    """`18/22 chỉ tiêu đạt … Năm 2026, phường đề ra 24 chỉ tiêu`: targets of another year, behind those met."""
    if board.get("total") is None or "achieved" not in board or counts != {"total": int(number.value or 0)}:
        return False
    first = max(page.sentence_bounds(page.part_at(number.start))[0], number.start - _NEAR)
    return counts["total"] != board["total"] and _SETS.search(page.low, first, number.start) is not None


def _board(term: str | None, counts: dict[str, int], span: tuple[int, int]) -> Scoreboard:
    said = counts.get
    return Scoreboard(
        term, said("total"), said("achieved"), said("exceeded"), said("early"), said("expected"), said("tasks"),
        said("breakthroughs"), span, 0.85, "boards.count",
    )  # fmt: skip


def _counts(page: Page, number: Number) -> dict[str, int]:
    low, value = page.low, int(number.value or 0)
    part = page.part_at(number.start)
    first = page.starts[part]
    before = low[max(first, number.start - 200) : number.start]
    ahead = _AHEAD.match(low, number.end)
    after = ahead.group().split(", trong đó")[0] if ahead else ""
    if number.unit.startswith("nhiệm vụ"):
        return {"tasks": value} if _PLAIN_TASKS.match(low, number.unit_start) and value < 60 else {}
    if "đột phá" in number.unit:
        if _OF_THE_NATION.match(low, number.unit_start):
            return {}
        return {"breakthroughs": value}
    if not number.unit.startswith("chỉ tiêu") or value > 120 or _OF_PEOPLE.match(low, number.unit_start):
        return {}
    if before.endswith("thiếu "):  # `tiêu chí môi trường còn thiếu 2 chỉ tiêu`
        return {}
    of = _OUT_OF.search(before) if number.planned is None else None
    if of is not None:
        return {"total": value, "achieved": int(of[of.lastindex or 1])}
    if number.planned is None and _ALL.search(before):  # `hoàn thành toàn bộ 24 chỉ tiêu`
        return {"total": value, "achieved": value}
    counts = {"total": int(number.planned)} if number.planned is not None else {}
    near = _NEXT_COUNT.split(after, 1)[0]  # up to the next count; `;` has ended it already
    if _NOT_MET.search(near) or _PARTLY.match(near):
        return counts
    if _LATER.match(near) and "khó" not in near:
        return {**counts, "expected": value}
    if _EXPECTED.search(before[-80:]):
        return {**counts, "expected": value}
    if _EARLY.search(near):
        return {**counts, "early": value}
    if _OVER_BEFORE.search(before) or ("vượt" in near and not _MET_OR_OVER.search(near)):
        return {**counts, "exceeded": value}
    if number.planned is not None or _DONE.search(near) or before[-20:].rstrip().endswith(("đạt", "hoàn thành")):
        return {**counts, "achieved": value}
    return {"total": value}


def _bare_counts(page: Page, number: Number) -> dict[str, int]:
    """Counts behind a board's own that do not say again what they count."""
    counts: dict[str, int] = {}
    lead = _NO_FIGURE.match(page.low, number.end)
    at = lead.end() if lead else number.end
    while bare := _BARE.match(page.low, at):
        if bare.lastgroup and bare.lastgroup != "unmet":
            counts.setdefault(bare.lastgroup, int(bare.group(1)))
        at = bare.end()
    return counts


def _goes_on(page: Page, number: Number, last_end: int) -> bool:
    """`17/17 chỉ tiêu năm 2024, trong đó 06 chỉ tiêu vượt`, `18 chỉ tiêu, 5 nhiệm vụ`: both of one board."""
    if last_end < 0 or number.start - last_end >= _ON_AT_MOST:
        return False
    between = page.low[last_end : number.start]
    return "trong đó" in between or _LISTED.fullmatch(between) is not None


def _term_around(page: Page, terms: list[Number], number: Number, of_a_year: bool, page_term: str | None) -> str | None:
    """The five-year term named right behind the count, else last before it; None for the board of a year.

    What a resolution sets (`xác định 18 chỉ tiêu`) is of the page's term, unless the sentence names one; so is what
    `nhiệm kỳ mới` is said of.
    """
    end = page.ends[page.part_at(number.start)]
    behind = page.low[number.end : min(end, number.end + 70)]
    if _OF_A_YEAR.match(behind):
        return None
    first = page.sentence_bounds(page.part_at(number.start))[0]
    of_a_year = of_a_year or _IN_A_YEAR.match(page.low, first) is not None
    index = bisect_left(terms, number.start, key=start_of)
    before = terms[index - 1] if index and not (of_a_year and terms[index - 1].start < first) else None
    near = number.end + 70
    if before is not None and before.start >= first and _only_held(page, first, before):
        before = None
    for said in terms[index : index + 3]:
        if said.start < end and (before is None or "nhiệm kỳ" in page.low[number.end : min(said.start, near)]):
            return said.iso
    if before is None:
        return None
    past = _term_before(page, before, number)
    if past != before.iso or page_term is None:
        return past
    anew = "nhiệm kỳ mới" in behind or (
        before.start < first and _RESOLVED.search(page.low, max(first, number.start - _NEAR), number.start) is not None
    )
    return page_term if anew else past


def _only_held(page: Page, first: int, term: Number) -> bool:
    """`Năm 2025, vừa tổ chức đại hội nhiệm kỳ 2025-2030, xã đạt 23/25 chỉ tiêu`: the congress is only mentioned."""
    if _IN_A_YEAR.match(page.low, first) is None:
        return False
    told = page.low[max(first, term.start - _NEAR) : term.start]
    return "đại hội" in told and "nghị quyết" not in told


def _term_before(page: Page, said: Number, number: Number) -> str | None:
    """`Đại hội … nhiệm kỳ 2020-2025 … nhiệm kỳ qua đạt 12/15 chỉ tiêu`: the term before the one it opens."""
    past = _TERM_PAST.search(page.low, max(0, number.start - _PAST_REACH), number.start)
    if past and said.end <= past.start() and "đại hội" in page.low[max(0, said.start - 60) : said.start]:
        return f"{int(said.value or 0) - 5}-{int(said.value or 0)}"
    return said.iso
