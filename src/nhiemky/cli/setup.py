"""`nhiemky setup`: makes the workspace (key, tables, first sign-in) and loads the samples; running it again is safe."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from nhiemky.cli.bootstrap import start_django, store_file
from nhiemky.cli.say import step

FIRST_USER = "vanphong"


def setup(
    samples: Annotated[bool, typer.Option(help="Nạp dữ liệu mẫu (phường không có thật).")] = True,
) -> None:
    """Tạo thư mục làm việc: khóa, cơ sở dữ liệu, tài khoản đầu tiên, dữ liệu mẫu."""
    workspace = prepare()
    if samples:
        for line in _load_samples():
            step(f"  mẫu: {line}")
    for line in first_sign_in(workspace, samples=samples):
        step(f"  {line}")
    step(f"Đã sẵn sàng: {workspace}")


def prepare() -> Path:
    """The folder, its key and its tables. The key is made before Django reads its settings."""
    workspace = Path(os.environ.get("NHIEMKY_WORKSPACE") or "workspace").absolute()
    workspace.mkdir(parents=True, exist_ok=True, mode=0o700)
    from nhiemky.config.keys import make_secret_key

    make_secret_key(workspace)
    start_django()
    _make_tables()
    file = store_file()
    if file is not None:
        file.chmod(0o600)
    return workspace


def _make_tables() -> None:
    """Tables of this version; those of a newer one are left alone (WrongTables)."""
    from django.core.management import call_command
    from django.db import connection

    from nhiemky.register.store import check_tables

    check_tables(older=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # an index over a nation's results takes its time
    call_command("migrate", verbosity=0, interactive=False)
    from nhiemky.register.services.rebuild import fill_summaries

    fill_summaries()


def first_sign_in(workspace: Path, *, samples: bool) -> Iterator[str]:
    """A first account where there is none. A sample one is kept in a file of the owner's, to be shown at each start;
    any other password is printed once."""
    from nhiemky.desk.sample import FILE
    from nhiemky.register import services
    from nhiemky.register.actors import Actor

    if services.any_user():
        return
    password = services.add_user(FIRST_USER, "office", Actor("set-up", "admin"))
    if not samples:
        yield f"Tài khoản đầu tiên: {FIRST_USER}, mật khẩu {password} (chỉ hiện một lần; hãy ghi lại)"
        return
    handle = os.open(workspace / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"name": FIRST_USER, "password": password}, file)
    yield f"Đăng nhập mẫu: {FIRST_USER} / {password}"


def samples_folder() -> Path | None:
    """Samples lie in the package of an installed wheel, else at the top of the repository."""
    package = Path(__file__).resolve().parent.parent
    places = (package / "samples", package.parent.parent / "samples")
    return next((place for place in places if (place / "pages.yaml").exists()), None)


def _load_samples() -> Iterator[str]:
    from nhiemky.reading.read import read
    from nhiemky.register.samples import load_samples
    from nhiemky.sources import load

    folder = samples_folder()
    if folder is None:
        yield "không thấy thư mục samples/, bỏ qua"
        return
    yield from load_samples(folder, load, read)
