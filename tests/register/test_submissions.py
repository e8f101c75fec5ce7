"""A body's report of a period: entered, sent, taken back, returned and approved; two who approve it at once."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.register.builders import CLERK, target, ward
from tests.stores import Store

from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Latest, Organisation, Result, Score, Submission, Target
from nhiemky.register.services.records import values
from nhiemky.values.canonical import sha256_of

BODY = Actor("tram.y.te", "body")
OFFICE = Actor("chi.hoa", "office")
LEADER = Actor("bi.thu", "leader")


def report(of: Organisation, figures: dict[int, Any], period: str = "2022", *, sent: bool = True) -> Submission:
    held = services.open_submission(of, period, "2020-2025", BODY)
    services.enter_figures(held.pk, figures, BODY, held.version)
    held.refresh_from_db()
    return services.submit(held.pk, BODY, held.version) if sent else held


def three() -> tuple[Organisation, list[Target]]:
    of = ward()
    return of, [target(of, name, direction="at_most", low=10) for name in ("Hộ nghèo", "Hộ cận nghèo", "Hộ khó khăn")]


def states(held: Submission) -> list[tuple[float, str]]:
    return [(float(one.value), one.state) for one in held.results.order_by("target", "pk")]


def test_a_report_goes_its_way_to_the_board() -> None:
    of, targets = three()
    held = report(of, {targets[0].pk: "9", targets[1].pk: {"value": "14", "note": "biểu 02"}})
    assert services.open_submission(of, "2022", "2020-2025", BODY) == held
    assert states(held) == [(9, "submitted"), (14, "submitted")]
    assert not Latest.objects.exists()
    services.approve_submission(held.pk, OFFICE, held.version)
    held.refresh_from_db()
    assert (held.state, held.decided_by) == ("approved", "chi.hoa")
    assert {row.target_id: (float(row.value), row.reached) for row in Latest.objects.all()} == {
        targets[0].pk: (9, True), targets[1].pk: (14, False),
    }  # fmt: skip
    event = Event.objects.get(verb="approve_submission")
    digests = {one.pk: sha256_of(values(one)) for one in Result.objects.all()}
    assert dict(event.data["results"]) == digests
    assert events.verify() is None
    again = report(of, {targets[0].pk: "8"})
    assert again != held
    services.approve_submission(again.pk, OFFICE, again.version)
    assert Result.objects.get(submission=again).supersedes == Result.objects.get(submission=held, target=targets[0])
    assert Score.objects.get(indicator=targets[0].indicator).total == 8


def test_one_wrong_figure_and_none_is_kept_each_named_by_its_target() -> None:
    of, targets = three()
    held = services.open_submission(of, "2022", "2020-2025", BODY)
    other = target(ward("Đảng bộ phường Mộc Lan"), "Hộ nghèo")
    figures = {
        targets[0].pk: "9", targets[1].pk: "-3", targets[2].pk: {"value": "5", "as_of": "31/02/2022"}, other.pk: "4",
    }  # fmt: skip
    before = events.count()
    with pytest.raises(services.FiguresRefused, match="Hộ cận nghèo") as raised:
        services.enter_figures(held.pk, figures, BODY, held.version)
    told = {key: error.field for key, error in raised.value.errors.items()}
    assert told == {targets[1].pk: "value", targets[2].pk: "as_of", other.pk: "target"}
    assert (Result.objects.count(), events.count()) == (0, before)
    held.refresh_from_db()
    assert held.version == 1


def test_parts_that_do_not_make_the_whole_are_told_as_one_types() -> None:
    of = ward()
    whole, men, women = (target(of, name, unit="đảng viên", low=3) for name in ("Kết nạp", "Nam", "Nữ"))
    Target.objects.filter(pk__in=(men.pk, women.pk)).update(whole=whole)
    held = services.open_submission(of, "2022", "2020-2025", BODY)
    seen = services.check_entries(held, {whole.pk: "11", men.pk: "6", women.pk: "4"}, BODY)
    assert "cộng lại là 10 đảng viên, khác số chung 11 đảng viên" in seen.warnings[whole.pk][0]
    assert Result.objects.count() == 0
    services.enter_figures(held.pk, {whole.pk: "10", men.pk: "6"}, BODY, held.version)
    held.refresh_from_db()
    assert services.enter_figures(held.pk, {women.pk: "5"}, BODY, held.version).warnings.keys() == {whole.pk}
    held.refresh_from_db()
    assert services.enter_figures(held.pk, {women.pk: "4"}, BODY, held.version).warnings == {}


def test_a_returned_report_is_corrected_and_keeps_what_was_sent() -> None:
    of, targets = three()
    held = report(of, {targets[0].pk: 9, targets[1].pk: 14})
    with pytest.raises(ServiceError) as raised:
        services.return_submission(held.pk, OFFICE, held.version, "  ")
    assert raised.value.field == "reason"
    held = services.return_submission(held.pk, OFFICE, held.version, "14 khác biểu của huyện")
    assert (held.state, held.reason) == ("returned", "14 khác biểu của huyện")
    services.enter_figures(held.pk, {targets[0].pk: 9, targets[1].pk: 12}, BODY, held.version)
    held.refresh_from_db()
    held = services.submit(held.pk, BODY, held.version)
    assert states(held) == [(9, "submitted"), (14, "returned"), (12, "submitted")]
    services.approve_submission(held.pk, OFFICE, held.version)
    assert states(held) == [(9, "approved"), (14, "returned"), (12, "approved")]


def test_a_report_is_taken_back_until_somebody_decides() -> None:
    of, targets = three()
    held = report(of, {targets[0].pk: 9, targets[1].pk: 14})
    with pytest.raises(ServiceError, match="lấy lại"):
        services.enter_figures(held.pk, {targets[0].pk: 8}, BODY, held.version)
    held = services.take_back(held.pk, BODY, held.version)
    services.enter_figures(held.pk, {targets[0].pk: "8", targets[1].pk: ""}, BODY, held.version)
    held.refresh_from_db()
    assert states(held) == [(8, "proposed")]
    with pytest.raises(ServiceError, match="chưa gửi"):
        services.approve_submission(held.pk, OFFICE, held.version)
    held = services.submit(held.pk, BODY, held.version)
    held = services.approve_submission(held.pk, OFFICE, held.version)
    for late in (services.take_back, services.submit, services.approve_submission):
        with pytest.raises(ServiceError, match=r"chi\.hoa duyệt"):
            late(held.pk, BODY if late != services.approve_submission else LEADER, held.version)


def test_what_changed_since_it_was_seen_is_not_decided_on() -> None:
    of, targets = three()
    seen = report(of, {targets[0].pk: 9})
    held = services.take_back(seen.pk, BODY, seen.version)
    services.enter_figures(held.pk, {targets[0].pk: 90}, BODY, held.version)
    held.refresh_from_db()
    services.submit(held.pk, BODY, held.version)
    with pytest.raises(ServiceError, match="đã thay đổi") as raised:
        services.approve_submission(seen.pk, OFFICE, seen.version)
    assert raised.value.field == "version"
    assert not Latest.objects.exists()


def test_who_entered_or_sent_a_report_does_not_decide_on_it() -> None:
    of, targets = three()
    held = services.open_submission(of, "2022", "2020-2025", CLERK)
    services.enter_figures(held.pk, {targets[0].pk: 9}, CLERK, held.version)
    held.refresh_from_db()
    held = services.submit(held.pk, OFFICE, held.version)
    for actor in (CLERK, OFFICE):
        with pytest.raises(ServiceError, match="Không ai tự duyệt"):
            services.approve_submission(held.pk, actor, held.version)
        with pytest.raises(ServiceError, match="Không ai tự duyệt"):
            services.return_submission(held.pk, actor, held.version, "sai")
    with pytest.raises(ServiceError, match="cả lần báo số"):
        services.approve_result(Result.objects.get().pk, LEADER)
    services.approve_submission(held.pk, LEADER, held.version)
    assert Latest.objects.get().value == 9


def test_nothing_is_sent_for_a_closed_period_or_one_outside_the_term() -> None:
    of, targets = three()
    held = report(of, {targets[0].pk: 9})
    services.lock_period(of, "2022", LEADER, "chốt số")
    with pytest.raises(ServiceError, match="khóa"):
        services.approve_submission(held.pk, OFFICE, held.version)
    with pytest.raises(ServiceError, match="khóa"):
        services.open_submission(of, "2022-Q1", "2020-2025", BODY)
    with pytest.raises(ServiceError, match="nằm ngoài nhiệm kỳ"):
        services.open_submission(of, "2019", "2020-2025", BODY)
    empty = services.open_submission(of, "2023", "2020-2025", BODY)
    with pytest.raises(ServiceError, match="Chưa nhập"):
        services.submit(empty.pk, BODY, empty.version)


def test_a_body_reports_on_the_targets_it_leads_for_another() -> None:
    of, targets = three()
    body = services.add_organisation("Trạm y tế", "office", "commune", "phường Trúc Khê", Actor("qt", "admin"), of)
    Target.objects.filter(pk=targets[0].pk).update(lead=body)
    held = report(body, {targets[0].pk: 9})
    services.approve_submission(held.pk, OFFICE, held.version)
    assert Result.objects.get().organisation == of
    with pytest.raises(services.FiguresRefused, match="không thuộc"):
        report(body, {targets[1].pk: 9}, "2023")


def test_many_are_approved_together_or_none(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    of = ward()
    targets = [target(of, f"Chỉ tiêu {number}", low=10) for number in range(30)]
    held = [report(of, {one.pk: 11 for one in targets}, period) for period in ("2021", "2022")]
    with pytest.raises(ServiceError):
        services.approve_submissions({held[0].pk: held[0].version, held[1].pk: 99}, OFFICE)
    assert not Latest.objects.exists()
    with django_assert_max_num_queries(80):  # not one a figure: 60
        services.approve_submissions({one.pk: one.version for one in held}, OFFICE)
    assert Latest.objects.filter(period="2022", reached=True).count() == 30
    assert Event.objects.filter(verb="approve_submission").count() == 2


_START = """
import json, sys, time
from pathlib import Path
import django
django.setup()
from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
"""
_PREPARE = (
    _START
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
sys.path.insert(0, sys.argv[1])
from tests.register.test_submissions import report, target, ward
of = ward()
targets = [target(of, f"Chỉ tiêu {number}", low=10) for number in range(5)]
held = [report(of, {one.pk: 11 for one in targets}, period) for period in ("2021", "2022", "2023")]
print(json.dumps([[[one.pk, one.version] for one in held], [one.pk for one in targets]]))
"""
)
_APPROVE = (
    _START
    + """
from nhiemky.register.models import Target
Target.objects.count()
Path(sys.argv[1]).touch()
while not Path(sys.argv[2]).exists():
    time.sleep(0.001)
held, targets = json.loads(sys.argv[3])
said = []
for key, version in held:
    try:
        said.append(services.approve_submission(key, Actor(sys.argv[4]), version).state)
    except ServiceError as error:
        said.append(error.message)
    services.add_result(targets[0], Actor(sys.argv[4]), period="2024", value=len(said), approved=True)
print(json.dumps(said, ensure_ascii=False))
"""
)
_LOOK = (
    _START
    + """
wrong = [one for step in services.check_summaries() for one in step.differences]
print(json.dumps([len(wrong), events.verify()]))
"""
)


def test_two_approve_at_once_one_wins_and_the_sums_are_right(tmp_path: Path, store: Store) -> None:
    environment = store(tmp_path)

    def start(code: str, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", code, *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    keys = start(_PREPARE, str(Path(__file__).resolve().parents[2])).communicate(timeout=60)[0].strip()
    go = tmp_path / "go"
    ready = [tmp_path / name for name in ("lan", "minh")]
    clerks = [start(_APPROVE, str(flag), str(go), keys, flag.name) for flag in ready]
    while not all(flag.exists() for flag in ready):
        assert all(clerk.poll() is None for clerk in clerks)
    go.touch()
    said = [json.loads(clerk.communicate(timeout=60)[0]) for clerk in clerks]
    for first, second in zip(*said, strict=True):
        assert sorted(answer == "approved" for answer in (first, second)) == [False, True]
        assert any("duyệt. Hãy tải lại trang" in answer for answer in (first, second))
    assert json.loads(start(_LOOK).communicate(timeout=60)[0]) == [0, None]
