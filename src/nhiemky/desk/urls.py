"""The desk's addresses. Paths are plain English words; every one needs a sign-in except the sign-in itself."""

from django.urls import path

from nhiemky.desk.views import account, approvals, documents, incoming, proposals, reviews, tables, targets, today

app_name = "desk"
urlpatterns = [
    path("", today.show, name="today"),
    path("sign-in/", account.SignIn.as_view(), name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("organisation/", account.choose_organisation, name="organisation"),
    path("documents/", documents.listing, name="documents"),
    path("documents/add/", documents.add, name="document-add"),
    path("documents/incoming/", incoming.listing, name="incoming-list"),
    path("documents/incoming/<slug:key>/", incoming.show, name="incoming"),
    path("documents/<int:document_id>/", documents.show, name="read"),
    path("documents/<int:document_id>/part/", documents.part, name="read-part"),
    path("documents/<int:document_id>/accept-confident/", documents.accept_confident, name="accept-confident"),
    path("documents/<int:document_id>/undo-confident/", documents.undo_confident, name="undo-confident"),
    path("documents/<int:document_id>/tables/<slug:key>/", tables.read_again, name="table"),
    path("questions/<int:question_id>/", documents.question, name="question"),
    path("results/<int:result_id>/", targets.decide_result, name="result"),
    path("approvals/", approvals.show, name="approvals"),
    path("approvals/decide/", approvals.decide, name="approvals-decide"),
    path("approvals/undo/", approvals.undo, name="approvals-undo"),
    path("approvals/periods/", approvals.periods, name="periods"),
    path("proposals/<int:proposal_id>/", proposals.card, name="proposal"),
    path("proposals/<int:proposal_id>/accept/", proposals.accept, name="accept"),
    path("proposals/<int:proposal_id>/reject/", proposals.reject, name="reject"),
    path("proposals/<int:proposal_id>/undo/", proposals.undo, name="undo"),
    path("proposals/<int:proposal_id>/edit/", proposals.edit, name="edit"),
    path("targets/", targets.board, name="board"),
    path("targets/<int:target_id>/", targets.show, name="target"),
    path("targets/<int:target_id>/results/add/", targets.add_result, name="result-add"),
    path("reviews/", reviews.listing, name="reviews"),
    path("reviews/add/", reviews.add, name="review-add"),
    path("reviews/<int:review_id>/", reviews.show, name="review"),
    path("reviews/<int:review_id>/review.<str:form>", reviews.download, name="review-file"),
]
