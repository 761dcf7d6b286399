"""Rules of a team without code: CEL expressions in the configuration."""

from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.validators import Finding
from archspec.validators.config_file import parse_config
from archspec.validators.run import judge
from archspec.validators.team.plain import plain
from tests.needs import needs_extra

needs_extra("cel")

SPEC = """archspec: 1
name: A
owner: Shop
components:
  api: {kind: server, scaling: {min: 2, max: 4}, algorithm: random}
  db: {kind: database, technology: oracle, backup: {every: 1d, restore_tested: 30d}}
  pay: {kind: external, availability: 99.9%}
connections:
  - api -> db
  - api -> pay: {timeout: 2s}
"""
HEAD = '[lint]\nselect = ["TEAM01"]\n[[lint.rules]]\ncode = "TEAM01"\n'


def found(check: str, message: str = "it is so", more: str = "") -> tuple[Finding, ...]:
    """What a rule with this expression finds."""
    config = parse_config(f'{HEAD}check = """{check}"""\nmessage = "{message}"\n{more}', Path("archspec.toml"))
    assert config is not None
    return judge(load_text(SPEC), config).findings


def test_each_element_that_fails_is_a_finding_with_its_place() -> None:
    """`components.all(c, …)` points at the components of which it is false."""
    check = "components.all(c, c.kind != 'database' || c.technology in ['postgresql'])"
    (finding,) = found(check, "`{id}` is no postgresql", 'remedy = "move `{id}` over."\nseverity = "warning"')
    assert (finding.code, finding.element, finding.severity.value) == ("TEAM01", "db", "warning")
    assert finding.text == "`db` is no postgresql; move `db` over."
    assert finding.span is not None
    assert finding.span[1:3] == (6, 3)


def test_times_are_seconds_shares_are_fractions_and_silence_is_null() -> None:
    """What an expression sees of a spec."""
    assert found("connections.all(c, c.timeout == null || c.timeout <= 2)") == ()
    assert [f.element for f in found("connections.all(c, c.to != 'pay' || c.timeout < 2)")] == ["api -> pay"]
    assert found("components.all(c, c.owner == 'Shop')") == ()
    assert [f.element for f in found("components.all(c, c.availability == null || c.availability > 0.9995)")] == ["pay"]
    assert found("components.all(c, c.backup == null || c.backup.every <= 86400)") == ()


def test_an_expression_about_the_whole_points_at_the_name() -> None:
    """What is not `all` over a section is one finding."""
    (finding,) = found("size(components) < 3")
    assert finding.span is not None
    assert finding.span.line == 2
    assert found("components.all(c, c.id != 'x') && components.all(c, c.id != 'y')") == ()


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (
            "components.all(c, c.tech == 'x')",
            'archspec.toml: rule TEAM01 cannot be evaluated: Key not found in map : "tech"',
        ),
        ("components.al(c, true)", "archspec.toml: rule TEAM01 cannot be evaluated: "),
        ("1 +", "archspec.toml: rule TEAM01 cannot be evaluated: Syntax error"),
    ],
)
def test_a_wrong_expression_is_wrong_usage(check: str, message: str) -> None:
    """With the rule and the reason, never a traceback."""
    with pytest.raises(UsageError) as caught:
        found(check)
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith("; fix its `check`.")


def test_a_code_that_is_taken_is_refused() -> None:
    """A team's rule never replaces one of archspec's."""
    config = parse_config('[[lint.rules]]\ncode = "AVL01"\ncheck = "true"\nmessage = "x"\n', Path("archspec.toml"))
    assert config is not None
    with pytest.raises(UsageError, match="the rule AVL01 of your own takes a code that is taken"):
        judge(load_text(SPEC), config)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('check = "true"\nmessage = "x"', "has no `code`; add it."),
        ('code = "team"\ncheck = "true"\nmessage = "x"', "is not a code; write capitals and a number, such as TEAM01."),
        ('code = "TEAM01"\nchek = "true"', "is not a key; did you mean `rules[0].check`?"),
        ('code = "TEAM01"\ncheck = true\nmessage = "x"', "is not a string; put it in quotes."),
    ],
)
def test_a_wrong_table_is_named(table: str, message: str) -> None:
    """A rule has a code, a check and a message."""
    with pytest.raises(UsageError) as caught:
        parse_config(f"[[lint.rules]]\n{table}\n", Path("archspec.toml"))
    assert str(caught.value).endswith(message)


def test_every_field_can_be_asked_of_every_component() -> None:
    """Fields of other kinds are null, not missing."""
    rows = plain(load_text(SPEC))["components"]
    assert {tuple(sorted(row)) for row in rows} == {tuple(sorted(rows[0]))}
    assert rows[0]["technology"] is None
