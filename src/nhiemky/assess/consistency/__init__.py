"""Figures that cannot all be right: rules with a severity, a message in both languages and who to ask. Pure."""

from nhiemky.assess.consistency.check import RULES, check, rule_of
from nhiemky.assess.consistency.facts import Figure, Finding, Severity
from nhiemky.assess.consistency.rule import Rule

__all__ = ["RULES", "Figure", "Finding", "Rule", "Severity", "check", "rule_of"]
