"""What every rule's findings carry: severity, place, words, related places, what `--fix` adds; what is not judged.

After a change that is meant: `pytest tests/validators/test_carried.py --update-goldens`, and read the difference.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archspec.language import load_text
from archspec.validators import Finding, Rule, RuleSet
from archspec.validators.config import Config
from archspec.validators.registry import rules
from archspec.validators.rule import APART
from archspec.validators.run import judge
from tests.conftest import Golden
from tests.validators.test_edge_cases import CASES

EXPECTED = Path(__file__).parent / "expected"
NOT_HERE = (RuleSet.LOADER, *APART)


@pytest.mark.parametrize("theme", sorted({rule.theme for rule in rules().values() if rule.in_set not in NOT_HERE}))
def test_findings_carry_what_they_carried(theme: str, golden: Golden) -> None:
    """One line for a finding of the page's own Bad, in the default set and in the production set, and of each case."""
    chosen = [rule for rule in rules().values() if rule.theme == theme and rule.in_set not in NOT_HERE]
    golden(EXPECTED / f"{theme}.txt", "".join(f"{line}\n" for rule in chosen for line in of_rule(rule)))


def of_rule(rule: Rule) -> Iterator[str]:
    yield rule.code
    for level in ("", "production"):
        yield from told(rule.code, f"bad {level}".strip(), rule.documentation.bad, level)
    for code, case in (param.values for param in CASES):
        if code == rule.code:
            spec = f"archspec: 1\nname: Edge case\n{case['spec']}"
            yield from told(code, case["case"], spec, case.get("set", ""))


def told(code: str, title: str, spec: str, level: str) -> Iterator[str]:
    outcome = judge(load_text(spec, "a.yaml"), Config(extend_select=(code, *([level] if level else []))))
    alone = judge(load_text(spec, "a.yaml"), Config(select=(code,)))
    yield f"  {title}"
    yield from (f"    {carried(finding)}" for finding in outcome.findings if finding.code == code)
    yield from (f"    not judged: {unknown.subject} {unknown.element}" for unknown in alone.unknown)


def carried(finding: Finding) -> str:
    place = f"{finding.span.line}:{finding.span.column}" if finding.span else "nowhere"
    related = "".join(f" · {span.line}:{span.column} {word}" for span, word in finding.related)
    adds = f" · adds {'.'.join(map(str, finding.adds.path))}: {finding.adds.value}" if finding.adds else ""
    return f"{finding.severity.value} {place} {finding.element}: {finding.text}{related}{adds}"
