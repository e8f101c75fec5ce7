"""Documents known by number and date, linked by what they cite; gaps; one news item on three portals."""

import hashlib
from datetime import date
from typing import Any

import msgspec
import pytest
from tests.register.builders import ADMIN, CLERK, Page, proposal, target, ward

from nhiemky.reading import facts
from nhiemky.register import events, papers, selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import NotFound, Refused, ServiceError
from nhiemky.register.fingerprints import alike, fingerprint, same_item
from nhiemky.register.models import Article, Document, DocumentLink, Organisation, Result

CITING = "Kế hoạch này thực hiện Chương trình số 07-CTr/TU ngày 15/3/2021 của Tỉnh ủy về chuyển đổi số.\n"


def paper(of: Organisation, number: str, on: date | None = None, text: str = "", **more: Any) -> Document:
    said = text or f"Văn bản số {number} về phát triển phường."
    digest = hashlib.sha256(said.encode()).hexdigest()
    return services.add_document(
        of, f"{digest[:6]}.docx", said, digest, None, CLERK, number=number, issued_on=on, **more
    )


@pytest.fixture
def province() -> Organisation:
    return services.add_organisation("Đảng bộ tỉnh Hà Lâm", "party_committee", "province", "tỉnh Hà Lâm", ADMIN)


@pytest.fixture
def own(province: Organisation) -> Organisation:
    return services.add_organisation(
        "Đảng bộ phường Trúc Khê", "party_committee", "commune", "phường Trúc Khê", ADMIN, province
    )


@pytest.fixture
def programme(province: Organisation) -> Document:
    return paper(province, "07-CTr/TU", date(2021, 3, 15))


def citing(of: Organisation, number: str = "7-Ctr/TU", on: str | None = "2021-03-15", kind: str = "plan") -> Document:
    """A plan that cites a programme."""
    page = Page(CITING)
    cited = facts.Citation(
        number=number, kind="chương trình", date=on, issuer="Tỉnh ủy", subject=None,
        span=page.at("Chương trình số 07-CTr/TU"), confidence=0.95, rule="test",
    )  # fmt: skip
    reading = msgspec.structs.replace(page.reading(citations=(cited,)), published_at=None)
    return services.add_document(
        of, "ke-hoach.docx", page.text, reading.sha256, reading, CLERK, kind=kind, issued_on=date(2021, 5, 4)
    )


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("05-NQ/ĐU", "resolution"), ("07-CTr/TU", "programme"), ("15/KH-UBND", "plan"), ("120-BC/ĐU", "report"),
        ("9-KL/TW", "conclusion"), ("13-CT/TW", "directive"), ("1099-QĐ/TU", "decision"), ("3-HD/BTCTW", "guidance"),
        ("12/2024/NQ-HĐND", "resolution"), ("77-CV/VP", "page"),
    ],
)  # fmt: skip
def test_the_number_tells_the_kind(number: str, kind: str) -> None:
    assert paper(ward(), number).kind == kind


def test_the_letterhead_tells_the_number() -> None:
    text = "ĐẢNG BỘ TỈNH HÀ LÂM\nĐẢNG ỦY PHƯỜNG TRÚC KHÊ\nSố: 05 - NQ/ĐU\nNGHỊ QUYẾT về chuyển đổi số của phường."
    held = paper(ward(), "", text=text)
    assert (held.number, held.kind) == ("05-NQ/ĐU", "resolution")


