"""Every rule's own examples: what runs is Good, what is judged is Bad."""

from fractions import Fraction
from pathlib import Path

import pytest

from archspec.conformance.settings import TraceSettings
from archspec.model import Ratio
from archspec.validators import Rule, RuleSet
from archspec.validators.registry import rules
from tests.conformance.simulated import drifted

RULES = [rule for rule in rules().values() if rule.in_set is RuleSet.TRACES]
ALL = TraceSettings(sampled=Ratio(Fraction(1)))
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_there_are_eight() -> None:
    assert [rule.code for rule in RULES] == [f"DRF0{number}" for number in range(1, 9)]


@each_rule
def test_traces_of_good_raise_exactly_its_rule_in_bad(rule: Rule, tmp_path: Path) -> None:
    page = rule.documentation
    found = drifted(tmp_path, page.bad, page.good, ALL)
    assert {finding.code for finding in found} == {rule.code}
    for finding in found:
        assert finding.span is not None
        assert finding.remedy.endswith(".")
        assert not finding.message.endswith(".")


@each_rule
def test_traces_of_good_raise_nothing_in_good(rule: Rule, tmp_path: Path) -> None:
    page = rule.documentation
    assert [finding.text for finding in drifted(tmp_path, page.good, page.good, ALL)] == []
