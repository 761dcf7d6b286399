"""Every run of a sweep as a row of a table: CSV, or Parquet (extra `parquet`)."""

import csv as standard
from collections.abc import Sequence
from dataclasses import fields
from io import BytesIO, StringIO

from archspec.errors import MissingExtraError
from archspec.execution.sweep import FlowOutcome, Outcome
from archspec.execution.sweep_plan import Task

Cell = str | int | float | bool | None
FIGURES = tuple(field.name for field in fields(FlowOutcome) if field.name not in ("times", "spans"))
UNITS = {"throughput": "throughput_per_s", "mean": "mean_ms", "p50": "p50_ms", "p99": "p99_ms"}


def columns(tasks: Sequence[Task]) -> list[str]:
    """The axes of the sweep, then the run, then its figures with their units."""
    axes = [axis for axis, _ in tasks[0].point.values]
    return [*axes, "replication", "seed", *(UNITS.get(name, name) for name in FIGURES)]


def rows(tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> list[list[Cell]]:
    """A row for each run and flow, in the order of the tasks: where they ran makes no difference."""
    found: list[list[Cell]] = []
    for task, outcome in zip(tasks, outcomes, strict=True):
        place: list[Cell] = [value for _, value in task.point.values]
        found += [
            [*place, task.replication, task.seed, *(getattr(flow, name) for name in FIGURES)] for flow in outcome.flows
        ]
    return found


def as_csv(tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> str:
    """Empty where there is no figure; flags are 0 and 1."""
    out = StringIO()
    writer = standard.writer(out, lineterminator="\n")
    writer.writerow(columns(tasks))
    for row in rows(tasks, outcomes):
        writer.writerow([int(cell) if isinstance(cell, bool) else cell for cell in row])
    return out.getvalue()


def as_parquet(tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> bytes:
    """The same table with typed columns.

    Raises:
        MissingExtraError: the extra is not installed.

    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    names, found = columns(tasks), rows(tasks, outcomes)
    table = pyarrow.table({name: [row[number] for row in found] for number, name in enumerate(names)})
    out = BytesIO()
    pyarrow.parquet.write_table(table, out)
    return out.getvalue()
