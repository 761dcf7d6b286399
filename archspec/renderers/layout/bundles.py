"""Many lines that say the same, drawn as one with stubs: a bus to telemetry, a comb to leaves that are alike."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from archspec.frozen import frozen
from archspec.renderers import EdgeStyle, Scene, SceneEdge
from archspec.renderers.layout.stops import Stop

BUS, COMB = 3, 5
"""How many lines make a bus, how many leaves a comb."""


@frozen
class Bundle:
    """Lines between one card and many, by index of the edge, in the order of the scene."""

    hub: str
    edges: tuple[int, ...]

    @property
    def lead(self) -> int:
        """The line that carries the label of all."""
        return self.edges[0]


def bundles(scene: Scene) -> tuple[Bundle, ...]:
    """The bundles of a scene: telemetry to one card; and lines of one style and label between a card and leaves of one
    frame. A step of a flow, a change, a connection with a name and an arrow to a frame stand by themselves.
    """
    degrees = Counter(end for edge in scene.edges for end in {edge.source, edge.target})
    homes = {node.id: node.boundary for node in scene.nodes}
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, edge in enumerate(scene.edges):
        if _stands_alone(edge):
            continue
        said = edge.style, edge.label, edge.muted, edge.is_both_ways
        if edge.style is EdgeStyle.TELEMETRY and not edge.label:
            found[edge.target, "bus", said].append(index)
        elif degrees[edge.target] == 1:
            found[edge.source, "to leaves", said, homes[edge.target]].append(index)
        elif degrees[edge.source] == 1:
            found[edge.target, "from leaves", said, homes[edge.source]].append(index)
    return tuple(
        Bundle(str(key[0]), tuple(edges))
        for key, edges in found.items()
        if len(edges) >= (BUS if key[1] == "bus" else COMB)
    )


def _stands_alone(edge: SceneEdge) -> bool:
    return bool(edge.is_loop or edge.step or edge.mark or edge.name or edge.frame)


def joined(edges: dict[int, tuple[Stop, ...]], found: Sequence[Bundle]) -> None:
    """Let the lines of a bundle that end at the same side of its hub have that end, and every lane, in common."""
    for bundle in found:
        sides: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index in bundle.edges:
            first, last = edges[index][0], edges[index][-1]
            sides[first.row if first.row[1] == bundle.hub else last.row].append(index)
        for row, members in sides.items():
            _join(edges, members, row)


def _join(edges: dict[int, tuple[Stop, ...]], members: Sequence[int], side: tuple[str, ...]) -> None:
    by_row: dict[tuple[str, ...], list[Stop]] = defaultdict(list)
    for index in members:
        for stop in edges[index]:
            if stop.row == side or stop.row[0] == "rank":
                by_row[stop.row].append(stop)
    common = {row: _middle(stops) for row, stops in by_row.items()}
    for index in members:
        edges[index] = tuple(common.get(stop.row, stop) for stop in edges[index])


def _middle(stops: Sequence[Stop]) -> Stop:
    """The one in the middle; the one with the label where there is one."""
    labelled = next((stop for stop in stops if stop.half), None)
    return labelled or sorted(stops, key=lambda stop: (stop.v, stop.edge))[len(stops) // 2]
