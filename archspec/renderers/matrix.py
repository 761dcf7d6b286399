"""Another form than cards and lines: a table. Who asks whom where lines would be too many, and what stands where."""

from collections.abc import Mapping
from dataclasses import field

from archspec.frozen import frozen
from archspec.renderers.layout.order import against_the_flow
from archspec.renderers.scene import EdgeStyle, Scene, SceneNode

MOST_EDGES, MOST_PER_CARD = 120, 3.0
"""More lines than this, or than this for each card, and nobody can follow them."""
FEW_EDGES = 40


@frozen
class Cell:
    """What a field of a table says: a count, in the colour of a line; `id` is what stands there, `source` and `target`
    who asks whom; `tip` says it in words.
    """

    count: int
    tip: str
    style: EdgeStyle = EdgeStyle.REQUEST
    id: str = ""
    source: str = ""
    target: str = ""


@frozen
class Column:
    """A column by its name, with a small word below it."""

    label: str
    note: str = ""


@frozen
class Matrix:
    """A table with a card for each row. `cells` are by row and column, `asks` says for each row whom it asks where no
    column does. Where columns are the rows again, they have numbers for names.
    """

    scene: Scene
    rows: tuple[SceneNode, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[int, int], Cell]
    asks: tuple[str, ...] = ()
    is_square: bool = field(default=False)


def is_dense(scene: Scene) -> bool:
    """Whether a scene has more lines than can be followed."""
    count = len({(edge.source, edge.target) for edge in scene.edges if not edge.muted})
    return count > MOST_EDGES or count > max(FEW_EDGES, MOST_PER_CARD * len(scene.nodes))


def dependency_matrix(scene: Scene) -> Matrix:
    """Who asks whom: rows ask columns. Callers stand above those whom they ask, so that what lies below the diagonal
    runs against the flow.
    """
    rows = tuple(_callers_first(scene))
    number = {node.id: index for index, node in enumerate(rows)}
    cells: dict[tuple[int, int], Cell] = {}
    for edge in scene.edges:
        at = number[edge.source], number[edge.target]
        before = cells.get(at)
        names = f"{rows[at[0]].label} asks {edge.frame or rows[at[1]].label}"
        words = "; ".join(part for part in (before.tip if before else names, edge.description) if part)
        count = edge.count + (before.count if before else 0)
        cells[at] = Cell(count, words, before.style if before else edge.style, "", edge.source, edge.target)
    return Matrix(scene, rows, tuple(Column(str(index + 1)) for index in range(len(rows))), cells, is_square=True)


def _callers_first(scene: Scene) -> list[SceneNode]:
    """The nodes in layers along the flow, in the order of the spec within each."""
    nodes = [node.id for node in scene.nodes]
    ends = [(edge.source, edge.target) for edge in scene.edges]
    backward = against_the_flow(nodes, ends)
    forward = [pair[::-1] if index in backward else pair for index, pair in enumerate(ends) if pair[0] != pair[1]]
    layer, left = dict.fromkeys(nodes, 0), dict.fromkeys(nodes, 0)
    below: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in forward:
        below[source].append(target)
        left[target] += 1
    order = [node for node in nodes if not left[node]]
    for node in order:
        for target in below[node]:
            layer[target] = max(layer[target], layer[node] + 1)
            left[target] -= 1
            if not left[target]:
                order.append(target)
    return sorted(scene.nodes, key=lambda node: layer[node.id])
