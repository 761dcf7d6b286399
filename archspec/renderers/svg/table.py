"""A matrix as one SVG document: a row for each card, a field for what is there."""

from archspec.frozen import frozen
from archspec.renderers import DEFAULT, DOCS, Attribute, Box, Fit, Palette, Theme, detail_of, element, escape
from archspec.renderers.layout.heading import DESCRIPTION_LINE, TITLE_LINE, heading
from archspec.renderers.matrix import Cell, Matrix
from archspec.renderers.svg.nodes import Symbols, tile, tool_tip
from archspec.renderers.svg.parts import document, heading_markup, rectangle, text
from archspec.renderers.text import Style, Weight, clean, shorten, width

MARGIN, GAP = 24.0, 20.0
ROW, TILE, HEAD = 26.0, 20.0, 40.0
NAME, NOTE, COUNT, NUMBER = Style(13, Weight.SEMIBOLD), Style(12), Style(11.5, Weight.SEMIBOLD), Style(12)
NAME_MAX, NUMBER_ROOM, ASKS_LEAST = 220.0, 30.0, 180.0
SQUARE_LEAST, SQUARE_MOST, COLUMN_LEAST, COLUMN_MOST = 17.0, 30.0, 64.0, 130.0


def draw_matrix(
    matrix: Matrix,
    theme: Theme = DEFAULT,
    fit: Fit = DOCS,
    *,
    adapts: bool = True,
    with_font: bool = True,
    in_page: bool = False,
) -> str:
    """The SVG text; see `svg.diagram.draw` for `adapts`, `with_font` and `in_page`."""
    palette, symbols = Palette(adapts, in_page), Symbols(matrix.scene.name)
    grid = _Grid.of(matrix, fit)
    title, description = heading(matrix.scene, grid.breadth)
    top = MARGIN + TITLE_LINE * len(title.lines) + DESCRIPTION_LINE * len(description.lines) + GAP + HEAD
    below = top + ROW * len(matrix.rows) + GAP
    rows = (_row(palette, theme, symbols, matrix, index, grid, top + ROW * index) for index in range(len(matrix.rows)))
    body = "".join(
        (
            heading_markup(palette, theme, title, description, MARGIN),
            _heads(palette, theme, matrix, grid, top),
            *rows,
            text(palette, "faint", theme.faint_text, _legend(matrix), MARGIN, below + 8, NOTE),
        )
    )
    return document(
        palette,
        theme,
        name=matrix.scene.name,
        title=matrix.scene.title or matrix.scene.name,
        description=_summary(matrix),
        size=(float(round(grid.breadth + 2 * MARGIN)), float(round(below + 12 + MARGIN))),
        definitions=symbols.definitions(),
        body=body,
        with_font=with_font,
    )


@frozen
class _Grid:
    """Where columns stand: from `left` on, each `step` broad; words beside them from `right` on; all is `breadth`."""

    left: float
    step: float
    right: float
    breadth: float

    @classmethod
    def of(cls, matrix: Matrix, fit: Fit) -> "_Grid":
        room = fit.width - 2 * MARGIN
        names = min(NAME_MAX, max((width(clean(row.label), NAME) for row in matrix.rows), default=0.0))
        left = MARGIN + (NUMBER_ROOM if matrix.is_square else 0.0) + TILE + 10 + float(round(names)) + 12
        asks = ASKS_LEAST if any(matrix.asks) else 0.0
        step = _step(matrix, MARGIN + room - left - asks)
        right = left + step * len(matrix.columns)
        return cls(left, step, right + 12, max(room, right - MARGIN + asks))

    def middle(self, column: int) -> float:
        return self.left + self.step * (column + 0.5)

    @property
    def end(self) -> float:
        return MARGIN + self.breadth


def _step(matrix: Matrix, room: float) -> float:
    """How broad a column is."""
    least, most = (SQUARE_LEAST, SQUARE_MOST) if matrix.is_square else (COLUMN_LEAST, COLUMN_MOST)
    return float(round(min(most, max(least, room / max(1, len(matrix.columns)))) - 0.5))


def _heads(palette: Palette, theme: Theme, matrix: Matrix, grid: _Grid, top: float) -> str:
    parts = []
    role, style = ("faint", NUMBER) if matrix.is_square else ("name", NAME)
    colour = theme.faint_text if matrix.is_square else theme.text
    for index, column in enumerate(matrix.columns):
        middle, room = grid.middle(index), grid.step - 6
        lower = top - (24 if column.note else 10)
        parts.append(
            text(palette, role, colour, shorten(clean(column.label), room, style), middle, lower, style, "middle")
        )
        if column.note:
            note = shorten(clean(column.note), room, NOTE)
            parts.append(text(palette, "faint", theme.faint_text, note, middle, top - 9, NOTE, "middle"))
    if any(matrix.asks):
        parts.append(text(palette, "name", theme.text, "asks", grid.right, top - 9, NAME))
    return "".join(parts)


