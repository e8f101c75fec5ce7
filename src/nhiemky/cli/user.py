"""`nhiemky user`: accounts with a role; the password is made here and shown once."""

from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import step


def user(
    name: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    role: Annotated[str, typer.Option(help="admin, office, leader, body, inspector hoặc province.")] = "office",
    organisation: Annotated[str, typer.Option(help="Tổ chức mà tài khoản làm việc cho; bỏ trống: cả sổ.")] = "",
    reset: Annotated[bool, typer.Option("--reset", help="Đặt lại mật khẩu của tài khoản đã có.")] = False,
) -> None:
    """Thêm tài khoản, hoặc đặt lại mật khẩu."""
    open_workspace()
    from nhiemky.register import selectors, services
    from nhiemky.register.actors import Actor

    actor = Actor("lệnh user", "admin")
    if reset:
        password = services.reset_password(name, actor)
    else:
        of = selectors.organisation_named(organisation) if organisation else None
        password = services.add_user(name, role, actor, of)
    step(f"{name}: mật khẩu {password} (chỉ hiện một lần; hãy ghi lại)")
