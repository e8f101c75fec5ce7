"""`nhiemky review`: freezes a mid-term review and writes its paper as DOCX and PDF."""

from pathlib import Path
from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, day_typed, organisation_and_term, today
from nhiemky.cli.say import step, write_file
from nhiemky.values.period import Term


def review(
    out: Annotated[Path, typer.Option(help="Thư mục ghi tệp.")],
    organisation: Annotated[str, typer.Option(help="Tên tổ chức.")] = "",
    term: Annotated[str, typer.Option(help="Nhiệm kỳ, như 2020-2025.")] = "",
    as_of: Annotated[str, typer.Option(help="Ngày chốt số liệu, như 30/06/2023; bỏ trống: giữa nhiệm kỳ.")] = "",
) -> None:
    """Chốt số liệu sơ kết giữa nhiệm kỳ và ghi báo cáo dự thảo (DOCX, PDF)."""
    open_workspace()
    from nhiemky.register import services
    from nhiemky.register.actors import Actor
    from nhiemky.report.docx import to_docx
    from nhiemky.report.midterm import midterm_paper
    from nhiemky.report.pdf import to_pdf

    holder, chosen = organisation_and_term(organisation, term)
    on = day_typed(as_of) if as_of else min(Term.parse(chosen).midpoint, today())
    if on > today():
        raise Unclear(f"ngày {on:%d/%m/%Y} chưa đến; số liệu chỉ chốt được đến hôm nay")
    _make_folder(out)  # before anything is frozen
    made = services.create_review(holder, "midterm", chosen, on, Actor("lệnh review", "office"))
    paper = midterm_paper(made.pack)
    name = f"du-thao-kiem-diem-{chosen}-{on:%Y%m%d}-{made.pk}"
    for ending, content in (("docx", to_docx(paper)), ("pdf", to_pdf(paper))):
        path = out / f"{name}.{ending}"
        write_file(path, content)
        step(str(path))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unclear(f"{out}: không tạo được thư mục ({error.strerror}). Hãy chọn thư mục khác") from error
