"""The sample sign-in that a sample workspace shows on its sign-in page; None in a workspace of real figures."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FILE = "sample-sign-in.json"


@dataclass(frozen=True)
class SampleSignIn:
    name: str
    password: str


def sample_sign_in() -> SampleSignIn | None:
    """What set-up left in the workspace for whoever tries the samples."""
    try:
        said = json.loads((Path(settings.WORKSPACE) / FILE).read_text("utf-8"))
        return SampleSignIn(said["name"], said["password"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