def test_facts_of_a_document_are_set_and_logged() -> None:
    held = paper(ward(), "")
    made = services.edit_document(held.pk, CLERK, number="05-NQ/ĐU", issued_on="03/02/2021", abstract="Chuyển đổi  số")
    assert (made.number, made.kind, made.issued_on, made.abstract) == (
        "05-NQ/ĐU", "resolution", date(2021, 2, 3), "Chuyển đổi số",
    )  # fmt: skip
    before = events.count()
    services.edit_document(held.pk, CLERK, number="05-NQ/ĐU")
    assert events.count() == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"number": "NQ"}, "number"),
        ({"number": "5" * 61}, "number"),
        ({"kind": "thư"}, "kind"),
        ({"issued_on": "31/02/2021"}, "issued_on"),
        ({"issued_on": "01/01/2199"}, "issued_on"),
        ({"issued_on": "01/01/1900"}, "issued_on"),
        ({"abstract": "x" * 601}, "abstract"),
        ({"text": "khác"}, "text"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_at_its_field(fields: dict[str, Any], field: str) -> None:
    held = paper(ward(), "")
    with pytest.raises(ServiceError) as raised:
        services.edit_document(held.pk, CLERK, **fields)
    assert raised.value.field == field


def test_a_document_is_known_by_number_date_and_term() -> None:
    of = ward()
    first, second = paper(of, "05-NQ/ĐU", date(2016, 2, 3)), paper(of, "5-NQ/ĐU", date(2021, 2, 3), "Nghị quyết khác.")
    assert selectors.document_known(of, "Số 05-NQ/ĐU", date(2016, 2, 3)) == first
    assert selectors.document_known(of, "05-NQ/ĐU", term="2020-2025") == second
    with pytest.raises(ServiceError, match="2 văn bản") as raised:
        selectors.document_known(of, "05-NQ/ĐU")
    assert raised.value.field == "issued_on"
    with pytest.raises(NotFound, match="06-NQ/ĐU"):
        selectors.document_known(of, "06-NQ/ĐU")


def test_a_citation_suggests_a_link_and_accepting_it_makes_it(own: Organisation, programme: Document) -> None:
    plan = citing(own)
    (suggested,) = selectors.suggested_links(plan)
    assert (suggested.to, suggested.kind) == (programme, "concretises")
    assert not DocumentLink.objects.exists()
    decided = services.accept_proposal(suggested.proposal.pk, CLERK)
    assert isinstance(decided.made, DocumentLink)
    assert (decided.made.document, decided.made.to, decided.made.kind) == (plan, programme, "concretises")
    assert selectors.suggested_links(plan) == []
    services.undo(suggested.proposal.pk, CLERK)
    assert not DocumentLink.objects.exists()
    assert len(selectors.suggested_links(plan)) == 1


@pytest.mark.parametrize(
    ("number", "on"), [("08-CTr/TU", "2021-03-15"), ("07-CTr/TU", "2022-03-15"), ("07-KH/TU", "2021-03-15")]
)
def test_another_number_or_day_is_another_document(
    own: Organisation, programme: Document, number: str, on: str
) -> None:
    plan = citing(own, number, on)
    assert selectors.suggested_links(plan) == []
    assert services.accept_proposal(proposal(plan, "citations").pk, CLERK).made is None


def test_of_two_that_fit_none_is_taken(own: Organisation, province: Organisation, programme: Document) -> None:
    paper(province, "07-CTr/TU", date(2016, 3, 15), "Chương trình của nhiệm kỳ trước.")
    assert selectors.suggested_links(citing(own, on=None)) == []


def test_a_document_beside_is_not_meant(province: Organisation, own: Organisation) -> None:
    beside = services.add_organisation("Đảng bộ xã Khác", "party_committee", "commune", "xã Khác", ADMIN, province)
    paper(beside, "07-CTr/TU", date(2021, 3, 15))
    assert selectors.suggested_links(citing(own)) == []


def test_a_report_reports_on_what_it_cites(own: Organisation, programme: Document) -> None:
    (suggested,) = selectors.suggested_links(citing(own, kind="report"))
    assert suggested.kind == "reports_on"


def test_what_nothing_carries_out_is_a_gap(own: Organisation, province: Organisation, programme: Document) -> None:
    other = paper(province, "08-NQ/TU", date(2022, 1, 5))
    paper(province, "120-BC/TU", date(2022, 1, 6))
    assert selectors.gaps(own) == [other, programme]
    plan = citing(own)
    services.link_documents(plan.pk, programme.pk, "concretises", CLERK)
    assert selectors.gaps(own) == [other]
    fresh = paper(province, "09-NQ/TU", date(2023, 1, 5))
    services.link_documents(fresh.pk, other.pk, "replaces", CLERK)
    assert selectors.gaps(own) == [fresh]
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, own)
    below = paper(cell, "02-KH/CB", date(2023, 2, 1))
    services.link_documents(below.pk, plan.pk, "concretises", CLERK)
    branch = selectors.tree(programme)
    assert [one.document for one in branch.below] == [plan]
    assert [one.document for one in branch.below[0].below] == [below]


