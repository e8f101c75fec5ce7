"""`nhiemky serve`: the web desk on loopback, one process, the next free port where the wished one is taken."""

import os
import socket
from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import step

HOST = "127.0.0.1"
TRIES = 50


class NoPort(Exception):
    """Every port that was tried is taken."""


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Cổng; bận thì lấy cổng trống kế tiếp.")] = 8000,
) -> None:
    """Mở trang làm việc tại 127.0.0.1."""
    workspace = open_workspace()
    free = free_port(port)
    step(f"Sổ: {workspace}")
    from nhiemky.desk.sample import sample_sign_in

    shown = sample_sign_in()
    if shown is not None:
        step(f"Đăng nhập mẫu: {shown.name} / {shown.password}")
    step(f"Mở trong trình duyệt: http://{HOST}:{free}/   (Ctrl+C để dừng)")
    _run(free)


def free_port(wished: int) -> int:
    """The first port from `wished` on that nobody listens at."""
    for port in range(wished, min(wished + TRIES, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise NoPort(f"các cổng {wished} đến {wished + TRIES - 1} đều bận; chọn cổng khác bằng --port")


def _run(port: int) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhiemky.config.settings")
    connections.close_all()  # the worker is forked from this process and must not inherit a line to the database
    # One worker: SQLite has one writer anyway, and memory of an office PC is dear; threads keep readers apart.
    Granian(
        "nhiemky.config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
