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
    if not (workspace / "register.sqlite3").exists():
        raise NoWorkspace(workspace)
    return workspace
