"""Icon name → inline SVG of 12 by 12 units in the current colour. Called by the template tags."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "double": "M.8 6.8 3.4 9.4 8 3.6M5.6 8.6l.8.8 4.8-5.8",
    "check": "M2 6.5 5 9.5 10 3",
    "arrow": "M1 6h9M7 3l3 3-3 3",
    "warning": "M6 1.2 11 10.5H1ZM6 4.6v2.6M6 8.6v.4",
    "cross": "M2 2l8 8M10 2 2 10",
    "clock": "M6 1.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2ZM6 3.4V6l1.8 1.2",
    "question": "M3.8 4.2C3.8 2.8 4.8 2 6 2s2.3.8 2.3 2.1c0 1.7-2.2 1.8-2.2 3.3M6 9.6v.4",
    "dash": "M2 6h8",
    "swap": "M2 4h8M8 2l2 2-2 2M10 8H2M4 6 2 8l2 2",
    "file": "M3 1.2h4l2.2 2.2v7.4H3ZM7 1.2v2.4h2.2M4.6 6h3M4.6 8h3",
    "up": "M6 10V2M3 5l3-3 3 3",
    "down": "M6 1.5V8M3 5.2l3 3 3-3M2 10.5h8",
    "undo": "M4 2 1.6 4.4 4 6.8M1.8 4.4H7a3 3 0 0 1 0 6H4.6",
    "print": "M3.4 4.2V1.4h5.2v2.8M3.4 8.4H1.6V4.2h8.8v4.2H8.6M3.4 6.8h5.2v3.8H3.4Z",
    "plus": "M6 2v8M2 6h8",
    "board": "M1.4 2.2h9.2v7.6H1.4ZM1.4 5h9.2M4.6 5v4.8",
    "lock": "M2.6 5.4h6.8v5.2H2.6ZM4 5.4V3.6a2 2 0 0 1 4 0v1.8",
    "edit": "M2 10l.5-2.4 6-6 1.9 1.9-6 6ZM7.2 2.9l1.9 1.9",
}


def icon(name: str) -> SafeString:
    """`icon("check")` → `<svg …>`; hidden from screen readers, since a word always stands beside it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 12 12" width="12" height="12" fill="none" stroke="currentColor" '
        'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        mark_safe(PATHS[name]),  # noqa: S308 - our own constants above
    )
