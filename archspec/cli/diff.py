"""`archspec diff`: hold two versions of a spec against each other."""

from pathlib import Path
from typing import Annotated

import typer

from archspec.cli import completion, options

Base = Annotated[str, typer.Argument(metavar="BASE", help="A spec, REV:FILE, or a revision of HEAD's file.")]
Head = Annotated[str | None, typer.Argument(metavar="[HEAD]", help="The same; default: BASE's file as it is on disk.")]
Revision = Annotated[
    str | None,
    typer.Option(
        "--base", metavar="REV", help="Hold the one file against this revision of it; REV...: where we left it."
    ),
]
Format = Annotated[str | None, options.format_option("difference")]
Outputs = Annotated[
    list[Path] | None,
    typer.Option("--output", "-o", help="File to write, several for several formats; default: standard output."),
]
ViewName = Annotated[
    str | None,
    typer.Option(
        "--view", help="What the picture shows; default: all, or what changed.", autocompletion=completion.views
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="POLICY",
        help="Exit status 1 for: worse, finding, single-point, objective, change; by commas. Default: never.",
    ),
]
Simulate = Annotated[
    list[str] | None,
    typer.Option(
        "--simulate",
        metavar="SCENARIO",
        help="Run both, five times each: this scenario, `rates` (the flows' own), or `all`. May be repeated.",
        autocompletion=completion.scenarios,
    ),
]
NoRenames = Annotated[bool, typer.Option("--no-renames", help="Tell what was renamed as removed and added.")]


def diff(
    base: Base,
    head: Head = None,
    at: Revision = None,
    format: Format = None,  # noqa: A002 - the option's name
    output: Outputs = None,
    view: ViewName = None,
    simulate: Simulate = None,
    fail_on: FailOn = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    no_renames: NoRenames = False,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Say what changed between two versions, and what that does."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.steps import told_steps
    from archspec.cli.terminal import Terminal
    from archspec.difference.difference import difference
    from archspec.difference.policy import policies
    from archspec.difference.versions import read, versions
    from archspec.reports import Subject
    from archspec.validators import config_for

    terminal = Terminal(quiet, no_color)
    forbidden = policies(fail_on or [])
    places: list[Path | None] = [*output] if output else [None]
    written_as = [report_of(format, place, Subject.DIFFERENCE) for place in places]
    one, two = versions(base, head, at)
    wishes = config_for(Path(two.file), config, isolated=isolated)
    with told_steps(terminal, 1) as say:
        say(f"comparing {one.name} with {two.name}")
        (before, notes), (after, more) = (read(each, allow_outside=allow_outside) for each in (one, two))
        found = difference(
            before,
            after,
            wishes,
            finds_renames=not no_renames,
            notes=(*notes, *more),
            view=view,
            simulated=simulate or (),
            say=say,
        )
    for report, place in zip(written_as, places, strict=True):
        deliver(report, found, place, terminal)
    broken = [policy for policy in forbidden if found.breaks(policy)]
    terminal.message(*(f"fails on {policy}: {policy.sentence}" for policy in broken))
    return 1 if broken else 0
