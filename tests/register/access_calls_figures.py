"""One call of each service of figures, submissions and periods, for the matrix of access."""

import tempfile
from itertools import count
from pathlib import Path

from tests.register.access_calls import LEADER, Call, call
from tests.register.builders import CLERK, target
from tests.register.exchange import fill

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.exchange import export_targets, figures_template
from nhiemky.register.models import Organisation, Result, Submission, Target

BODY = Actor("nguoi.bao", "body")
TRIED = "nguoi.thu"  # the account of test_access_matrix.py: only who decided may take that back
_numbers = count(1)


def _target(of: Organisation) -> Target:
    return target(of, f"Hộ cận nghèo thứ {next(_numbers)}")


def _approved(of: Organisation) -> Result:
    return services.add_result(_target(of).pk, CLERK, period="2022", value=30, approved=True)


def _entered(of: Organisation) -> Submission:
    held = services.open_submission(of, "2021", "2020-2025", BODY)
    services.enter_figures(held.pk, {_target(of).pk: 30}, BODY, held.version)
    held.refresh_from_db()
    return held


def _sent(of: Organisation) -> Submission:
    held = _entered(of)
    return services.submit(held.pk, BODY, held.version)


@call
def correct_result(of: Organisation) -> Call:
    held = _approved(of)
    return lambda actor: services.correct_result(held.pk, actor, 31, "đếm lại")


@call
def lock_period(of: Organisation) -> Call:
    return lambda actor: services.lock_period(of, "2024", actor, "chốt số")


@call
def reopen_period(of: Organisation) -> Call:
    services.lock_period(of, "2024", LEADER, "chốt số")
    return lambda actor: services.reopen_period(of, "2024", actor, "rà lại")


@call
def open_submission(of: Organisation) -> Call:
    return lambda actor: services.open_submission(of, "2023", "2020-2025", actor)


@call
def enter_figures(of: Organisation) -> Call:
    held, aim = _entered(of), _target(of)
    return lambda actor: services.enter_figures(held.pk, {aim.pk: 30}, actor, held.version)


@call
def check_entries(of: Organisation) -> Call:
    held = _entered(of)
    return lambda actor: services.check_entries(held, {}, actor)


@call
def submit(of: Organisation) -> Call:
    held = _entered(of)
    return lambda actor: services.submit(held.pk, actor, held.version)


@call
def take_back(of: Organisation) -> Call:
    held = _sent(of)
    return lambda actor: services.take_back(held.pk, actor, held.version)


@call
def approve_submission(of: Organisation) -> Call:
    held = _sent(of)
    return lambda actor: services.approve_submission(held.pk, actor, held.version)


@call
def approve_submissions(of: Organisation) -> Call:
    held = _sent(of)
    return lambda actor: services.approve_submissions({held.pk: held.version}, actor)


@call
def return_submission(of: Organisation) -> Call:
    held = _sent(of)
    return lambda actor: services.return_submission(held.pk, actor, held.version, "thiếu biểu")


@call
def withdraw_decision(of: Organisation) -> Call:
    held = services.add_result(_target(of).pk, CLERK, period="2022", value=30)
    services.approve_result(held.pk, Actor(TRIED, "leader"))
    return lambda actor: services.withdraw_decision(held.pk, actor)


@call
def withdraw_submission_decision(of: Organisation) -> Call:
    held = _sent(of)
    held = services.approve_submission(held.pk, Actor(TRIED, "leader"), held.version)
    return lambda actor: services.withdraw_submission_decision(held.pk, actor, held.version)


def _form(of: Organisation) -> Path:
    """A form with one figure filled in."""
    held = _target(of)
    path = Path(tempfile.mkdtemp()) / "bieu.xlsx"
    path.write_bytes(figures_template(of, "2020-2025", "2022"))
    return fill(path, {held: 30})


@call
def preview_figures(of: Organisation) -> Call:
    path = _form(of)
    return lambda actor: services.preview_figures(path, actor)


@call
def import_figures(of: Organisation) -> Call:
    seen = services.preview_figures(_form(of), CLERK)
    return lambda actor: services.import_figures(seen, actor)


def _flat(of: Organisation) -> Path:
    path = Path(tempfile.mkdtemp()) / "so.csv"
    path.write_text(f"organisation;target;period;value\n{of.name};{_target(of).name};2022;30\n", encoding="utf-8")
    return path


@call
def preview_flat(of: Organisation) -> Call:
    path = _flat(of)
    return lambda actor: services.preview_flat(path, actor)


@call
def import_flat(of: Organisation) -> Call:
    path = _flat(of)
    return lambda actor: services.import_flat(path, actor)


def _annex(of: Organisation) -> Path:
    """An annex in which one goal was changed."""
    rows = b"".join(export_targets([of], "csv", _target(of).term)).decode()
    path = Path(tempfile.mkdtemp()) / "chi-tieu.csv"
    path.write_text(rows.replace(";30;", ";31;"), encoding="utf-8", newline="")
    return path


@call
def preview_targets(of: Organisation) -> Call:
    path = _annex(of)
    return lambda actor: services.preview_targets(path, actor)


@call
def import_targets(of: Organisation) -> Call:
    seen = services.preview_targets(_annex(of), CLERK)
    return lambda actor: services.import_targets(seen, actor)
