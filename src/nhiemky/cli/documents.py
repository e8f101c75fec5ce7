"""`nhiemky documents`: what the register holds, and how much of it is decided."""

from typing import Any

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import step


def documents() -> None:
    """Liệt kê văn bản trong sổ và số đề xuất đã quyết định."""
    open_workspace()
    from nhiemky.register import selectors

    for holder in selectors.organisations():
        held: list[Any] = list(selectors.documents(holder))  # with the counts that the query adds
        for document in held:
            step(f"{holder.name}\t{document.source_name}\t{document.handled}/{document.total}")
