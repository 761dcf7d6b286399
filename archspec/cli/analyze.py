"""`archspec analyze`."""

from typing import Annotated

import typer

from archspec.cli import completion, options
from archspec.cli.terminal import Terminal

Flow = Annotated[
    str | None,
    typer.Argument(
        metavar="[FLOW]", help="Availability of this flow only; default: all.", autocompletion=completion.flows
    ),
]
Format = Annotated[str | None, options.format_option("analysis")]
Check = Annotated[bool, typer.Option("--check", help="Exit 1 where a flow cannot meet its objective.")]


def analyze(
    spec: options.Spec,
    flow: Flow = None,
    format: Format = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    set_: options.Set = None,
    check: Check = False,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Compute availability, single points, cut sets and capacity. With --set, beside the spec as it is."""
    from archspec.analysis.report import report
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.steps import told_steps
    from archspec.language import load
    from archspec.reports import Analysis, Subject

    terminal = Terminal(quiet, no_color)
    written_as = report_of(format, output, Subject.ANALYSIS)
    architecture = load(spec, allow_outside=allow_outside)
    changed = None
    with told_steps(terminal, 2 if set_ else 1) as say:
        say(f"computing {spec}")
        base = report(architecture, flow)
        if set_:
            say(f"computing {spec} with --set")
            other = load(spec, allow_outside=allow_outside, settings=options.settings(set_))
            changed = report(other, flow)
    deliver(written_as, Analysis(base, changed, tuple(set_ or ())), output, terminal)
    if check and (changed or base).misses_objective:
        raise typer.Exit(1)
