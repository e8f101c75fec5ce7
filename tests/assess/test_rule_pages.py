"""docs/explanation/rules: a page a rule, whose examples are golden cases told in the words of the software."""

import re
from pathlib import Path

import pytest
from tests.assess.draw_rules import RULES, drawn, examples
from tests.assess.told import judged

from nhiemky.assess.target import RULES_VERSION
from nhiemky.values.kinds import PeriodMeaning

PAGES = sorted(path for path in RULES.glob("*.md") if path.stem != "README")


@pytest.mark.parametrize("meaning", PeriodMeaning)
def test_every_rule_has_its_page(meaning: PeriodMeaning) -> None:
    page = (RULES / f"{meaning}.md").read_text(encoding="utf-8")
    assert f"`path.{meaning}`" in page.splitlines()[0]
    assert "## Vì sao không" in page
    assert "$$" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_examples_are_what_the_software_says(page: Path) -> None:
    found = examples(page)
    assert found
    for case, label, said in found:
        verdict = judged(case)
        assert verdict.status.label == label
        assert said in verdict.text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_drawing_is_there_and_shows_the_case(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"!\[\]\((.+?)\)", text)
    if not shown:
        assert "## Hình\n```" in text
        return
    words = set(re.findall(r">([^<>]+)</text>", drawn(examples(page)[-1][0])))
    held = set(re.findall(r">([^<>]+)</text>", (RULES / shown[0]).read_text(encoding="utf-8")))
    assert words == held, "python -m tests.assess.draw_rules"


def test_the_list_names_all_pages_and_the_version_in_force() -> None:
    text = (RULES / "README.md").read_text(encoding="utf-8")
    assert f"bản {RULES_VERSION} " in text.splitlines()[0]
    assert set(re.findall(r"\]\((\w+\.md)\)", text)) == {page.name for page in PAGES}
