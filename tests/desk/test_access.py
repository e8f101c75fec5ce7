"""Every page needs a sign-in, every write a POST with its token; an unknown record is a page in Vietnamese."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from tests.desk.conftest import ACTOR, ADMIN
from tests.desk.readings import PAGE, ward_reading

from nhiemky.desk.access import page
from nhiemky.register import services
from nhiemky.register.models import Document, Membership, Organisation, Proposal, Target

PATHS = (
    "/", "/documents/", "/documents/1/", "/targets/", "/targets/1/", "/reviews/", "/reviews/add/", "/reviews/1/",
    "/reviews/1/review.docx", "/proposals/1/", "/proposals/1/edit/", "/approvals/", "/approvals/periods/",
    "/figures/", "/figures/form.xlsx",
)  # fmt: skip
WRITES = (
    "/documents/add/", "/documents/1/accept-confident/", "/documents/1/undo-confident/", "/proposals/1/accept/",
    "/proposals/1/reject/", "/proposals/1/undo/", "/questions/1/", "/results/1/", "/organisation/",
    "/approvals/decide/", "/approvals/undo/", "/figures/check/", "/figures/save/", "/figures/take/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_for_sign_in(path: str, client: Client, db: None) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("path", WRITES)
def test_a_write_asks_for_sign_in(path: str, client: Client, db: None) -> None:
    assert client.post(path)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", WRITES)
def test_a_write_is_no_get(path: str, desk: Client) -> None:
    assert desk.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/documents/999/", "/targets/999/", "/reviews/999/", "/proposals/999/edit/"])
def test_a_bad_id_is_not_found(path: str, desk: Client) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "Không thấy trang này" in answer.content.decode()


@pytest.mark.parametrize("path", WRITES[1:8])
def test_a_write_on_nothing_is_not_found_or_harmless(path: str, desk: Client) -> None:
    answer = desk.post(path.replace("/1/", "/999/"), {"answer": "x"})
    assert answer.status_code in (302, 404)


def test_a_post_without_token_is_refused(office: User, proposal: Proposal) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office)
    answer = client.post(f"/proposals/{proposal.pk}/accept/")
    assert answer.status_code == 403
    assert "Không được phép" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "pending"


def test_an_inspector_reads_and_writes_nothing(inspector: Client, document: Document, proposal: Proposal) -> None:
    assert inspector.get(f"/documents/{document.pk}/").status_code == 200
    answer = inspector.post(f"/proposals/{proposal.pk}/accept/", follow=True)
    assert "không có quyền" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "pending"


def test_pages_hold_the_content_policy(desk: Client, document: Document, insurance: Target) -> None:
    for path in (
        "/",
        "/documents/",
        f"/documents/{document.pk}/",
        "/targets/",
        f"/targets/{insurance.pk}/",
        "/reviews/",
    ):
        answer = desk.get(path)
        html = answer.content.decode()
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert " style=" not in html
        assert "<style" not in html
        assert "<script>" not in html
        assert " onclick=" not in html


def test_sign_in_says_what_is_wrong(client: Client, office: User) -> None:
    assert client.get("/sign-in/").status_code == 200
    wrong = client.post("/sign-in/", {"username": "vanphong", "password": "sai"})
    assert "chưa đúng" in wrong.content.decode()
    right = client.post("/sign-in/", {"username": "vanphong", "password": "Binh-Lam-2023"})
    assert right["Location"] == "/"


def test_language_switch(desk: Client, document: Document) -> None:
    desk.post("/i18n/setlang/", {"language": "en", "next": "/"})
    english = desk.get("/").content.decode()
    assert 'lang="en"' in english
    assert "Waiting for your decision" in english


def test_an_outside_address_is_not_followed(desk: Client, document: Document) -> None:
    answer = desk.post("/organisation/", {"organisation": "1", "next": "https://example.com/"})
    assert answer["Location"] == "/"


@pytest.fixture
def bound(ward: Organisation) -> Client:
    """The office of a cell below the ward; beside it stands another cell."""
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, ward)
    user = User.objects.create_user("chibo3", password="Binh-Lam-2023")
    Membership.objects.create(user=user, role="office", organisation=cell)
    client = Client()
    client.force_login(user)
    return client


def test_a_body_above_is_read_and_not_written(bound: Client, document: Document, proposal: Proposal) -> None:
    assert bound.get(f"/documents/{document.pk}/").status_code == 200
    answer = bound.post(f"/proposals/{proposal.pk}/accept/", follow=True).content.decode()
    assert "không có quyền tổng hợp đối với “Đảng bộ phường Bình Lâm” (cấp trên, chỉ xem)" in answer
    proposal.refresh_from_db()
    assert proposal.state == "pending"


def test_what_stands_beside_is_a_page_403_and_in_no_list(ward: Organisation, bound: Client) -> None:
    beside = services.add_organisation("Chi bộ khu phố 5", "cell", "cell", "khu phố 5", ADMIN, ward)
    goal = services.add_target(beside, ACTOR, term="2020-2025", name="Hộ nghèo", direction="zero", unit="hộ")
    reading = ward_reading()
    held = services.add_document(beside, "bao-cao.txt", PAGE, reading.sha256, reading, ACTOR)
    waiting, asked = held.proposals.first(), held.questions.first()
    figure = services.add_result(goal.pk, ACTOR, period="2022", value=3)
    assert waiting is not None
    paths = [
        f"/documents/{held.pk}/",
        f"/documents/{held.pk}/part/",
        f"/proposals/{waiting.pk}/edit/",
        f"/targets/{goal.pk}/",
    ]
    for path in paths:
        answer = bound.get(path)
        assert answer.status_code == 403, path
        assert "đối với “Chi bộ khu phố 5” (đơn vị khác, ngoài phạm vi)" in answer.content.decode()
    writes = [f"/proposals/{waiting.pk}/accept/", f"/results/{figure.pk}/", f"/targets/{goal.pk}/results/add/"]
    writes += [f"/questions/{asked.pk}/"] if asked is not None else []
    for path in writes:
        assert bound.post(path, {"answer": "x"}).status_code == 403, path
    home = bound.get("/").content.decode()
    assert "Chi bộ khu phố 5" not in home
    assert "Đảng bộ phường Bình Lâm" in home
    bound.post("/organisation/", {"organisation": beside.pk, "next": "/"})
    assert "Chi bộ khu phố 5" not in bound.get("/").content.decode()


def test_a_bound_account_begins_at_its_own_organisation(bound: Client, insurance: Target) -> None:
    """The ward above has targets, the cell none yet."""
    assert "Chưa có chỉ tiêu nào" in bound.get("/targets/").content.decode()
    bound.post("/organisation/", {"organisation": insurance.organisation_id, "next": "/targets/"})
    assert insurance.name in bound.get("/targets/").content.decode()


def test_a_view_of_a_kind_that_nobody_owns_cannot_be_made() -> None:
    def show(request: HttpRequest, secret_id: int) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(TypeError, match="whose a secret is"):
        page()(show)
