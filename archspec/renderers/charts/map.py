"""Maps: cells by two things that vary, each with its figure in it."""

from archspec.renderers import Cell, Map, width
from archspec.renderers.charts.frame import SMALL, box, cut, room, words
from archspec.renderers.charts.tone import DARK_FROM, STEPS

HEAD, ROW, LEAST, MOST_LABEL, MOST_CELL = 40.0, 28.0, 46.0, 150.0, 120.0


def draw_map(chart: Map) -> tuple[float, float, list[str]]:
    """Width, height and markup; as wide as its columns take."""
    left = 10 + room([*chart.rows, f"{chart.down} ↓"], MOST_LABEL)
    cells = [cell.text for row in chart.cells for cell in row]
    wide = max(LEAST, room([*cells, *chart.columns], MOST_CELL) + 12)
    right = left + wide * len(chart.columns)
    across = f"{chart.across} →"
    parts = [words(left, 12, across, "soft"), words(0, HEAD - 8, cut(f"{chart.down} ↓", MOST_LABEL), "soft")]
    for number, column in enumerate(chart.columns):
        middle = left + wide * (number + 0.5)
        parts.append(words(middle, HEAD - 8, cut(column, wide - 6), "middle"))
    for number, (row, line) in enumerate(zip(chart.rows, chart.cells, strict=True)):
        y = HEAD + ROW * number
        parts.append(words(left - 8, y + ROW / 2 + 4, cut(row, MOST_LABEL), "end"))
        for place, cell in enumerate(line):
            said = f"{chart.down} {row}, {chart.across} {chart.columns[place]}: {cell.text}{cell.more}"
            parts += _cell(cell, left + wide * place, y, wide, said)
    return max(right, left + width(across, SMALL)) + 2, HEAD + ROW * len(chart.rows) + 4, parts


def _cell(cell: Cell, x: float, y: float, wide: float, said: str) -> list[str]:
    ink = "middle"
    if cell.share is None:
        look = "band low"
    else:
        step = round(cell.share * (len(STEPS) - 1))
        look, ink = f"bar step{step} {cell.tone.value}", "middle turned" if step >= DARK_FROM else "middle"
    return [
        box(x, y, wide - 2, ROW - 2, look, said),
        words(x + (wide - 2) / 2, y + ROW / 2 + 3, cut(cell.text, wide - 6), ink),
    ]
