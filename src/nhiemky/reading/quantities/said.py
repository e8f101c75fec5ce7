"""A period that a page speaks of, with its place; made by `periods` and `relative`."""

from msgspec import Struct


class PeriodSaid(Struct, frozen=True, gc=False):
    period: str
    start: int
    end: int
