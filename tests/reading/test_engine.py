"""Anchors lose nothing that a rule alone would find and add nothing: over the corpus, the samples and small engines."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.reading.corpus_check import cases

from nhiemky.reading.engine import Engine, Rule
from nhiemky.reading.read import ENGINE, VIETNAMESE
from nhiemky.reading.text import Page, normalise, open_page
from nhiemky.sources import load

Found = set[tuple[str, str]]
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")
PAGES = sorted(
    path
    for folder in (Path(__file__).resolve().parents[2] / "samples", Path(__file__).parent)
    for path in folder.rglob("*")
    if path.suffix in (".txt", ".html")
)
TEXTS = [("corpus " + name, case["text"]) for name, case in cases()]
TEXTS += [(f"page {path.name}", load(path).text) for path in PAGES]
# openings of rules as pages may break or space them
TEXTS += [
    (f"phrase {number}", text)
    for number, text in enumerate(
        (
            "Phấn đấu giảm số hộ nghèo. PHẤN ĐẤU GIẢM SỐ HỘ NGHÈO. Giảm dần số hộ cận nghèo; giảm hộ nghèo.",
            "Đến nay hết hộ đói, không còn  hộ nghèo. Tăng tỷ lệ hộ khá.",
            "Lượt  xem: 64 | Số lượt\nxem: 65 | Đại  hội Đảng bộ lần thứ XV | Chỉ  thị 05",
            "Đang online 36 | Hôm nay: 1.326\nLượt xem: 64",
            "Năm 2022 được xếp loại hoàn thành xuất sắc nhiệm vụ, năm 2021 hoàn thành tốt nhiệm vụ.",
            "(Đại hội Đảng bộ xã lần thứ V);Chỉ thị 05 của Bộ Chính trị.Nghị quyết 11",
        ),
        1,
    )
]


def found(facts: Iterable[tuple[Rule, Any]]) -> Found:
    return {(rule.id, repr(fact)) for rule, fact in facts}


def alone(engine: Engine, page: Page) -> Found:
    """Every rule tried at every word of the text, whatever its anchors: what no anchor may lose."""
    return found(
        (rule, fact)
        for start in (word.start() for word in _WORD_START.finditer(page.low))
        for rule in engine.rules
        if (match := rule.pattern.match(page.low, start)) and (fact := rule.make(page, match)) is not None
    )


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS])
def test_anchors_lose_nothing_and_add_nothing(text: str) -> None:
    normal = normalise(text)  # a page of its own for each: rules may note on it what they have read
    by_anchors = found(ENGINE.run(open_page(normal))[0])
    plainly = found(ENGINE.run_plainly(open_page(normal)))
    everywhere = alone(ENGINE, open_page(normal))
    assert plainly - by_anchors == set()
    assert everywhere - by_anchors == set()
    assert by_anchors - everywhere == set()


def test_the_texts_meet_every_rule() -> None:
    met = {rule for _, text in TEXTS for rule, _ in found(ENGINE.run(open_page(normalise(text)))[0])}
    assert met == {rule.id for rule in ENGINE.rules}


def words_of(text: str, *anchors: str, pattern: str = r"[^\W_]+(?: [^\W_]+)?") -> list[str]:
    rule = Rule("test.words", anchors, re.compile(pattern), lambda page, match: match.group(), "«»")
    return [fact for _, fact in Engine((rule,), (), VIETNAMESE).run(open_page(text))[0]]


@pytest.mark.parametrize(
    "text", ["đại hội", "Đại hội", "ĐẠI HỘI", "(đại hội)", "“đại hội”", "\nđại hội\n", "-đại hội-", "x đại hội, y"]
)
def test_an_anchor_is_met_as_a_whole_word(text: str) -> None:
    assert words_of(text, "đại hội") == ["đại hội"]


@pytest.mark.parametrize(
    "text", ["đại hộiy", "xđại hội", "đại hội2", "2đại hội", "đại hộiđ", "ýđại hội", "đại  họi", ""]
)
def test_an_anchor_inside_a_word_is_none(text: str) -> None:
    assert words_of(text, "đại hội") == []


def test_an_anchor_is_met_in_either_spelling() -> None:
    assert words_of("Quận uỷ. Quận ủy. QUẬN UỶ", "quận uỷ") == ["quận ủy"] * 3


def test_anchors_that_overlap_are_all_tried() -> None:
    text = "tổng số lượt xem nhiều"
    anchors = ("số lượt", "lượt xem", "tổng số lượt xem", "xem nhiều")
    assert set(words_of(text, *anchors, pattern=r"[^\W_]+ [^\W_]+")) == {
        "tổng số", "số lượt", "lượt xem", "xem nhiều",
    }  # fmt: skip


def test_rules_that_share_an_anchor_are_all_tried_and_each_may_decline() -> None:
    def rule(name: str, pattern: str, keep: bool = True) -> Rule:
        return Rule(name, ("đạt",), re.compile(pattern), lambda page, m: m.group() if keep else None, "«»")

    rules = (rule("a", r"đạt \d+"), rule("b", r"đạt \d+%"), rule("c", "đạt"), rule("d", "đạt", keep=False))
    engine = Engine((*rules, rule("e", "đạt x")), (), VIETNAMESE)
    page = open_page("Tỷ lệ đạt 95%.")
    assert found(engine.run(page)[0]) == {("a", "'đạt 95'"), ("b", "'đạt 95%'"), ("c", "'đạt'")}
    assert found(engine.run(page)[0]) == found(engine.run_plainly(page))


def test_marks_are_noted_under_each_label_in_the_order_of_the_text() -> None:
    engine = Engine((), [("phường", "place"), ("phường", "level"), ("xã", "place"), ("thị xã", "place")], VIETNAMESE)
    facts, marks = engine.run(open_page("Xã A, phường B, thị xã C; phườngX, xãY"))
    assert facts == []
    assert [(m.start, m.end) for m in marks["level"]] == [(6, 12)]
    assert sorted((m.start, m.end) for m in marks["place"]) == [(0, 2), (6, 12), (16, 22), (20, 22)]
    assert {m.label for m in marks["place"]} == {"place"}


def test_facts_come_in_the_order_of_the_text() -> None:
    assert words_of("hai và một và ba", "một", "hai", "ba", pattern=r"\w+") == ["hai", "một", "ba"]


def test_characters_beyond_the_first_plane_do_not_shift_anything() -> None:
    rule = Rule("test.at", ("đạt",), re.compile("đạt"), lambda page, m: page.text[m.start() : m.end()], "«»")
    page = open_page("😀😀 Đạt 😀 đạt")
    assert [fact for _, fact in Engine((rule,), (), VIETNAMESE).run(page)[0]] == ["Đạt", "đạt"]
