"""`nhiemky user`: accounts with a role; the password is made here and shown once."""

from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import step


def user(
    name: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    role: Annotated[str, typer.Option(help="admin, office, leader, body hoặc inspector.")] = "office",
    reset: Annotated[bool, typer.Option("--reset", help="Đặt lại mật khẩu của tài khoản đã có.")] = False,
) -> None:
    """Thêm tài khoản, hoặc đặt lại mật khẩu."""
    open_workspace()
    from nhiemky.register import services
    from nhiemky.register.actors import Actor

    actor = Actor("lệnh user", "admin")
    password = services.reset_password(name, actor) if reset else services.add_user(name, role, actor)
    step(f"{name}: mật khẩu {password} (chỉ hiện một lần; hãy ghi lại)")
