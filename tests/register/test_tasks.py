"""Tasks from the day they are given to their acceptance: who may do what, what is kept, what the board says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.register.builders import document, target
from tests.register.conftest import Clock
from tests.register.office import Office, conclusion, office, paper, task

from nhiemky.register import events, work
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Organisation, Task, TaskStep
from nhiemky.register.services import tasks

JUNE = date(2026, 6, 15)


@pytest.fixture
def at(clock: Clock) -> Office:
    clock("04/05/2026")
    return office()


def refused(field: str, words: str, act: Callable[[], Any]) -> None:
    before = events.count()
    with pytest.raises(ServiceError, match=words) as raised:
        act()
    assert raised.value.field == field
    assert events.count() == before


def test_a_task_comes_from_a_conclusion_and_takes_its_words(at: Office) -> None:
    from_it = conclusion(at)
    aim = target(at.ward, "Hộ nghèo")
    made = tasks.add_task(
        at.ward, at.clerk, owner=at.cell, coordinators=[at.school, at.people], conclusion_id=from_it.pk,
        product="Kế hoạch", due_on="30/06/2026", targets=[aim],
    )  # fmt: skip
    assert (made.title, made.assigned_on) == ("Lập kế hoạch xóa hộ nghèo", date(2026, 5, 4))
    assert made.due_on == made.original_due_on == date(2026, 6, 30)
    line = work.task(made.pk, JUNE).line
    assert line.source == "kết luận số 1, Hội nghị cấp ủy tháng 4, ngày 28/04/2026"
    assert {body.name for body in made.coordinators.all()} == {"Chi bộ trường tiểu học", "UBND phường Trúc Khê"}
    assert [one.task for one in work.tasks_for_target(aim.pk, JUNE)] == [made]


def test_a_task_comes_from_a_document_and_the_words_in_it(at: Office) -> None:
    held = paper(at.ward)
    start = held.text.index("kết nạp")
    made = task(at, document=held, span=(start, start + 7), title="Kết nạp đảng viên")
    assert held.text[made.span_start : made.span_end] == "kết nạp"
    assert work.task(made.pk, JUNE).line.source == held.title


def test_a_task_that_cannot_be_is_refused(at: Office) -> None:
    held = paper(at.ward)

    def give(**more: Any) -> Task:
        known: dict[str, Any] = {"owner": at.cell, "title": "Rà soát", "document": held}
        return tasks.add_task(at.ward, at.clerk, **(known | more))

    refused("document", "cần xuất xứ", lambda: give(document=None))
    refused("owner", "không ở dưới, cũng không cùng địa bàn", lambda: give(owner=at.other))
    refused("coordinators", "Mai Lĩnh", lambda: give(coordinators=[at.other]))
    refused("coordinators", "không đồng thời", lambda: give(coordinators=[at.cell]))
    refused("title", "Chưa có nội dung nhiệm vụ", lambda: give(title=" "))
    refused("due_on", "Hạn 03/05/2026 trước ngày giao 04/05/2026", lambda: give(due_on="03/05/2026"))
    refused("due_on", "ngày có thật", lambda: give(due_on="31/02/2026"))
    refused("assigned_on", "Ngày 05/05/2026 chưa đến", lambda: give(assigned_on="05/05/2026"))
    Organisation.objects.filter(pk=at.school.pk).update(valid_to=date(2026, 5, 3))
    at.school.refresh_from_db()
    refused("owner", "chỉ có đến ngày 03/05/2026. Hãy chọn đơn vị kế tục", lambda: give(owner=at.school))
    other = Office(at.other, at.cell, at.school, at.people, at.ward)
    foreign = conclusion(other)
    refused("conclusion_id", "do đơn vị khác tổ chức", lambda: give(conclusion_id=foreign.pk))
    with pytest.raises(NotFound, match="kết luận số 999"):
        give(conclusion_id=999)
    assert not Task.objects.exists()


def test_the_owner_reports_and_someone_else_accepts(at: Office, clock: Clock) -> None:
    made = task(at)
    clock("29/06/2026")
    refused("text", "cần minh chứng", lambda: tasks.report_done(made.pk, at.body(at.cell)))
    refused("", "không", lambda: tasks.report_done(made.pk, at.body(at.school), text="Đã xong"))
    refused("", "chưa được báo xong", lambda: tasks.accept_task(made.pk, at.leader))
    tasks.report_done(made.pk, at.body(at.cell), text="Đã rà soát 120 hộ")
    refused("", "đã báo xong ngày 29/06/2026", lambda: tasks.report_done(made.pk, at.body(at.cell), text="Lại"))
    refused("", "không", lambda: tasks.accept_task(made.pk, at.body(at.cell)))
    assert work.task(made.pk, date(2026, 6, 29)).line.verdict.status == "awaiting_acceptance"
    clock("06/07/2026")
    done = tasks.accept_task(made.pk, at.leader, note="Đạt yêu cầu")
    assert (done.state, done.done_on, done.accepted_on, done.accepted_by) == (
        "closed", date(2026, 6, 29), date(2026, 7, 6), "bi.thu",
    )  # fmt: skip
    assert work.task(made.pk, date(2026, 7, 6)).line.verdict.status == "done_on_time"
    refused("", "trạng thái “Đã xong”", lambda: tasks.remind(made.pk, at.clerk, "Nhắc"))


def test_nobody_accepts_what_he_reported_himself(at: Office) -> None:
    made = task(at, owner=at.ward)
    tasks.report_done(made.pk, at.clerk, text="Đã xong")
    refused("", "“thu.van” đã báo xong", lambda: tasks.accept_task(made.pk, at.clerk))
    refused("", "“thu.van” đã báo xong", lambda: tasks.return_task(made.pk, at.clerk, "Thiếu"))
    assert tasks.accept_task(made.pk, at.leader).accepted_by == "bi.thu"


def test_a_day_before_today_needs_a_document(at: Office, clock: Clock) -> None:
    made = task(at)
    clock("03/07/2026")
    body, proof = at.body(at.cell), paper(at.cell)

    def report(**more: Any) -> Task:
        return tasks.report_done(made.pk, body, **({"text": "Đã xong"} | more))

    refused("document", "Ghi lùi về ngày 29/06/2026 cần văn bản", lambda: report(on="29/06/2026"))
    refused("on", "chưa đến", lambda: report(on="04/07/2026"))
    refused("on", "trước ngày giao 04/05/2026", lambda: report(on="03/05/2026", document=proof))
    assert report(on="29/06/2026", document=proof).done_on == date(2026, 6, 29)
    refused("on", "trước ngày báo xong", lambda: tasks.accept_task(made.pk, at.leader, on="28/06/2026", document=proof))


def test_a_report_sent_back_leaves_the_deadline_as_it_was(at: Office, clock: Clock) -> None:
    made = task(at)
    clock("30/06/2026")
    tasks.report_done(made.pk, at.body(at.cell), text="Đã xong")
    clock("02/07/2026")
    refused("reason", "lý do trả lại", lambda: tasks.return_task(made.pk, at.leader, " "))
    assert tasks.return_task(made.pk, at.leader, "Thiếu danh mục").done_on is None
    line = work.task(made.pk, date(2026, 7, 2)).line
    assert (line.verdict.status, line.verdict.late) == ("overdue", 2)


def test_extensions_keep_the_first_deadline(at: Office) -> None:
    made = task(at)
    refused("reason", "lý do gia hạn", lambda: tasks.extend_task(made.pk, at.leader, "31/07/2026", ""))
    refused("due_on", "không sau hạn đang có 30/06/2026",
            lambda: tasks.extend_task(made.pk, at.leader, "30/06/2026", "Chờ số liệu"))  # fmt: skip
    refused("", "không", lambda: tasks.extend_task(made.pk, at.body(at.cell), "31/07/2026", "Xin thêm ngày"))
    tasks.extend_task(made.pk, at.leader, "31/07/2026", "Chờ số liệu")
    tasks.extend_task(made.pk, at.clerk, "31/08/2026", "Chờ thẩm định")
    made.refresh_from_db()
    assert (made.due_on, made.original_due_on) == (date(2026, 8, 31), date(2026, 6, 30))
    steps = [(step.due_before, step.due_after, step.text, step.made_by) for step in work.task(made.pk, JUNE).steps]
    assert steps == [
        (date(2026, 6, 30), date(2026, 7, 31), "Chờ số liệu", "bi.thu"),
        (date(2026, 7, 31), date(2026, 8, 31), "Chờ thẩm định", "thu.van"),
    ]
    undated = task(at, due_on=None, title="Không hạn")
    assert tasks.extend_task(undated.pk, at.leader, "30/09/2026", "Ấn định hạn").original_due_on == date(2026, 9, 30)


def test_an_obstacle_turns_the_task_to_whoever_gave_it(at: Office) -> None:
    made = task(at)
    refused("", "không có vướng mắc", lambda: tasks.clear_obstacle(made.pk, at.leader, "Đã cấp"))
    tasks.raise_obstacle(made.pk, at.body(at.cell), "Chưa có mẫu biểu")
    line = work.task(made.pk, JUNE).line
    assert (line.obstacle, line.decides, line.missing) == ("Chưa có mẫu biểu", at.ward, "gỡ vướng mắc")
    tasks.clear_obstacle(made.pk, at.leader, "Đã gửi mẫu biểu")
    line = work.task(made.pk, JUNE).line
    assert (line.obstacle, line.decides, line.missing) == ("", at.cell, "báo cáo kết quả, minh chứng")


def test_a_suspended_task_waits_and_goes_on(at: Office, clock: Clock) -> None:
    made = task(at)
    clock("20/06/2026")
    tasks.suspend_task(made.pk, at.leader, "Chờ hướng dẫn của cấp trên")
    assert work.task(made.pk, date(2026, 8, 1)).line.verdict.status == "suspended"
    refused("", "đang tạm dừng từ 20/06/2026",
            lambda: tasks.report_done(made.pk, at.body(at.cell), text="Đã xong"))  # fmt: skip
    refused("", "đã tạm dừng", lambda: tasks.suspend_task(made.pk, at.leader, "Nữa"))
    tasks.resume_task(made.pk, at.leader, "Đã có hướng dẫn")
    assert work.task(made.pk, date(2026, 7, 1)).line.verdict.status == "overdue"
    refused("", "không tạm dừng", lambda: tasks.resume_task(made.pk, at.leader, "Nữa"))


def test_a_dropped_task_stays_with_its_reason(at: Office) -> None:
    made = task(at)
    refused("reason", "lý do thôi làm", lambda: tasks.drop_task(made.pk, at.leader, ""))
    tasks.drop_task(made.pk, at.leader, "Tỉnh giao đơn vị khác")
    detail = work.task(made.pk, date(2026, 8, 1))
    assert (detail.line.verdict.status, detail.steps[-1].text) == ("dropped", "Tỉnh giao đơn vị khác")
    refused("", "Thôi làm", lambda: tasks.extend_task(made.pk, at.leader, "31/12/2026", "Làm lại"))


def test_who_saw_an_older_version_is_told(at: Office) -> None:
    made = task(at)
    tasks.extend_task(made.pk, at.leader, "31/07/2026", "Chờ số liệu", version=1)
    refused("version", "lần 2, bạn đang xem lần 1",
            lambda: tasks.extend_task(made.pk, at.clerk, "31/08/2026", "Thêm ngày", version=1))  # fmt: skip
    assert tasks.drop_task(made.pk, at.leader, "Thôi", version=2).version == 3


def test_steps_are_added_and_never_changed(at: Office, clock: Clock) -> None:
    made, body = task(at), at.body(at.cell)
    kept: dict[int, Any] = {}
    for act in (
        lambda: tasks.remind(made.pk, at.clerk, "Còn ít ngày"),
        lambda: tasks.raise_obstacle(made.pk, body, "Thiếu mẫu"),
        lambda: tasks.clear_obstacle(made.pk, at.leader, "Đã gửi"),
        lambda: tasks.extend_task(made.pk, at.leader, "31/07/2026", "Chờ"),
        lambda: tasks.suspend_task(made.pk, at.leader, "Chờ"),
        lambda: tasks.resume_task(made.pk, at.leader, "Xong chờ"),
        lambda: tasks.report_done(made.pk, body, text="Đã xong"),
        lambda: tasks.return_task(made.pk, at.leader, "Thiếu"),
        lambda: tasks.report_done(made.pk, body, text="Đã bổ sung"),
        lambda: tasks.accept_task(made.pk, at.leader),
    ):
        act()
        rows = {step["id"]: step for step in TaskStep.objects.values()}
        assert {key: rows[key] for key in kept} == kept
        assert len(rows) == len(kept) + 1
        kept = rows
    assert [step["kind"] for step in kept.values()] == [
        "reminder", "obstacle", "cleared", "extension", "suspended", "resumed", "evidence", "returned", "evidence",
        "accepted",
    ]  # fmt: skip
    assert events.verify() is None


def test_the_board_is_worst_first_and_says_who_decides(at: Office, clock: Clock) -> None:
    held = paper(at.ward)

    def give(title: str, due: str | None, **more: Any) -> Task:
        return task(at, document=held, title=title, due_on=due, **more)

    give("sau", "31/12/2026")
    late = give("trễ", "30/06/2026")
    give("lâu", "30/05/2026")
    give("không hạn", None)
    give("sắp", "15/07/2026", owner=at.school)
    waits = give("chờ", "30/07/2026")
    done = give("xong", "30/06/2026", owner=at.people)
    tasks.report_done(waits.pk, at.body(at.cell), text="Đã xong")
    tasks.report_done(done.pk, at.body(at.people), text="Đã xong")
    tasks.accept_task(done.pk, at.leader)
    today = date(2026, 7, 13)
    board = work.tasks(at.ward, today)
    assert [line.task.title for line in board] == ["lâu", "trễ", "chờ", "sắp", "không hạn", "sau", "xong"]
    assert work.task_counts(board) == {
        "seriously_overdue": 1, "overdue": 1, "awaiting_acceptance": 1, "due_soon": 1, "undated": 1, "not_due": 1,
        "done_on_time": 1,
    }  # fmt: skip
    red = work.overdue(at.ward, today)
    assert [(line.task.title, line.verdict.late, line.verdict.late_working) for line in red] == [
        ("lâu", 42, 30), ("trễ", 13, 9),
    ]  # fmt: skip
    assert {line.task.title: line.decides for line in board if line.verdict.status != "done_on_time"} == {
        "lâu": at.cell, "trễ": at.cell, "chờ": at.ward, "sắp": at.school, "không hạn": at.ward, "sau": at.cell,
    }  # fmt: skip
    assert [line.task for line in work.tasks_owned(at.people, today)] == [done]
    tasks.remind(late.pk, at.clerk, "Nhắc")
    assert work.tasks(at.ward, today)[1].reminders == 1


def test_a_board_costs_the_same_queries_however_long(
    at: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    held = paper(at.ward)
    for number in range(12):
        made = task(at, document=held, title=f"Việc {number}", coordinators=[at.school])
        tasks.remind(made.pk, at.clerk, "Nhắc")
        tasks.raise_obstacle(made.pk, at.body(at.cell), "Vướng")
    with django_assert_max_num_queries(3):
        lines = work.tasks(at.ward, JUNE)
        assert {(line.reminders, line.obstacle, line.source) for line in lines} == {(1, "Vướng", held.title)}
        assert all(len(line.task.coordinators.all()) == 1 for line in lines)


def test_the_reminder_says_what_by_when_and_how_late(at: Office) -> None:
    made = tasks.add_task(
        at.ward, at.clerk, owner=at.cell, conclusion_id=conclusion(at).pk, product="Kế hoạch", due_on="30/06/2026"
    )
    tasks.remind(made.pk, at.clerk, "Nhắc lần một")
    assert work.reminder_text(work.task(made.pk, date(2026, 7, 2)).line) == (
        "Kính gửi: Chi bộ khu phố 3\n"
        "Đảng bộ phường Trúc Khê nhắc nhiệm vụ “Lập kế hoạch xóa hộ nghèo” (kết luận số 1, Hội nghị cấp ủy tháng 4, "
        "ngày 28/04/2026), sản phẩm: Kế hoạch.\n"
        "Tính đến ngày 02/07/2026: Hạn 30/06/2026. Quá hạn 2 ngày (2 ngày làm việc), chưa báo xong.\n"
        "Đề nghị báo cáo kết quả kèm minh chứng về Đảng bộ phường Trúc Khê; nếu có vướng mắc, nêu rõ nội dung và kiến "
        "nghị. (Nhắc lần thứ 2.)"
    )


def test_the_day_of_a_report_is_vietnam_s(at: Office, clock: Clock) -> None:
    """16:59 UTC of 30/06 is 23:59 here: in time; a minute later it is the first of July."""
    first, second = task(at, document=document(at.ward)), task(at, document=document(at.ward), title="Việc hai")
    clock("30/06/2026 23:59")
    assert tasks.report_done(first.pk, at.body(at.cell), text="Đã xong").done_on == date(2026, 6, 30)
    clock("01/07/2026 00:00")
    assert tasks.report_done(second.pk, at.body(at.cell), text="Đã xong").done_on == date(2026, 7, 1)
