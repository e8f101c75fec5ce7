"""Writes of the register: one verb, one transaction, one event. Whoever cannot do what it asked gets a ServiceError."""

from nhiemky.register.services.accounts import add_user, any_user, reset_password
from nhiemky.register.services.adjustments import adjust_target, drop_target, reinstate_target, undo_adjustment
from nhiemky.register.services.documents import add_document, add_page
from nhiemky.register.services.entry import Entry, FiguresRefused, check_entries
from nhiemky.register.services.organisations import add_organisation, edit_organisation, organisation_of_host
from nhiemky.register.services.periods import lock_period, reopen_period
from nhiemky.register.services.places import BadTable, PlacesPlan, import_places, plan_places
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
from nhiemky.register.services.submissions import (
    approve_submission,
    approve_submissions,
    enter_figures,
    open_submission,
    return_submission,
    submit,
    take_back,
)
from nhiemky.register.services.succession import (
    Ground,
    merge_organisations,
    part_organisation,
    rename_organisation,
    reparent_organisation,
    split_organisation,
    undo_succession,
)
from nhiemky.register.services.tables import TableRead, read_table
from nhiemky.register.services.targets import add_path, add_target, edit_target

__all__ = [
    "SUGGESTED",
    "BadTable",
    "Decided",
    "Entry",
    "FiguresRefused",
    "Ground",
    "PlacesPlan",
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
    "adjust_target",
    "answer_question",
    "any_user",
    "approve_result",
    "approve_submission",
    "approve_submissions",
    "check_entries",
    "check_review_day",
    "check_summaries",
    "correct_result",
    "create_review",
    "dismiss_question",
    "drop_target",
    "edit_organisation",
    "edit_proposal",
    "edit_target",
    "enter_figures",
    "import_places",
    "link_proposal",
    "lock_period",
    "merge_organisations",
    "open_submission",
    "organisation_of_host",
    "part_organisation",
    "plan_places",
    "read_table",
    "reinstate_target",
    "reject_proposal",
    "rename_organisation",
    "reopen_period",
    "reopen_question",
    "reparent_organisation",
    "reset_password",
    "return_result",
    "return_submission",
    "split_organisation",
    "submit",
    "take_back",
    "undo",
    "undo_adjustment",
    "undo_succession",
]
