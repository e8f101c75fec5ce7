"""The one door of consistency: figures and today in, findings out, worst first. Called by register/consistency.py."""

from collections.abc import Iterable
from datetime import date

from nhiemky.assess.consistency import jumps, ratios, region, sums, told
from nhiemky.assess.consistency.facts import Figure, Finding, Key, Said, Severity
from nhiemky.assess.consistency.ledger import Ledger
from nhiemky.assess.consistency.rule import Rule

RULES: tuple[Rule, ...] = (*sums.RULES, *ratios.RULES, *jumps.RULES, *told.RULES, *region.RULES)
_WORST_FIRST = tuple(Severity)


def check(figures: Iterable[Figure], today: date, complete: Iterable[Key] = ()) -> tuple[Finding, ...]:
    """What does not fit in what is known on `today`. `complete`: bodies of which every body below is among the
    figures, so that a sum that falls short means something."""
    ledger = Ledger(figures, today, complete)
    found = [_finding(rule, said) for rule in RULES for said in rule.find(ledger)]
    return tuple(sorted(found, key=_order))


def rule_of(name: str) -> Rule:
    return next(rule for rule in RULES if rule.id == name)


def _finding(rule: Rule, said: Said) -> Finding:
    first = said.figures[0]
    body = first.asked or first.body_name or str(first.body)
    document = f", {first.document_name}" if first.document_name else ""
    return Finding(
        rule=rule.id,
        version=rule.version,
        severity=rule.severity,
        vi=said.vi,
        en=said.en,
        ask_vi=f"đơn vị báo số: {body}{document}",
        ask_en=f"who reported it: {body}{document}",
        figures=said.figures,
    )


def _order(one: Finding) -> tuple[int, str, str, tuple[int, str], str]:
    first = one.figures[0]
    return (
        _WORST_FIRST.index(one.severity), first.body_name or str(first.body), first.name,
        (first.period.year, first.period.part or ""), one.rule,
    )  # fmt: skip
