"""Every run of a sweep as a row of a table."""

from dataclasses import fields

from archspec.reports.report import Sweep
from archspec.simulation.studies.sweep import FlowOutcome

Cell = str | int | float | bool | None
FIGURES = tuple(field.name for field in fields(FlowOutcome) if field.name not in ("times", "spans"))
UNITS = {"throughput": "throughput_per_s", "mean": "mean_ms", "p50": "p50_ms", "p99": "p99_ms"}


def columns(sweep: Sweep) -> list[str]:
    """The axes of the sweep, then the run, then its figures with their units."""
    axes = [axis for axis, _ in sweep.tasks[0].point.values]
    return [*axes, "replication", "seed", *(UNITS.get(name, name) for name in FIGURES)]


def rows(sweep: Sweep) -> list[list[Cell]]:
    """A row for each run and flow, in the order of the tasks: where they ran makes no difference."""
    found: list[list[Cell]] = []
    for task, outcome in zip(sweep.tasks, sweep.outcomes, strict=True):
        place: list[Cell] = [value for _, value in task.point.values]
        found += [
            [*place, task.replication, task.seed, *(getattr(flow, name) for name in FIGURES)] for flow in outcome.flows
        ]
    return found
