"""Starts Django for the commands that need the register; `nhiemky read` does without."""

import os
from pathlib import Path


class NoWorkspace(Exception):
    """There is no register where the command looks for one."""

    def __init__(self, workspace: Path) -> None:
        super().__init__(
            f"chưa có sổ ở {workspace}; chạy `nhiemky setup` trước, hoặc đặt NHIEMKY_WORKSPACE là thư mục có sổ"
        )


def start_django() -> None:
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhiemky.config.settings")
    if not apps.ready:
        django.setup(set_prefix=False)


def open_workspace() -> Path:
    """Django started on a workspace that has been set up; its folder."""
    start_django()
    from django.conf import settings

    workspace: Path = settings.WORKSPACE
    file = store_file()
    if file is not None and not file.exists():  # to ask SQLite would make an empty one
        raise NoWorkspace(workspace)
    from nhiemky.register.store import check_tables

    if not check_tables():
        raise NoWorkspace(workspace)
    return workspace


def store_file() -> Path | None:
    """The register's file; None where PostgreSQL holds it. Django must have been started."""
    from django.db import connection

    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
