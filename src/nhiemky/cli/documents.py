"""`nhiemky documents`: what the register holds, and how much of it is decided."""

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import step


def documents() -> None:
    """Liệt kê văn bản trong sổ và số đề xuất đã quyết định."""
    open_workspace()
    from nhiemky.register import selectors

    for holder in selectors.organisations():
        for document in selectors.documents(holder):
            handled, total = selectors.document_progress(document.pk)
            step(f"{holder.name}\t{document.source_name}\t{handled}/{total}")
