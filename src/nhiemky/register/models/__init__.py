"""The register's tables, one file a subject."""

from nhiemky.register.models.documents import Document, DocumentLink, Proposal, Question
from nhiemky.register.models.log import Event, LogHead
from nhiemky.register.models.people import Membership
from nhiemky.register.models.places import Organisation, Place, PlaceSuccession, Succession
from nhiemky.register.models.recognition import Article, Campaign, Commendation, Rating
from nhiemky.register.models.results import PeriodLock, Result, Submission
from nhiemky.register.models.reviews import Review
from nhiemky.register.models.summaries import Latest, Roll, Score
from nhiemky.register.models.targets import Adjustment, Indicator, Target, TargetPath
from nhiemky.register.models.work import Attendance, Conclusion, Meeting, Task, TaskStep

__all__ = [
    "Adjustment",
    "Article",
    "Attendance",
    "Campaign",
    "Commendation",
    "Conclusion",
    "Document",
    "DocumentLink",
    "Event",
    "Indicator",
    "Latest",
    "LogHead",
    "Meeting",
    "Membership",
    "Organisation",
    "PeriodLock",
    "Place",
    "PlaceSuccession",
    "Proposal",
    "Question",
    "Rating",
    "Result",
    "Review",
    "Roll",
    "Score",
    "Submission",
    "Succession",
    "Target",
    "TargetPath",
    "Task",
    "TaskStep",
]
