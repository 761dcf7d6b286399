"""A sweep for a terminal: a table of all points, and a heat map where two things were varied."""

from collections.abc import Sequence

from archspec.reports.figures import MILLISECONDS, estimated
from archspec.reports.figures import figure as spelled
from archspec.reports.intervals import without
from archspec.reports.report import Report, Subject
from archspec.reports.screen import PAPER, Ink, Screen
from archspec.reports.subjects import Sweep
from archspec.reports.table import table
from archspec.simulation.studies.sweep_table import FIGURES, Line, axes_of, lines_of
from archspec.values import UNKNOWN

SHADES = " ░▒▓█"


def text(sweep: Sweep, screen: Screen = PAPER) -> str:
    """Flow by flow: a map of the figure, then every point with its figures."""
    lines, figure = lines_of(sweep.tasks, sweep.outcomes), sweep.figure
    replications = max(task.replication for task in sweep.tasks) + 1
    axes = axes_of(lines)
    out: list[str] = []
    for flow in dict.fromkeys(line.flow for line in lines):
        mine = [line for line in lines if line.flow == flow]
        out += [screen.paint(Ink.BOLD, flow)]
        if len(axes) == 2:
            out += ["", *_heat_map(mine, axes, figure, screen)]
        out += ["", *_table(mine, [axis for axis, _ in axes], replications, screen), ""]
        out += _reasons(mine, replications, screen)
    many = f"means of {replications} runs, ± intervals at 95%" if replications > 1 else "one run a point"
    return "\n".join(line.rstrip() for line in [*out, screen.paint(Ink.DIM, many)]) + "\n"


def _reasons(lines: Sequence[Line], replications: int, screen: Screen) -> list[str]:
    figures = {name: figure for line in lines for name, figure in line.figures if not line.grows(name)}
    found = without(figures.items()) if replications > 1 else []
    return [*(screen.paint(Ink.DIM, reason) for reason in found), *([""] if found else [])]


def _heat_map(
    lines: Sequence[Line], axes: Sequence[tuple[str, tuple[str, ...]]], figure: str, screen: Screen
) -> list[str]:
    """Rows and columns are the two axes; the fuller a cell, the larger the figure."""
    (down, rows), (across, places) = axes
    cells = {(dict(line.point.values)[down], dict(line.point.values)[across]): line for line in lines}
    values = [value for line in lines if (value := line.value(figure)) is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    longest = max((len(spelled(figure, value, MILLISECONDS)) for value in values), default=1)
    wide = max(longest + 4, *(len(place) + 2 for place in places))
    first = max(len(down), *(len(row) for row in rows)) + 2
    found = [screen.paint(Ink.DIM, f"{figure} by {down} (down) and {across} (across)")]
    found.append(" " * first + "".join(f"{place:>{wide}}" for place in places))
    for row in rows:
        shown = ""
        for place in places:
            shown += f"{_map_cell(cells[row, place], figure, low, high):>{wide}}"
        found.append(f"{row:<{first}}{shown}")
    return found


def _map_cell(line: Line, figure: str, low: float, high: float) -> str:
    if line.grows(figure):
        return f"{SHADES[-1]} grows"
    value = line.value(figure)
    return UNKNOWN if value is None else f"{SHADES[_step(value, low, high)]} {spelled(figure, value, MILLISECONDS)}"


def _step(value: float, low: float, high: float) -> int:
    return round((value - low) / (high - low) * (len(SHADES) - 1)) if high > low else 0


def _table(lines: Sequence[Line], axes: Sequence[str], replications: int, screen: Screen) -> list[str]:
    cells: list[list[str]] = []
    for line in lines:
        place = [dict(line.point.values)[axis] for axis in axes]
        missed = f"{line.missed}/{replications}" if line.missed else UNKNOWN
        over = f"overload {line.overloaded}/{replications}" if line.overloaded else ""
        cells.append([*place, *(_cell(line, name) for name in FIGURES), missed, over])

    def ink(number: int, _: str) -> Ink | None:
        return Ink.BAD if lines[number].overloaded else None

    return table([*axes, *FIGURES, "missed", ""], cells, len(axes), screen, ink)


def _cell(line: Line, name: str) -> str:
    return "grows" if line.grows(name) else estimated(name, line.figure(name), MILLISECONDS)


REPORT = Report("text", Subject.SWEEP, (".txt",), text, text)
