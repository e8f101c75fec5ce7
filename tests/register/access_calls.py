"""One call of each service on an organisation's record, for the matrix of access: prepared by those who may, done by
the actor that is tried. A service of its own line in `access.tsv` needs its call here."""

import tempfile
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from tests.register.builders import ADMIN, CLERK, Page, document, full_reading, proposal, target
from tests.register.sheets import ROWS, loaded
from tests.register.sheets import held as annex

from nhiemky.reading.facts import Host
from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Indicator, Organisation, Proposal, Question, Result, Target

LEADER = Actor("chu.tich", "leader")
Call = Callable[[Actor], Any]
CALLS: dict[str, Callable[[Organisation], Call]] = {}
_numbers = count(1)


def call(prepare: Callable[[Organisation], Call]) -> Callable[[Organisation], Call]:
    CALLS[prepare.__name__] = prepare
    return prepare


def _proposal(of: Organisation) -> Proposal:
    return proposal(document(of), "results")


def _question(of: Organisation) -> Question:
    return document(of).questions.get()


def _target(of: Organisation) -> Target:
    return target(of, f"Hộ nghèo thứ {next(_numbers)}")


def _result(of: Organisation) -> Result:
    return services.add_result(_target(of).pk, CLERK, period="2022", value=30)


@call
def add_organisation(of: Organisation) -> Call:
    return lambda actor: services.add_organisation("Chi bộ khu phố 9", "cell", "cell", "khu phố 9", actor, of)


@call
def add_user(of: Organisation) -> Call:
    return lambda actor: services.add_user("nguoi.moi", "body", actor, of)


@call
def reset_password(of: Organisation) -> Call:
    services.add_user("da.co", "body", ADMIN, of)
    return lambda actor: services.reset_password("da.co", actor)


@call
def organisation_of_host(of: Organisation) -> Call:
    return lambda actor: services.organisation_of_host("phường Chưa Có", "commune", actor)


@call
def add_document(of: Organisation) -> Call:
    reading = full_reading(Page())
    return lambda actor: services.add_document(of, "trang.txt", Page().text, reading.sha256, reading, actor)


@call
def add_page(of: Organisation) -> Call:
    reading = msgspec.structs.replace(Page().reading(), host=Host(of.name, "commune"))
    return lambda actor: services.add_page("trang.txt", Page().text, reading.sha256, reading, actor)


def _paper(of: Organisation, number: str) -> Document:
    return services.add_document(of, f"{number[:2]}.txt", f"Văn bản {number}.", number, None, CLERK, number=number)


@call
def edit_document(of: Organisation) -> Call:
    paper = _paper(of, "15-KH/ĐU")
    return lambda actor: services.edit_document(paper.pk, actor, abstract="Chuyển đổi số")


@call
def link_documents(of: Organisation) -> Call:
    paper, other = _paper(of, "15-KH/ĐU"), _paper(of, "05-NQ/ĐU")
    return lambda actor: services.link_documents(paper.pk, other.pk, "concretises", actor)


@call
def unlink_documents(of: Organisation) -> Call:
    held = services.link_documents(_paper(of, "15-KH/ĐU").pk, _paper(of, "05-NQ/ĐU").pk, "based_on", CLERK)
    return lambda actor: services.unlink_documents(held.pk, actor)


@call
def add_article(of: Organisation) -> Call:
    return lambda actor: services.add_article(of, actor, title="Sơ kết 6 tháng đầu năm")


@call
def read_table(of: Organisation) -> Call:
    annexed = annex(of, loaded(ROWS))
    return lambda actor: services.read_table(annexed.pk, "1-0", {}, actor, confirmed=True)


@call
def accept_proposal(of: Organisation) -> Call:
    held = _proposal(of)
    return lambda actor: services.accept_proposal(held.pk, actor)


@call
def accept_confident(of: Organisation) -> Call:
    held = document(of)
    return lambda actor: services.accept_confident(held.pk, actor)


@call
def edit_proposal(of: Organisation) -> Call:
    held = _proposal(of)
    return lambda actor: services.edit_proposal(held.pk, actor, {"value": "30"})


@call
def link_proposal(of: Organisation) -> Call:
    held = _proposal(of)
    return lambda actor: services.link_proposal(held.pk, actor, None)


@call
def reject_proposal(of: Organisation) -> Call:
    held = _proposal(of)
    return lambda actor: services.reject_proposal(held.pk, actor, "không phải của đơn vị")


@call
def undo(of: Organisation) -> Call:
    held = _proposal(of)
    services.reject_proposal(held.pk, CLERK)
    return lambda actor: services.undo(held.pk, actor)


@call
def answer_question(of: Organisation) -> Call:
    held = _question(of)
    return lambda actor: services.answer_question(held.pk, actor, "Chuyển đi 5")


@call
def dismiss_question(of: Organisation) -> Call:
    held = _question(of)
    return lambda actor: services.dismiss_question(held.pk, actor, "đã rõ")


@call
def reopen_question(of: Organisation) -> Call:
    held = _question(of)
    services.dismiss_question(held.pk, CLERK, "đã rõ")
    return lambda actor: services.reopen_question(held.pk, actor)


