"""Writes of the register: one verb, one transaction, one event. Whoever cannot do what it asked gets a ServiceError."""

from nhiemky.register.services.accounts import add_user, any_user, reset_password
from nhiemky.register.services.documents import add_document, add_page
from nhiemky.register.services.organisations import add_organisation, organisation_of_host
from nhiemky.register.services.periods import lock_period, reopen_period
from nhiemky.register.services.proposals import (
    SUGGESTED,
    Decided,
    accept_confident,
    accept_proposal,
    edit_proposal,
    link_proposal,
    reject_proposal,
    undo,
)
from nhiemky.register.services.questions import answer_question, dismiss_question, reopen_question
from nhiemky.register.services.rebuild import check_summaries
from nhiemky.register.services.results import add_result, approve_result, correct_result, return_result
from nhiemky.register.services.reviews import check_review_day, create_review
from nhiemky.register.services.tables import TableRead, read_table
from nhiemky.register.services.targets import add_path, add_target, edit_target

__all__ = [
    "SUGGESTED",
    "Decided",
    "TableRead",
    "accept_confident",
    "accept_proposal",
    "add_document",
    "add_organisation",
    "add_page",
    "add_path",
    "add_result",
    "add_target",
    "add_user",
    "answer_question",
    "any_user",
    "approve_result",
    "check_review_day",
    "check_summaries",
    "correct_result",
    "create_review",
    "dismiss_question",
    "edit_proposal",
    "edit_target",
    "link_proposal",
    "lock_period",
    "organisation_of_host",
    "read_table",
    "reject_proposal",
    "reopen_period",
    "reopen_question",
    "reset_password",
    "return_result",
    "undo",
]
