"""What-ifs side by side: the same requests with the same draws through each variant, so that pairs compare."""

from collections.abc import Sequence
from dataclasses import replace

from archspec.frozen import frozen
from archspec.model import Architecture, Duration, Objective
from archspec.simulation import SHARES, Estimate, FlowResult, Results, SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.simulation.studies.parallel_runs import Progress, simulate_all
from archspec.simulation.studies.replications import mean_of, percentile_over, replications_of

FIGURES = ("success", "throughput", "mean", "p50", "p99")


@frozen
class Figure:
    """One figure of one flow under one variant, and how far it is from the first variant's.

    Times are in nanoseconds, throughput per second. None where a replication has no such figure.
    """

    name: str
    value: Estimate | None
    difference: Estimate | None
    """Less the first variant's; its interval is that of the pairs of runs with the same draws."""


@frozen
class Compared:
    """One flow under one variant."""

    variant: str
    flow: str
    figures: tuple[Figure, ...]
    overloaded: bool
    missed: tuple[str, ...]
    objective: Objective | None = None


@frozen
class Comparison:
    """All variants, flow by flow, in the order asked for."""

    system: str
    seed: int
    duration: int
    replications: int
    confidence: float
    variants: tuple[str, ...]
    rows: tuple[Compared, ...]
    bottlenecks: tuple[str | None, ...]
    """One a variant, of its first replication."""


def compare(
    variants: Sequence[tuple[str, Architecture]],
    options: SimulationOptions,
    replications: int = 1,
    progress: Progress | None = None,
    jobs: int = 1,
) -> Comparison:
    """Run every variant as often as asked, with the same seeds, and set the figures beside the first one's.

    Where nobody says how long to run, all run for as long as the one of which least is known. The intervals are by
    Student's t over replications; a single replication gives none. `jobs` as for `simulate_all`.
    """
    options, done = _one_length([architecture for _, architecture in variants], options, progress)
    asked = [run for _, architecture in variants for run in replications_of(architecture, options, replications)]
    flat = simulate_all(asked, jobs, progress) if replications > 1 or not done else done
    runs = [flat[start : start + replications] for start in range(0, len(flat), replications)]
    names = tuple(name for name, _ in variants)
    rows = tuple(
        _compared(names[v], [run.flows[f] for run in runs[v]], [run.flows[f] for run in runs[0]], options.confidence)
        for f in range(len(runs[0][0].flows))
        for v in range(len(variants))
    )
    first = runs[0][0]
    bottlenecks = tuple(many[0].bottleneck for many in runs)
    return Comparison(
        first.system, first.seed, first.duration, replications, options.confidence, names, rows, bottlenecks
    )


def _one_length(
    architectures: Sequence[Architecture], options: SimulationOptions, progress: Progress | None
) -> tuple[SimulationOptions, tuple[Results, ...]]:
    """The options with the length that the slowest to be known takes, and a run of each, where nobody says how long."""
    if options.duration is not None:
        return options, ()
    runs = tuple(simulate(architecture, options, progress) for architecture in architectures)
    longest = max(run.duration for run in runs)
    options = replace(options, duration=Duration(longest), precision=None)
    return options, tuple(
        run if run.duration == longest else simulate(architecture, options, progress)
        for architecture, run in zip(architectures, runs, strict=True)
    )


def _compared(variant: str, here: list[FlowResult], base: list[FlowResult], confidence: float) -> Compared:
    figures = []
    for name in FIGURES:
        values, others = [figure_of(run, name) for run in here], [figure_of(run, name) for run in base]
        pairs = [None if a is None or b is None else a - b for a, b in zip(values, others, strict=True)]
        value, other = _over(here, name, confidence), _over(base, name, confidence)
        difference = mean_of(pairs, confidence)
        if value is not None and other is not None and difference is not None:
            is_known = len(here) > 1 and not (value.why or other.why)
            half, why = (difference.half_width, None) if is_known else (None, value.why or other.why)
            difference = Estimate(value.value - other.value, half, why)
        figures.append(Figure(name, value, difference))
    missed = tuple(dict.fromkeys(sentence for run in here for sentence in run.missed))
    overloaded = any(run.overloaded for run in here)
    return Compared(variant, here[0].flow, tuple(figures), overloaded, missed, here[0].objective)


def _over(runs: list[FlowResult], name: str, confidence: float) -> Estimate | None:
    """A figure over replications with its interval."""
    latencies = [run.latency for run in runs if run.latency is not None]
    if name in SHARES:
        return percentile_over(latencies, name, confidence) if len(latencies) == len(runs) else None
    return mean_of([figure_of(run, name) for run in runs], confidence)


def figure_of(flow: FlowResult, name: str) -> float | None:
    """A figure by its name: `success`, `throughput`, `mean`, or a percentile such as `p99`."""
    if name == "success":
        return flow.success
    if name == "throughput":
        return flow.throughput
    if flow.latency is None:
        return None
    return flow.latency.mean.value if name == "mean" else flow.latency.percentile(name)
