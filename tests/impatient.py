"""The settings as served, but a writer that cannot get its turn gives up at once: no test waits for twenty seconds."""

from nhiemky.config.settings import *  # noqa: F403
from nhiemky.config.settings import DATABASES

_held = DATABASES["default"]["OPTIONS"]
if "timeout" in _held:
    _held["timeout"] = 0.2
else:
    _held["options"] = _held["options"].replace("lock_timeout=20000", "lock_timeout=200")
