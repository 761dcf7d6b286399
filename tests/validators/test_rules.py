"""Every rule's own examples, and what holds for all rules."""

import re
from pathlib import Path

import pytest

from archspec.errors import SpecError
from archspec.language import load_text
from archspec.validators import Finding, Rule, RuleSet
from archspec.validators.config import Config
from archspec.validators.config_file import parse_config
from archspec.validators.page import HEADINGS
from archspec.validators.registry import rules
from archspec.validators.rule import APART
from archspec.validators.run import judge

RULES = list(rules().values())
FOLDER = Path(__file__).parents[2] / "archspec" / "validators" / "rules"
ELSEWHERE = {
    RuleSet.TRACES: Path(__file__).parents[2] / "archspec" / "conformance" / "rules",
    RuleSet.RUNS: Path(__file__).parents[2] / "archspec" / "verification" / "rules",
}
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def judged(rule: Rule, spec: str) -> tuple[Finding, ...]:
    """The findings in a spec by the default set and one rule, with the settings on the rule's page."""
    settings = rule.documentation.settings
    config = parse_config(settings, Path("archspec.toml")) if settings else Config()
    assert config is not None
    return judge(load_text(spec), config.overridden(extend_select=(rule.code,))).findings


@each_rule
def test_bad_raises_exactly_its_rule(rule: Rule) -> None:
    """The Bad spec of a page raises the rule it stands for, and no other; what traces and runs tell is tested
    with drift and verify."""
    if rule.in_set in APART:
        return
    if rule.in_set is RuleSet.LOADER:
        with pytest.raises(SpecError) as caught:
            load_text(rule.documentation.bad)
        assert {problem.code for problem in caught.value.problems} == {rule.code}
    else:
        assert {finding.code for finding in judged(rule, rule.documentation.bad)} == {rule.code}


@each_rule
def test_good_raises_nothing(rule: Rule) -> None:
    """The Good spec of a page is clean; of what runs tell, verify has a test."""
    if rule.in_set is RuleSet.RUNS:
        return
    assert [finding.text for finding in judged(rule, rule.documentation.good)] == []


@each_rule
def test_a_finding_is_placed_and_says_what_to_do(rule: Rule) -> None:
    """Every finding points into the spec; its message has no full stop, its remedy ends in one."""
    if rule.in_set in (RuleSet.LOADER, *APART):
        return
    for finding in judged(rule, rule.documentation.bad):
        assert finding.span is not None
        assert finding.remedy.endswith(".")
        assert not finding.message.endswith(".")
        assert " should " not in finding.remedy
        assert "https://" not in finding.text


@each_rule
def test_page_has_the_headings_and_a_source(rule: Rule) -> None:
    """A page has every heading in order, with text below each, and a link to where the rule comes from."""
    page = rule.documentation
    assert tuple(page.sections) == HEADINGS
    assert all(page.sections.values())
    assert page.links != ()
    assert page.summary.endswith(".")


@each_rule
def test_rule_is_found_where_its_name_says(rule: Rule) -> None:
    """A rule lies in the folder of its theme, in a file of its name, and has a well-formed code."""
    folder = ELSEWHERE.get(rule.in_set, FOLDER / rule.theme)
    assert (folder / f"{rule.name.replace('-', '_')}.py").is_file()
    assert re.fullmatch(r"[A-Z]{2,3}\d\d", rule.code)


def test_codes_and_names_are_unique() -> None:
    """No two rules share a code or a name."""
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_theme_has_one_prefix() -> None:
    """All codes of a theme begin with the same letters, and no other theme's do."""
    prefixes = {(rule.theme, rule.code.rstrip("0123456789")) for rule in RULES}
    assert len(prefixes) == len({theme for theme, _ in prefixes}) == len({prefix for _, prefix in prefixes})


def test_weaker_rules_yield_to_rules_that_exist() -> None:
    """`yields_to` names codes of the registry."""
    assert {code for rule in RULES for code in rule.yields_to} <= set(rules())
