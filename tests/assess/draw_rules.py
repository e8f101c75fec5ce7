"""Draws docs/explanation/rules/*.svg from the golden cases that the pages name: `python -m tests.assess.draw_rules`.

The last example of a page that shows `<page>.svg` is drawn, as the desk draws a target.
"""

import re
from pathlib import Path
from typing import Any

from tests.assess.told import day_of, goal, judged, load, point

from nhiemky.assess.target import track
from nhiemky.charts import Fan, target_chart
from nhiemky.values.figures import goal_text
from nhiemky.values.kinds import YEARLY, PeriodMeaning

RULES = Path(__file__).parents[2] / "docs/explanation/rules"
EXAMPLE = re.compile(r"^> “(.+?)” \((\w[\w-]*)\.yaml\): \*\*(.+?)\*\* – (.+)$", re.MULTILINE)


def examples(page: Path) -> list[tuple[dict[str, Any], str, str]]:
    """The cases that a page names, each with the status and the words that the page gives it."""
    cases = dict(load())
    found = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    return [(cases[f"{file}: {name}"], label, said) for name, file, label, said in found]


def drawn(case: dict[str, Any]) -> str:
    """With the forecast's fan where there is one."""
    aim, points, today = goal(case["goal"]), [point(row) for row in case["results"]], day_of(case["today"])
    verdict, seen = judged(case), track(aim, points, today)
    unit = "% kế hoạch" if aim.meaning is PeriodMeaning.AGAINST_PLAN else aim.unit
    told = verdict.forecast
    return target_chart(
        seen.results,
        title=case["name"],
        unit=unit,
        start=seen.start,
        end=seen.end,
        path=seen.path,
        low=seen.low,
        high=seen.high,
        goal=goal_text(aim.direction, aim.low, aim.high, unit, yearly=aim.meaning in YEARLY),
        status=str(verdict.stands),
        estimates=seen.estimates,
        missing=seen.missing,
        running=seen.running,
        fan=Fan(told.low, told.mid, told.high, f"ước {told.text}") if told else None,
        steps=seen.steps,
        baseline=aim.baseline is not None,
        heading=True,
        width=720,
        height=320,
    )


def main() -> None:
    for page in sorted(RULES.glob("*.md")):
        if f"]({page.stem}.svg)" in page.read_text(encoding="utf-8"):
            case = examples(page)[-1][0]
            (RULES / f"{page.stem}.svg").write_text(drawn(case) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
