"""`archspec simulate`."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli.options import NoColor, Output, Outside, Quiet, Set, Spec, settings
from archspec.cli.terminal import Terminal

if TYPE_CHECKING:
    from archspec.cli.trace_formats.words import Palette
    from archspec.execution.results import Results
    from archspec.model.quantities import Duration


class Format(StrEnum):
    """What the results are written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


Scenario = Annotated[
    str | None, typer.Option("--scenario", help="Which scenario; default: every flow at its own rate, for a minute.")
]
Time = Annotated[
    str | None, typer.Option(metavar="TIME", help="How long to run, such as 10m; default: the scenario's.")
]
WarmUp = Annotated[
    str | None, typer.Option("--warm-up", metavar="TIME", help="Left out of the figures; default: a tenth, or nothing.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the draws: the same seed gives the same bytes.")]
Confidence = Annotated[str, typer.Option("--confidence", metavar="RATIO", help="Of the intervals, such as 99%.")]
Check = Annotated[bool, typer.Option("--check", help="Exit with 1 where an objective is missed.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How the results are written.")]


def simulate(
    spec: Spec,
    scenario: Scenario = None,
    duration: Time = None,
    warm_up: WarmUp = None,
    seed: Seed = 1,
    confidence: Confidence = "95%",
    check: Check = False,
    format: FormatOption = Format.TEXT,  # noqa: A002 - the option's name
    output: Output = None,
    set_: Set = None,
    allow_outside: Outside = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> int:
    """Run a load through the system and tell what comes of it."""
    from archspec.cli.trace_formats.words import ANSI, PLAIN
    from archspec.execution.finished import SimulationOptions
    from archspec.execution.simulate import simulate as run
    from archspec.loading import load

    terminal = Terminal(quiet, no_color)
    architecture = load(spec, allow_outside=allow_outside, settings=settings(set_))
    options = SimulationOptions(
        scenario=scenario,
        duration=_duration("--duration", duration),
        warm_up=_duration("--warm-up", warm_up),
        seed=seed,
        confidence=_ratio(confidence),
        folder=Path(spec).parent if spec != "-" else Path(),
    )
    results = run(architecture, options, _progress(terminal))
    text = _written(results, format, ANSI if terminal.colour and output is None else PLAIN)
    if output is None:
        terminal.data(text)
    else:
        from archspec.cli.output import write_file

        write_file(output, text)
        terminal.message(f"wrote {output}")
    return 1 if check and results.missed else 0


def _duration(option: str, text: str | None) -> "Duration | None":
    from archspec.errors import UsageError
    from archspec.model.quantities import Duration

    if text is None:
        return None
    try:
        return Duration.parse(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: {error}") from None


def _ratio(text: str) -> float:
    from archspec.errors import UsageError
    from archspec.model.quantities import Ratio

    try:
        value = float(Ratio.parse(text))
    except ValueError as error:
        raise UsageError(f"--confidence {text}: {error}") from None
    if not 0 < value < 1:
        raise UsageError(f"--confidence {text}: an interval lies between 0% and 100%; write 95%, say.")
    return value


def _progress(terminal: Terminal) -> Callable[[float], None] | None:
    """A bar on standard error, where somebody sees it."""
    if not terminal.shows_progress:
        return None
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task("simulating", total=1.0)
    bar.start()

    def show(share: float) -> None:
        bar.update(task, completed=share)
        if share >= 1:
            bar.stop()

    return show


def _written(results: "Results", format_: Format, paint: "Palette") -> str:
    from archspec.cli.simulation_formats.csv import csv
    from archspec.cli.simulation_formats.json import json
    from archspec.cli.simulation_formats.text import text

    match format_:
        case Format.TEXT:
            return text(results, paint)
        case Format.JSON:
            return json(results)
        case Format.CSV:
            return csv(results)
