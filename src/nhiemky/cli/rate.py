"""`nhiemky rate`: the level that a year's counts support, why, and the cap on *xuất sắc*; a person decides it."""

import json
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, day_typed, organisation_and_term, today
from nhiemky.cli.say import note, out, step
from nhiemky.law import LawError, load
from nhiemky.values.figures import day, parse_figure
from nhiemky.values.kinds import RatingLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhiemky.assess.rating import Reason, Work
    from nhiemky.register.rating import YearProposed
    from nhiemky.register.selectors import Organisation

_SHORT = {"htxsnv": "excellent", "httnv": "good", "htnv": "satisfactory", "khtnv": "poor"}
_COUNTED = {"": None, "tasks": "tasks", "targets": "targets"}

Answer = bool | None


def rate(
    year: Annotated[int, typer.Option(help="Năm xếp loại.")],
    organisation: Annotated[str, typer.Option(help="Tên tổ chức; bỏ trống nếu sổ chỉ có một nơi có chỉ tiêu.")] = "",
    term: Annotated[str, typer.Option(help="Nhiệm kỳ, như 2020-2025; bỏ trống: nhiệm kỳ có năm ấy.")] = "",
    as_of: Annotated[str, typer.Option(help="Ngày xét, như 31/12/2026; bỏ trống: hôm nay.")] = "",
    of: Annotated[str, typer.Option(help="Tính theo tasks (nhiệm vụ) hay targets (chỉ tiêu).")] = "",
    score: Annotated[str, typer.Option(help="Tổng điểm, 0 đến 100.")] = "",
    exceeded: Annotated[int | None, typer.Option(help="Số việc vượt mức yêu cầu; sổ không ghi.", min=0)] = None,
    reference: Annotated[str, typer.Option(help="Văn bản cho loại trừ việc, chỉ tiêu đã thôi.")] = "",
    disciplined: Annotated[
        Answer, typer.Option("--disciplined/--not-disciplined", help="Đơn vị trực thuộc, lãnh đạo bị kỷ luật.")
    ] = None,
    leader_disciplined: Annotated[
        Answer, typer.Option("--leader-disciplined/--leader-not-disciplined", help="Kỷ luật do chức trách, nhiệm vụ.")
    ] = None,
    wrongdoing: Annotated[
        Answer, typer.Option("--wrongdoing/--no-wrongdoing", help="Sai phạm đã được kết luận.")
    ] = None,
    basic_targets_missed: Annotated[
        Answer, typer.Option("--basic-targets-missed/--basic-targets-met", help="Chỉ tiêu cơ bản được giao.")
    ] = None,
    shortcomings_fixed: Annotated[
        Answer, typer.Option("--shortcomings-fixed/--shortcomings-left", help="Đã khắc phục khuyết điểm kỳ trước.")
    ] = None,
    raised: Annotated[bool, typer.Option("--raised", help="Cấp có thẩm quyền cho tỷ lệ xuất sắc cao hơn.")] = False,
    decide: Annotated[str, typer.Option(help="Mức người có thẩm quyền đã quyết định, để ghi vào sổ.")] = "",
    reason: Annotated[str, typer.Option(help="Lý do, khi mức quyết định khác mức đề nghị.")] = "",
    rated_by: Annotated[str, typer.Option(help="Nơi xếp loại.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Đề nghị mức xếp loại của một năm từ số đếm trong sổ, kèm lý do, trần xuất sắc; người có thẩm quyền quyết định."""
    open_workspace()
    from nhiemky.register.rating import Asked

    if of not in _COUNTED:
        raise Unclear(f"--of: gặp “{of}”, cần tasks (nhiệm vụ) hoặc targets (chỉ tiêu)")
    answers = {
        "score": _score(score),
        "disciplined": disciplined,
        "leader_disciplined": leader_disciplined,
        "wrongdoing": wrongdoing,
        "basic_targets_missed": basic_targets_missed,
        "shortcomings_fixed": shortcomings_fixed,
    }
    level = _level(decide) if decide else None
    asked = Asked(answers, _COUNTED[of], exceeded, reference.strip(), raised)  # type: ignore[arg-type]
    holder, found = _proposed(organisation, term, year, as_of, asked)
    if level:
        _decide(holder, year, found, level, reason, rated_by)
        holder, found = _proposed(organisation, term, year, as_of, asked)
    for name in ("rating.party.levels", "rating.party.cap"):
        for warned in load().parameter(name).warnings(today()):
            note(warned.vi, "law")
    if as_json:
        print(json.dumps(_plain(holder, year, found), ensure_ascii=False, indent=1))
    else:
        _print(holder, year, found)


def _score(typed: str) -> float | None:
    if not typed.strip():
        return None
    try:
        found = parse_figure(typed)
    except ValueError as error:
        raise Unclear(f"--score: {error}") from error
    if not Decimal(0) <= found <= Decimal(100):
        raise Unclear(f"--score: gặp {typed}, cần một số từ 0 đến 100, như 92,5")
    return float(found)


def _proposed(organisation: str, term: str, year: int, as_of: str, asked: Any) -> "tuple[Organisation, YearProposed]":
    """Of the named organisation, or the only one with targets; its term is the one that has the year."""
    from nhiemky.register import selectors
    from nhiemky.register.rating import proposed

    on = day_typed(as_of) if as_of else today()
    if not 1990 <= year <= on.year:
        raise Unclear(f"--year: gặp {year}, cần một năm từ 1990 đến {on.year}")
    holder = selectors.organisation_named(organisation) if organisation else organisation_and_term("", term)[0]
    chosen = organisation_and_term(holder.name, term)[1] if term else _term_with(selectors.terms(holder.pk), year)
    try:
        return holder, proposed(holder, year, chosen, on, asked)
    except LawError as error:
        raise Unclear(f"năm {year}: {error}") from error


def _term_with(terms: "Iterable[str]", year: int) -> str | None:
    """Years of two terms that meet belong to the older one, whose last year it is."""
    from nhiemky.values.period import Term

    return next((one for one in sorted(terms) if year in Term.parse(one).years), None)


def _decide(
    holder: "Organisation", year: int, found: "YearProposed", level: RatingLevel, reason: str, rated_by: str
) -> None:
    from nhiemky.register.actors import Actor
    from nhiemky.register.services import add_rating

    said = {"reason": reason, "rated_by": rated_by, "proposed": found.proposal.level or ""}
    add_rating(holder, Actor("lệnh rate", "office"), year=year, level=level, **said)


def _level(typed: str) -> RatingLevel:
    """`good`, `HTTNV` or `hoàn thành tốt nhiệm vụ`."""
    said = " ".join(typed.lower().split())
    for level in RatingLevel:
        if said in (level.value, level.label) or _SHORT.get(said) == level.value:
            return level
    names = ", ".join(f"{one.value} ({one.label})" for one in RatingLevel)
    raise Unclear(f"--decide: gặp “{typed}”, cần một trong: {names}")


def _print(holder: "Organisation", year: int, found: "YearProposed") -> None:
    table = Table(title=f"{holder.name}, năm {year}, xét đến {day(found.on)}")
    for name in ("Số đếm", "Được giao", "Hoàn thành", "Đúng hạn", "Chậm", "Vượt mức", "Chưa rõ", "Đã thôi"):
        table.add_column(name, overflow="fold")
    for name, work in _counts(found):
        table.add_row(name, *("chưa biết" if count is None else str(count) for count in _row(work)))
    out.print(table)
    proposal = found.proposal
    level = proposal.level.label if proposal.level else "chưa đề nghị được"
    step(f"Mức đề nghị: {level} ({proposal.reference})")
    _say(proposal.reasons)
    for kind, cap in found.caps.items():
        step(f"Trần xuất sắc của {kind}: {cap.share}% ({cap.reference})")
        _say(cap.reasons)
    for name, said in found.over_cap:
        step(f"  - “{name}”: {said.vi}.")
    if found.decided:
        step(f"Đã quyết định: {RatingLevel(found.decided.level).label}.")


def _say(reasons: "tuple[Reason, ...]") -> None:
    for one in reasons:
        step(f"  - {one.vi}.")


def _counts(found: "YearProposed") -> "list[tuple[str, Work]]":
    """What was counted first, so marked; the other beside it."""
    rows = [("nhiệm vụ", "tasks", found.tasks), ("chỉ tiêu", "targets", found.targets)]
    told = [(f"{name} (đã dùng)" if kind == found.counted else name, work) for name, kind, work in rows if work]
    return [*told, ("chỉ tiêu theo mức ban đầu", found.first)] if found.first else told


def _row(work: "Work") -> tuple[int | None, ...]:
    return work.assigned, work.done, work.on_time, work.late, work.exceeded, work.unknown, work.excluded


def _plain(holder: "Organisation", year: int, found: "YearProposed") -> dict[str, Any]:
    proposal = found.proposal
    return {
        "organisation": holder.name,
        "year": year,
        "as_of": found.on.isoformat(),
        "counted": found.counted,
        "tasks": asdict(found.tasks),
        "targets": asdict(found.targets) if found.targets else None,
        "targets_by_first_goals": asdict(found.first) if found.first else None,
        "level": proposal.level,
        "ceiling": proposal.ceiling,
        "band": proposal.band,
        "rule": proposal.rule,
        "version": proposal.version,
        "regulation": proposal.regulation,
        "reference": proposal.reference,
        "reasons": [asdict(one) for one in proposal.reasons],
        "missing": list(proposal.missing),
        "inputs": asdict(proposal.inputs),
        "caps": {kind: asdict(one) for kind, one in found.caps.items()},
        "goals_over_cap": [{"target": name, **asdict(said)} for name, said in found.over_cap],
        "decided": found.decided.level if found.decided else None,
    }
