"""An invented ward with three targets, one document with its proposals, and people signed in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.readings import PAGE, ward_reading

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Membership, Organisation, Proposal, Target

ACTOR, ADMIN = Actor("thử", "office"), Actor("thử", "admin")


@pytest.fixture
def ward(db: None) -> Organisation:
    return services.add_organisation("Đảng bộ phường Bình Lâm", "party_committee", "commune", "phường Bình Lâm", ADMIN)


@pytest.fixture
def insurance(ward: Organisation) -> Target:
    """Health insurance: behind its path on 30/06/2023."""
    made = services.add_target(
        ward, ACTOR, term="2020-2025", number=1, field="I. Xã hội", name="Tỷ lệ người dân tham gia bảo hiểm y tế",
        unit="%", polarity="up", nature="rate", direction="at_least", low="94,5", baseline="90,7", baseline_year=2020,
        meaning="by_deadline", lead_body="Văn hóa – Xã hội",
    )  # fmt: skip
    for year, value in (("2021", "91,1"), ("2022", "91,6")):
        services.add_result(made.pk, ACTOR, period=year, value=value, approved=True, note="Biểu BHXH")
    return made


@pytest.fixture
def members(ward: Organisation) -> Target:
    return services.add_target(
        ward, ACTOR, term="2020-2025", number=2, field="II. Xây dựng Đảng", name="Kết nạp đảng viên", unit="đảng viên",
        polarity="up", nature="flow", direction="at_least", low=3, meaning="each_year",
    )  # fmt: skip


@pytest.fixture
def document(ward: Organisation, insurance: Target, members: Target) -> Document:
    reading = ward_reading()
    return services.add_document(ward, "bao-cao.txt", PAGE, reading.sha256, reading, ACTOR)


@pytest.fixture
def proposal(document: Document) -> Proposal:
    """The 91,8% of the page, which fits the insurance target."""
    return next(one for one in Proposal.objects.filter(document=document, kind="results") if one.fact["value"] == 91.8)


@pytest.fixture
def office(db: None) -> User:
    made = User.objects.create_user("vanphong", password="Binh-Lam-2023")
    Membership.objects.create(user=made, role="office")
    return made


@pytest.fixture
def desk(office: User) -> Client:
    """A browser signed in as the office."""
    client = Client()
    client.force_login(office)
    return client


@pytest.fixture
def inspector(db: None) -> Client:
    user = User.objects.create_user("kiemtra", password="Binh-Lam-2023")
    Membership.objects.create(user=user, role="inspector")
    client = Client()
    client.force_login(user)
    return client
