"""The golden cases of tests/assess/ratings: a year's counts and the day in, the level or the cap and the words out.

A case reads as an official would tell it. `viec` are tasks or targets (giao, xong, dung_han, vuot …), `tap_the` the
counts of a group by level; what a case does not name is unknown.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from nhiemky.assess.rating import Cap, Group, Inputs, Proposal, Work, cap, goal_over_cap, propose
from nhiemky.law import LawError, NotInForce, load
from nhiemky.law.ratings import MEASURES, cap_rule, rating_rules
from nhiemky.values.kinds import RatingLevel

CASES = Path(__file__).parent / "ratings"
LAW = load()
KEYS = {"name", "today", "subject", "expect", "ceiling", "band", "says", "english", "not", "missing", "raised"}
WORK = {"giao": "assigned", "xong": "done", "dung_han": "on_time", "vuot": "exceeded", "cham": "late",
        "loai_tru": "excluded", "van_ban": "reference", "chua_ro": "unknown"}  # fmt: skip
GROUP = {"xuat_sac": "excellent", "tot": "good", "hoan_thanh": "satisfactory", "khong": "poor", "mien": "exempt"}
ANSWERS = {
    "diem": "score",
    "ky_luat": "disciplined",
    "ky_luat_lanh_dao": "leader_disciplined",
    "sai_pham": "wrongdoing",
    "khong_dat_co_ban": "basic_targets_missed",
    "da_khac_phuc": "shortcomings_fixed",
}
LEVELS = {"xuất sắc": "excellent", "tốt": "good", "hoàn thành": "satisfactory", "không hoàn thành": "poor"}


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob(f"{kind}*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def day_of(case: dict[str, Any]) -> Any:
    return datetime.strptime(case["today"], "%d/%m/%Y").date()  # noqa: DTZ007 - a plain day, no clock


def renamed(told: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names[key]: value for key, value in told.items()}


def inputs_of(case: dict[str, Any]) -> Inputs:
    told = dict(case.get("known") or {})
    work = Work(**renamed(told.pop("viec"), WORK)) if "viec" in told else None
    bodies = Group(**renamed(told.pop("tap_the"), GROUP)) if "tap_the" in told else None
    return Inputs(work=work, bodies=bodies, **renamed(told, ANSWERS))


def proposed(case: dict[str, Any]) -> Proposal:
    return propose(inputs_of(case), day_of(case), LAW, case.get("subject", "party"))


def capped(case: dict[str, Any]) -> Cap:
    group = Group(**renamed(case["group"], GROUP))
    return cap(group, day_of(case), LAW, case.get("subject", "party"), raised=case.get("raised", False))


def check_words(case: dict[str, Any], found: Proposal | Cap) -> None:
    english = " ".join(f"{reason.en}." for reason in found.reasons)
    for words in case.get("says", []):
        assert words in found.text
    for words in case.get("english", []):
        assert words in english
    for words in case.get("not", []):
        assert words not in found.text
    assert all(reason.vi and reason.en and reason.vi != reason.en for reason in found.reasons)


@pytest.mark.parametrize("case", cases("level"))
def test_level(case: dict[str, Any]) -> None:
    assert not case.keys() - KEYS - {"known"}
    found = proposed(case)
    wanted = case["expect"]
    assert found.level == (LEVELS[wanted] if wanted else None), found.text
    for name in ("ceiling", "band"):
        if name in case:
            assert getattr(found, name) == (LEVELS[case[name]] if case[name] else None), name
    if "missing" in case:
        assert len(found.missing) == case["missing"], found.missing
    check_words(case, found)


@pytest.mark.parametrize("case", cases("cap"))
def test_cap(case: dict[str, Any]) -> None:
    assert not case.keys() - KEYS - {"group", "allowed", "over", "other_allowed", "other_over", "small"}
    found = capped(case)
    told = (found.used.allowed, found.used.over, found.other.allowed, found.other.over)
    assert told == (case["allowed"], case["over"], case["other_allowed"], case["other_over"]), found.text
    assert found.small == case.get("small", False)
    check_words(case, found)


def test_there_are_enough_and_no_two_names_are_alike() -> None:
    every = [*cases("level"), *cases("cap")]
    assert len(every) >= 60
    assert len({one.id for one in every}) == len(every)
    seen = {LEVELS.get(case.values[0]["expect"]) for case in cases("level")}
    assert seen == {*map(str, RatingLevel), None}


def test_a_proposal_names_its_rule_version_and_reference_and_leaves_the_decision_to_a_person() -> None:
    for case in cases("level"):
        found = proposed(case.values[0])
        assert re.fullmatch(r"rating\.(party|civil_servant)", found.rule)
        assert found.version == 2
        assert found.regulation in found.text
        assert len(found.reference) > 20
        if found.level:
            assert "người có thẩm quyền quyết định" in found.text


def test_every_condition_shipped_can_be_read_and_every_measure_is_said() -> None:
    for subject in ("party", "civil_servant"):
        for dated in LAW.parameter(f"rating.{subject}.levels").values:
            rules = rating_rules(LAW, subject, dated.since)
            assert {one.measure for _, asked in rules.levels for one in asked} <= set(MEASURES)
            assert rules.levels or dated.note, "conditions nobody compared must say so"
        for dated in LAW.parameter(f"rating.{subject}.cap").values:
            assert cap_rule(LAW, subject, dated.since).share == 20


def test_every_measure_and_regulation_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "ratings.md").read_text(encoding="utf-8")
    assert not [measure for measure in MEASURES if f"`{measure}`" not in page]
    for subject in ("party", "civil_servant"):
        for dated in LAW.parameter(f"rating.{subject}.levels").values:
            assert dated.value["regulation"] in page


def test_before_the_first_regulation_held_nothing_is_proposed() -> None:
    with pytest.raises(NotInForce, match=r"rating\.party\.levels: ngày 07/03/2018 chưa có giá trị"):
        propose(Inputs(), datetime(2018, 3, 7).date(), LAW)  # noqa: DTZ001
    with pytest.raises(NotInForce, match=r"31/12/2025"):
        propose(Inputs(), datetime(2025, 12, 31).date(), LAW, "civil_servant")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{regulation: X, levels: {excellent: [{measure: mood, at_least: 3}], good: [], satisfactory: []}}", "mood"),
        ("{regulation: X, levels: {good: []}}", "gặp good, cần excellent, good, satisfactory"),
        ("{regulation: X, poor: [{measure: score, is: true}]}", "một trong at_least"),
        ("{regulation: X, poor: [{measure: score, below: 120}]}", "score: 120"),
        ("{regulation: X, mood: 3}", "cần levels, poor, regulation"),
        ("{regulation: X, poor: {measure: score}}", "danh sách điều kiện"),
    ],
)
def test_conditions_that_mean_nothing_are_refused(tmp_path: Path, value: str, words: str) -> None:
    (tmp_path / "x.yaml").write_text(
        "id: rating.party.levels\nvi: V\nen: E\nunit: u\nvalues:\n  - from: 2020-01-01\n"
        f"    value: {value}\n    reference: Văn bản thử\n    checked_on: 2026-11-23\n",
        encoding="utf-8",
    )
    with pytest.raises(LawError, match=words):
        propose(Inputs(), datetime(2024, 1, 1).date(), load(tmp_path))  # noqa: DTZ001


@pytest.mark.parametrize(("goal", "over"), [(15.0, False), (16.6, False), (16.7, True), (20.0, True), (30.0, True)])
def test_a_target_that_asks_for_more_excellent_than_the_cap_allows(goal: float, over: bool) -> None:
    """20% of those rated good is at most 20 of 120: 16,67% of all."""
    found = goal_over_cap(goal, datetime(2025, 12, 31).date(), LAW)  # noqa: DTZ001
    assert (found is not None) is over
    if found:
        assert "nhiều nhất chỉ được 16,67% tổng số" in found.vi
        assert "16.67% of all at most" in found.en
