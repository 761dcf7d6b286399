"""The points of a sweep as the rows of a table, and what is said below it."""

from collections.abc import Sequence

from archspec.reports.figures import MILLISECONDS, estimated, without
from archspec.reports.report import Sweep
from archspec.simulation.studies.sweep_table import FIGURES, Line
from archspec.values import UNKNOWN


def replications_of(sweep: Sweep) -> int:
    """How often each point was run."""
    return max(task.replication for task in sweep.tasks) + 1


def point_heads(axes: Sequence[str]) -> list[str]:
    """The names of the columns; the last one says what is overloaded."""
    return [*axes, *FIGURES, "missed", ""]


def point_row(line: Line, axes: Sequence[str], replications: int) -> list[str]:
    """A point of a flow: where it lies, its figures, how many of its runs miss an objective or are overloaded."""
    place = [dict(line.point.values)[axis] for axis in axes]
    missed = f"{line.missed}/{replications}" if line.missed else UNKNOWN
    over = f"overload {line.overloaded}/{replications}" if line.overloaded else ""
    return [*place, *(_cell(line, name) for name in FIGURES), missed, over]


def _cell(line: Line, name: str) -> str:
    return "grows" if line.grows(name) else estimated(name, line.figure(name), MILLISECONDS)


def reasons(lines: Sequence[Line], replications: int) -> list[str]:
    """Why figures have no interval; nothing of single runs, which never have one."""
    figures = {name: figure for line in lines for name, figure in line.figures if not line.grows(name)}
    return without(figures.items()) if replications > 1 else []


def how_many(replications: int) -> str:
    """What the figures of a point are."""
    return f"means of {replications} runs, ± intervals at 95%" if replications > 1 else "one run a point"
