"""The Read screen: text with marks, cards with what they would feed, decisions, edits, undo, many at once."""

from django.test import Client

from nhiemky.register.models import Document, Proposal, Question, Result, Target

HX = {"HX-Request": "true"}


def test_the_text_is_marked_and_the_cards_say_where_they_go(
    desk: Client, document: Document, proposal: Proposal
) -> None:
    html = desk.get(f"/documents/{document.pk}/").content.decode()
    assert f'data-key="p{proposal.pk}"' in html
    assert "Tỷ lệ người dân tham gia bảo hiểm y tế" in html
    assert "khung trang, không đọc" in html
    assert "11 ≠ 6 + 4" in html
    assert "Đã xử lý <b>0 / 6</b> số liệu" in html


def test_accept_makes_a_result_with_its_sentence(desk: Client, proposal: Proposal, insurance: Target) -> None:
    answer = desk.post(f"/proposals/{proposal.pk}/accept/", {"target": insurance.pk}, headers=HX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-state="accepted"' in html
    assert 'id="toast"' in html
    assert "Đã nhận" in html
    made = Result.objects.get(document=proposal.document)
    assert (made.target_id, made.state, made.span_start) == (insurance.pk, "approved", proposal.span_start)


def test_accept_without_htmx_goes_back_to_the_card(desk: Client, proposal: Proposal) -> None:
    answer = desk.post(f"/proposals/{proposal.pk}/accept/")
    assert answer["Location"].endswith(f"?p={proposal.pk}#p{proposal.pk}")
    html = desk.get(answer["Location"]).content.decode()
    assert "Hoàn tác" in html


def test_accept_without_a_target_keeps_it_as_background(desk: Client, proposal: Proposal) -> None:
    desk.post(f"/proposals/{proposal.pk}/accept/", {"target": ""}, headers=HX)
    assert Result.objects.get(document=proposal.document).target_id is None


def test_reject_and_undo(desk: Client, proposal: Proposal) -> None:
    assert "đã bỏ" in desk.post(f"/proposals/{proposal.pk}/reject/", headers=HX).content.decode()
    assert not Result.objects.filter(document=proposal.document).exists()
    back = desk.post(f"/proposals/{proposal.pk}/undo/", headers=HX).content.decode()
    assert 'data-state="pending"' in back


def test_undo_takes_the_result_back(desk: Client, proposal: Proposal, insurance: Target) -> None:
    desk.post(f"/proposals/{proposal.pk}/accept/", {"target": insurance.pk}, headers=HX)
    desk.post(f"/proposals/{proposal.pk}/undo/", headers=HX)
    assert not Result.objects.filter(document=proposal.document).exists()


def test_a_second_decision_is_told_not_done(desk: Client, proposal: Proposal) -> None:
    desk.post(f"/proposals/{proposal.pk}/reject/", headers=HX)
    again = desk.post(f"/proposals/{proposal.pk}/accept/", headers=HX)
    assert again.status_code == 409
    assert "đã được" in again.content.decode()


def test_edit_corrects_the_figure(desk: Client, proposal: Proposal, insurance: Target) -> None:
    form = desk.get(f"/proposals/{proposal.pk}/edit/", headers=HX).content.decode()
    assert 'value="91,8"' in form
    typed = {
        "indicator": "bảo hiểm y tế",
        "value": "91,9",
        "unit": "%",
        "year": "2023",
        "part": "H1",
        "target": insurance.pk,
    }
    desk.post(f"/proposals/{proposal.pk}/edit/", typed, headers=HX)
    assert float(Result.objects.get(document=proposal.document).value) == 91.9


def test_edit_says_what_is_wrong_at_its_field(desk: Client, proposal: Proposal) -> None:
    typed = {"indicator": "bảo hiểm y tế", "value": "91.9", "unit": "%", "year": "2023", "part": "H1"}
    answer = desk.post(f"/proposals/{proposal.pk}/edit/", typed, headers=HX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "phần lẻ viết dấu phẩy" in html
    assert 'id="id_value_error"' in html
    proposal.refresh_from_db()
    assert proposal.state == "pending"


def test_edit_without_htmx_is_a_whole_page(desk: Client, proposal: Proposal) -> None:
    html = desk.get(f"/proposals/{proposal.pk}/edit/").content.decode()
    assert "<article" in html
    assert 'value="91,8"' in html


def test_a_period_outside_the_term_stands_at_the_year(desk: Client, proposal: Proposal, insurance: Target) -> None:
    typed = {
        "indicator": "bảo hiểm y tế",
        "value": "91,9",
        "unit": "%",
        "year": "2019",
        "part": "",
        "target": insurance.pk,
    }
    answer = desk.post(f"/proposals/{proposal.pk}/edit/", typed, headers=HX)
    assert answer.status_code == 422
    assert "nằm ngoài nhiệm kỳ" in answer.content.decode()


def test_all_sure_ones_at_once_and_back(desk: Client, document: Document) -> None:
    page = desk.post(f"/documents/{document.pk}/accept-confident/", follow=True).content.decode()
    accepted = Proposal.objects.filter(document=document, state="accepted").count()
    assert accepted >= 4
    assert f"Đã nhận {accepted} đề xuất chắc chắn" in page
    back = desk.post(f"/documents/{document.pk}/undo-confident/", follow=True).content.decode()
    assert "Đã hoàn tác" in back
    assert not Proposal.objects.filter(document=document, state="accepted").exists()


def test_a_question_is_answered_and_asked_again(desk: Client, document: Document) -> None:
    asked = Question.objects.filter(document=document).first()
    assert asked is not None
    empty = desk.post(f"/questions/{asked.pk}/", {"act": "answer", "answer": " "})
    assert empty.status_code == 422
    desk.post(f"/questions/{asked.pk}/", {"act": "answer", "answer": "Số chuyển đi là 5."})
    asked.refresh_from_db()
    assert asked.state == "answered"
    assert "Số chuyển đi là 5." in desk.get(f"/documents/{document.pk}/").content.decode()
    desk.post(f"/questions/{asked.pk}/", {"act": "reopen"})
    asked.refresh_from_db()
    assert asked.state == "open"


def test_a_span_of_the_address_is_shown(desk: Client, document: Document) -> None:
    html = desk.get(f"/documents/{document.pk}/?span=0-6").content.decode()
    assert "target-span" in html
    for odd in ("9-2", "a-b", "-", "5", "999999-9999999"):
        assert desk.get(f"/documents/{document.pk}/?span={odd}").status_code == 200


def test_a_question_leads_to_its_words_wherever_they_stand(desk: Client, document: Document) -> None:
    asked = Question.objects.filter(document=document).first()
    assert asked is not None
    html = desk.get(f"/documents/{document.pk}/").content.decode()
    assert f'href="?span={asked.span_start}-{asked.span_end}#text"' in html


def test_many_warnings_do_not_push_the_text_away(desk: Client, document: Document) -> None:
    asked = Question.objects.filter(document=document).first()
    assert asked is not None
    for at in range(20):
        Question.objects.create(document=document, code="x", message=f"Số {at} lạ", span_start=at, span_end=at + 5)
    before, more = desk.get(f"/documents/{document.pk}/").content.decode().split('<details class="more-warns">')
    assert before.count('class="warn"') == 12
    assert "Xem thêm 10 cảnh báo" in more
    assert more.count('class="warn"') == 10
