"""Colours and icons of a verdict, for screen (CSS variables) and paper (fixed). Used by every drawing."""

from typing import Literal

from nhiemky.values.kinds import VerdictStatus

Palette = Literal["screen", "paper"]

_SCREEN = {
    "ink": "var(--ink,#16202b)",
    "soft": "var(--soft,#55606d)",
    "line": "var(--line,#e2e6ea)",
    "ground": "var(--ground,#fff)",
    "panel": "var(--panel,#f6f7f9)",
    "goal": "var(--goal,#3a4652)",
    "good": "var(--good,#1a6e45)",
    "way": "var(--way,#1c5f87)",
    "risk": "var(--risk,#8a5a00)",
    "bad": "var(--bad,#a11d1d)",
    "none": "var(--none,#59636e)",
}
_PAPER = {
    "ink": "#000000",
    "soft": "#333333",
    "line": "#cccccc",
    "ground": "#ffffff",
    "panel": "#eeeeee",
    "goal": "#222222",
    "good": "#14573a",
    "way": "#174f73",
    "risk": "#7a4d00",
    "bad": "#8f1616",
    "none": "#4a4a4a",
}
_TONES = {
    VerdictStatus.EXCEEDED: "good",
    VerdictStatus.MET: "good",
    VerdictStatus.ON_TRACK: "way",
    VerdictStatus.AT_RISK: "risk",
    VerdictStatus.MISSED: "bad",
}
_ICONS = {
    "exceeded": "M1.5 5.5 4 8 8 3.5M5 10.5 6 11.3 11 6",
    "met": "M2 6.5 5 9.5 10 3",
    "on_track": "M1 6h9M7 3l3 3-3 3",
    "at_risk": "M6 1.2 11 10.5H1ZM6 4.6v2.6M6 8.6v.6",
    "missed": "M2 2l8 8M10 2 2 10",
    "not_due": "M6 1.4a4.6 4.6 0 1 0 .01 0ZM6 3.4V6l1.8 1.2",
    "no_data": "M6 1.4a4.6 4.6 0 1 0 .01 0ZM3.6 6h4.8",
    "undecidable": "M3.8 4.2c0-3.4 4.6-3.2 4.6-.4C8.4 5.7 6 5.6 6 7.600M6 9.600v.8",
    "adjusted": "M1 4h8.500M7 1.5 9.5 4 7 6.500M11 8.500H2.500M5 6 2.5 8.5 5 11",
    "dropped": "M1.5 6h9",
}


def colours(palette: Palette) -> dict[str, str]:
    """Colour by role: ink, soft, line, ground, panel, goal, and the tones good, way, risk, bad, none."""
    return _SCREEN if palette == "screen" else _PAPER


def tone(status: str) -> str:
    """The tone of a status; an unknown status is `none`."""
    return _TONES.get(status, "none")  # type: ignore[call-overload, no-any-return]


def icon(status: str, *, size: float = 12, colour: str = "currentColor", x: float = 0, y: float = 0) -> str:
    """The status as a small drawing, so that colour never stands alone; to be set inside another SVG or a page."""
    path = _ICONS.get(status, _ICONS["undecidable"])
    return (
        f'<svg x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}" viewBox="0 0 12 12" aria-hidden="true">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )
