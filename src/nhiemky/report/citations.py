"""Numbers the sources of a paper in the order it cites them, and writes their lines. Used while `midterm.py` builds."""

from collections.abc import Callable

from nhiemky.report.pack import BoardRow, Fact, Pack, Result, Source, Verdict
from nhiemky.report.paper import Figure, Line, Quote, SourceLine, Words
from nhiemky.values.figures import day


class Citations:
    """One number a source: the same sentence, record or rule always has the same `[n]`."""

    def __init__(self, pack: Pack, digest: str) -> None:
        self._pack = pack
        self._digest = digest
        self._by_id = {source.id: source for source in pack.sources}
        self._numbers: dict[str, int] = {}
        self._lines: list[SourceLine] = []

    def of_source(self, source_id: str | None, fallback: str, words: Line) -> int:
        """The number of a sentence of a document; without one, the record itself is the source and the line says so."""
        source = self._by_id.get(source_id) if source_id is not None else None
        if source is None:
            return self._number(fallback, lambda number: SourceLine(number, words))
        return self._number(f"source:{source.id}", lambda number: _sentence_line(number, source))

    def of_target(self, row: BoardRow) -> int:
        ref = f"target:{row.target.id}"
        words = (
            Words("Chỉ tiêu “"),
            Quote(row.target.name, f"{ref}.name"),
            Words("” ghi trong sổ, chưa gắn câu của văn bản."),
        )
        return self.of_source(row.target.source, ref, words)

    def of_result(self, result: Result) -> int:
        ref = f"result:{result.id}"
        words: list[Words | Figure | Quote] = [
            Words("Kết quả đã duyệt trong sổ, bản ghi số "),
            Figure(str(result.id), f"{ref}.id", mark=False),
            Words(", tính đến ngày "),
            Figure(day(result.as_of), f"{ref}.as_of", mark=False),
            Words("; không kèm câu của văn bản"),
        ]
        words += [Words(" ("), Quote(result.note, f"{ref}.note"), Words(").")] if result.note else [Words(".")]
        return self.of_source(result.source, ref, tuple(words))

    def of_fact(self, fact: Fact) -> int:
        ref = f"proposal:{fact.proposal}"
        words = (
            Words("Đề xuất đã được nhận, số "),
            Figure(str(fact.proposal), f"{ref}.proposal", mark=False),
            Words("; không kèm câu của văn bản."),
        )
        return self.of_source(fact.source, ref, words)

    def of_correction(self, at: int) -> int:
        """Both records of a correction, as the pack keeps them."""
        one, ref = self._pack.corrections[at], f"correction:{at}"
        words = (
            Words("Bản ghi số "),
            Figure(str(one.old.id), f"{ref}.old.id", mark=False),
            Words(" trong sổ, được thay bằng bản ghi số "),
            Figure(str(one.new.id), f"{ref}.new.id", mark=False),
            Words("."),
        )
        return self._number(ref, lambda number: SourceLine(number, words))

    def of_rule(self, verdict: Verdict) -> int:
        key = f"rule:{verdict.rule}/{verdict.version}"
        words = (
            Words("Tính từ số liệu đã chốt theo quy tắc "),
            Quote(verdict.rule, f"{key}.rule"),
            Words(", phiên bản "),
            Figure(str(verdict.version), f"{key}.version", mark=False),
            Words("."),
        )
        return self._number(key, lambda number: SourceLine(number, words))

    def of_board(self) -> int:
        words = (
            Words("Đếm trên bảng chỉ tiêu đã chốt ngày "),
            Figure(day(self._pack.as_of), "pack.as_of", mark=False),
            Words(" (Phụ lục kết quả thực hiện các chỉ tiêu; mã gói số liệu "),
            Quote(self._digest[:12], "pack.digest"),
            Words(")."),
        )
        return self._number("pack.rows", lambda number: SourceLine(number, words))

    def lines(self) -> tuple[SourceLine, ...]:
        return tuple(self._lines)

    def _number(self, key: str, make: Callable[[int], SourceLine]) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self._lines) + 1
            self._lines.append(make(self._numbers[key]))
        return self._numbers[key]


def _sentence_line(number: int, source: Source) -> SourceLine:
    return SourceLine(
        number,
        origin=document_line(source),
        before=source.sentence[: source.start],
        marked=source.sentence[source.start : source.end],
        after=source.sentence[source.end :],
    )


def document_line(source: Source) -> Line:
    """`Báo cáo số 12-BC/ĐU, ngày 05/01/2023 của Đảng ủy …: tên` as far as it is known."""
    ref = f"source:{source.id}"
    line: list[Words | Figure | Quote] = []
    if source.number:
        line += [Words("Văn bản số "), Quote(source.number, f"{ref}.number")]
    else:
        line += [Words("Tệp "), Quote(source.name or source.title or "không tên", f"{ref}.name")]
    if source.issued_on:
        line += [Words(", ngày "), Figure(day(source.issued_on), f"{ref}.issued_on", mark=False)]
    if source.issuer:
        line += [Words(", của "), Quote(source.issuer, f"{ref}.issuer")]
    if source.title:
        line += [Words(": "), Quote(source.title, f"{ref}.title", "italic")]
    return tuple(line)
