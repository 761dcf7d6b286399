"""What is said of each of the forty pairs, whole, and which policies it breaks."""

import pytest

from archspec.difference.consequence import Figure
from archspec.difference.difference import Difference
from archspec.difference.picture import counted, picture, scenes
from archspec.difference.policy import Policy, policies
from archspec.errors import UsageError
from archspec.renderers.scene import Mark
from archspec.reports import report_for
from archspec.reports.report import Subject
from tests.conftest import Golden
from tests.difference.pairs import PAIRS
from tests.difference.test_pairs import compared, of


def words(found: Difference) -> str:
    """The report, the places of changes, figures and findings, and the policies that it breaks."""
    changed = [(f"{each.kind.sign} {each.section} {each.element}", each.span) for each in found.changes]
    figures = [(f"{each.figure.value} {each.subject}", each.span) for each in found.consequences]
    places = [f"{name} at {span and span.label}" for name, span in (*changed, *figures)]
    places += [
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


def marked(found: Difference) -> str:
    """What the picture of both marks: cards by their names, arrows by their ends, with what is said of each."""
    *_, both = scenes(found)
    cards = [(each.label, each) for each in both.nodes]
    arrows = [(f"{each.source} -> {each.target}", each) for each in both.edges]
    said = [
        f"{each.mark.value} {name}: {each.label!r} {each.description!r}"
        for name, each in (*cards, *arrows)
        if each.mark
    ]
    return "\n".join([counted(found.changes), *said, ""])


def test_of_each_pair_the_same_is_marked_as_before(golden: Golden) -> None:
    said = [f"## {pair.name}\n\n{marked(of(pair.name))}" for pair in PAIRS]
    golden("tests/difference/expected/pictures.txt", "\n".join(said))


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


LOADED = """archspec: 1
name: Loaded
components: {app: {kind: client}, api: {kind: server, cores: 1}, db: {kind: database}}
connections: [app -> api, {from: api, to: db, timeout: 1s}]
flows: {ask: {from: app, rate: 100/s, steps: [{call: api, cpu: WORK, steps: [{call: db}]}]}}
"""


@pytest.mark.parametrize(("was", "now", "verdict"), [("9.9ms", "10.1ms", "worse"), ("10.1ms", "9.9ms", "better")])
def test_whether_the_load_is_served_counts_however_small_the_change(was: str, now: str, verdict: str) -> None:
    found = compared(LOADED.replace("WORK", was), LOADED.replace("WORK", now))
    assert [each.verdict.value for each in found.consequences if each.figure is Figure.FULL_AT] == [verdict]


def test_a_connection_that_changed_is_marked_with_what_changed() -> None:
    base = LOADED.replace("WORK", "1ms")
    made = picture(compared(base, base.replace("timeout: 1s", "timeout: 2s"))).both
    marks = {(each.edge.source, each.edge.target): each.edge.mark for each in made.edges}
    assert marks == {("app", "api"): None, ("api", "db"): Mark.CHANGED}
    assert [each.edge.description for each in made.edges if each.edge.mark] == ["timeout 2s; timeout 1s → 2s"]
