"""`nhiemky figures template|import|export` and `nhiemky targets import|export`: Excel, CSV and JSON both ways."""

import time
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, organisation_and_term, today
from nhiemky.cli.say import fail, note, step, write_file
from nhiemky.values.figures import figure
from nhiemky.values.period import Term

if TYPE_CHECKING:
    from nhiemky.register.actors import Actor
    from nhiemky.register.exchange.records import Line
    from nhiemky.register.selectors import Organisation
    from nhiemky.register.services.imports_flat import FlatOutcome

_SHOWN = 40  # lines that a person reads; the rest is counted

figures = typer.Typer(no_args_is_help=True, help="Số liệu: biểu Excel để nhập, nhập lại, xuất ra.")
targets = typer.Typer(no_args_is_help=True, help="Chỉ tiêu: bảng Excel, CSV, JSON ra và vào.")

Whose = Annotated[str, typer.Option("--organisation", help="Tên tổ chức; bỏ trống nếu sổ chỉ có một.")]
Which = Annotated[str, typer.Option("--term", help="Nhiệm kỳ, như 2020-2025; bỏ trống: mới nhất.")]
Out = Annotated[Path, typer.Option("--out", help="Ghi vào tệp này.")]
Look = Annotated[bool, typer.Option("--preview", help="Chỉ xem sẽ đổi gì, không ghi.")]


