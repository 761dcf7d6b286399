"""A sweep for a terminal: a table of all points, and a heat map where two things were varied."""

from collections.abc import Sequence

from archspec.cli.sweep_formats.words import figure_text, value_text
from archspec.cli.trace_formats.words import PLAIN, Palette
from archspec.execution.sweep_table import FIGURES, Line, axes_of

SHADES = " ░▒▓█"
WIDTH = 27
TIMES = ("mean", "p50", "p99")


def text(lines: Sequence[Line], figure: str, replications: int, palette: Palette = PLAIN) -> str:
    """Flow by flow: a map of the figure, then every point with its figures."""
    axes = axes_of(lines)
    out: list[str] = []
    for flow in dict.fromkeys(line.flow for line in lines):
        mine = [line for line in lines if line.flow == flow]
        out += [palette.paint(palette.bold, flow)]
        if len(axes) == 2:
            out += ["", *_heat_map(mine, axes, figure, palette)]
        out += ["", *_table(mine, [axis for axis, _ in axes], replications, palette), ""]
    many = f"means of {replications} runs, ± intervals at 95%" if replications > 1 else "one run a point"
    return "\n".join(line.rstrip() for line in [*out, palette.paint(palette.dim, many)]) + "\n"


def _heat_map(
    lines: Sequence[Line], axes: Sequence[tuple[str, tuple[str, ...]]], figure: str, palette: Palette
) -> list[str]:
    """Rows and columns are the two axes; the fuller a cell, the larger the figure."""
    (down, rows), (across, places) = axes
    cells = {(dict(line.point.values)[down], dict(line.point.values)[across]): line for line in lines}
    values = [estimate.value for line in lines if (estimate := line.figure(figure)) is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    longest = max((len(value_text(figure, value)) for value in values), default=1)
    wide = max(longest + 4, *(len(place) + 2 for place in places))
    first = max(len(down), *(len(row) for row in rows)) + 2
    found = [palette.paint(palette.dim, f"{figure} by {down} (down) and {across} (across)")]
    found.append(" " * first + "".join(f"{place:>{wide}}" for place in places))
    for row in rows:
        shown = ""
        for place in places:
            estimate = cells[row, place].figure(figure)
            value = "–" if estimate is None else value_text(figure, estimate.value)
            shade = " " if estimate is None else SHADES[_step(estimate.value, low, high)]
            shown += f"{shade + ' ' + value:>{wide}}"
        found.append(f"{row:<{first}}{shown}")
    return found


def _step(value: float, low: float, high: float) -> int:
    return round((value - low) / (high - low) * (len(SHADES) - 1)) if high > low else 0


def _table(lines: Sequence[Line], axes: Sequence[str], replications: int, palette: Palette) -> list[str]:
    widths = [max(len(axis), *(len(dict(line.point.values)[axis]) for line in lines)) + 2 for axis in axes]
    head = "".join(f"{axis:<{width}}" for axis, width in zip(axes, widths, strict=True))
    found = [palette.paint(palette.dim, head + "".join(f"{name:>{WIDTH}}" for name in FIGURES) + f"{'missed':>10}")]
    for line in lines:
        place = "".join(f"{dict(line.point.values)[axis]:<{width}}" for axis, width in zip(axes, widths, strict=True))
        cells = "".join(f"{_cell(line, name):>{WIDTH}}" for name in FIGURES)
        missed = f"{line.missed}/{replications}" if line.missed else "–"
        over = palette.paint(palette.bad, f"  overload {line.overloaded}/{replications}") if line.overloaded else ""
        found.append(f"{place}{cells}{missed:>10}{over}")
    return found


def _cell(line: Line, name: str) -> str:
    """Times of an endless queue say nothing but how long the run was."""
    return "grows with the run" if line.overloaded and name in TIMES else figure_text(name, line.figure(name))
