"""Team rules as rules: expressions in CEL, compiled by the extra `cel` (Google's implementation)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from archspec.errors import MissingExtraError, UsageError
from archspec.frozen import frozen
from archspec.model import Path
from archspec.validators import Context, Found, Rule, RuleSet
from archspec.validators.team.plain import SECTIONS, plain
from archspec.validators.team.rule import TeamRule

_ALL = re.compile(rf"\s*({'|'.join(SECTIONS)})\.all\(\s*([A-Za-z_]\w*)\s*,(.*)\)\s*", re.DOTALL)


@cache
def as_rule(team: TeamRule) -> Rule:
    """The rule of the registry's kind that evaluates a team's expression.

    Raises:
        MissingExtraError: the extra `cel` is not installed.
        UsageError: the expression does not compile.

    """
    program = _compiled(team)

    def check(context: Context) -> Iterator[Found]:
        """What the expression is false of."""
        data = context.once(plain)
        result = _evaluated(program.expression, data, team)
        if program.section is None:
            if result is not True:
                yield Found(("name",), team.message, team.remedy)
            return
        for id_ in result:
            path: Path = (program.section, id_)
            yield Found(path, team.message.replace("{id}", id_), team.remedy.replace("{id}", id_), at_key=True)

    return Rule(team.code, team.code.lower(), "team", team.severity, RuleSet.DEFAULT, None, check)


@frozen
class _Program:
    """A compiled expression; with `section` it gives the ids of what it is false of, else true or false."""

    expression: Any
    section: str | None


def _compiled(team: TeamRule) -> _Program:
    try:
        from cel_expr_python import cel
    except ImportError:
        raise MissingExtraError(f"the rule {team.code} in the configuration", "cel") from None
    rows = cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN))
    texts = dict.fromkeys(("name", "lint"), cel.Type.STRING)
    environment = cel.NewEnv(variables=dict.fromkeys(SECTIONS, rows) | texts)
    match = _ALL.fullmatch(team.check)
    try:
        environment.compile(team.check)
        if match is None or not _is_balanced(match[3]):
            return _Program(environment.compile(team.check), None)
        section, name, body = match.groups()
        failing = f"{section}.filter({name}, !({body})).map({name}, {name}.id)"
        return _Program(environment.compile(failing), section)
    except RuntimeError as error:
        raise _wrong(team, str(error)) from None


def _is_balanced(body: str) -> bool:
    """Whether no bracket closes before it opens: the last one is then that of `all(`."""
    depth = 0
    for char in re.sub(r"'[^']*'|\"[^\"]*\"", "", body):
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return False
    return True


def _evaluated(expression: Any, data: dict[str, Any], team: TeamRule) -> Any:
    result = expression.eval(data=data)
    if result.type().name() == "ERROR":
        raise _wrong(team, str(result.plain_value()))
    return result.plain_value()


def _wrong(team: TeamRule, why: str) -> UsageError:
    reason = (
        re.sub(r"^\w+: (?:ERROR: )?(?:<input>:\d+:\d+: )?", "", why).splitlines()[0].removesuffix(" [INVALID_ARGUMENT]")
    )
    return UsageError(f"{team.place}rule {team.code} cannot be evaluated: {reason}; fix its `check`.")
