"""`archspec rule`: explain one rule, or list them."""

from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion, options
from archspec.errors import UsageError

if TYPE_CHECKING:
    from archspec.validators import Rule

Code = Annotated[
    str | None,
    typer.Argument(metavar="[CODE]", help="A rule's code or name, such as AVL01.", autocompletion=completion.rules),
]
Everything = Annotated[bool, typer.Option("--all", help="The pages of all rules, one after the other.")]
Format = Annotated[str | None, options.format_option("rules")]


def rule(
    code: Code = None,
    everything: Everything = False,
    output_format: Format = None,
    output: options.Output = None,
    no_color: options.NoColor = False,
) -> int:
    """Explain a rule, or list all of them. A page says what it checks, why, and when to ignore it."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.terminal import Terminal
    from archspec.reports import RulePages, Subject
    from archspec.validators.registry import rules

    chosen = (_named(code),) if code else tuple(rules().values())
    pages = RulePages(chosen, is_whole=bool(code) or everything)
    deliver(report_of(output_format, output, Subject.RULES), pages, output, Terminal(no_color=no_color))
    return 0


def _named(name: str) -> "Rule":
    from archspec.language import did_you_mean
    from archspec.validators.registry import rules

    known = rules()
    found = known.get(name.upper()) or next((each for each in known.values() if each.name == name), None)
    if found is None:
        names = [*known, *(each.name for each in known.values())]
        raise UsageError(f"there is no rule `{name}`; {did_you_mean(name, names, '`archspec rule` lists them.')}")
    return found
