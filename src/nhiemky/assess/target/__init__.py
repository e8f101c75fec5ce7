"""A target's goal and results -> a verdict against the path expected by today, with rule, numbers and reasons.

`assess` is the one door: register calls it for the board, the desk and the review paper. `track` gives the same
path and results as plain numbers for drawing. Rule set: `RULES_VERSION`.
"""

from nhiemky.assess.target.facts import (
    RULES_VERSION,
    CagrAnswer,
    Change,
    Forecast,
    Goal,
    Part,
    Point,
    Reason,
    Verdict,
)
from nhiemky.assess.target.inputs import restored
from nhiemky.assess.target.judge import ORDER, assess, summary
from nhiemky.assess.target.track import Track, track

__all__ = [
    "ORDER",
    "RULES_VERSION",
    "CagrAnswer",
    "Change",
    "Forecast",
    "Goal",
    "Part",
    "Point",
    "Reason",
    "Track",
    "Verdict",
    "assess",
    "restored",
    "summary",
    "track",
]