class Form(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


As = Annotated[Form | None, typer.Option("--format", help="Dạng tệp; bỏ trống: theo đuôi của --out.")]
All = Annotated[bool, typer.Option("--all", help="Mọi tổ chức có chỉ tiêu (chỉ CSV, JSON).")]


@figures.callback()
def _figures() -> None:
    """Số liệu: biểu Excel để nhập, nhập lại, xuất ra."""


@targets.callback()
def _targets() -> None:
    """Chỉ tiêu: bảng Excel, CSV, JSON ra và vào."""


@figures.command()
def template(
    period: Annotated[str, typer.Option(help="Kỳ số liệu: 2023, 2023-H1, 2023-Q2, 2023-M06, 2023-9M.")],
    out: Out,
    organisation: Whose = "",
    term: Which = "",
) -> None:
    """Ghi biểu Excel để một đơn vị nhập số liệu của một kỳ."""
    open_workspace()
    from nhiemky.register import checks
    from nhiemky.register.exchange import figures_template

    holder, chosen = organisation_and_term(organisation, term)
    of = checks.period(period)
    checks.within_term(of, checks.term(chosen))
    write_file(out, figures_template(holder, chosen, of))
    step(f"Đã ghi biểu {of.label} của {holder.name}: {out}")


@figures.command("import")
def import_figures(
    file: Annotated[Path, typer.Argument(help="Biểu đã nhập, tệp nhiều số liệu (CSV, XLSX, JSON), hoặc phụ lục.")],
    preview: Look = False,
    flat: Annotated[bool, typer.Option("--flat", help="Tệp nhiều số liệu, mỗi dòng một chỉ tiêu và kỳ.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Gửi luôn các lần báo số lập từ tệp nhiều số liệu.")] = False,
    organisation: Annotated[str, typer.Option(help="Với phụ lục: ghi cho tổ chức này.")] = "",
) -> None:
    """Nhập số liệu: tất cả hoặc không gì cả, lỗi nói từng ô; nhập lại không đổi gì. Phụ lục khác: đọc thành đề xuất."""
    open_workspace()
    from nhiemky.register.actors import Actor
    from nhiemky.register.exchange import kind_of_file

    refuse_missing(file)
    actor = Actor("lệnh figures", "office")
    kind = "flat" if flat else kind_of_file(file)
    if kind == "flat":
        _import_flat(file, actor, preview=preview, send=send)
    elif kind == "figures":
        _import_form(file, actor, preview=preview)
    elif kind == "targets":
        raise Unclear(f"{file.name} là bảng chỉ tiêu; hãy dùng `nhiemky targets import`")
    else:
        _read_annex(file, organisation, actor, preview=preview)


@figures.command("export")
def export_figures_(
    out: Out, form: As = None, organisation: Whose = "", term: Which = "", everyone: All = False
) -> None:
    """Xuất số liệu đang có hiệu lực; XLSX có cả bảng chỉ tiêu. Tệp xuất ra nhập lại được."""
    open_workspace()
    from nhiemky.register import selectors
    from nhiemky.register.exchange import board_workbook, export_figures

    chosen = _form(form, out)
    bodies, of = _bodies(organisation, term, everyone, chosen)
    if chosen is Form.XLSX:
        on = selectors.board_day(bodies[0].pk, of, today())
        write_file(out, board_workbook(selectors.board(bodies[0], of, on)))
    else:
        write(out, export_figures(bodies, chosen, of))
    step(f"Đã ghi {out}")


@targets.command("import")
def import_targets(
    file: Annotated[Path, typer.Argument(help="Bảng chỉ tiêu do sổ xuất ra: XLSX, CSV hoặc JSON.")],
    preview: Look = False,
) -> None:
    """Nhập bảng chỉ tiêu đã sửa: tất cả hoặc không gì cả, lỗi nói từng ô."""
    open_workspace()
    from nhiemky.register import services
    from nhiemky.register.actors import Actor
    from nhiemky.register.services.imports_targets import StaleTargets

    refuse_missing(file)
    actor = Actor("lệnh targets", "office")
    seen = services.preview_targets(file, actor)
    tell(seen.lines, ())
    if seen.errors or preview:
        count(seen.counts, "Sẽ")
        raise typer.Exit(1 if seen.errors else 0)
    try:
        count(services.import_targets(seen, actor).counts, "Đã")
    except StaleTargets as error:
        _stale(error.message, error.preview.lines)


@targets.command("export")
def export_targets_(
    out: Out, form: As = None, organisation: Whose = "", term: Which = "", everyone: All = False
) -> None:
    """Xuất bảng chỉ tiêu của một nhiệm kỳ; XLSX sửa rồi nhập lại được, có dòng trống cho chỉ tiêu mới."""
    open_workspace()
    from nhiemky.register.exchange import export_targets, targets_workbook

    chosen = _form(form, out)
    bodies, of = _bodies(organisation, term, everyone, chosen)
    if chosen is Form.XLSX:
        write_file(out, targets_workbook(bodies[0], of))
    else:
        write(out, export_targets(bodies, chosen, of))
    step(f"Đã ghi {out}")


def _import_form(file: Path, actor: "Actor", *, preview: bool) -> None:
    from nhiemky.register import services
    from nhiemky.register.exchange.records import Stale

    seen = services.preview_figures(file, actor)
    keys = seen.filled.keys
    step(f"Biểu {keys.period} của {keys.name}, nhiệm kỳ {keys.term}")
    tell(seen.lines, seen.notes)
    if seen.errors or preview:
        count(seen.counts, "Sẽ")
        raise typer.Exit(1 if seen.errors else 0)
    try:
        count(services.import_figures(seen, actor).counts, "Đã")
    except Stale as error:
        _stale(error.message, error.preview.lines)


def _import_flat(file: Path, actor: "Actor", *, preview: bool, send: bool) -> None:
    from nhiemky.register import services
    from nhiemky.register.exchange.records import FileRefused

    started = time.monotonic()

    def say(rows: int) -> None:
        if rows % 20_000 == 0:
            note(f"đã qua {figure(rows)} dòng …", file.name)

    try:
        if preview:
            done = services.preview_flat(file, actor, say)
        else:
            done = services.import_flat(file, actor, send=send, say=say)
    except FileRefused as error:
        for fault in error.faults[:_SHOWN]:
            fail(fault.message, str(fault.place))
        fail(f"{len(error.faults)} lỗi hoặc hơn; không ghi gì.", file.name)
        raise typer.Exit(1) from error
    _tell_flat(done, time.monotonic() - started, "Sẽ" if preview else "Đã")


def _tell_flat(done: "FlatOutcome", seconds: float, verb: str) -> None:
    for warning in done.warnings[:_SHOWN]:
        note(warning.message, str(warning.place))
    if done.warned > _SHOWN:
        note(f"… và {figure(done.warned - _SHOWN)} điều cần xem lại nữa", done.file)
    count(done.counts, verb)
    pace = figure(round(done.rows / seconds)) if seconds else "–"
    step(f"{figure(done.rows)} dòng trong {figure(round(seconds, 1))} giây: {pace} dòng/giây.")
    if done.waiting:
        step(f"{figure(done.waiting)} lần báo số đang nhập dở: hãy gửi, rồi người khác duyệt.")
    elif done.submissions:
        step(f"{figure(done.submissions)} lần báo số chờ người khác duyệt.")


def _read_annex(file: Path, organisation: str, actor: "Actor", *, preview: bool) -> None:
    """What is no form of ours is read like any paper: its facts wait as proposals for a person."""
    from nhiemky.cli.intake import take
    from nhiemky.reading.read import read
    from nhiemky.sources import SourceError, load

    if preview:
        try:
            loaded = load(file)
        except SourceError as error:
            fail(str(error))
            raise typer.Exit(1) from error
        found = read(loaded.text, loaded.name, loaded.tables)
        told = f"{len(found.targets)} chỉ tiêu, {len(found.results)} số liệu"
        step(f"{file.name} không phải biểu của sổ: sẽ đọc thành đề xuất; đọc được {told}.")
        return
    step(f"{file.name} không phải biểu của sổ: đọc thành đề xuất, chưa ghi số liệu nào.")
    if not take(file, organisation, actor):
        raise typer.Exit(1)
    step("Hãy xem và nhận từng đề xuất ở trang Đọc văn bản.")


def tell(lines: "Iterable[Line]", notes: Iterable[str]) -> None:
    """Errors on stderr with their cell; what changes on stdout; what stays the same is counted only."""
    shown = 0
    for line in lines:
        if line.change == "error":
            fail(line.message, str(line.place))
        elif line.change != "same" and shown < _SHOWN:
            shown += 1
            where = line.place.cell if line.place.sheet else line.place.row
            step(f"  {where}: {line.change.label}: {line.name}: {_change(line)}")
        for warning in line.warnings:
            note(warning, str(line.place))
    for said in notes:
        step(f"  {said}")


def _change(line: "Line") -> str:
    return f"{line.before} → {line.after or '–'}" if line.before else line.after


def count(counts: Any, verb: str) -> None:
    from nhiemky.register.exchange.records import Change

    if set(counts) <= {"same"}:
        step("Không có gì mới.")
        return
    verb = "Không ghi gì" if "error" in counts else f"{verb} ghi"
    step(f"{verb}: " + ", ".join(f"{figure(number)} {Change(change).label}" for change, number in counts.items()) + ".")


def _stale(message: str, lines: "Iterable[Line]") -> None:
    tell(lines, ())
    fail(message)
    raise typer.Exit(1)


def _bodies(organisation: str, term: str, everyone: bool, form: Form) -> "tuple[list[Organisation], str]":
    from nhiemky.register import selectors

    if not everyone:
        if organisation and term:  # a body that has no target yet gets a blank table
            return [selectors.organisation_named(organisation)], _term(term)
        holder, chosen = organisation_and_term(organisation, term)
        return [holder], chosen
    if form is Form.XLSX:
        raise Unclear("--all chỉ dùng với CSV và JSON; Excel ghi từng tổ chức")
    if not term:
        raise Unclear("--all cần --term")
    return list(selectors.organisations_with_targets()), _term(term)


def _term(text: str) -> str:
    try:
        return str(Term.parse(text))
    except ValueError as error:
        raise Unclear(str(error)) from error


def _form(form: Form | None, out: Path) -> Form:
    if form is not None:
        return form
    try:
        return Form(out.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise Unclear(f"{out.name}: chưa rõ dạng tệp; hãy đặt đuôi .xlsx, .csv, .json hoặc dùng --format") from error


def refuse_missing(file: Path) -> None:
    if not file.is_file():
        raise Unclear(f"{file}: không có tệp này; hãy xem lại đường dẫn")


def write(out: Path, pieces: Iterable[bytes]) -> None:
    """As write_file, piece by piece: a province's figures need not fit in memory."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
