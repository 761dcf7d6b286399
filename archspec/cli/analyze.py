"""`archspec analyze`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion
from archspec.cli.options import NoColor, Output, Outside, Quiet, Set, Spec, settings
from archspec.cli.terminal import Terminal

if TYPE_CHECKING:
    from archspec.analysis.report import Report
    from archspec.model.architecture import Architecture


class Format(StrEnum):
    """What the report is written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


Flow = Annotated[
    str | None,
    typer.Argument(
        metavar="[FLOW]", help="Availability of this flow only; default: all.", autocompletion=completion.flows
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How it is written.")]
Check = Annotated[bool, typer.Option("--check", help="Exit 1 where a flow cannot meet its objective.")]


def analyze(
    spec: Spec,
    flow: Flow = None,
    format: FormatOption = Format.TEXT,  # noqa: A002 - the option's name
    output: Output = None,
    set_: Set = None,
    check: Check = False,
    allow_outside: Outside = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Compute availability, single points of failure, cut sets and capacity; with --set beside the spec as it is."""
    from archspec.analysis.report import report
    from archspec.cli.deliver import deliver
    from archspec.cli.steps import told_steps
    from archspec.language import load

    terminal = Terminal(quiet, no_color)
    architecture = load(spec, allow_outside=allow_outside)
    changed = None
    with told_steps(terminal, 2 if set_ else 1) as say:
        say(f"computing {spec}")
        base = report(architecture, _checked(architecture, flow))
        if set_:
            say(f"computing {spec} with --set")
            other = load(spec, allow_outside=allow_outside, settings=settings(set_))
            changed = report(other, _checked(other, flow))
    text = _written(base, changed, tuple(set_ or ()), format, colour=terminal.colour and output is None)
    deliver(text, format.value, output, terminal, told=False)
    if check and (changed or base).misses_objective:
        raise typer.Exit(1)


def _checked(architecture: "Architecture", flow: str | None) -> str | None:
    from archspec.errors import UsageError
    from archspec.language.suggestions import did_you_mean, listed

    if flow is not None and flow not in architecture.flows:
        remedy = did_you_mean(flow, architecture.flows, f"it may be one of {listed(architecture.flows)}.")
        raise UsageError(f"there is no flow `{flow}`; {remedy}")
    return flow


def _written(base: "Report", changed: "Report | None", given: tuple[str, ...], wanted: Format, *, colour: bool) -> str:
    match wanted:
        case Format.TEXT:
            from archspec.reports.analysis.text import text

            return text(base, changed, given, colour=colour)
        case Format.JSON:
            from archspec.reports.analysis.json import json

            return json(base, changed, given)
        case Format.MARKDOWN:
            from archspec.reports.analysis.markdown import markdown

            return markdown(base, changed, given)