def test_a_link_that_cannot_be_is_refused(own: Organisation, programme: Document) -> None:
    plan = citing(own)
    services.link_documents(plan.pk, programme.pk, "concretises", CLERK)
    for document, to, kind, field in (
        (plan, plan, "based_on", "to"),
        (plan, programme, "concretises", "to"),
        (programme, plan, "concretises", "to"),
        (plan, programme, "làm rõ", "kind"),
    ):
        with pytest.raises(ServiceError) as raised:
            services.link_documents(document.pk, to.pk, kind, CLERK)
        assert raised.value.field == field
    with pytest.raises(ServiceError, match="trước"):
        services.link_documents(programme.pk, plan.pk, "based_on", CLERK)
    same_day = services.edit_document(programme.pk, CLERK, issued_on="04/05/2021")
    with pytest.raises(ServiceError, match="lẫn nhau"):
        services.link_documents(same_day.pk, plan.pk, "concretises", CLERK)
    services.link_documents(plan.pk, same_day.pk, "replaces", CLERK)
    with pytest.raises(ServiceError, match="đã thay thế văn bản này"):
        services.link_documents(same_day.pk, plan.pk, "replaces", CLERK)


def test_a_link_goes_to_what_the_actor_may_look_at(own: Organisation, province: Organisation) -> None:
    beside = services.add_organisation("Đảng bộ xã Khác", "party_committee", "commune", "xã Khác", ADMIN, province)
    there, here = paper(beside, "07-NQ/ĐU"), paper(own, "15-KH/ĐU")
    with pytest.raises(Refused, match="xã Khác"):
        services.link_documents(here.pk, there.pk, "based_on", Actor("lan", "office", own.pk))


def test_a_link_is_taken_away_and_logged(own: Organisation, programme: Document) -> None:
    made = services.link_documents(citing(own).pk, programme.pk, "based_on", CLERK)
    services.unlink_documents(made.pk, CLERK)
    assert not DocumentLink.objects.exists()
    assert events.verify() is None


NEWS = (
    "Sáng 12/7/2023, Đảng ủy phường Trúc Khê tổ chức hội nghị sơ kết 6 tháng đầu năm 2023 với 45 đại biểu dự.\n"
    "Thu ngân sách đạt 31,2 tỷ đồng, bằng 104% dự toán giao, cao hơn cùng kỳ 12% nhờ chống thất thu ở các chợ.\n"
    "Toàn phường còn 12 hộ nghèo, giảm 7 hộ so với đầu năm; hội nghị thống nhất vận động thêm 3 nhà tình nghĩa.\n"
)


def _posted(of: Organisation, text: str, on: str, address: str = "", words: str = "còn 12 hộ nghèo") -> Document:
    page = Page(text)
    reading = page.reading("other", results=(page.result(words, "hộ nghèo", int(words.split()[1]), "hộ"),))
    reading = msgspec.structs.replace(
        reading, published_at=f"{on}T08:00", event=facts.Event(), sha256=hashlib.sha256(text.encode()).hexdigest()
    )
    return services.add_document(of, "bai.html", text, reading.sha256, reading, CLERK, address=address)


def _framed(menu: str, text: str = NEWS) -> str:
    return f"Trang chủ | {menu}\nTin mới\n{text}Chia sẻ bài viết\nLượt xem: {len(menu) * 37}\n"


