"""How large a card is and what is written on it."""

from collections.abc import Iterable, Mapping

from archspec.frozen import frozen
from archspec.renderers.geometry import Box
from archspec.renderers.scene import SceneNode
from archspec.renderers.silhouette import above, family
from archspec.renderers.text import Style, TextBlock, Weight, clean, widest_word, width, wrap

NAME = Style(14, Weight.SEMIBOLD)
DETAIL = Style(11.5)
BADGE = Style(11, Weight.SEMIBOLD)
NAME_LINE, DETAIL_LINE = 18.0, 15.0
READING, READING_LINE, READING_SIDE = Style(11, Weight.SEMIBOLD), 21.0, 7.0
"""A pill below the words, and how far it reaches beyond its own words."""
TILE, TILE_GAP, PADDING = 36.0, 10.0, 12.0
BESIDE_TEXT = 2 * PADDING + TILE + TILE_GAP
"""px of a card's breadth that its words cannot have."""
STACK = 4.0
TEXT_MIN, TEXT_NARROW, TEXT_MAX, WORD_MAX = 64.0, 104.0, 160.0, 240.0
"""How wide the words on a card are: at least, at most where room is short, at most; and a single word."""
LINES_MAX = 3


@frozen
class Room:
    """What a card keeps free round it, and how long its sides are at least for the edges that end there; in px."""

    above: float = 0.0
    right: float = 0.0
    width: float = 0.0
    height: float = 0.0


@frozen
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


def cards(nodes: Iterable[SceneNode], rooms: Mapping[str, Room], text_max: float = TEXT_MAX) -> Mapping[str, Card]:
    """The card of each node by id. All cards of a picture are equally wide, which makes columns calm, but for those
    that need longer sides. No word is broken that a card can hold.
    """
    shown = list(nodes)
    words = max((_widest_word(node) for node in shown), default=0.0)
    limit = min(max(text_max, words), WORD_MAX)
    written = {node.id: (node, *texts(node, limit)) for node in shown}
    widths = (max(name.width, detail.width, reading_width(node)) for node, name, detail in written.values())
    text_width = max(widths, default=0.0)
    front = BESIDE_TEXT + max(TEXT_MIN, float(round(text_width + 1)))
    return {
        id_: _card(front, node, name, detail, rooms.get(id_, Room())) for id_, (node, name, detail) in written.items()
    }


def detail_of(node: SceneNode) -> str:
    """The smaller line: kind (unless the name says it) and technology, or how many a collapsed group holds."""
    kind = clean(node.kind)
    is_said = kind.lower() == clean(node.label).lower() and node.technology
    parts = ["" if is_said else kind, clean(node.technology)]
    if node.members:
        parts.append(f"{node.members} component{'s' if node.members > 1 else ''}")
    return " · ".join(part for part in parts if part)


def reading_width(node: SceneNode) -> float:
    """The breadth of the pill with what an overlay says; 0 without one."""
    said = node.reading
    return min(WORD_MAX, width(clean(said.text), READING) + 2 * READING_SIDE) if said else 0.0


def _widest_word(node: SceneNode) -> float:
    return max(widest_word(node.label or node.id, NAME), widest_word(detail_of(node), DETAIL))


def texts(node: SceneNode, limit: float) -> tuple[TextBlock, TextBlock]:
    """The name and the smaller line, in lines of at most `limit` px."""
    name = wrap(node.label, limit, NAME, LINES_MAX)
    name = name if name.lines else wrap(node.id, limit, NAME, LINES_MAX)
    return name, wrap(detail_of(node), limit, DETAIL, LINES_MAX)


def _card(least: float, node: SceneNode, name: TextBlock, detail: TextBlock, room: Room) -> Card:
    layers = min(node.replicas - 1, 2)
    text = NAME_LINE * len(name.lines) + DETAIL_LINE * len(detail.lines)
    text += READING_LINE if node.reading else 0.0
    front = max(least, room.width), max(max(TILE, text) + 2 * PADDING + above(family(node)), room.height)
    stack = STACK * layers
    return Card(front[0] + stack + room.right, front[1] + stack + room.above, layers, room, name, detail)
