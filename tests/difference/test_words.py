"""What is said of each of the forty pairs, whole, and which policies it breaks."""

import pytest

from archspec.difference.difference import Difference
from archspec.difference.policy import Policy, policies
from archspec.errors import UsageError
from archspec.reports import report_for
from archspec.reports.report import Subject
from tests.conftest import Golden
from tests.difference.pairs import PAIRS
from tests.difference.test_pairs import of


def words(found: Difference) -> str:
    """The report, the places of the findings that come and go, and the policies that it breaks."""
    places = [
        f"{sign} {each.severity.value} {each.code} at {each.span and each.span.label}"
        for sign, findings in (("+", found.new), ("-", found.gone))
        for each in findings
    ]
    broken = [policy.value for policy in Policy if found.breaks(policy)]
    text = str(report_for(Subject.DIFFERENCE).write(found)).rstrip()
    return "\n".join([text, *places, f"breaks: {', '.join(broken) or 'nothing'}", ""])


def test_of_each_pair_the_same_is_said_as_before(golden: Golden) -> None:
    said = [f"## {pair.name}\n\n{words(of(pair.name))}" for pair in PAIRS]
    golden("tests/difference/expected/pairs.txt", "\n".join(said))


def test_policies_are_named_alone_or_by_commas() -> None:
    assert policies(["worse, objective", "worse"]) == (Policy.WORSE, Policy.OBJECTIVE)
    with pytest.raises(UsageError, match=r"--fail-on wors is not a policy; did you mean `worse`\?"):
        policies(["wors"])


def test_a_broken_policy_is_told_by_what_happened() -> None:
    assert [policy.sentence for policy in Policy] == [
        "nothing fails.",
        "something changed.",
        "a figure gets worse, or an error or warning is new.",
        "an error is new.",
        "a single point of failure is new.",
        "an objective is missed that was not known to be.",
    ]