def _row(palette: Palette, theme: Theme, symbols: Symbols, matrix: Matrix, index: int, grid: _Grid, top: float) -> str:
    parts = []
    if index % 2:
        stripe = Box(MARGIN, top, grid.breadth, ROW)
        parts.append(rectangle(palette.paint("layer", fill=theme.layer), stripe, opacity=0.7))
    if matrix.is_square:
        own = Box(grid.left + grid.step * index + 1, top + 1, grid.step - 2, ROW - 2)
        parts.append(rectangle(palette.paint("diagonal", fill=theme.border), own, 3, opacity=0.5))
    parts.append(_name(palette, theme, symbols, matrix, index, grid, top))
    for column in range(len(matrix.columns)):
        cell = matrix.cells.get((index, column))
        if cell:
            box = Box(grid.left + grid.step * column + 1.5, top + 4, grid.step - 3, ROW - 8)
            parts.append(_cell(palette, theme, cell, box, is_square=matrix.is_square))
    if matrix.asks and matrix.asks[index]:
        words = _shortened(matrix.asks[index], grid.end - grid.right)
        parts.append(text(palette, "faint", theme.faint_text, words, grid.right, top + 17, NOTE))
    return "".join(parts)


def _name(palette: Palette, theme: Theme, symbols: Symbols, matrix: Matrix, index: int, grid: _Grid, top: float) -> str:
    """The row's card: its number where columns have numbers, its icon, its name."""
    node, left, baseline, number = matrix.rows[index], MARGIN, top + ROW / 2 + 4.5, ""
    if matrix.is_square:
        right = left + NUMBER_ROOM - 8
        number = text(palette, "faint", theme.faint_text, str(index + 1), right, baseline, NUMBER, "end")
        left += NUMBER_ROOM
    icon = tile(palette, theme, symbols, node, Box(left, top + (ROW - TILE) / 2, TILE, TILE))
    label = shorten(clean(node.label) or node.id, grid.left - left - TILE - 16, NAME)
    attributes: dict[str, Attribute] = {
        "id": f"{symbols.prefix}-{node.id}",
        "data-id": node.id,
        "data-kind": node.kind or None,
        "data-holds": " ".join(node.holds) or None,
    }
    words = text(palette, "name", theme.text, label, left + TILE + 10, baseline, NAME)
    return element("g", attributes, element("title", {}, escape(tool_tip(node))), number, icon, words)


def _cell(palette: Palette, theme: Theme, cell: Cell, box: Box, *, is_square: bool) -> str:
    colour = theme.line(cell.style) if is_square else theme.data.ink
    ground = palette.paint(f"field-{cell.style.value}" if is_square else "field", fill=colour)
    attributes: dict[str, Attribute] = {
        "data-id": cell.id or None,
        "data-source": cell.source or None,
        "data-target": cell.target or None,
        "data-style": cell.style.value if cell.source else None,
    }
    count = text(palette, "name", theme.text, _count(cell, box), box.centre.x, box.centre.y + 4, COUNT, "middle")
    return element(
        "g",
        attributes,
        element("title", {}, escape(cell.tip)),
        rectangle(ground, box, 4, fill_opacity=0.16),
        count,
    )


def _count(cell: Cell, box: Box) -> str:
    words = f"{cell.count:,}"
    return words if width(words, COUNT) <= box.width else "…"


def _shortened(words: str, room: float) -> str:
    """As many of the names as there is room for, and how many more there are."""
    names = words.split(", ")
    for count in range(len(names), 0, -1):
        rest = f" and {len(names) - count} more" if count < len(names) else ""
        if width(", ".join(names[:count]) + rest, NOTE) <= room:
            return ", ".join(names[:count]) + rest
    return shorten(words, room, NOTE)


def _legend(matrix: Matrix) -> str:
    if not matrix.is_square:
        return "Fields say how many replicas stand there; a place behind a name: it stands only there."
    return "Rows ask columns. A number says how many connections; what is below the diagonal asks back."


def _summary(matrix: Matrix) -> str:
    scene = matrix.scene
    counts = f"{len(matrix.rows)} rows, {len(matrix.columns)} columns, {len(matrix.cells)} fields"
    names = ", ".join((detail_of(row) and f"{row.label} ({detail_of(row)})") or row.label for row in matrix.rows[:40])
    return ". ".join(part.rstrip(".") for part in (scene.description, f"{counts}: {names}") if part) + "."
