"""A sweep as heat maps in one SVG: a map for each flow, its cells named and coloured."""

from collections.abc import Sequence
from html import escape

from archspec.errors import UsageError
from archspec.printable import Syntax
from archspec.reports.figures import MILLISECONDS
from archspec.reports.figures import figure as spelled
from archspec.reports.report import Report, Subject
from archspec.reports.subjects import Sweep
from archspec.simulation.studies.sweep_table import Line, axes_of, lines_of

COLOURS = ("#fff7bc", "#fee391", "#fec44f", "#fe9929", "#ec7014", "#cc4c02", "#8c2d04")
"""ColorBrewer's YlOrBr, light to dark; readable in print and by the colour-blind."""
DARK_FROM = 4
CELL_WIDTH, CELL_HEIGHT, HEAD, GAP, CHARACTER = 92, 34, 58, 26, 7


def svg(sweep: Sweep) -> str:
    """Rows are the first axis that varies, columns the second.

    Raises:
        UsageError: not exactly two axes vary.

    """
    lines, figure = lines_of(sweep.tasks, sweep.outcomes), sweep.figure
    axes = axes_of(lines)
    if len(axes) != 2:
        raise UsageError(f"a heat map has two axes, and {len(axes)} vary; vary two of --set, --load and --faults.")
    (down, rows), (across, places) = axes
    margin = 24 + CHARACTER * max(len(down), *(len(row) for row in rows))
    flows = list(dict.fromkeys(line.flow for line in lines))
    height = HEAD + CELL_HEIGHT * len(rows) + GAP
    width = margin + CELL_WIDTH * len(places) + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height * len(flows)}" '
        f'width="{width}" height="{height * len(flows)}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height * len(flows)}" fill="#ffffff"/>',
    ]
    for number, flow in enumerate(flows):
        mine = [line for line in lines if line.flow == flow]
        parts.append(f'<g transform="translate(0 {height * number})">')
        parts.append(
            f'<text x="12" y="20" font-weight="bold">{escape(f"{flow}: {figure} by {down} and {across}")}</text>'
        )
        parts += _map(mine, figure, (down, rows), (across, places), margin)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


Axis = tuple[str, tuple[str, ...]]


def _map(lines: Sequence[Line], figure: str, down: Axis, across: Axis, margin: int) -> list[str]:
    values = [value for line in lines if (value := line.value(figure)) is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    cells = {(dict(line.point.values)[down[0]], dict(line.point.values)[across[0]]): line for line in lines}
    parts = [
        f'<text x="{margin + CELL_WIDTH * (column + 0.5):g}" y="{HEAD - 8}" text-anchor="middle">{escape(place)}</text>'
        for column, place in enumerate(across[1])
    ]
    for number, row in enumerate(down[1]):
        y = HEAD + CELL_HEIGHT * number
        parts.append(f'<text x="{margin - 8}" y="{y + 21}" text-anchor="end">{escape(row)}</text>')
        for column, place in enumerate(across[1]):
            parts += _cell(cells[row, place], figure, (low, high), margin + CELL_WIDTH * column, y)
    return parts


def _cell(line: Line, figure: str, limits: tuple[float, float], x: int, y: int) -> list[str]:
    fill, ink, said = _look(line, figure, *limits)
    return [
        f'<rect x="{x}" y="{y}" width="{CELL_WIDTH - 2}" height="{CELL_HEIGHT - 2}" fill="{fill}"/>',
        f'<text x="{x + (CELL_WIDTH - 2) / 2:g}" y="{y + 20}" text-anchor="middle" fill="{ink}">{escape(said)}</text>',
    ]


def _look(line: Line, figure: str, low: float, high: float) -> tuple[str, str, str]:
    """Ground, ink and words of a cell: the larger, the darker; black where times grow with the run."""
    if line.grows(figure):
        return "#222222", "#ffffff", "grows"
    value = line.value(figure)
    if value is None:
        return "#eeeeee", "#222222", "–"
    step = round((value - low) / (high - low) * (len(COLOURS) - 1)) if high > low else 0
    return COLOURS[step], "#ffffff" if step >= DARK_FROM else "#222222", spelled(figure, value, MILLISECONDS)


REPORT = Report("svg", Subject.SWEEP, (".svg",), svg, syntax=Syntax.MARKUP)
