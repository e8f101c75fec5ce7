"""A frozen review against the register of today, asked about the same day: does it still agree, and if not, where.

Nothing is changed; whoever sees differences decides whether to reopen the review. Called by the desk and commands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from nhiemky.assess.target import RULES_VERSION, assess, restored
from nhiemky.register.models import Review
from nhiemky.register.packs import make_pack
from nhiemky.values.canonical import sha256_of
from nhiemky.values.figures import figure, goal_text, iso_day, with_unit
from nhiemky.values.kinds import PeriodMeaning, ResultKind, VerdictStatus
from nhiemky.values.language import is_english, name_in
from nhiemky.values.period import Period

Pack = Mapping[str, Any]

_COLUMNS = {  # what a target says, beside its goal; each column with the words for it
    "number": gettext_noop("số thứ tự"),
    "name": gettext_noop("tên"),
    "field": gettext_noop("lĩnh vực"),
    "deadline": gettext_noop("thời hạn"),
    "baseline": gettext_noop("số gốc"),
    "baseline_year": gettext_noop("năm gốc"),
    "lead_body": gettext_noop("cơ quan chủ trì"),
    "clause": gettext_noop("câu gốc trong nghị quyết"),
    "state": gettext_noop("tình trạng"),
    "state_reason": gettext_noop("lý do điều chỉnh"),
}


@dataclass(frozen=True)
class ReviewCheck:
    """`intact`: the pack is byte for byte what was frozen. `differences` concern figures and verdicts: where there is
    none, the review agrees. `notes` tell what else has come or gone since (documents, questions, proposals)."""

    intact: bool
    differences: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return self.intact and not self.differences


def check_review(review: Review) -> ReviewCheck:
    """Make the pack of the same day anew and compare; sentences come in the reader's language."""
    held: dict[str, Any] = review.pack
    period = held.get("period")
    made_at = datetime.fromisoformat(held["made_at"])
    now = make_pack(
        review.organisation, review.kind, review.term, review.as_of, made_at,
        Period.parse(period["key"]) if period else None,
    )  # fmt: skip
    intact = sha256_of(held) == review.digest
    return ReviewCheck(intact, tuple(_differences(held, now)), tuple(_notes(held, now)))


def _differences(held: Pack, now: Pack) -> Iterable[str]:
    before, after = ({row["target"]["id"]: row for row in pack["rows"]} for pack in (held, now))
    for key, row in before.items():
        if key not in after:
            yield _("%s: có trong bản chốt, nay không còn trong sổ.") % _named(row)
            continue
        for said in (
            *_target(row["target"], after[key]["target"]),
            *_results(row, after[key], held, now),
            *_verdict(row["verdict"], after[key]["verdict"], row["target"]["unit"]),
            *_judged_again(row["verdict"], date.fromisoformat(held["as_of"])),
        ):
            yield f"{_named(row)}: {said}"
    for key, row in after.items():
        if key not in before:
            yield _("%s: nay có trong sổ, bản chốt không có.") % _named(row)


def _target(held: Pack, now: Pack) -> Iterable[str]:
    if _goal(held) != _goal(now):
        yield _was(_("mức phải đạt"), _goal(held), _goal(now))
    for column, words in _COLUMNS.items():
        if held[column] != now[column]:
            yield _was(_(words), _plain(held[column]), _plain(now[column]))
    if held["meaning"] != now["meaning"]:
        meanings = (name_in(get_language(), PeriodMeaning(one["meaning"])) for one in (held, now))
        yield _was(_("cách tính theo kỳ"), *meanings)


def _results(held: Pack, now: Pack, held_pack: Pack, now_pack: Pack) -> Iterable[str]:
    if held["path"] != now["path"]:
        yield _was(_("lộ trình"), _path(held["path"]), _path(now["path"]))
    before, after = ({one["id"]: one for one in row["results"]} for row in (held, now))
    for key, one in before.items():
        if key not in after:
            yield _("số %s có trong bản chốt, nay không còn hiệu lực.") % _said(one)
        elif _said(one) != _said(after[key]):
            yield _was(_("kết quả"), _said(one), _said(after[key]))
        elif _sentence(one, held_pack) != _sentence(after[key], now_pack):
            yield _("câu nguồn của số %s không còn như cũ.") % _said(one)
    for key, one in after.items():
        if key not in before:
            yield _("nay có thêm số %s, bản chốt không có.") % _said(one)


