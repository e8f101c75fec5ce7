"""The register's tables, one file a subject."""

from nhiemky.register.models.documents import Document, Proposal, Question
from nhiemky.register.models.log import Event, LogHead
from nhiemky.register.models.places import Organisation, Place
from nhiemky.register.models.reviews import Review
from nhiemky.register.models.targets import Indicator, Result, Target, TargetPath

__all__ = [
    "Document",
    "Event",
    "Indicator",
    "LogHead",
    "Organisation",
    "Place",
    "Proposal",
    "Question",
    "Result",
    "Review",
    "Target",
    "TargetPath",
]
