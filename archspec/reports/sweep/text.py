"""A sweep for a terminal: a table of all points, and a heat map where two things were varied."""

from collections.abc import Sequence

from archspec.reports import MILLISECONDS, PAPER, Ink, Report, Screen, Subject, Sweep
from archspec.reports import figure as spelled
from archspec.reports.sweep_points import how_many, point_heads, point_row, reasons, replications_of
from archspec.reports.table import table
from archspec.simulation.studies.sweep_table import Line, axes_of, lines_of
from archspec.values import UNKNOWN

SHADES = " ░▒▓█"


def text(sweep: Sweep, screen: Screen = PAPER) -> str:
    """Flow by flow: a map of the figure, then every point with its figures."""
    lines, figure = lines_of(sweep.tasks, sweep.outcomes), sweep.figure
    replications = replications_of(sweep)
    axes = axes_of(lines)
    out: list[str] = []
    for flow in dict.fromkeys(line.flow for line in lines):
        mine = [line for line in lines if line.flow == flow]
        out += [screen.paint(Ink.BOLD, flow)]
        if len(axes) == 2:
            out += ["", *_heat_map(mine, axes, figure, screen)]
        out += ["", *_table(mine, [axis for axis, _ in axes], replications, screen), ""]
        found = reasons(mine, replications)
        out += [*(screen.paint(Ink.DIM, reason) for reason in found), *([""] if found else [])]
    return "\n".join(line.rstrip() for line in [*out, screen.paint(Ink.DIM, how_many(replications))]) + "\n"


def _heat_map(
    lines: Sequence[Line], axes: Sequence[tuple[str, tuple[str, ...]]], figure: str, screen: Screen
) -> list[str]:
    """Rows and columns are the two axes; the fuller a cell, the larger the figure."""
    (down, rows), (across, places) = axes
    cells = {(dict(line.point.values)[down], dict(line.point.values)[across]): line for line in lines}
    values = [value for line in lines if (value := line.value(figure)) is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    shown = {at: _map_cell(line, figure, low, high) for at, line in cells.items()}
    wide = max(map(len, (*places, *shown.values()))) + 2
    first = max(len(down), *(len(row) for row in rows)) + 2
    found = [screen.paint(Ink.DIM, f"{figure} by {down} (down) and {across} (across)")]
    found.append(" " * first + "".join(f"{place:>{wide}}" for place in places))
    found += [f"{row:<{first}}" + "".join(f"{shown[row, place]:>{wide}}" for place in places) for row in rows]
    return found


def _map_cell(line: Line, figure: str, low: float, high: float) -> str:
    if line.grows(figure):
        return f"{SHADES[-1]} grows"
    value = line.value(figure)
    return UNKNOWN if value is None else f"{SHADES[_step(value, low, high)]} {spelled(figure, value, MILLISECONDS)}"


def _step(value: float, low: float, high: float) -> int:
    return round((value - low) / (high - low) * (len(SHADES) - 1)) if high > low else 0


def _table(lines: Sequence[Line], axes: Sequence[str], replications: int, screen: Screen) -> list[str]:
    cells = [point_row(line, axes, replications) for line in lines]

    def ink(number: int, _: str) -> Ink | None:
        return Ink.BAD if lines[number].overloaded else None

    return table(point_heads(axes), cells, len(axes), screen, ink)


REPORT = Report("text", Subject.SWEEP, (".txt",), text, text)
