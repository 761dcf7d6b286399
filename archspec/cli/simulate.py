"""`archspec simulate`."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion, options
from archspec.cli.simulation_options import duration_option, level_of, ratio_option, variants
from archspec.cli.terminal import Terminal
from archspec.errors import UsageError

if TYPE_CHECKING:
    from archspec.model import Architecture
    from archspec.simulation import Capacity, Comparison, Results, Run, Series, SimulationOptions


class Sampling(StrEnum):
    """Which requests are kept as traces."""

    NOTABLE = "notable"
    UNIFORM = "uniform"


Scenario = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        help="Which scenario; default: every flow at its own rate.",
        autocompletion=completion.scenarios,
    ),
]
Time = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", help="How long to run, such as 10m; default: the scenario's, else until enough is known."
    ),
]
Precision = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="RATIO",
        help="Run until every figure asked for is known within this; default: 5%, where no duration is given.",
    ),
]
WarmUp = Annotated[
    str | None, typer.Option("--warm-up", metavar="TIME", help="Left out of the figures; default: a tenth, or nothing.")
]
Replications = Annotated[int, typer.Option("--replications", min=1, help="Run so often, with seeds derived from it.")]
Confidence = Annotated[str, typer.Option("--confidence", metavar="RATIO", help="Of the intervals, such as 99%.")]
Fail = Annotated[
    list[str] | None,
    typer.Option(
        "--fail",
        metavar="ID",
        help="Down all the time, and known to be: a component, a replica (api-2), a group, a connection.",
        autocompletion=completion.parts,
    ),
]
Level = Annotated[str | None, typer.Option("--load", metavar="FACTOR", help="So many times the load, such as 1.5x.")]
Compare = Annotated[
    str | None, typer.Option("--compare", metavar="ID.FIELD=A,B,…", help="Run with each value and set them in a table.")
]
FindCapacity = Annotated[
    bool, typer.Option("--find-capacity", help="Search the highest load that still meets every objective.")
]
SampleTraces = Annotated[
    int, typer.Option("--sample-traces", min=0, metavar="N", help="Keep whole traces of so many requests.")
]
Sample = Annotated[
    Sampling, typer.Option("--sample", help="Which to keep: the failed and slow ones, or evenly from all.")
]
TracesTo = Annotated[Path, typer.Option("--traces-to", metavar="FILE", help="Where kept traces go.")]
TracesFormat = Annotated[str | None, options.format_option("traces", option="--traces-format", file="--traces-to")]
Epoch = Annotated[
    int, typer.Option("--epoch", min=0, metavar="SECONDS", help="Unix time at which series and traces begin.")
]
Check = Annotated[bool, typer.Option("--check", help="Exit with 1 where an objective is missed.")]
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=-1, help="Runs of replications and --compare at once; -1: one for each core."),
]
Format = Annotated[str | None, options.format_option("simulation")]


def simulate(
    spec: options.Spec,
    scenario: Scenario = None,
    duration: Time = None,
    precision: Precision = None,
    warm_up: WarmUp = None,
    seed: options.Seed = 1,
    replications: Replications = 1,
    confidence: Confidence = "95%",
    fail: Fail = None,
    just_failed: options.JustFailed = None,
    load: Level = None,
    compare: Compare = None,
    find_capacity: FindCapacity = False,
    sample_traces: SampleTraces = 0,
    sample: Sample = Sampling.NOTABLE,
    traces_to: TracesTo = Path("traces.json"),
    traces_format: TracesFormat = None,
    epoch: Epoch = 0,
    check: Check = False,
    jobs: Jobs = -1,
    format: Format = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    set_: options.Set = None,
    fault: options.Fault = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Run a load through the system and tell what comes of it."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.language import load as read
    from archspec.language.what_if import with_faults
    from archspec.reports import Simulation, Subject, Traces
    from archspec.simulation import SimulationOptions, at_level
    from archspec.simulation.timeline import fault_stretches, load_timeline

    terminal = Terminal(quiet, no_color)
    if [compare is not None, find_capacity, sample_traces > 0].count(True) > 1:
        raise UsageError("--compare, --find-capacity and --sample-traces are three different runs; ask for one.")
    if find_capacity and replications > 1:
        raise UsageError("--find-capacity compares runs of one seed; drop --replications, run longer with --duration.")
    if precision is not None and (duration is not None or find_capacity):
        raise UsageError("--precision says how long to run, as --duration and --find-capacity do; keep one of them.")
    if fault and (compare is not None or find_capacity):
        raise UsageError("--fault belongs to a single run; put it into a scenario for --compare and --find-capacity.")
    if jobs == 0:
        raise UsageError("--jobs 0 runs nothing; write how many runs at once, or -1 for one each core.")
    level = level_of("--load", load or "1x")
    asked = SimulationOptions(
        scenario=scenario,
        duration=duration_option("--duration", duration),
        warm_up=duration_option("--warm-up", warm_up),
        precision=None if precision is None else ratio_option("--precision", precision),
        seed=seed,
        confidence=ratio_option("--confidence", confidence),
        keep_requests=sample_traces > 0,
        folder=Path(spec).parent if spec != "-" else Path(),
        fail=tuple(fail or ()),
        just_failed=tuple(just_failed or ()),
    )
    if compare is not None:
        written_as = report_of(format, output, Subject.COMPARISON)
        variants_ = variants(spec, compare, options.settings(set_), allow_outside=allow_outside)
        architectures = [(name, at_level(architecture, scenario, level)) for name, architecture in variants_]
        comparison = _compared(architectures, asked, replications, jobs, terminal)
        deliver(written_as, comparison, output, terminal)
        missing = {row.variant for row in comparison.rows if row.missed}
        return 1 if check and len(missing) == len(comparison.variants) else 0
    if find_capacity:
        written_as = report_of(format, output, Subject.CAPACITY)
        architecture = at_level(
            read(spec, allow_outside=allow_outside, settings=options.settings(set_)), scenario, level
        )
        capacity = _searched(architecture, asked, terminal)
        deliver(written_as, capacity, output, terminal)
        return 1 if check and (capacity.holds is None or capacity.holds.level < 1) else 0
    written_as = report_of(format, output, Subject.SIMULATION)
    traces_as = report_of(traces_format, traces_to, Subject.TRACES) if sample_traces else None
    architecture = at_level(read(spec, allow_outside=allow_outside, settings=options.settings(set_)), scenario, level)
    if fault:
        architecture, played = with_faults(architecture, scenario, options.faults(fault))
        asked = replace(asked, scenario=played)
    if written_as.name == "openmetrics-series":
        asked = replace(asked, buckets=_buckets(spec, architecture), keep_scrapes=True)
    results, timeline, run = _run(architecture, asked, replications, jobs, terminal)
    if traces_as is not None:
        from archspec.simulation.sampled_traces import sampled_traces

        deliver(
            traces_as,
            Traces(sampled_traces(run, sample_traces, uniform=sample is Sampling.UNIFORM), epoch * 10**9),
            traces_to,
            terminal,
        )
    told = Simulation(results, timeline, run, epoch * 10**9, load_timeline(run), fault_stretches(run))
    deliver(written_as, told, output, terminal)
    return 1 if check and results.missed else 0


def _buckets(spec: str, architecture: "Architecture") -> tuple[int, ...]:
    """The limits of the histograms of response times: those that the team has, and what is promised."""
    from archspec.exports import find_settings

    seconds = find_settings(Path() if spec == "-" else Path(spec), None).prometheus.buckets
    promised = (flow.objective for flow in architecture.flows.values() if flow.objective is not None)
    limits = {limit.nanoseconds for each in promised for limit in each.percentiles.values()}
    return tuple(sorted(limits | {round(each * 1e9) for each in seconds}))


def _run(
    architecture: "Architecture", options: "SimulationOptions", replications: int, jobs: int, terminal: Terminal
) -> tuple["Results", tuple["Series", ...], "Run"]:
    """The results, the course of the first run, and that run itself."""
    from archspec.cli.steps import progress
    from archspec.simulation.studies.replications import run_often
    from archspec.simulation.timeline import timeline
    from archspec.values import percent

    with progress(terminal, "simulating") as bar:
        results, first = run_often(architecture, options, replications, bar, jobs)
    note = f"± is the half-width of an interval at {percent(options.confidence)}, from batches of requests"
    latencies = [flow.latency for flow in results.flows if flow.latency is not None]
    has_intervals = any(
        one.half_width for latency in latencies for one in (latency.mean, *dict(latency.percentiles).values())
    )
    if replications == 1 and has_intervals:
        results = replace(results, notes=(*results.notes, note))
    return results, timeline(first), first


def _compared(
    architectures: list[tuple[str, "Architecture"]],
    options: "SimulationOptions",
    replications: int,
    jobs: int,
    terminal: Terminal,
) -> "Comparison":
    from archspec.cli.steps import progress
    from archspec.simulation import compare

    with progress(terminal, "comparing") as bar:
        return compare(architectures, options, replications, bar, jobs)


def _searched(architecture: "Architecture", options: "SimulationOptions", terminal: Terminal) -> "Capacity":
    from archspec.cli.steps import progress
    from archspec.simulation import find_capacity

    with progress(terminal, "searching") as bar:
        return find_capacity(architecture, options, bar)
