"""A whole register as one file: `write` while it is served, `read` into an empty one, on either database.

A ZIP: one `<table>.jsonl` a table (a row a line, its values in the order of the manifest) and `manifest.json` with the
columns, how many rows and the SHA-256 of each. The manifest's own SHA-256 is what an office writes down.
"""

from nhiemky.register.archive.form import Archive, ArchiveError
from nhiemky.register.archive.taking_in import check, read
from nhiemky.register.archive.writing import write

__all__ = ["Archive", "ArchiveError", "check", "read", "write"]
