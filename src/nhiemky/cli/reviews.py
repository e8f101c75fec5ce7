"""`nhiemky reviews`: the reviews of the register, and whether each still agrees with it."""

from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import fail, step
from nhiemky.values.figures import day


def reviews(
    check: Annotated[bool, typer.Option("--check", help="Tính lại từ sổ và nói chỗ khác.")] = False,
) -> None:
    """Liệt kê báo cáo đã chốt; --check: sổ nay có còn khớp không."""
    open_workspace()
    from nhiemky.register import selectors
    from nhiemky.register.review_check import check_review

    broken = False
    for organisation in selectors.organisations():
        for listed in selectors.reviews(organisation):
            number = f", số {listed.number}" if listed.number else ""
            head = f"{listed.pk}. {organisation.name}: {listed.get_kind_display()} {listed.term}"
            step(f"{head}, số liệu đến {day(listed.as_of)}, {listed.get_state_display().lower()}{number}")
            if not check:
                continue
            found = check_review(selectors.review(listed.pk))
            if not found.intact:
                broken = True
                fail(f"báo cáo {listed.pk}: gói số liệu không còn khớp mã kiểm. Hãy khôi phục bản sao lưu.")
            for line in found.differences:
                step(f"   {line}")
            for line in found.notes:
                step(f"   (ghi chú) {line}")
            if found.agrees:
                step("   khớp với sổ")
    if broken:
        raise typer.Exit(1)
