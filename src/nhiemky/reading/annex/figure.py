"""A figure of an annex with what it belongs to, as facts and doubts about them are made of it."""

from msgspec import Struct

from nhiemky.reading.annex.amounts import Amount
from nhiemky.reading.annex.records import Column
from nhiemky.reading.annex.rows import Line


class Figure(Struct, frozen=True, gc=False):
    """`amount` is in `unit`; `start:end` is the cell in the text."""

    line: Line
    column: Column
    amount: Amount
    unit: str
    start: int
    end: int

    @property
    def period(self) -> str | None:
        """The column's period; of a part of its year where the cell says so."""
        told = self.column.period
        return f"{told[:4]}-{self.amount.part}" if told and self.amount.part else told
