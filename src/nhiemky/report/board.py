"""The board as sentences: the count by verdict, what needs attention, results by field. `midterm.py` calls it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from nhiemky.report.citations import Citations
from nhiemky.report.pack import BoardRow
from nhiemky.report.paper import Block, Bullets, Figure, Heading, Inline, Line, Paragraph, Words
from nhiemky.report.phrases import NO_FIGURE, name_in_line, target_sentence
from nhiemky.values.figures import field_title
from nhiemky.values.kinds import WORST_FIRST, VerdictStatus

# In the order in which reviews speak: what is done first, what cannot be said last.
SPOKEN: tuple[tuple[VerdictStatus, str], ...] = (
    (VerdictStatus.EXCEEDED, "vượt"),
    (VerdictStatus.MET, "đạt"),
    (VerdictStatus.ON_TRACK, "đang thực hiện đúng lộ trình"),
    (VerdictStatus.AT_RISK, "có nguy cơ không đạt"),
    (VerdictStatus.MISSED, "không đạt"),
    (VerdictStatus.NOT_DUE, "chưa đến kỳ đánh giá"),
    (VerdictStatus.NO_DATA, NO_FIGURE),
    (VerdictStatus.UNDECIDABLE, "chưa đủ căn cứ đánh giá"),
    (VerdictStatus.ADJUSTED, "đã điều chỉnh"),
    (VerdictStatus.DROPPED, "thôi thực hiện"),
)

# What a review is expected to cover, and the words by which a field heading shows that it covers it.
EXPECTED_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Kinh tế, đô thị, môi trường", ("kinh tế", "đô thị", "môi trường", "nông nghiệp", "ngân sách")),
    ("Văn hóa, xã hội", ("văn hóa", "văn hoá", "xã hội", "giáo dục", "y tế")),
    ("Quốc phòng, an ninh", ("quốc phòng", "an ninh", "quân sự", "nội chính")),
    ("Xây dựng Đảng và hệ thống chính trị", ("xây dựng đảng", "hệ thống chính trị", "tổ chức đảng")),
    ("Chính quyền, Mặt trận Tổ quốc và các đoàn thể", ("chính quyền", "mặt trận", "đoàn thể")),
    ("Nhiệm vụ trọng tâm, khâu đột phá", ("trọng tâm", "đột phá")),
)


def status_of(row: BoardRow) -> VerdictStatus:
    return VerdictStatus(row.verdict.status)


def with_status(rows: Iterable[BoardRow], *statuses: VerdictStatus) -> list[BoardRow]:
    """Rows that stand so, worst first: an adjusted target by its goal in force."""
    found = [row for row in rows if row.verdict.stands in statuses]
    return sorted(found, key=lambda row: WORST_FIRST.index(row.verdict.stands))


def count_line(rows: Sequence[BoardRow], cite: Citations, scope: str = "") -> Line:
    """`3 chỉ tiêu vượt; 5 chỉ tiêu đạt; …`; `scope` tells the counts of a field from those of the board."""
    counts = Counter(status_of(row) for row in rows)
    line: list[Inline] = []
    for status, words in SPOKEN:
        if counts[status]:
            line += [Words("; ")] if line else []
            line += [count_figure(counts[status], f"count{scope}.{status}", cite), Words(f" chỉ tiêu {words}")]
        if status is VerdictStatus.ADJUSTED:
            line += _standing(rows, cite, scope)
    return tuple(line)


def _standing(rows: Sequence[BoardRow], cite: Citations, scope: str) -> list[Inline]:
    """` (theo mức đang có hiệu lực: 01 đúng lộ trình, 01 không đạt)` behind the count of those adjusted."""
    counts = Counter(row.verdict.standing for row in rows if status_of(row) is VerdictStatus.ADJUSTED)
    line: list[Inline] = []
    for status, words in SPOKEN:
        if counts[status]:
            line += [Words(", " if line else " (theo mức đang có hiệu lực: ")]
            line += [count_figure(counts[status], f"count{scope}.standing.{status}", cite), Words(f" {words}")]
    return [*line, Words(")")] if line else []


def count_figure(count: int, ref: str, cite: Citations, *, mark: bool = False) -> Figure:
    return Figure(f"{count:02d}" if count else "0", ref, cite.of_board(), mark=mark)


def names_line(rows: Sequence[BoardRow]) -> Line:
    line: list[Inline] = []
    for row in rows:
        line += [Words("; ")] if line else []
        line += name_in_line(row)
    return tuple(line)


def attention_blocks(rows: Sequence[BoardRow]) -> list[Block]:
    """Which targets need direction, which need figures; nothing is printed for an empty list."""
    asks = (
        ("Không đạt", VerdictStatus.MISSED),
        ("Có nguy cơ không đạt", VerdictStatus.AT_RISK),
        ("Chưa đủ căn cứ đánh giá", VerdictStatus.UNDECIDABLE),
        ("Chưa có số liệu", VerdictStatus.NO_DATA),
    )
    items: list[Line] = []
    for title, status in asks:
        found = with_status(rows, status)
        if found:
            items.append((Words(f"{title}: ", "bold"), *names_line(found), Words(".")))
    return (
        [Paragraph((Words("Các chỉ tiêu cần tập trung lãnh đạo, chỉ đạo:"),)), Bullets(tuple(items))] if items else []
    )


def by_field(rows: Sequence[BoardRow]) -> list[tuple[str, list[BoardRow]]]:
    """Rows grouped by the field heading of the resolution, in the order of the board."""
    return [(field, list(group)) for field, group in groupby(rows, key=lambda row: row.target.field)]


def field_blocks(rows: Sequence[BoardRow], cite: Citations, merits: Sequence[Line] = ()) -> list[Block]:
    """Results by field: one sentence a target; a field of the outline without any target says so and asks for words;
    last, ratings and commendations where documents tell any."""
    blocks: list[Block] = []
    groups = by_field(rows)
    place = 0
    for place, (field, group) in enumerate(groups, start=1):
        blocks.append(_field_heading(place, field_title(field) or "Lĩnh vực chưa phân loại"))
        blocks.append(Paragraph(_field_lead(group, place, cite)))
        blocks.append(Bullets(tuple(target_sentence(row, cite) for row in group)))
        blocks.append(prompt("kết quả nổi bật, cách làm hay của lĩnh vực này"))
    covered = " ".join(field.casefold() for field, _ in groups)
    for title, words in EXPECTED_FIELDS:
        if not any(word in covered for word in words):
            place += 1
            blocks.append(_field_heading(place, title))
            blocks.append(Paragraph((Words("Trong sổ chưa có chỉ tiêu, số liệu của lĩnh vực này."),)))
            blocks.append(prompt(f"kết quả về {title[0].lower()}{title[1:]}"))
    if merits:
        blocks += [_field_heading(place + 1, "Xếp loại, khen thưởng"), Bullets(tuple(merits))]
    return blocks


def _field_lead(rows: Sequence[BoardRow], place: int, cite: Citations) -> Line:
    total = count_figure(len(rows), f"count:{place}.total", cite)
    statuses = {status_of(row) for row in rows}
    if len(statuses) == 1:
        said = dict(SPOKEN)[statuses.pop()]
        return Words("Có "), total, Words(f" chỉ tiêu, {'đều ' if len(rows) > 1 else 'kết quả: '}{said}.")
    return Words("Có "), total, Words(" chỉ tiêu, trong đó "), *count_line(rows, cite, f":{place}"), Words(".")


def _field_heading(place: int, title: str) -> Heading:
    return Heading(3, (Figure(f"{place}.", "outline", mark=False), Words(f" {title}")))


def prompt(ask: str, *extra: Inline) -> Paragraph:
    """`[Đơn vị viết: …]`: what a person has still to write, with what the data suggest."""
    return Paragraph((Words(f"[Đơn vị viết: {ask}"), *extra, Words("]")), "prompt")
