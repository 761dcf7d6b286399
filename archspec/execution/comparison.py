"""What-ifs side by side: the same requests with the same draws through each variant, so that pairs compare."""

from collections.abc import Sequence
from dataclasses import dataclass

from archspec.execution.finished import SimulationOptions
from archspec.execution.parallel_runs import Progress, simulate_all
from archspec.execution.replications import mean_of, replications_of
from archspec.execution.results import Estimate, FlowResult
from archspec.model.architecture import Architecture

FIGURES = ("success", "throughput", "mean", "p50", "p99")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one flow under one variant, and how far it is from the first variant's.

    Times are in nanoseconds, throughput per second. None where a replication has no such figure.
    """

    name: str
    value: Estimate | None
    difference: Estimate | None
    """Paired: the mean over replications of this run's figure less the first variant's with the same draws."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One flow under one variant."""

    variant: str
    flow: str
    figures: tuple[Figure, ...]
    overloaded: bool
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
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

    The intervals are by Student's t over replications; a single replication gives none. `jobs` as for `simulate_all`.
    """
    asked = [run for _, architecture in variants for run in replications_of(architecture, options, replications)]
    flat = simulate_all(asked, jobs, progress)
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


def _compared(variant: str, here: list[FlowResult], base: list[FlowResult], confidence: float) -> Compared:
    figures = []
    for name in FIGURES:
        values, others = [figure_of(run, name) for run in here], [figure_of(run, name) for run in base]
        pairs = [None if a is None or b is None else a - b for a, b in zip(values, others, strict=True)]
        figures.append(Figure(name, mean_of(values, confidence), mean_of(pairs, confidence)))
    missed = tuple(dict.fromkeys(sentence for run in here for sentence in run.missed))
    return Compared(variant, here[0].flow, tuple(figures), any(run.overloaded for run in here), missed)


def figure_of(flow: FlowResult, name: str) -> float | None:
    """A figure by its name: `success`, `throughput`, `mean`, or a percentile such as `p99`."""
    if name == "success":
        return flow.success
    if name == "throughput":
        return flow.throughput
    if flow.latency is None:
        return None
    return flow.latency.mean.value if name == "mean" else flow.latency.percentile(name)