def _verdict(held: Pack, now: Pack, unit: str) -> Iterable[str]:
    if held["status"] != now["status"]:
        statuses = (name_in(get_language(), VerdictStatus(one["status"])) for one in (held, now))
        yield _was(_("đánh giá"), *statuses)
    elif held["value"] != now["value"]:
        yield _was(_("số dùng để xét"), *(_number(one["value"], unit) for one in (held, now)))
    if (held["rule"], held["version"]) != (now["rule"], now["version"]):
        yield _was(_("quy tắc"), *(_("%(rule)s, bản %(version)s") % dict(one) for one in (held, now)))
        return
    if held["standing"] != now["standing"]:
        yield _was(_("theo chỉ tiêu đang có hiệu lực"), *(_standing(one) for one in (held, now)))
    if _ahead(held) != _ahead(now):
        yield _was(_("ước cuối kỳ, nhịp cần có"), *(_spoken(one.get("outlook")) for one in (held, now)))


def _judged_again(held: Pack, as_of: date) -> Iterable[str]:
    """What was frozen follows from the inputs frozen with it, by the rules it names; older rules are not kept."""
    if held["version"] != RULES_VERSION or not held["inputs"]:
        return
    again = assess(*restored(held["inputs"]), as_of)
    told = (str(again.status), again.value, again.pace_from_today, again.outlook.vi if again.outlook else None)
    outlook = held.get("outlook")
    if told != (held["status"], held["value"], held.get("pace_from_today"), outlook["vi"] if outlook else None):
        yield _("đánh giá đã chốt không suy ra được từ số liệu chốt cùng nó.")


def _ahead(held: Pack) -> tuple[Any, ...]:
    return held["forecast"], held["pace_from_today"]


def _standing(held: Pack) -> str:
    return name_in(get_language(), VerdictStatus(held["standing"])) if held["standing"] else "—"


def _spoken(reason: Pack | None) -> str:
    """`“Ước đến 31/12/2025 được …”`, in the reader's language."""
    if not reason:
        return "—"
    return f"“{reason['en'] if is_english(get_language()) else reason['vi']}”"


def _notes(held: Pack, now: Pack) -> Iterable[str]:
    before, after = ({one["id"]: one["title"] or one["name"] for one in pack["documents"]} for pack in (held, now))
    for key in sorted(after.keys() - before.keys()):
        yield _("Văn bản vào sổ sau khi chốt: %s.") % after[key]
    for key in sorted(before.keys() - after.keys()):
        yield _("Văn bản nay không còn trong sổ: %s.") % before[key]
    opened, now_open = ({one["id"] for one in pack["questions"]} for pack in (held, now))
    if opened != now_open:
        words = _("Câu hỏi chưa trả lời: lúc chốt %(before)s, nay %(after)s.")
        yield words % {"before": len(opened), "after": len(now_open)}
    if held["pending"] != now["pending"]:
        words = _("Đề xuất chưa quyết định: lúc chốt %(before)s, nay %(after)s.")
        yield words % {"before": held["pending"], "after": now["pending"]}
    if held["organisation"] != now["organisation"]:
        yield _was(_("Tổ chức"), held["organisation"]["name"], now["organisation"]["name"]) + "."


def _was(what: str, before: str, after: str) -> str:
    return _("%(what)s: bản chốt %(before)s, nay %(after)s") % {"what": what, "before": before, "after": after}


def _named(row: Pack) -> str:
    return _("Chỉ tiêu %(number)s “%(name)s”") % {"number": row["target"]["number"], "name": row["target"]["name"]}


def _goal(target: Pack) -> str:
    return goal_text(target["direction"], target["low"], target["high"], target["unit"])


def _said(result: Pack) -> str:
    """A figure with its period, kind and day: all by which it is judged."""
    period = name_in(get_language(), Period.parse(result["period"]))
    kind = name_in(get_language(), ResultKind(result["kind"]))
    value = with_unit(result["value"], result["unit"])
    ratio = f", {figure(result['ratio'])}%" if result["ratio"] is not None else ""
    plan = f", /{figure(result['planned'])}" if result["planned"] is not None else ""
    return f"{value}{ratio}{plan} ({period}, {kind}, {iso_day(result['as_of'])})"


def _sentence(result: Pack, pack: Pack) -> tuple[Any, ...] | None:
    """Numbers of sources are those of one pack: what they say is compared."""
    found = next((line for line in pack["sources"] if line["id"] == result["source"]), None)
    return (found["document"], found["sentence"], *found["span"]) if found else None


def _path(steps: Iterable[tuple[int, float]]) -> str:
    return ", ".join(f"{year}: {figure(value)}" for year, value in steps) or "—"


def _number(value: float | None, unit: str) -> str:
    return "—" if value is None else with_unit(value, unit)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "—"
    return figure(value) if isinstance(value, float) else f"“{iso_day(str(value))}”"
