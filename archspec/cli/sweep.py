"""`archspec sweep`."""

from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion, options
from archspec.cli.simulation_options import duration_option, levels_of, values_of
from archspec.cli.terminal import Terminal
from archspec.errors import UsageError

if TYPE_CHECKING:
    from archspec.model import Architecture
    from archspec.simulation import Variant
    from archspec.simulation.studies.sweep import Runner


class Faults(StrEnum):
    """What fails in turn."""

    NONE = "none"
    ALL = "all"
    PAIRS = "pairs"


class FigureName(StrEnum):
    """What a heat map shows."""

    SUCCESS = "success"
    THROUGHPUT = "throughput"
    MEAN = "mean"
    P50 = "p50"
    P99 = "p99"


SetAxes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ID.FIELD=VALUES", help="Values to run with: 3,6,9 or 2..10; may be repeated."),
]
Loads = Annotated[str, typer.Option("--load", metavar="FACTORS", help="So many times the load: 1x..4x, or 1x,1.5x.")]
FaultsOption = Annotated[
    Faults, typer.Option("--faults", help="Runs in which each thing fails (all), or each two (pairs), a quarter in.")
]
Replications = Annotated[int, typer.Option("--replications", min=1, help="Runs of each point.")]
Scenario = Annotated[
    str | None,
    typer.Option(
        "--scenario", help="Which scenario; default: the flows' own rates.", autocompletion=completion.scenarios
    ),
]
Time = Annotated[str | None, typer.Option("--duration", metavar="TIME", help="Of each run; default: the scenario's.")]
WarmUp = Annotated[str | None, typer.Option("--warm-up", metavar="TIME", help="Left out of the figures of each run.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="From which the replications' seeds are derived.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=-1, help="How many runs at once; -1: one for each core.")]
Cluster = Annotated[
    str | None, typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler to run on, as tcp://HOST:8786.")
]
ResultsIn = Annotated[
    Path | None, typer.Option("--results", metavar="FOLDER", help="Keep each run there, and take up a sweep again.")
]
Figure = Annotated[FigureName, typer.Option("--figure", help="What a heat map shows.")]
Format = Annotated[str | None, options.format_option("sweep")]


def sweep(
    spec: options.Spec,
    set_: SetAxes = None,
    load: Loads = "1x",
    faults: FaultsOption = Faults.NONE,
    replications: Replications = 1,
    scenario: Scenario = None,
    duration: Time = None,
    warm_up: WarmUp = None,
    seed: Seed = 1,
    jobs: Jobs = -1,
    cluster: Cluster = None,
    results: ResultsIn = None,
    figure: Figure = FigureName.P99,
    format: Format = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Simulate every combination of settings, loads and faults."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.steps import progress
    from archspec.reports import Subject, Sweep
    from archspec.simulation.studies.sweep import sweep as run
    from archspec.simulation.studies.sweep_plan import Asked, tasks_of

    terminal = Terminal(quiet, no_color)
    written_as = report_of(format, output, Subject.SWEEP)
    architectures, variants = _variants(spec, set_ or [], allow_outside=allow_outside)
    asked = Asked(
        scenario,
        duration_option("--duration", duration),
        duration_option("--warm-up", warm_up),
        seed,
        replications,
        Path(spec).parent.absolute(),
    )
    tasks = tasks_of(variants, levels_of("--load", load), _faults(architectures[0], faults), asked)
    runner = _runner(jobs, cluster)
    terminal.message(f"{len(tasks)} {'run' if len(tasks) == 1 else 'runs'}")
    with progress(terminal, "sweeping") as bar:
        outcomes = run(tasks, runner, results, bar)
    deliver(written_as, Sweep(tuple(tasks), tuple(outcomes), figure, architectures[0]), output, terminal)


def _variants(spec: str, given: list[str], *, allow_outside: bool) -> tuple[list["Architecture"], list["Variant"]]:
    from archspec.language import load
    from archspec.language.dump import dump
    from archspec.simulation import Variant

    if spec == "-":
        raise UsageError("a sweep reads the spec once for each value; name a file instead of -.")
    axes = [values_of("--set", text) for text in given]
    architectures, variants = [], []
    for values in product(*(values for _, values in axes)):
        pairs = tuple((key, value) for (key, _), value in zip(axes, values, strict=True))
        chosen = options.settings([f"{key}={value}" for key, value in pairs])
        architectures.append(load(spec, allow_outside=allow_outside, settings=chosen))
        variants.append(Variant(pairs, dump(architectures[-1])))
    return architectures, variants


def _faults(architecture: "Architecture", faults: Faults) -> tuple[tuple[str, ...], ...]:
    from archspec.simulation.studies.sweep_plan import double_faults, single_faults

    match faults:
        case Faults.NONE:
            return ((),)
        case Faults.ALL:
            return single_faults(architecture)
        case Faults.PAIRS:
            return double_faults(architecture)


def _runner(jobs: int, cluster: str | None) -> "Runner":
    from archspec.simulation.studies.sweep import on_cluster, on_cores

    if jobs == 0:
        raise UsageError("--jobs 0 runs nothing; write how many runs at once, or -1 for one each core.")
    return on_cluster(cluster) if cluster is not None else on_cores(jobs)
