"""What benchmarks.register asks of a nation: reads through the selectors, writes through the services, beside SQL."""

import csv
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction

from benchmarks.nation import TERM, Size, periods
from nhiemky.register import selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Organisation, Place, Target
from nhiemky.values.period import Period

ENTERS, APPROVES = Actor("người nhập", "office"), Actor("người duyệt", "office")
Ask = Callable[[], object]
PAGE_MS, PROVINCE_MS = 50, 200  # what is asked of the 95th percentile


class Question(NamedTuple):
    """`plain` is the same as SQL, asked `times`: once where it reads every figure; `goal_ms` of the 95th percentile."""

    name: str
    ask: Ask
    plain: Ask | None = None
    goal_ms: int | None = None
    times: int = 20


class Asked:
    def __init__(self, size: Size, chance: random.Random) -> None:
        self.chance, self.months = chance, periods(size.months)
        self.last = self.months[-1]
        self.today, self.items = self.last.end, 0
        # Ids alone, as a page's address has: thousands of records held would be walked by each garbage collection.
        self.bodies = list(Organisation.objects.filter(level="commune").order_by("pk").values_list("pk", flat=True))
        self.provinces = list(Place.objects.filter(level="province").order_by("pk").values_list("pk", flat=True))
        self.heads = list(Organisation.objects.filter(level="province").order_by("pk").values_list("pk", flat=True))

    def reads(self) -> Iterator[Question]:
        body, place, last = self._body, self._place, self.last
        board, grid = selectors.board, selectors.province_grid
        yield Question("a body's board", lambda: board(body(), TERM, self.today), self._sql_board, PAGE_MS)
        yield Question("a body's latest figures", lambda: selectors.latest_of(body(), TERM), self._sql_latest)
        yield Question("a province's grid", lambda: grid(place(), last), self._sql_grid, PAGE_MS)
        yield Question("a province's grid, any month", lambda: grid(place(), self._month()), goal_ms=PAGE_MS)
        yield Question("a province's sums", lambda: selectors.province_roll(place(), last), self._sql_roll)
        score = self._sql_score
        yield Question("the national scorecard", lambda: selectors.scorecard(last), score, PAGE_MS, times=1)
        yield Question("who has not reported", lambda: selectors.not_reported(place(), last), self._sql_silent)
        yield Question("a body's gaps", lambda: selectors.gaps(body()))
        yield Question("a province's gaps", lambda: selectors.gaps(self._head()), self._sql_gaps, PROVINCE_MS)

    def writes(self) -> Iterator[Question]:
        yield Question("insert and approve, with summaries", self._insert, self._sql_insert)
        yield Question("a news item of a body", lambda: self._article(self._body()))
        yield Question("a news item of a province", lambda: self._article(self._head()), goal_ms=PROVINCE_MS)

    def approve(self, many: int) -> dict[str, Any]:
        """The figures of many bodies for the next period, sent and then approved by somebody else at one stroke."""
        versions = {}
        bodies = list(Organisation.objects.filter(pk__in=self.chance.sample(self.bodies, many)))
        for body in bodies:
            held = services.open_submission(body, "2025-Q4", TERM, ENTERS)
            targets = Target.objects.filter(organisation=body)
            services.enter_figures(
                held.pk, {one.pk: str(one.low).replace(".", ",") for one in targets}, ENTERS, held.version
            )
            held.refresh_from_db()
            versions[held.pk] = services.submit(held.pk, ENTERS, held.version).version
        began = time.perf_counter()
        services.approve_submissions(versions, APPROVES)
        spent = time.perf_counter() - began
        return {"results": many * 40, "seconds": round(spent, 2), "results_per_s": round(many * 40 / spent)}

    def import_rows(self, many: int) -> dict[str, Any]:
        """A flat file of one more period for as many bodies as it takes."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "so-lieu.csv"
            rows = self._flat_file(path, many)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.perf_counter()
            services.import_flat(path, ENTERS)
            spent = time.perf_counter() - began
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        return {"rows": rows, "seconds": round(spent, 1), "rows_per_s": round(rows / spent), "memory_mb": more}

    def _flat_file(self, path: Path, many: int) -> int:
        """Half of each goal, for the second half of the last year."""
        wanted = self.bodies[: -(-many // 40)]
        targets = Target.objects.filter(organisation__in=wanted).select_related("organisation")
        rows = 0
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, delimiter=";")
            out.writerow(("organisation", "term", "number", "target", "period", "value", "unit"))
            for one in targets.order_by("pk").iterator(chunk_size=2000):
                value = f"{(one.low or 0) / 2:.2f}".replace(".", ",")
                out.writerow((one.organisation.name, one.term, one.number, one.name, "2025-H2", value, one.unit))
                rows += 1
        return rows

    def _insert(self) -> None:
        target = self._target()
        made = services.add_result(target, ENTERS, period=f"2025-Q{self.chance.randrange(1, 4)}", value=1)
        services.approve_result(made.pk, APPROVES)

    def _body(self) -> Organisation:
        return Organisation.objects.select_related("place").get(pk=self.chance.choice(self.bodies))

    def _head(self) -> Organisation:
        return Organisation.objects.select_related("place").get(pk=self.chance.choice(self.heads))

    def _month(self) -> Period:
        return self.chance.choice(self.months)

    def _article(self, of: Organisation) -> None:
        """Held against what the body, those above and those below posted in the same month."""
        self.items += 1
        on = self.today - timedelta(days=self.chance.randrange(1500))
        where = f"https://mau.example.vn/moi/{self.items}"
        services.add_article(of, ENTERS, title=f"Tin mới số {self.items}", address=where, published_on=on)

    def _place(self) -> Place:
        return Place.objects.get(pk=self.chance.choice(self.provinces))

    def _target(self) -> int:
        return Target.objects.filter(organisation=self._body()).order_by("pk")[0].pk

    def _sql(self, statement: str, *values: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def _sql_board(self) -> None:
        body = self._body().pk
        self._sql("SELECT * FROM register_target WHERE organisation_id = %s", body)
        self._sql(
            "SELECT target_id, period, value, kind, as_of FROM register_result WHERE state = 'approved' "
            "AND target_id IN (SELECT id FROM register_target WHERE organisation_id = %s)", body,
        )  # fmt: skip

    def _sql_latest(self) -> None:
        self._sql(
            "SELECT target_id, MAX(period) FROM register_result WHERE state = 'approved' AND target_id IN "
            "(SELECT id FROM register_target WHERE organisation_id = %s) GROUP BY target_id",
            self._body().pk,
        )

    def _sql_grid(self) -> None:
        self._sql(
            "SELECT r.organisation_id, r.indicator_id, r.value FROM register_result r JOIN register_organisation o "
            "ON o.id = r.organisation_id JOIN register_place p ON p.id = o.place_id "
            "WHERE p.parent_id = %s AND r.period = %s", self._place().pk, str(self.last),
        )  # fmt: skip

    def _sql_roll(self) -> None:
        self._sql(
            "SELECT r.indicator_id, COUNT(*), SUM(r.value) FROM register_result r JOIN register_organisation o "
            "ON o.id = r.organisation_id JOIN register_place p ON p.id = o.place_id "
            "WHERE p.parent_id = %s AND r.period = %s GROUP BY r.indicator_id",
            self._place().pk, str(self.last),
        )  # fmt: skip

    def _sql_score(self) -> None:
        self._sql(
            "SELECT indicator_id, COUNT(*), SUM(value) FROM register_result WHERE period = %s GROUP BY indicator_id",
            str(self.last),
        )

    def _sql_silent(self) -> None:
        self._sql(
            "SELECT o.id FROM register_organisation o JOIN register_place p ON p.id = o.place_id "
            "WHERE p.parent_id = %s AND NOT EXISTS "
            "(SELECT 1 FROM register_result r WHERE r.organisation_id = o.id AND r.period = %s)",
            self._place().pk,
            str(self.last),
        )

    def _sql_gaps(self) -> None:
        self._sql(
            "SELECT d.* FROM register_document d WHERE d.organisation_id = %s AND NOT EXISTS "
            "(SELECT 1 FROM register_documentlink l WHERE l.to_id = d.id)", self._head().pk,
        )  # fmt: skip

    def _sql_insert(self) -> None:
        """The row alone, committed."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM register_result ORDER BY id DESC LIMIT 1")
            names = [column[0] for column in cursor.description][1:]
            row = list(cursor.fetchone())[1:]
            cursor.execute(
                f"INSERT INTO register_result ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})", row
            )