@call
def add_target(of: Organisation) -> Call:
    fields = {"term": "2020-2025", "name": "Hộ nghèo", "direction": "at_most", "low": 9, "unit": "hộ"}
    return lambda actor: services.add_target(of, actor, **fields)


@call
def edit_target(of: Organisation) -> Call:
    held = _target(of)
    return lambda actor: services.edit_target(held.pk, actor, low=31)


@call
def add_path(of: Organisation) -> Call:
    held = _target(of)
    return lambda actor: services.add_path(held.pk, actor, {2022: 31})


_BY: dict[str, Any] = {"on": "15/07/2023", "reason": "sáp nhập", "reference": "Nghị quyết số 12-NQ/ĐU"}


@call
def adjust_target(of: Organisation) -> Call:
    held = _target(of)
    return lambda actor: services.adjust_target(held.pk, actor, **_BY, low=33)


@call
def drop_target(of: Organisation) -> Call:
    held = _target(of)
    return lambda actor: services.drop_target(held.pk, actor, **_BY)


@call
def reinstate_target(of: Organisation) -> Call:
    held = _target(of)
    services.drop_target(held.pk, LEADER, **_BY)
    return lambda actor: services.reinstate_target(held.pk, actor, **_BY)


@call
def undo_adjustment(of: Organisation) -> Call:
    held = _target(of)
    services.drop_target(held.pk, LEADER, **_BY)
    return lambda actor: services.undo_adjustment(held.pk, actor)


@call
def add_result(of: Organisation) -> Call:
    held = _target(of)
    return lambda actor: services.add_result(held.pk, actor, period="2022", value=30)


@call
def approve_result(of: Organisation) -> Call:
    held = _result(of)
    return lambda actor: services.approve_result(held.pk, actor)


@call
def return_result(of: Organisation) -> Call:
    held = _result(of)
    return lambda actor: services.return_result(held.pk, actor, "sai đơn vị")


@call
def create_review(of: Organisation) -> Call:
    _target(of)
    return lambda actor: services.create_review(of, "midterm", "2020-2025", date(2023, 6, 30), actor)


# What becomes of organisations is tried on two that stand below `of`: one may not administer a third.
DAY, LAW = date(2025, 7, 1), services.Ground(reference="9701/NQ ngày 16/06/2025")


def _two(of: Organisation) -> tuple[Organisation, Organisation]:
    names = [f"Tổ chức thứ {next(_numbers)}" for _ in range(2)]
    one, other = (services.add_organisation(name, "cell", "cell", name, ADMIN, of) for name in names)
    return one, other


@call
def edit_organisation(of: Organisation) -> Call:
    return lambda actor: services.edit_organisation(of.pk, actor, name="Tên đúng")


@call
def merge_organisations(of: Organisation) -> Call:
    old, new = _two(of)
    return lambda actor: services.merge_organisations([old], new, DAY, actor, LAW)


@call
def split_organisation(of: Organisation) -> Call:
    old, new = _two(of)
    return lambda actor: services.split_organisation(old, [new, _two(of)[0]], DAY, actor, LAW)


@call
def part_organisation(of: Organisation) -> Call:
    old, new = _two(of)
    return lambda actor: services.part_organisation(old, new, DAY, actor, LAW)


@call
def rename_organisation(of: Organisation) -> Call:
    return lambda actor: services.rename_organisation(of, "Tên mới", DAY, actor, LAW)


@call
def reparent_organisation(of: Organisation) -> Call:
    one, other = _two(of)
    return lambda actor: services.reparent_organisation(one, other, DAY, actor, LAW)


@call
def undo_succession(of: Organisation) -> Call:
    old, new = _two(of)
    (made,) = services.merge_organisations([old], new, DAY, ADMIN, LAW)
    return lambda actor: services.undo_succession(made.pk, actor, "ghi nhầm")


@call
def edit_indicator(of: Organisation) -> Call:
    made = Indicator.objects.create(name="Số hộ", folded_name="so ho", unit="hộ")
    return lambda actor: services.edit_indicator(made.pk, actor, aggregation="sum")


def _table(of: Organisation) -> Path:
    """A body below this one, as a table of organisations."""
    path = Path(tempfile.mkdtemp()) / "to-chuc.csv"
    name = f"Tổ chức thứ {next(_numbers)}"
    path.write_text(f"Tên tổ chức;Loại;Cấp;Địa bàn;Cấp trên\n{name};cell;cell;{name};{of.name}", encoding="utf-8")
    return path


@call
def preview_bodies(of: Organisation) -> Call:
    path = _table(of)
    return lambda actor: services.preview_bodies(path, actor)


@call
def import_bodies(of: Organisation) -> Call:
    path = _table(of)
    return lambda actor: services.import_bodies(path, actor)


@call
def import_places(of: Organisation) -> Call:
    table = "level\tcode\tname\tparent\nprovince\t97\tTỉnh Hà Lâm\n"
    return lambda actor: services.import_places(table, "tinh.tsv", actor)
