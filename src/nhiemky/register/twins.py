"""What the register holds that a rating, a commendation or a task read in a document repeats or contradicts.

Intake marks proposals by it; services ask again when one is accepted. Counts only, never a name.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from nhiemky.reading.vocab import lookup
from nhiemky.register import access
from nhiemky.register.folding import fold, likeness
from nhiemky.register.infer import rating_year
from nhiemky.register.models import Commendation, Document, Organisation, Rating, Task
from nhiemky.register.models.documents import Relation
from nhiemky.register.models.work import TaskState
from nhiemky.values.kinds import RatingLevel
from nhiemky.values.language import capital

KINDS = ("ratings", "commendations", "tasks")
_SAME_TASK = 0.9
_ITSELF = 0.75  # from it two names are taken for one body
_PERSONS = (
    "cá nhân", "đảng viên", "đồng chí", "đ/c", "bí thư", "hội viên", "đoàn viên", "thanh niên", "chiến sĩ", "cán bộ",
    "học sinh", "giáo viên", "gương",
)  # fmt: skip


@dataclass(frozen=True)
class Twin:
    """A row that says the same (duplicate), or something else of the same thing (contradiction)."""

    row: Model
    relation: str
    note: str


@dataclass(frozen=True)
class Praise:
    """What a commendation tells: its form, and to how many collectives or individuals."""

    form: str
    collectives: int | None
    individuals: int | None


def twin_of(kind: str, fact: dict[str, Any], document: Document, sentence: str) -> Twin | None:
    if kind == "ratings":
        return _rating(fact, document)
    if kind == "commendations":
        return _commendation(fact, document, sentence)
    return _task(fact, document) if kind == "tasks" else None


def subject_of(fact: dict[str, Any], document: Document) -> Organisation | None:
    """Whom a rating is of: the document's organisation, or the one below it that bears the name; None where none
    is held."""
    named = str(fact.get("organisation") or "").strip()
    of = document.organisation
    if not named or likeness(named, of.name) >= _ITSELF or likeness(named, of.place.name) >= _ITSELF:
        return of
    below = Organisation.objects.filter(pk__in=access.below(of.pk))
    found = [one for one in below if fold(one.name) == fold(named)]
    return found[0] if len(found) == 1 else None


def praise_of(fact: dict[str, Any], sentence: str) -> Praise | None:
    """None where the text counts collectives and individuals together."""
    said, whom, count = sentence.lower(), str(fact["recipients"]).lower(), int(fact["count"])
    form = capital(next((word for word in lookup("praises", "kind") if word in said), "khen thưởng"))
    collective, person = "tập thể" in whom, whom.startswith(_PERSONS) or "cá nhân" in whom
    if collective and person:
        return None
    return Praise(form, None, count) if person else Praise(form, count, None)


def _rating(fact: dict[str, Any], document: Document) -> Twin | None:
    year, of = rating_year(fact, document), subject_of(fact, document)
    held = None if of is None else Rating.objects.filter(organisation=of, of="", year=year or 0).first()
    if of is None or held is None:
        return None
    if held.level == fact["level"]:
        return Twin(held, Relation.DUPLICATE, f"Trùng với xếp loại đã có: {of.name}, năm {year}.")
    level = RatingLevel(held.level).label
    return Twin(held, Relation.CONTRADICTION, f"Khác với xếp loại đã có: {of.name}, năm {year}, {level}.")


def _commendation(fact: dict[str, Any], document: Document, sentence: str) -> Twin | None:
    praise, on = praise_of(fact, sentence), document.issued_on
    if on is None or praise is None:
        return None
    rows = Commendation.objects.filter(organisation=document.organisation, year=on.year, form=praise.form)
    same = rows.filter(collectives=praise.collectives, individuals=praise.individuals).first()
    if same is None:
        return None
    return Twin(same, Relation.DUPLICATE, f"Trùng với khen thưởng đã có: {same}.")


def _task(fact: dict[str, Any], document: Document) -> Twin | None:
    held = Task.objects.filter(organisation=document.organisation, state=TaskState.OPEN)
    said = str(fact["text"])
    same = next((task for task in held if likeness(said, task.title) >= _SAME_TASK), None)
    return None if same is None else Twin(same, Relation.DUPLICATE, f"Trùng với nhiệm vụ đang làm: {same.title}.")
