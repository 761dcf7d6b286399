"""`archspec verify`: run what a spec promises against what its parts do."""

from pathlib import Path
from typing import Annotated

import typer

from archspec.cli import options
from archspec.cli.simulation_options import duration_option, level_of
from archspec.cli.terminal import Terminal

Pairs = Annotated[bool, typer.Option("--pairs", help="Every two faults at once, too.")]
HeadRoom = Annotated[
    str | None, typer.Option("--head-room", metavar="FACTOR", help="Try all of it at so many times the load too: 1.5x.")
]
Time = Annotated[
    str | None, typer.Option("--duration", metavar="TIME", help="Of each run; default: until promises can be told.")
]
Format = Annotated[str | None, options.format_option("verification", "findings")]


def verify(
    spec: options.Spec,
    pairs: Pairs = False,
    head_room: HeadRoom = None,
    duration: Time = None,
    seed: options.Seed = 1,
    fail_on: options.FailOn = None,
    config: options.ConfigFile = None,
    format: Format = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    set_: options.Set = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Run every promise against every single fault."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.steps import progress
    from archspec.language import load
    from archspec.reports import Subject
    from archspec.validators import Run, config_for
    from archspec.validators.registry import rules
    from archspec.verification.judge import outcome_of
    from archspec.verification.telling import summary
    from archspec.verification.verify import Options
    from archspec.verification.verify import verify as tried

    terminal = Terminal(quiet, no_color)
    written_as = report_of(format, output, Subject.VERIFICATION, Subject.FINDINGS)
    wishes = config_for(Path(spec), config, isolated=False).overridden(None, (), (), fail_on)
    asked = Options(
        file=spec,
        pairs=pairs,
        head_room=None if head_room is None else level_of("--head-room", head_room),
        seed=seed,
        duration=duration_option("--duration", duration),
        settings=tuple(set_ or ()),
    )
    architecture = load(spec, allow_outside=allow_outside, settings=options.settings(set_))
    with progress(terminal, "verifying") as bar:
        verification = tried(architecture, asked, bar)
    run = Run((outcome_of(architecture, verification, wishes, "<stdin>" if spec == "-" else spec),), rules())
    is_whole = written_as.subject is Subject.VERIFICATION
    deliver(written_as, verification if is_whole else run, output, terminal)
    if written_as.name != "text" or output is not None:
        terminal.message(
            summary(verification), *(f"archspec contradicts itself: {each}" for each in verification.defects)
        )
    return run.status
