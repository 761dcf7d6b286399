"""The charts of a sweep: figures against load with the knee, against one thing that varies, or a map of two."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import inf

from archspec.model import Objective
from archspec.renderers import Unit, linear
from archspec.renderers.charts.marks import Axis, Cell, Chart, Dot, Limit, Line, Map, Plot, Point, Row, Rows, Span
from archspec.renderers.charts.tone import SERIES, Tone
from archspec.reports import MILLISECONDS
from archspec.reports import figure as spelled
from archspec.reports.charts.studies import limits_of, promised, scale_of, title_of
from archspec.simulation.studies.sweep_table import TIMES
from archspec.simulation.studies.sweep_table import Line as Figures
from archspec.values import UNKNOWN

Axes = Sequence[tuple[str, tuple[str, ...]]]
LOAD = "load"
FEWEST_LOADS = 3
"""Points that a curve over the load takes at least."""
GROWS = "grows"
"""In place of a response time that tells how long the run was."""


def sweep_charts(
    lines: Sequence[Figures], axes: Axes, figure: str, objective: Objective | None = None
) -> tuple[Chart, ...]:
    """The charts of one flow: `lines` are its points, `axes` what varies."""
    found: list[Chart] = []
    others = [axis for axis, _ in axes if axis != LOAD]
    if LOAD in dict(axes) and len(dict(axes)[LOAD]) >= FEWEST_LOADS and len(others) <= 1:
        found += _against_load(lines, others, objective)
    elif len(axes) == 1:
        fails = any((line.value("success") or 0.0) < 1 for line in lines)
        shown = dict.fromkeys((*(["success"] if fails else []), figure))
        found += [_list(lines, axes[0][0], name, promised(objective, name)) for name in shown]
    if len(axes) == 2:
        found.append(heat_map(lines, axes, figure, objective))
    return tuple(found)


def heat_map(
    lines: Sequence[Figures], axes: Axes, figure: str, objective: Objective | None = None, title: str = ""
) -> Map:
    """A cell for each point, rows the first axis, columns the second: darker from 0 on, red beyond what is promised."""
    (down, rows), (across, columns) = axes
    at = {(dict(line.point.values)[down], dict(line.point.values)[across]): line for line in lines}
    most = max((value for line in lines if (value := line.value(figure)) is not None), default=0.0)
    limits = promised(objective, figure)
    limit = limits[0].value if limits else None
    cells = tuple(tuple(_cell(at[row, column], figure, most, limit) for column in columns) for row in rows)
    return Map(title or f"{figure} by {down} and {across}", down, across, rows, columns, cells)


def _cell(line: Figures, figure: str, most: float, limit: float | None) -> Cell:
    """Where times grow with the run the cell is marked, and has no figure."""
    if line.grows(figure):
        return Cell(GROWS, 1.0, Tone.BAD, ": overloaded, so that times tell how long the run was")
    value = line.value(figure)
    if value is None:
        return Cell(UNKNOWN)
    said, share = spelled(figure, value, MILLISECONDS), value / most if most else 0.0
    misses = limit is not None and (value < limit if figure == "success" else value * MILLISECONDS > limit)
    return Cell(said, share, Tone.BAD, ": beyond what is promised") if misses else Cell(said, share)


def _against_load(lines: Sequence[Figures], others: Sequence[str], objective: Objective | None) -> Iterator[Plot]:
    """Response times, and the throughput, for each value of the other axis."""
    groups: dict[str, list[Figures]] = {}
    for line in lines:
        groups.setdefault(dict(line.point.values)[others[0]] if others else "", []).append(line)
    shown = list(groups.items())[: len(SERIES)]
    for figure in ("p50", "p99", "throughput"):
        yield _curves(figure, shown, others[0] if others else "", promised(objective, figure))


def _curves(
    figure: str, groups: Sequence[tuple[str, Sequence[Figures]]], other: str, limits: tuple[Limit, ...]
) -> Plot:
    scale = MILLISECONDS if figure in TIMES else 1
    curves, marks = [], list(limits)
    for (value, lines), tone in zip(groups, SERIES, strict=False):
        name = f"{other} {value}" if other else figure
        curves.append(Line(name, tone, tuple(_point(line, figure, scale) for line in lines), dots=True))
        knee = knee_of(lines)
        if knee is not None:
            marks.append(Limit(knee, "knee" if not other else f"knee at {value}", tone, upright=True))
    loads = [point.x for curve in curves for point in curve.points]
    values = [each for curve in curves for point in curve.points for each in (point.y, point.high) if each is not None]
    values += [limit.value for limit in limits]
    x = Axis("times the spec's load", linear(Unit.FACTOR, loads, 6, from_zero=False))
    y = Axis(title_of(figure), scale_of(figure, values))
    title = "Good answers against load" if figure == "throughput" else f"{figure} against load"
    return Plot(title, x, y, tuple(curves), limits=tuple(marks), spans=tuple(_overloaded(groups)))


def _point(line: Figures, figure: str, scale: int) -> Point:
    value, estimate = line.value(figure), line.figure(figure)
    known = None if value is None else estimate
    return Point(float(line.point.load), None if value is None else value * scale, *limits_of(known, scale))


def _overloaded(groups: Sequence[tuple[str, Sequence[Figures]]]) -> Iterator[Span]:
    """From the first load at which every curve is overloaded to the end."""
    loads = [{line.point.load for line in lines if line.overloaded} for _, lines in groups]
    common = sorted(set.intersection(*loads)) if loads else []
    if common:
        yield Span(float(common[0]), inf, "overloaded, so that times grow with the run", Tone.BAD)


def knee_of(lines: Sequence[Figures]) -> float | None:
    """The load tried at which throughput / mean response time is largest; None where that is the first or the last.

    Beyond it another request costs more in time than it adds in throughput (L. Kleinrock, Power and deterministic rules
    of thumb for probabilistic problems in computer communications, ICC 1979). Loads that overload have no response
    time, and no power.
    """
    powers: list[tuple[float, Fraction]] = []
    for line in sorted(lines, key=lambda line: line.point.load):
        throughput, mean = line.value("throughput"), line.value("mean")
        powers.append((throughput / mean if throughput is not None and mean else 0.0, line.point.load))
    best = max(range(len(powers)), key=lambda number: powers[number][0])
    return float(powers[best][1]) if 0 < best < len(powers) - 1 else None


def _list(lines: Sequence[Figures], axis: str, figure: str, limits: tuple[Limit, ...]) -> Rows:
    """The figure at each value of the one thing that varies."""
    scale = MILLISECONDS if figure in TIMES else 1
    rows, values = [], []
    for line in lines:
        value, (low, high) = line.value(figure), limits_of(line.figure(figure), scale)
        said = GROWS if line.grows(figure) else UNKNOWN if value is None else spelled(figure, value, MILLISECONDS)
        dot = Dot(figure, None if value is None else value * scale, Tone.ONE, low, high)
        rows.append(Row(dict(line.point.values)[axis], (dot,), said))
        values += [each for each in (dot.value, dot.low, dot.high) if value is not None and each is not None]
    values += [limit.value for limit in limits]
    return Rows(f"{figure} by {axis}", Axis(title_of(figure), scale_of(figure, values)), tuple(rows), limits)
