"""How large a card is and what is written on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archspec.renderers.geometry import Box
from archspec.renderers.scene import SceneNode
from archspec.renderers.text import Style, TextBlock, Weight, clean, wrap

NAME = Style(14, Weight.SEMIBOLD)
DETAIL = Style(11.5)
BADGE = Style(11, Weight.SEMIBOLD)
NAME_LINE, DETAIL_LINE = 18.0, 15.0
TILE, TILE_GAP, PADDING = 36.0, 10.0, 12.0
STACK = 4.0
TEXT_MIN, TEXT_MAX = 64.0, 160.0


@dataclass(frozen=True, slots=True)
class Room:
    """What a card keeps free round it, in px."""

    above: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class Card:
    """The size of a node's outer box in px, its layers behind, its texts, and room for a loop."""

    width: float
    height: float
    layers: int
    room: Room
    name: TextBlock
    detail: TextBlock

    def solid(self, outer: Box) -> Box:
        """The card with its layers: where edges end."""
        return Box(outer.x, outer.y + self.room.above, outer.width - self.room.right, outer.height - self.room.above)

    def front(self, outer: Box) -> Box:
        """The front card inside the outer box: the stack's layers show to its right and below."""
        solid, offset = self.solid(outer), STACK * self.layers
        return Box(solid.x, solid.y, solid.width - offset, solid.height - offset)


def cards(nodes: Iterable[SceneNode], rooms: Mapping[str, Room]) -> Mapping[str, Card]:
    """The card of each node by id; `rooms` are of those who ask themselves something. All cards of a picture are
    equally wide, which makes columns calm.
    """
    texts = {node.id: (node, *_texts(node)) for node in nodes}
    text_width = max((max(name.width, detail.width) for _, name, detail in texts.values()), default=0.0)
    front = 2 * PADDING + TILE + TILE_GAP + max(TEXT_MIN, float(round(text_width + 1)))
    return {
        id_: _card(front, node, name, detail, rooms.get(id_, Room())) for id_, (node, name, detail) in texts.items()
    }


def detail_of(node: SceneNode) -> str:
    """The smaller line: kind (unless the name says it) and technology, or how many a collapsed group holds."""
    kind = clean(node.kind)
    is_said = kind.lower() == clean(node.label).lower() and node.technology
    parts = ["" if is_said else kind, clean(node.technology)]
    if node.members:
        parts.append(f"{node.members} component{'s' if node.members > 1 else ''}")
    return " · ".join(part for part in parts if part)


def _texts(node: SceneNode) -> tuple[TextBlock, TextBlock]:
    name = wrap(node.label, TEXT_MAX, NAME, 2)
    return name if name.lines else wrap(node.id, TEXT_MAX, NAME, 2), wrap(detail_of(node), TEXT_MAX, DETAIL, 2)


def _card(front: float, node: SceneNode, name: TextBlock, detail: TextBlock, room: Room) -> Card:
    layers = 2 if node.members else min(node.replicas - 1, 2)
    text = NAME_LINE * len(name.lines) + DETAIL_LINE * len(detail.lines)
    width, height = front + STACK * layers + room.right, max(TILE, text) + 2 * PADDING + STACK * layers + room.above
    return Card(width, height, layers, room, name, detail)
