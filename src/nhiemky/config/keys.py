"""The workspace's secret key: made once at set-up, readable by its owner only; without one (tests) a passing key."""

import os
import secrets
from pathlib import Path

NAME = "secret.key"


def secret_key(workspace: Path) -> str:
    """The key kept in the workspace, or a new one that dies with this process."""
    try:
        return (workspace / NAME).read_text("ascii").strip() or secrets.token_urlsafe(50)
    except FileNotFoundError:
        return secrets.token_urlsafe(50)


def make_secret_key(workspace: Path) -> None:
    """Write a key with mode 600; one that is there already stays, so that sign-ins outlive a second set-up."""
    try:
        handle = os.open(workspace / NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
