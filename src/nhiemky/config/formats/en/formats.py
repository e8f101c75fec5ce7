"""The same official formats while the labels are English: the figures stay Vietnamese."""

from nhiemky.config.formats.vi.formats import *  # noqa: F403 - Django looks each format up by its name in this module
