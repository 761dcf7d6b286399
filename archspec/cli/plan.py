"""`archspec plan`: the smallest change that keeps every promise at a load."""

from typing import Annotated

import typer

from archspec.cli import options
from archspec.cli.simulation_options import level_of
from archspec.cli.terminal import Terminal

Load = Annotated[str, typer.Option("--load", metavar="FACTOR", help="So many times the spec's load, such as 3x.")]
Change = Annotated[
    str | None,
    typer.Option(
        "--change",
        metavar="FIELDS",
        help="What may grow: replicas, cores, slots, max_concurrent, concurrency, partitions, connections; by commas. "
        "Default: all.",
    ),
]
Format = Annotated[str | None, options.format_option("plan")]


def plan(
    spec: options.Spec,
    load: Load = "1x",
    change: Change = None,
    seed: options.Seed = 1,
    format: Format = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    set_: options.Set = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Search the smallest change that carries a larger load."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.steps import progress
    from archspec.language import load as read
    from archspec.planning.levers import kinds_of
    from archspec.planning.plan import Options
    from archspec.planning.plan import plan as search
    from archspec.reports import Subject

    terminal = Terminal(quiet, no_color)
    written_as = report_of(format, output, Subject.PLAN)
    kinds = kinds_of(None if change is None else [name.strip() for name in change.split(",")])
    architecture = read(spec, allow_outside=allow_outside, settings=options.settings(set_))
    with progress(terminal, "planning") as bar:
        found = search(architecture, Options(level_of("--load", load), kinds, seed), bar)
    deliver(written_as, found, output, terminal)
    return 0 if found.change is not None else 1
