"""One call of each service of tasks, meetings, reviews and recognition, for the matrix of access."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from tests.register.access_calls import LEADER, Call, call
from tests.register.builders import CLERK, Page, document
from tests.register.office import moment

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Conclusion, Meeting, Organisation, Review, Task

BODY = Actor("nguoi.bao", "body")
_marks: Iterator[int] = count(1)


def _given(of: Organisation) -> dict[str, Any]:
    page = Page(f"{Page().text}Tờ {next(_marks)}.")
    return {"owner": of, "title": "Rà soát hộ nghèo", "document": document(of, page=page)}


def _task(of: Organisation) -> Task:
    return services.add_task(of, CLERK, due_on="31/12/2099", **_given(of))


def _reported(of: Organisation) -> Task:
    return services.report_done(_task(of).pk, BODY, text="Đã xong")


def _planned(of: Organisation) -> dict[str, Any]:
    return {"kind": "committee", "title": "Hội nghị cấp ủy", "starts_at": moment("28/04/2026 08:00")}


def _meeting(of: Organisation) -> Meeting:
    made = services.plan_meeting(of, CLERK, **_planned(of))
    return services.hold_meeting(made.pk, CLERK, {"Ủy viên": (15, 14)})


def _conclusion(of: Organisation) -> Conclusion:
    return services.add_conclusion(_meeting(of).pk, CLERK, "Lập kế hoạch")


def _review(of: Organisation) -> Review:
    return services.create_review(of, "midterm", "2020-2025", date(2023, 6, 30), CLERK)


def _appraised(of: Organisation) -> Review:
    return services.submit_review(_review(of).pk, CLERK)


def _approved(of: Organisation) -> Review:
    return services.approve_review(_appraised(of).pk, LEADER)


def _issued(of: Organisation) -> Review:
    return services.issue_review(_approved(of).pk, LEADER, "12-BC/ĐU", "30/06/2026")


@call
def add_task(of: Organisation) -> Call:
    given = _given(of)
    return lambda actor: services.add_task(of, actor, **given)


@call
def report_done(of: Organisation) -> Call:
    held = _task(of)
    return lambda actor: services.report_done(held.pk, actor, text="Đã xong")


@call
def accept_task(of: Organisation) -> Call:
    held = _reported(of)
    return lambda actor: services.accept_task(held.pk, actor)


@call
def return_task(of: Organisation) -> Call:
    held = _reported(of)
    return lambda actor: services.return_task(held.pk, actor, "thiếu danh mục")


@call
def remind(of: Organisation) -> Call:
    held = _task(of)
    return lambda actor: services.remind(held.pk, actor, "Đề nghị báo cáo")


@call
def extend_task(of: Organisation) -> Call:
    held = _task(of)
    return lambda actor: services.extend_task(held.pk, actor, "31/12/2100", "chờ số liệu")


@call
def raise_obstacle(of: Organisation) -> Call:
    held = _task(of)
    return lambda actor: services.raise_obstacle(held.pk, actor, "thiếu mẫu")


@call
def clear_obstacle(of: Organisation) -> Call:
    held = _task(of)
    services.raise_obstacle(held.pk, BODY, "thiếu mẫu")
    return lambda actor: services.clear_obstacle(held.pk, actor, "đã gửi mẫu")


@call
def suspend_task(of: Organisation) -> Call:
    held = _task(of)
    return lambda actor: services.suspend_task(held.pk, actor, "chờ hướng dẫn")


@call
def resume_task(of: Organisation) -> Call:
    held = services.suspend_task(_task(of).pk, LEADER, "chờ hướng dẫn")
    return lambda actor: services.resume_task(held.pk, actor, "đã có hướng dẫn")


@call
def drop_task(of: Organisation) -> Call:
    held = _task(of)
    return lambda actor: services.drop_task(held.pk, actor, "giao nơi khác")


@call
def plan_meeting(of: Organisation) -> Call:
    return lambda actor: services.plan_meeting(of, actor, **_planned(of))


@call
def edit_meeting(of: Organisation) -> Call:
    held = _meeting(of)
    return lambda actor: services.edit_meeting(held.pk, actor, title="Hội nghị mở rộng")


@call
def hold_meeting(of: Organisation) -> Call:
    held = services.plan_meeting(of, CLERK, **_planned(of))
    return lambda actor: services.hold_meeting(held.pk, actor, {"Ủy viên": (15, 14)})


@call
def cancel_meeting(of: Organisation) -> Call:
    held = services.plan_meeting(of, CLERK, **_planned(of))
    return lambda actor: services.cancel_meeting(held.pk, actor, "bão")


@call
def add_conclusion(of: Organisation) -> Call:
    held = _meeting(of)
    return lambda actor: services.add_conclusion(held.pk, actor, "Lập kế hoạch")


@call
def edit_conclusion(of: Organisation) -> Call:
    held = _conclusion(of)
    return lambda actor: services.edit_conclusion(held.pk, actor, "Lập kế hoạch năm")


@call
def remove_conclusion(of: Organisation) -> Call:
    held = _conclusion(of)
    return lambda actor: services.remove_conclusion(held.pk, actor)


@call
def edit_narrative(of: Organisation) -> Call:
    held = _review(of)
    return lambda actor: services.edit_narrative(held.pk, actor, {"causes": "Thiếu vốn."})


@call
def submit_review(of: Organisation) -> Call:
    held = _review(of)
    return lambda actor: services.submit_review(held.pk, actor)


@call
def send_back_review(of: Organisation) -> Call:
    held = _appraised(of)
    return lambda actor: services.send_back_review(held.pk, actor, "viết lại nguyên nhân")


@call
def approve_review(of: Organisation) -> Call:
    held = _appraised(of)
    return lambda actor: services.approve_review(held.pk, actor)


@call
def issue_review(of: Organisation) -> Call:
    held = _approved(of)
    return lambda actor: services.issue_review(held.pk, actor, "12-BC/ĐU", "30/06/2026")


@call
def publish_review(of: Organisation) -> Call:
    held = _issued(of)
    return lambda actor: services.publish_review(held.pk, actor)


@call
def reopen_review(of: Organisation) -> Call:
    held = _approved(of)
    return lambda actor: services.reopen_review(held.pk, actor, "số nhập nhầm")


@call
def add_rating(of: Organisation) -> Call:
    return lambda actor: services.add_rating(of, actor, year=2025, level="good")


@call
def remove_rating(of: Organisation) -> Call:
    held = services.add_rating(of, CLERK, year=2025, level="good")
    return lambda actor: services.remove_rating(held.pk, actor)


@call
def add_commendation(of: Organisation) -> Call:
    return lambda actor: services.add_commendation(of, actor, form="Giấy khen", year=2025, collectives=2)


@call
def remove_commendation(of: Organisation) -> Call:
    held = services.add_commendation(of, CLERK, form="Giấy khen", year=2025, collectives=2)
    return lambda actor: services.remove_commendation(held.pk, actor)


def _campaign() -> dict[str, Any]:
    return {"name": "90 ngày đêm", "starts_on": "01/02/2026", "ends_on": "03/05/2026"}


@call
def add_campaign(of: Organisation) -> Call:
    return lambda actor: services.add_campaign(of, actor, **_campaign())


@call
def close_campaign(of: Organisation) -> Call:
    held = services.add_campaign(of, CLERK, **_campaign())
    return lambda actor: services.close_campaign(held.pk, actor, "12 công trình")


@call
def remove_campaign(of: Organisation) -> Call:
    held = services.add_campaign(of, CLERK, **_campaign())
    return lambda actor: services.remove_campaign(held.pk, actor)


@call
def undo_removal(of: Organisation) -> Call:
    seq = services.remove_campaign(services.add_campaign(of, CLERK, **_campaign()).pk, CLERK)
    return lambda actor: services.undo_removal(seq, actor)
