"""Judging one architecture: selection, precedence, severities, order."""

import pytest

from archspec.errors import DefectError, UsageError
from archspec.language import load_text
from archspec.validators import Found, RuleSet, Severity
from archspec.validators.config import Config
from archspec.validators.outcome import closing_line
from archspec.validators.registry import rules
from archspec.validators.run import judge
from archspec.validators.selection import level_of, selected_rules

BOX = """archspec: 1
name: Box
groups: {box: {kind: host}}
components:
  api: {kind: server, group: box, scaling: {mode: vertical}}
  db: {kind: database, group: box, backup: none}
connections: [api -> db]
"""


def codes(config: Config) -> list[str]:
    """Codes found in the box."""
    return [finding.code for finding in judge(load_text(BOX), config).findings]


def test_the_default_set_speaks_in_the_order_of_the_file() -> None:
    """Findings are sorted by place."""
    assert codes(Config()) == ["SCL05", "DAT01", "DAT02"]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config(select=("DAT02",)), ["DAT02"]),
        (Config(select=("data",)), ["DAT01", "DAT02"]),
        (Config(select=("DAT", "SCL05")), ["SCL05", "DAT01", "DAT02"]),
        (Config(ignore=("DAT",)), ["SCL05"]),
        (Config(select=("DAT",), extend_select=("scalability",), ignore=("DAT02",)), ["SCL05", "DAT01"]),
    ],
)
def test_rules_are_chosen_by_code_theme_and_letters(config: Config, expected: list[str]) -> None:
    """`select` replaces, `extend-select` adds, `ignore` takes away."""
    assert codes(config) == expected


@pytest.mark.parametrize(
    "config",
    [Config(severity={"AVL99": Severity.INFO}), Config(per_path_ignores={"elsewhere/*": ("AVL99",)})],
)
def test_an_unknown_name_in_a_table_is_refused_too(config: Config) -> None:
    """Also where it would have changed nothing in this run."""
    with pytest.raises(UsageError, match="`AVL99` does not name a rule; did you mean `AVL09`"):
        codes(config)


def test_an_unknown_selector_is_refused_with_the_nearest() -> None:
    """A slip of the pen selects nothing, and says so."""
    with pytest.raises(UsageError, match="did you mean `availability`"):
        codes(Config(select=("availabilty",)))


def test_a_spec_may_ask_for_a_wider_set() -> None:
    """`lint: production` in a spec selects its set, and closes the world."""
    architecture = load_text(BOX.replace("name: Box", "name: Box\nlint: production"))
    assert level_of(architecture, Config()) is RuleSet.PRODUCTION
    assert "SEC03" in selected_rules(architecture, Config())


def test_the_default_set_is_in_the_strict_one_and_that_in_production() -> None:
    """Each set contains the smaller ones."""
    sizes = [len([r for r in rules().values() if r.in_set.rank <= level.rank]) for level in RuleSet]
    assert sizes == sorted(sizes)
    assert sizes[-1] == len(rules())


def test_severities_are_set_by_code_before_theme() -> None:
    """A code wins over its theme."""
    config = Config(severity={"data": Severity.INFO, "DAT02": Severity.WARNING})
    found = {finding.code: finding.severity for finding in judge(load_text(BOX), config).findings}
    assert (found["DAT01"], found["DAT02"], found["SCL05"]) == (Severity.INFO, Severity.WARNING, Severity.WARNING)


@pytest.mark.parametrize(("fail_on", "fails"), [(Severity.ERROR, False), (Severity.WARNING, True), (None, False)])
def test_fail_on_decides_what_fails(fail_on: Severity | None, fails: bool) -> None:
    """A warning fails a run only where the settings say so."""
    assert judge(load_text(BOX), Config(select=("SCL05",), fail_on=fail_on)).fails is fails


def test_a_weaker_rule_yields_on_the_same_element() -> None:
    """A stateful server with local sessions is told of its state alone; another server is told of its sessions."""
    spec = """archspec: 1
name: A
components:
  one: {kind: server, replicas: 2, algorithm: random, stateless: false, sessions_in: local}
  two: {kind: server, replicas: 2, algorithm: random, sessions_in: local}
connections: [one -> two]
"""
    found = [(finding.code, finding.element) for finding in judge(load_text(spec)).findings]
    assert found == [("SCL01", "one"), ("SCL02", "two")]


def test_a_weaker_rule_speaks_where_the_stronger_is_not_asked() -> None:
    """Precedence is among the rules of a run."""
    spec = """archspec: 1
name: A
components:
  one: {kind: server, replicas: 2, algorithm: random, stateless: false, sessions_in: local}
  db: {kind: database}
connections: [one -> db]
"""
    assert [f.code for f in judge(load_text(spec), Config(select=("SCL02",))).findings] == ["SCL02"]


def test_what_is_not_said_makes_one_closing_line() -> None:
    """A newcomer's spec has no finding, and one line on what was not judged."""
    spec = """archspec: 1
name: First ten minutes
components: {browser: {kind: client}, api: {kind: server}, db: {kind: database}}
connections: [{browser -> api: https}, api -> db]
"""
    outcome = judge(load_text(spec))
    assert outcome.findings == ()
    assert closing_line(outcome.unknown).startswith("Not judged, because the spec says nothing about: ")
    assert "backups (1 component)" in closing_line(outcome.unknown)


def test_a_rule_that_fails_is_a_defect_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken rule is no finding and no traceback."""
    from dataclasses import replace

    def broken(context: object) -> list[Found]:
        raise KeyError("x")

    table = {**rules(), "SCL05": replace(rules()["SCL05"], check=broken)}
    monkeypatch.setattr("archspec.validators.selection.rules_of_design", lambda: table)
    with pytest.raises(DefectError, match="rule SCL05 failed: KeyError: 'x'"):
        judge(load_text(BOX))


def test_the_same_spec_gives_the_same_findings() -> None:
    """Judging is deterministic."""
    assert judge(load_text(BOX)) == judge(load_text(BOX))


def test_what_defaults_say_is_shown_at_the_component() -> None:
    """The finding stands at the component's id, and the default is a related place."""
    spec = """archspec: 1
name: A
defaults: {database: {backup: none}}
components: {api: {kind: server}, db: {kind: database}}
connections: [api -> db]
"""
    (finding,) = judge(load_text(spec), Config(select=("DAT02",))).findings
    assert finding.span is not None
    assert finding.span[1:3] == (4, 35)
    assert [(span.line, word) for span, word in finding.related] == [(3, "said for all of its kind")]
