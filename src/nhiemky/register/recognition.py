"""Reads of ratings, commendations and campaigns of organisations: levels with their sums, totals, what runs today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from nhiemky.register.models import Campaign, Commendation, Organisation, Rating
from nhiemky.values.kinds import RatingLevel


@dataclass(frozen=True)
class RatedBodies:
    """So many bodies of one kind at each level (best first); `unrated` are those of `total` without a level."""

    of: str
    total: int
    levels: tuple[tuple[RatingLevel, int], ...]
    unrated: int


@dataclass(frozen=True)
class RatingYear:
    """`own`: how the organisation itself was rated."""

    year: int
    own: Rating | None
    bodies: tuple[RatedBodies, ...]


@dataclass(frozen=True)
class Commended:
    rows: tuple[Commendation, ...]
    collectives: int
    individuals: int


def rating_years(of: Organisation) -> tuple[RatingYear, ...]:
    """Every year with a rating, newest first."""
    held = list(Rating.objects.filter(organisation=of).select_related("document").defer("document__text"))
    years = sorted({one.year for one in held}, reverse=True)
    return tuple(_year(year, [one for one in held if one.year == year]) for year in years)


def commended(of: Organisation, year: int | None = None) -> Commended:
    """Commendations of a year, or all, with the sums of what is known."""
    held = Commendation.objects.filter(organisation=of)
    if year is not None:
        held = held.filter(year=year)
    sums = held.aggregate(collectives=Sum("collectives"), individuals=Sum("individuals"))
    return Commended(tuple(held), sums["collectives"] or 0, sums["individuals"] or 0)


def campaigns(of: Organisation) -> QuerySet[Campaign]:
    return Campaign.objects.filter(organisation=of).prefetch_related("bodies")


def campaigns_on(of: Organisation, today: date) -> QuerySet[Campaign]:
    """Those that run on the day."""
    return campaigns(of).filter(starts_on__lte=today, ends_on__gte=today)


def _year(year: int, held: list[Rating]) -> RatingYear:
    kinds = dict.fromkeys(one.of for one in held if one.of)
    own = next((one for one in held if not one.of), None)
    return RatingYear(year, own, tuple(_bodies(of, [one for one in held if one.of == of]) for of in kinds))


def _bodies(of: str, held: list[Rating]) -> RatedBodies:
    counts = {one.level: one.count or 0 for one in held}
    total = held[0].total or 0
    levels = tuple((level, counts[level]) for level in RatingLevel if level in counts)
    return RatedBodies(of, total, levels, total - sum(counts.values()))
