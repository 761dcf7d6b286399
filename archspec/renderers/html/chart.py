"""Line charts as SVG, for the report."""

from collections.abc import Sequence
from html import escape

from archspec.simulation.results import Series
from archspec.values import amount, duration

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 560, 150, 92, 20, 10


def chart(title: str, lines: Sequence[tuple[str, Series]], unit: str) -> str:
    """Several series over the same times, from zero; each is drawn in the style of its class name."""
    top = max((value for _, series in lines for value in series.values if value is not None), default=0.0) or 1.0
    end = lines[0][1].times[-1]
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        *_axes(top, end, unit),
    ]
    for name, series in lines:
        parts += [f'<polyline class="{name}" points="{points}"/>' for points in _points(series, top, end)]
    return "".join([*parts, "</svg>"])


def _axes(top: float, end: int, unit: str) -> list[str]:
    base = HEIGHT - BOTTOM
    return [
        f'<path class="axis" d="M{LEFT} {TOP}V{base}H{WIDTH - 6}"/>',
        f'<text x="{LEFT - 6}" y="{TOP + 8}" text-anchor="end">{escape(amount(top, unit))}</text>',
        f'<text x="{LEFT - 6}" y="{base}" text-anchor="end">0</text>',
        f'<text x="{WIDTH - 6}" y="{HEIGHT - 4}" text-anchor="end">{escape(duration(end))}</text>',
    ]


def _points(series: Series, top: float, end: int) -> list[str]:
    """A stretch of points for each run of values without a gap."""
    found: list[list[str]] = [[]]
    for time, value in zip(series.times, series.values, strict=True):
        if value is None:
            found.append([])
            continue
        x = LEFT + (WIDTH - 6 - LEFT) * time / end
        y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top
        found[-1].append(f"{x:.1f},{y:.1f}")
    return [" ".join(stretch) for stretch in found if stretch]
