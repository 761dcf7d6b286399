"""Edge cases of every rule: tempting false alarms, and the places where a true one is easily missed."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from archspec.language import load_text
from archspec.validators import RuleSet
from archspec.validators.config import Config
from archspec.validators.registry import rules
from archspec.validators.rule import APART
from archspec.validators.run import judge

FOLDER = Path(__file__).parent / "edge_cases"
CASES = [
    pytest.param(code, case, id=f"{code}: {case['case']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for code, cases in yaml.safe_load(path.read_text("utf-8")).items()
    for case in cases
]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_edge_case(code: str, case: dict[str, Any]) -> None:
    """The rule speaks of exactly the elements that the case names, with the words it gives."""
    spec = load_text(f"archspec: 1\nname: Edge case\n{case['spec']}")
    config = Config(extend_select=(code, *([case["set"]] if "set" in case else [])))
    found = [finding for finding in judge(spec, config).findings if finding.code == code]
    assert sorted(finding.element for finding in found) == sorted(case["raises"])
    for words in case.get("says", []):
        assert any(words in finding.text for finding in found), [finding.text for finding in found]


def test_every_rule_has_an_edge_case() -> None:
    """No rule is without one, but those of the loader, and those that need traces or runs."""
    covered = {param.values[0] for param in CASES}
    elsewhere = (RuleSet.LOADER, *APART)
    wanted = {code for code, rule in rules().items() if rule.in_set not in elsewhere and rule.check is not None}
    assert sorted(wanted - covered) == []
