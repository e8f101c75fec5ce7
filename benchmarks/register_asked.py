"""What benchmarks.register asks of a nation: reads through the selectors, writes through the services, beside SQL."""

import csv
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from benchmarks.nation import TERM, Size, periods
from nhiemky.register import selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Organisation, Place, Target

ENTERS, APPROVES = Actor("người nhập", "office"), Actor("người duyệt", "office")
Ask = Callable[[], object]


class Asked:
    def __init__(self, size: Size, chance: random.Random) -> None:
        self.chance, self.last = chance, periods(size.months)[-1]
        self.today = self.last.end
        # Ids alone, as a page's address has: thousands of records held would be walked by each garbage collection.
        self.bodies = list(Organisation.objects.filter(level="commune").order_by("pk").values_list("pk", flat=True))
        self.provinces = list(Place.objects.filter(level="province").order_by("pk").values_list("pk", flat=True))

    def reads(self) -> Iterator[tuple[str, Ask, Ask, bool]]:
        """Name, the question, the same as SQL, and whether that is too slow to be asked more than once."""
        body, place = self._body, self._place
        yield "a body's board", lambda: selectors.board(body(), TERM, self.today), self._sql_board, False
        yield "a body's latest figures", lambda: selectors.latest_of(body(), TERM), self._sql_latest, False
        yield "a province's grid", lambda: selectors.province_grid(place(), self.last), self._sql_grid, False
        yield "a province's sums", lambda: selectors.province_roll(place(), self.last), self._sql_roll, False
        yield "the national scorecard", lambda: selectors.scorecard(self.last), self._sql_score, True
        yield "who has not reported", lambda: selectors.not_reported(place(), self.last), self._sql_silent, False

    def writes(self) -> Iterator[tuple[str, Ask, Ask]]:
        yield "insert and approve, with summaries", self._insert, self._sql_insert

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

    def _sql_insert(self) -> None:
        """The row alone, committed."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM register_result ORDER BY id DESC LIMIT 1")
            names = [column[0] for column in cursor.description][1:]
            row = list(cursor.fetchone())[1:]
            cursor.execute(
                f"INSERT INTO register_result ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})", row
            )
