"""A sweep as a table: one line a point and flow, figures as means over the replications."""

from collections.abc import Sequence

from archspec.frozen import frozen
from archspec.simulation import SHARES, Estimate
from archspec.simulation.studies.replications import mean_of, percentile_over
from archspec.simulation.studies.sweep import FlowOutcome, Outcome
from archspec.simulation.studies.sweep_plan import Point, Task

TIMES = frozenset({"mean", "p50", "p99"})
FIGURES = ("success", "throughput", "mean", "p50", "p99")
CONFIDENCE = 0.95


@frozen
class Line:
    """One flow at one point."""

    point: Point
    flow: str
    figures: tuple[tuple[str, Estimate | None], ...]
    """None where a replication has no such figure."""
    overloaded: int
    """In how many replications."""
    missed: int
    """In how many replications an objective is missed."""

    def figure(self, name: str) -> Estimate | None:
        """The figure of that name."""
        return dict(self.figures)[name]

    def grows(self, name: str) -> bool:
        """Whether the figure is a response time of an overload, which says nothing but how long the run was."""
        return self.overloaded > 0 and name in TIMES

    def value(self, name: str) -> float | None:
        """The figure as a number, where it is one that means something."""
        estimate = self.figure(name)
        return None if estimate is None or self.grows(name) else estimate.value


def lines_of(tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> tuple[Line, ...]:
    """The points in order, flow by flow."""
    runs: dict[Point, list[Outcome]] = {}
    for task, outcome in zip(tasks, outcomes, strict=True):
        runs.setdefault(task.point, []).append(outcome)
    flows = [flow.flow for flow in outcomes[0].flows]
    return tuple(
        _line(point, name, [run.flows[number] for run in several])
        for number, name in enumerate(flows)
        for point, several in runs.items()
    )


def _line(point: Point, flow: str, runs: list[FlowOutcome]) -> Line:
    figures = tuple((name, _figure(runs, name)) for name in FIGURES)
    overloaded, missed = sum(run.overloaded for run in runs), sum(run.missed > 0 for run in runs)
    return Line(point, flow, figures, overloaded, missed)


def _figure(runs: list[FlowOutcome], name: str) -> Estimate | None:
    """Over the replications; times in milliseconds."""
    latencies = [latency for run in runs if (latency := run.latency) is not None]
    if name not in SHARES or len(runs) == 1:
        return mean_of([getattr(run, name) for run in runs], CONFIDENCE)
    if len(latencies) < len(runs):
        return None
    found = percentile_over(latencies, name, CONFIDENCE)
    return Estimate(found.value / 1e6, None if found.half_width is None else found.half_width / 1e6, found.why)


def axes_of(lines: Sequence[Line]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The axes along which the points differ, each with its places in order."""
    places: dict[str, dict[str, None]] = {}
    for line in lines:
        for axis, value in line.point.values:
            places.setdefault(axis, {})[value] = None
    return tuple((axis, tuple(values)) for axis, values in places.items() if len(values) > 1)
