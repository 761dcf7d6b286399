"""Every rule's own examples: what runs show of Bad and of Good."""

from fractions import Fraction

import pytest

from archspec.language import load_text
from archspec.validators import Finding, Rule, RuleSet
from archspec.validators.registry import rules
from archspec.verification.judge import outcome_of
from archspec.verification.verify import Options, verify

RULES = [rule for rule in rules().values() if rule.in_set is RuleSet.RUNS]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def findings(rule: Rule, spec: str) -> tuple[Finding, ...]:
    architecture = load_text(spec)
    level = Fraction(2) if rule.code == "VER03" else None
    return outcome_of(architecture, verify(architecture, Options(head_room=level))).findings


def test_there_are_four() -> None:
    assert [rule.code for rule in RULES] == ["VER01", "VER02", "VER03", "VER04"]


@each_rule
def test_runs_of_bad_raise_exactly_its_rule(rule: Rule) -> None:
    found = findings(rule, rule.documentation.bad)
    assert {finding.code for finding in found} == {rule.code}
    for finding in found:
        assert finding.span is not None
        assert finding.remedy.endswith(".")
        assert not finding.message.endswith(".")


@each_rule
def test_runs_of_good_raise_nothing(rule: Rule) -> None:
    assert [finding.text for finding in findings(rule, rule.documentation.good)] == []


def test_what_to_do_about_a_job_is_to_say_how_long_repairs_take() -> None:
    """Of a job the unknown is what is not stated, of other flows it is what a short run cannot tell."""
    spec = """
archspec: 1
name: A job
components:
  cron: {kind: job}
  store: {kind: database}
connections: [cron -> store]
flows:
  nightly: {from: cron, every: 1d, deadline: 12h, steps: [{call: store, takes: 1h}]}
"""
    rule = rules()["VER04"]
    found = [finding for finding in findings(rule, spec) if finding.code == "VER04"]
    assert [finding.remedy for finding in found] == ["say how long its parts take to repair (`mttr`)."]
    bad = findings(rule, rule.documentation.bad)
    assert {finding.remedy for finding in bad} == {"run longer with `--duration`, or promise what can be told."}
