"""`archspec simulate`."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion
from archspec.cli.options import NoColor, Output, Outside, Quiet, Set, Spec, settings
from archspec.cli.simulation_options import duration_option, ratio_option, variants
from archspec.cli.terminal import Terminal

if TYPE_CHECKING:
    from archspec.execution.comparison import Comparison
    from archspec.execution.finished import Run, SimulationOptions
    from archspec.execution.results import Results, Series
    from archspec.execution.search import Capacity
    from archspec.model.architecture import Architecture
    from archspec.reports.calls import Palette


class Format(StrEnum):
    """What the results are written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    OPENMETRICS = "openmetrics"


class TraceFile(StrEnum):
    """What kept traces are written as."""

    JSON = "json"
    OTLP = "otlp"
    CHROME = "chrome"
    JAEGER = "jaeger"
    ZIPKIN = "zipkin"
    SPEEDSCOPE = "speedscope"


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
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the draws: the same seed gives the same bytes.")]
Replications = Annotated[int, typer.Option("--replications", min=1, help="Run so often, with seeds derived from it.")]
Confidence = Annotated[str, typer.Option("--confidence", metavar="RATIO", help="Of the intervals, such as 99%.")]
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
TracesFormat = Annotated[TraceFile, typer.Option("--traces-format", help="How kept traces are written.")]
Check = Annotated[bool, typer.Option("--check", help="Exit with 1 where an objective is missed.")]
Fast = Annotated[
    bool,
    typer.Option("--fast", help="Run compiled (extra `fast`): same figures; the first run compiles for some seconds."),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=-1, help="Processes for replications and --compare; -1: one for each core where it pays."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How the results are written.")]


def simulate(
    spec: Spec,
    scenario: Scenario = None,
    duration: Time = None,
    precision: Precision = None,
    warm_up: WarmUp = None,
    seed: Seed = 1,
    replications: Replications = 1,
    confidence: Confidence = "95%",
    compare: Compare = None,
    find_capacity: FindCapacity = False,
    sample_traces: SampleTraces = 0,
    sample: Sample = Sampling.NOTABLE,
    traces_to: TracesTo = Path("traces.json"),
    traces_format: TracesFormat = TraceFile.JSON,
    check: Check = False,
    jobs: Jobs = -1,
    fast: Fast = False,
    format: FormatOption = Format.TEXT,  # noqa: A002 - the option's name
    output: Output = None,
    set_: Set = None,
    allow_outside: Outside = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> int:
    """Run a load through the system and tell what comes of it."""
    from archspec.cli.deliver import deliver
    from archspec.errors import UsageError
    from archspec.execution.finished import SimulationOptions
    from archspec.language import load
    from archspec.reports.calls import ANSI, PLAIN

    terminal = Terminal(quiet, no_color)
    if [compare is not None, find_capacity, sample_traces > 0].count(True) > 1:
        raise UsageError("--compare, --find-capacity and --sample-traces are three different runs; ask for one.")
    if find_capacity and replications > 1:
        raise UsageError("--find-capacity compares runs of one seed; drop --replications, run longer with --duration.")
    if precision is not None and (duration is not None or find_capacity):
        raise UsageError("--precision says how long to run, as --duration and --find-capacity do; keep one of them.")
    if jobs == 0:
        raise UsageError("--jobs 0 runs nothing; write how many processes, or -1 for one each core.")
    options = SimulationOptions(
        scenario=scenario,
        duration=duration_option("--duration", duration),
        warm_up=duration_option("--warm-up", warm_up),
        precision=None if precision is None else ratio_option("--precision", precision),
        seed=seed,
        confidence=ratio_option("--confidence", confidence),
        keep_requests=sample_traces > 0,
        compiled=fast,
        folder=Path(spec).parent if spec != "-" else Path(),
    )
    paint = ANSI if terminal.colour and output is None else PLAIN
    if compare is not None:
        architectures = variants(spec, compare, settings(set_), allow_outside=allow_outside)
        text, missed = _compared(architectures, options, replications, jobs, format, terminal, paint)
    else:
        architecture = load(spec, allow_outside=allow_outside, settings=settings(set_))
        if find_capacity:
            text, missed = _searched(architecture, options, format, terminal, paint)
        else:
            results, timeline, run = _run(architecture, options, replications, jobs, terminal)
            text, missed = _written(results, timeline, format, paint), bool(results.missed)
            _keep_traces(run, sample_traces, sample, traces_to, traces_format, terminal)
    deliver(text, format.value, output, terminal)
    return 1 if check and missed else 0


def _run(
    architecture: "Architecture", options: "SimulationOptions", replications: int, jobs: int, terminal: Terminal
) -> tuple["Results", tuple["Series", ...], "Run"]:
    """The results, the course of the first run, and that run itself."""
    from archspec.cli.progress import progress
    from archspec.execution.evaluation import collect
    from archspec.execution.replications import replicate, together
    from archspec.execution.simulate import run_simulation
    from archspec.execution.timeline import timeline
    from archspec.model.quantities import Duration

    with progress(terminal, "simulating") as bar:
        first = run_simulation(architecture, options, bar and (lambda share: bar(share / replications)))
        as_long = replace(options, duration=Duration(first.duration), precision=None)
        runs = replicate(architecture, as_long, replications, bar, jobs, done=(collect(first),))
    results = together(runs, options.confidence)
    note = f"± is the half-width of an interval at {options.confidence * 100:.4g}%, from batches of requests"
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
    format_: Format,
    terminal: Terminal,
    paint: "Palette",
) -> tuple[str, bool]:
    """The text, and whether every variant misses an objective."""
    from archspec.cli.progress import progress
    from archspec.execution.comparison import compare
    from archspec.reports.comparison.text import comparison_csv, comparison_json, comparison_text

    if format_ not in (Format.TEXT, Format.JSON, Format.CSV):
        raise _no_table(format_, "--compare")
    with progress(terminal, "comparing") as bar:
        comparison: Comparison = compare(architectures, options, replications, bar, jobs)
    missing = {row.variant for row in comparison.rows if row.missed}
    every = len(missing) == len(comparison.variants)
    match format_:
        case Format.TEXT:
            return comparison_text(comparison, paint), every
        case Format.JSON:
            return comparison_json(comparison), every
        case _:
            return comparison_csv(comparison), every


def _searched(
    architecture: "Architecture", options: "SimulationOptions", format_: Format, terminal: Terminal, paint: "Palette"
) -> tuple[str, bool]:
    """The text, and whether the spec's own load is above what holds."""
    from archspec.cli.progress import progress
    from archspec.execution.search import find_capacity
    from archspec.reports.capacity.text import capacity_csv, capacity_json, capacity_text

    if format_ not in (Format.TEXT, Format.JSON, Format.CSV):
        raise _no_table(format_, "--find-capacity")
    with progress(terminal, "searching") as bar:
        capacity: Capacity = find_capacity(architecture, options, bar)
    missed = capacity.holds is None or capacity.holds.level < 1
    match format_:
        case Format.TEXT:
            return capacity_text(capacity, paint), missed
        case Format.JSON:
            return capacity_json(capacity), missed
        case _:
            return capacity_csv(capacity), missed


def _no_table(format_: Format, option: str) -> Exception:
    from archspec.errors import UsageError

    return UsageError(f"--format {format_} shows a single run; {option} is written as text, json or csv.")


def _written(results: "Results", timeline: tuple["Series", ...], format_: Format, paint: "Palette") -> str:
    from archspec.reports.simulation.csv import csv
    from archspec.reports.simulation.html import html
    from archspec.reports.simulation.json import json
    from archspec.reports.simulation.openmetrics import openmetrics
    from archspec.reports.simulation.text import text

    match format_:
        case Format.TEXT:
            return text(results, paint, timeline)
        case Format.JSON:
            return json(results)
        case Format.CSV:
            return csv(results)
        case Format.HTML:
            return html(results, timeline)
        case Format.OPENMETRICS:
            return openmetrics(results)


def _keep_traces(run: "Run", count: int, sample: Sampling, path: Path, format_: TraceFile, terminal: Terminal) -> None:
    if count == 0:
        return
    from archspec.cli.deliver import deliver
    from archspec.execution.sampled_traces import sampled_traces
    from archspec.reports.trace.chrome import chrome
    from archspec.reports.trace.jaeger import jaeger
    from archspec.reports.trace.json import several
    from archspec.reports.trace.otlp import otlp
    from archspec.reports.trace.speedscope import speedscope
    from archspec.reports.trace.zipkin import zipkin

    kept = sampled_traces(run, count, uniform=sample is Sampling.UNIFORM)
    write = {
        TraceFile.JSON: several,
        TraceFile.OTLP: otlp,
        TraceFile.CHROME: chrome,
        TraceFile.JAEGER: jaeger,
        TraceFile.ZIPKIN: zipkin,
        TraceFile.SPEEDSCOPE: speedscope,
    }[format_]
    deliver(write(kept), format_.value, path, terminal, told=False)
    terminal.message(f"wrote {len(kept)} traces to {path}")