def test_one_item_on_three_portals_is_one_source_and_counts_once() -> None:
    of = ward()
    poor = target(of, "Hộ nghèo", direction="at_most", low=10, unit="hộ")
    held = [
        _posted(of, _framed("Giới thiệu phường"), "2023-07-12", "https://truckhe.example.vn/so-ket"),
        _posted(of, _framed("Thành phố hôm nay"), "2023-07-13", "https://thanhpho.example.vn/a/1"),
        _posted(of, _framed("Báo tỉnh"), "2023-08-01", "https://bao.example.vn/9"),
    ]
    first, second, third = (one.articles.get() for one in held)
    assert (first.same_as, second.same_as, first.portal) == (None, first, "truckhe.example.vn")
    assert third.same_as is None  # three weeks later: the words may come again with another half-year
    services.accept_proposal(proposal(held[0], "results").pk, CLERK)
    copy = proposal(held[1], "results")
    assert (copy.relation, copy.suggested_target) == ("duplicate", poor)
    decided = services.accept_proposal(copy.pk, CLERK)
    assert decided.made is None
    assert "ghi thêm nguồn này" in decided.warnings[0]
    assert Result.objects.count() == 1


def test_a_copy_posted_in_the_next_month_is_no_second_figure() -> None:
    """Its own day would put the figure into August."""
    of = ward()
    target(of, "Hộ nghèo", direction="at_most", low=10, unit="hộ")
    first, copy = _posted(of, _framed("A"), "2023-07-28"), _posted(of, _framed("B"), "2023-08-02")
    made = services.accept_proposal(proposal(first, "results").pk, CLERK).made
    assert isinstance(made, Result)
    assert made.period == "2023-M07"
    waiting = proposal(copy, "results")
    assert (waiting.relation, "Cùng một bài đăng" in waiting.relation_note) == ("duplicate", True)
    assert services.accept_proposal(waiting.pk, CLERK).made is None
    with pytest.raises(ServiceError, match="nhận là trùng"):
        services.undo(proposal(first, "results").pk, CLERK)


def test_the_same_words_with_other_figures_are_another_item() -> None:
    of = ward()
    _posted(of, _framed("A"), "2023-07-12")
    later = NEWS.replace("12 hộ", "9 hộ").replace("31,2", "35,8").replace("104%", "110%").replace("7 hộ", "3 hộ")
    other = _posted(of, _framed("A", later), "2023-07-20", words="còn 9 hộ nghèo")
    assert other.articles.get().same_as is None


@pytest.mark.parametrize("share", [1.0, 0.75, 0.5])
def test_a_shortened_copy_is_found(share: float) -> None:
    words = " ".join(f"Khu phố {n} vận động nhân dân hiến đất mở rộng hẻm số {n * 7} trong năm." for n in range(1, 30))
    short = words[: int(len(words) * share)]
    assert alike(fingerprint(words), fingerprint(short))
    assert same_item(words, short)
    assert not same_item(words, NEWS)
    assert not same_item("Thông báo", "Thông báo")


def test_an_article_that_cannot_be_is_refused_at_its_field() -> None:
    of, other = ward(), ward("Đảng bộ phường Khác")
    known: dict[str, Any] = {"title": "Sơ kết 6 tháng", "address": "https://truckhe.example.vn/so-ket"}
    services.add_article(of, CLERK, **known)
    for fields, field in (
        ({**known}, "address"),
        ({"title": " "}, "title"),
        ({"title": "x" * 401}, "title"),
        ({"title": "Bài", "address": "javascript:alert(1)"}, "address"),
        ({"title": "Bài", "address": "truckhe"}, "address"),
        ({"title": "Bài", "published_on": "31/02/2023"}, "published_on"),
        ({"title": "Bài", "published_on": "01/01/2199"}, "published_on"),
        ({"title": "Bài", "document": paper(other, "1-KH/ĐU")}, "document"),
    ):
        with pytest.raises(ServiceError) as raised:
            services.add_article(of, CLERK, **fields)
        assert raised.value.field == field
    assert Article.objects.count() == 1


def test_the_tree_of_old_data_in_a_circle_ends(own: Organisation) -> None:
    one, two = paper(own, "1-NQ/ĐU"), paper(own, "2-KH/ĐU")
    for here, there in ((one, two), (two, one)):
        DocumentLink.objects.create(document=here, to=there, kind="concretises", made_by="cũ", made_at=one.added_at)
    assert [branch.document for branch in papers.tree(one).below] == [two]
