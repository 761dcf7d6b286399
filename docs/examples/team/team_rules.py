"""A rule of a team, in Python: `archspec lint --rules team_rules.py`."""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every connection to a component whose id begins with `legacy-`."""
    for connection in context.architecture.connections:
        if connection.to.startswith("legacy-"):
            yield Found(
                ("connections", connection.name),
                f"`{connection.from_}` still asks `{connection.to}`",
                "ask its successor.",
                at_key=True,
            )


RULE = Rule(
    code="TEAM02",
    name="asks-legacy",
    theme="team",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=None,
    check=check,
)
