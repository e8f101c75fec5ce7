"""A nation by seed, in the register's own tables: organisations, targets, a figure a month, papers. For
benchmarks.register.

Rows are written by the database from a few templates (`INSERT … SELECT`), so that twenty million take minutes; every
figure follows from the seed and its place in the table, so that both databases hold the same nation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from benchmarks import nation_papers as papers
from nhiemky.register.models import Indicator, Organisation, Place, Result, Target
from nhiemky.values.period import Period, Term

PROVINCES = 34
TERM = Term(2020, 2025)
# name, unit, nature, aggregation, direction, low; forty indicators are these eight over five fields
KINDS = (
    ("Thu ngân sách", "đồng", "flow", "sum", "at_least", 2_500_000_000),
    ("Tỷ lệ bao phủ bảo hiểm y tế", "%", "rate", "none", "at_least", 95),
    ("Tỷ lệ hộ nghèo", "%", "rate", "none", "at_most", 1),
    ("Số đảng viên kết nạp", "người", "flow", "sum", "at_least", 12),
    ("Diện tích trồng mới", "ha", "flow", "sum", "at_least", 40),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn", "%", "rate", "none", "at_least", 99),
    ("Số hộ dùng nước sạch", "hộ", "stock", "sum", "at_least", 1800),
    ("Số lao động được đào tạo", "người", "flow", "sum", "at_least", 60),
)


@dataclass(frozen=True)
class Size:
    organisations: int = 8000
    targets: int = 40
    months: int = 60

    @property
    def results(self) -> int:
        return self.organisations * self.targets * self.months


def build(size: Size, seed: int, say: Callable[[str], None]) -> None:
    """Fill an empty, migrated database; `say` is told how far it is."""
    with transaction.atomic():
        _bodies(size)
        targets, results = _templates(size)
    _without_indexes(Result)
    _keys_checked(False)
    for done, slice_ in enumerate(_slices(size), start=1):
        with transaction.atomic():
            aims = _copy(Target, _target_columns(), _FROM_TARGETS, [*targets, *slice_])
            figures = _copy(Result, _result_columns(seed), _FROM_MONTHS, [*results, targets[1], *slice_])
        say(f"phần {done}/{PROVINCES}: {aims:,} chỉ tiêu, {figures:,} kết quả")
    _keys_checked(True)
    say("chỉ mục")
    _with_indexes(Result)
    with transaction.atomic():
        Result.objects.filter(pk__range=results)._raw_delete(connection.alias)
        Target.objects.filter(pk__range=targets)._raw_delete(connection.alias)
    say("số mới nhất, tổng hợp")
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (_LATEST, _ROLL, _SCORE):
            cursor.execute(statement, [str(periods(size.months)[-1])] if statement is _LATEST else None)
    say("văn bản, bài đăng")
    papers.build(seed)
    with connection.cursor() as cursor:
        # What autovacuum has done to a register that grew over years; SQLite has nothing of the kind.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _bodies(size: Size) -> None:
    """The template's body, the provinces, and the communes in equal shares below them."""
    provinces = Place.objects.bulk_create(
        Place(name=f"tỉnh số {number:02}", level="province", code=f"{number:02}") for number in range(1, PROVINCES + 1)
    )
    heads = Organisation.objects.bulk_create(
        Organisation(name=f"Đảng bộ {place}", kind="party_committee", level="province", place=place)
        for place in provinces
    )
    below = size.organisations - len(heads)
    share = [below // PROVINCES + (number < below % PROVINCES) for number in range(PROVINCES)]
    for head, many in zip(heads, share, strict=True):
        communes = Place.objects.bulk_create(
            Place(name=f"xã {number:03} {head.place}", level="commune", parent=head.place) for number in range(many)
        )
        Organisation.objects.bulk_create(
            Organisation(name=f"Đảng bộ {place}", kind="party_committee", level="commune", place=place, parent=head)
            for place in communes
        )


def _templates(size: Size) -> tuple[tuple[int, int], tuple[int, int]]:
    """The targets of one body and the months of one target, which all others are written from: first and last ids."""
    first = Organisation.objects.order_by("pk")[0]
    made = []
    for number in range(size.targets):
        name, unit, nature, aggregation, direction, low = KINDS[number % len(KINDS)]
        named = f"{name} (lĩnh vực {number // len(KINDS) + 1})"
        indicator = Indicator.objects.create(
            name=named, folded_name=named.lower(), unit=unit, nature=nature, aggregation=aggregation,
            polarity="down" if direction == "at_most" else "up",
        )  # fmt: skip
        made.append(
            Target(
                organisation=first, indicator=indicator, term=str(TERM), number=1000 + number, name=named, unit=unit,
                direction=direction, low=low, meaning="each_year" if nature == "flow" else "by_deadline",
                deadline=TERM.last_day, added_at=timezone.now(),
            )
        )  # fmt: skip
    targets = Target.objects.bulk_create(made)
    months = Result.objects.bulk_create(
        Result(
            organisation=first, target=targets[0], indicator=targets[0].indicator, period=str(period), value=0,
            as_of=period.end, state="approved", decided_by="mẫu", decided_at=timezone.now(), added_by="mẫu",
            added_at=timezone.now(),
        )
        for period in periods(size.months)
    )  # fmt: skip
    return (targets[0].pk, targets[-1].pk), (months[0].pk, months[-1].pk)


def periods(months: int) -> list[Period]:
    first = TERM.years[0]
    return [Period(first + number // 12, f"M{number % 12 + 1:02}") for number in range(months)]


def _slices(size: Size) -> Iterator[tuple[int, int]]:
    """First and last ids of organisations, in as many parts as there are provinces."""
    first = Organisation.objects.order_by("pk").values_list("pk", flat=True)[0]
    step = -(-size.organisations // PROVINCES)
    for start in range(first, first + size.organisations, step):
        yield start, min(start + step, first + size.organisations) - 1


def _columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]


def _target_columns() -> dict[str, str]:
    """Column → where it comes from: `o` the organisation, `t` the template."""
    said = {column: f"t.{column}" for column in _columns(Target)}
    return said | {"organisation_id": "o.id", "number": "t.number - 999"}


def _result_columns(seed: int) -> dict[str, str]:
    """A figure goes from half of its goal to a tenth above it over the term, with a jitter by seed."""
    said = {column: f"r.{column}" for column in _columns(Result)}
    month = "(CAST(substr(r.period, 1, 4) AS integer) - 2021) * 12 + CAST(substr(r.period, 7, 2) AS integer)"
    jitter = f"(((t.id * 7919 + ({month}) * 104729 + {seed}) % 1000) / 2500.0 - 0.2)"
    # Decimals of the databases differ from the seventh place on.
    value = f"round(CAST(t.low * (0.5 + 0.01 * ({month}) + {jitter}) AS numeric), 2)"
    return said | {
        "organisation_id": "t.organisation_id", "target_id": "t.id", "indicator_id": "t.indicator_id",
        "unit": "t.unit", "value": value,
    }  # fmt: skip


_FROM_TARGETS = (
    "register_organisation o CROSS JOIN register_target t "
    "WHERE t.id BETWEEN %s AND %s AND o.id BETWEEN %s AND %s ORDER BY o.id, t.number"
)
_FROM_MONTHS = (
    "register_target t CROSS JOIN register_result r "
    "WHERE r.id BETWEEN %s AND %s AND t.id > %s AND t.organisation_id BETWEEN %s AND %s ORDER BY t.id, r.period"
)


# One figure a target and period, all official: what is in force is what there is.
_REACHED = "CASE t.direction WHEN 'at_least' THEN r.value >= t.low ELSE r.value <= t.low END"
_JOINED = "register_result r JOIN register_target t ON t.id = r.target_id"
_LATEST = (
    "INSERT INTO register_latest (target_id, result_id, organisation_id, period, running_total, value, reached) "
    f"SELECT t.id, r.id, t.organisation_id, r.period, r.running_total, r.value, {_REACHED} "
    f"FROM {_JOINED} WHERE r.period = %s"
)
_ROLL = (
    "INSERT INTO register_roll (place_id, indicator_id, period, running_total, n, total, reached) "
    "SELECT p.parent_id, t.indicator_id, r.period, r.running_total, COUNT(*), SUM(r.value), "
    f"SUM(CASE WHEN {_REACHED} THEN 1 ELSE 0 END) FROM {_JOINED} "
    "JOIN register_organisation o ON o.id = t.organisation_id JOIN register_place p ON p.id = o.place_id "
    "WHERE o.level = 'commune' GROUP BY p.parent_id, t.indicator_id, r.period, r.running_total"
)
_SCORE = (
    "INSERT INTO register_score (indicator_id, period, running_total, n, total, reached) "
    "SELECT indicator_id, period, running_total, SUM(n), SUM(total), SUM(reached) FROM register_roll "
    "GROUP BY indicator_id, period, running_total"
)


def _copy(model: type[Model], columns: dict[str, str], source: str, values: list[int]) -> int:
    said = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {source}"
    )
    with connection.cursor() as cursor:
        cursor.execute(said.replace(" % ", " %% "), values)
        return int(cursor.rowcount)


def _keys_checked(on: bool) -> None:
    """PostgreSQL looks up each foreign key, row by row; the templates of all rows have been checked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET session_replication_role = {'origin' if on else 'replica'}")


def _without_indexes(model: type[Model]) -> None:
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:
            editor.remove_index(model, index)


def _with_indexes(model: type[Model]) -> None:
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:
            editor.add_index(model, index)
