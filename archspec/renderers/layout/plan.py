"""What Graphviz is asked to place: cards, labels as nodes of their own, boundaries as clusters."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from archspec.frozen import frozen
from archspec.renderers import Boundary, Box, Plate, Scene, SceneEdge, SceneNode
from archspec.renderers.card import STACK, TEXT_MAX, TEXT_NARROW, WORD_MAX, Card, Room, cards
from archspec.renderers.layout.bundles import Bundle, bundles
from archspec.renderers.layout.order import against_the_flow
from archspec.renderers.layout.stops import PORT_GAP, PORT_MARGIN
from archspec.renderers.text import Style, TextBlock, Weight, clean, widest_word, wrap

LABEL = Style(11.5)
LABEL_LINE, LABEL_PADDING_X, LABEL_PADDING_Y = 14.0, 6.0, 3.0
LABEL_MAX, FACTS_MAX = 116.0, 4
STEP_SIZE = 18.0
LOOP_ABOVE, LOOP_BESIDE = 48.0, 28.0
"""Room for an edge from a node to itself, in px; beside a card its label's width comes on top."""
BOUNDARY_NAME = Style(12, Weight.SEMIBOLD)
BOUNDARY_NOTE = Style(11)
BOUNDARY_TITLE_HEIGHT, BOUNDARY_TITLE_MAX = 18.0, 220.0


@frozen(slots=False)
class Plan:
    """A scene measured: what is placed, with its size, and which edges are turned round. `is_narrow`: the words on the
    cards are broken into more and shorter lines.
    """

    scene: Scene
    is_narrow: bool = False

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Each node's card by id."""
        return cards(self.scene.nodes, self._rooms, TEXT_NARROW if self.is_narrow else TEXT_MAX)

    @property
    def breadth(self) -> float:
        """How broad most cards are, in px."""
        widths = sorted(card.width - STACK * card.layers - card.room.right for card in self.cards.values())
        return widths[len(widths) // 2] if widths else 0.0

    @cached_property
    def _rooms(self) -> Mapping[str, Room]:
        """The room that edges need: sides as long as their ends ask for; and beside the card, where no others end, for
        edges from a node to itself.
        """
        is_level = self.scene.direction.is_horizontal
        rooms = {id_: Room(height=length) if is_level else Room(width=length) for id_, length in self._sides().items()}
        for edge, plate in zip(self.scene.edges, self.plates, strict=True):
            if edge.is_loop:
                room = rooms.get(edge.source, Room())
                beside = LOOP_BESIDE + (plate.box.width if plate else 0.0)
                more = {"above": LOOP_ABOVE} if is_level else {"right": max(room.right, beside)}
                rooms[edge.source] = replace(room, **more)
        return rooms

    def _sides(self) -> Mapping[str, float]:
        """How long the sides of cards are at least on which edges end, by id."""
        ends: dict[tuple[str, bool], set[int]] = defaultdict(set)
        for index, edge in enumerate(self.scene.edges):
            if not edge.is_loop:
                is_backward = index in self.backward
                bundle = self.bundle_of.get(index)
                for id_, side in ((edge.source, is_backward), (edge.target, not is_backward)):
                    ends[id_, side].add(bundle.lead if bundle and bundle.hub == id_ else index)
        most: dict[str, int] = {}
        for (id_, _), found in ends.items():
            most[id_] = max(most.get(id_, 0), len(found))
        return {id_: 2 * PORT_MARGIN + PORT_GAP * (count - 1) for id_, count in most.items()}

    @cached_property
    def slack(self) -> Mapping[str, float]:
        """How much smaller than the deepest stack each node is, in px each way, by id.

        All get the room of the deepest stack, so that the fronts of a column or row line up.
        """
        deepest = max((card.layers for card in self.cards.values()), default=0)
        return {id_: STACK * (deepest - card.layers) for id_, card in self.cards.items()}

    @cached_property
    def plates(self) -> tuple[Plate | None, ...]:
        """Each edge's label, sized and not yet placed; none where an edge says nothing, or what the legend says."""
        usual = self.scene.usual
        return tuple(
            _plate(edge, "" if usual.get(edge.style) == edge.label else self._words(index), self.scene.with_facts)
            if self.lead(index) == index
            else None
            for index, edge in enumerate(self.scene.edges)
        )

    def has_label(self, index: int) -> bool:
        """Whether an edge, or the one that speaks for its bundle, has a label."""
        return self.plates[self.lead(index)] is not None

    def lead(self, index: int) -> int:
        """The edge that speaks for the bundle of an edge; itself where it is in none."""
        bundle = self.bundle_of.get(index)
        return bundle.lead if bundle else index

    def _words(self, index: int) -> str:
        bundle, label = self.bundle_of.get(index), self.scene.edges[index].label
        return f"{label} ×{len(bundle.edges)}" if bundle and label else label

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """Edges that are drawn as one line with stubs."""
        return bundles(self.scene)

    @cached_property
    def bundle_of(self) -> Mapping[int, Bundle]:
        """The bundle of each edge that is in one, by index."""
        return {index: bundle for bundle in self.bundles for index in bundle.edges}

    @cached_property
    def backward(self) -> frozenset[int]:
        """Edges that are laid out from target to source."""
        ends = [(edge.source, edge.target) for edge in self.scene.edges]
        return against_the_flow([node.id for node in self.scene.nodes], ends)

    @cached_property
    def nodes(self) -> Mapping[str, SceneNode]:
        """Nodes by id."""
        return {node.id: node for node in self.scene.nodes}

    @cached_property
    def boundary_of(self) -> Mapping[str, str | None]:
        """The innermost boundary of each node by id."""
        return {node.id: node.boundary for node in self.scene.nodes}

    @cached_property
    def boundaries(self) -> Mapping[str, Boundary]:
        """Boundaries by id."""
        return {boundary.id: boundary for boundary in self.scene.boundaries}

    @cached_property
    def occupied(self) -> frozenset[str]:
        """The boundaries that hold a node, at whatever depth."""
        return frozenset(id_ for node in self.scene.nodes for id_ in self.chain(node.boundary))

    def chain(self, boundary: str | None) -> tuple[str, ...]:
        """The boundary and those round it, outermost first."""
        found: list[str] = []
        while boundary is not None and boundary not in found:
            found.append(boundary)
            boundary = self.boundaries[boundary].within
        return tuple(reversed(found))

    def common_boundary(self, edge: SceneEdge) -> str | None:
        """The innermost boundary that holds both ends."""
        source = self.chain(self.boundary_of[edge.source])
        target = self.chain(self.boundary_of[edge.target])
        shared = [a for a, b in zip(source, target, strict=False) if a == b]
        return shared[-1] if shared else None


def boundary_title(boundary: Boundary) -> TextBlock:
    """The one line that names a boundary."""
    found = wrap(boundary.label, BOUNDARY_TITLE_MAX, BOUNDARY_NAME, 1)
    return found if found.lines else wrap(boundary.id, BOUNDARY_TITLE_MAX, BOUNDARY_NAME, 1)


def boundary_note(boundary: Boundary) -> str:
    """What kind of boundary it is, and its note, in small beside the name; not what the name says already."""
    name = boundary.label.lower()
    return " · ".join(part for part in (boundary.kind.value, clean(boundary.note)) if part.lower() not in name)


def _plate(edge: SceneEdge, label: str, with_facts: bool) -> Plate | None:
    facts = edge.facts[:FACTS_MAX] if with_facts else ()
    blocks = [wrap(words, _room(words), LABEL, lines) for words, lines in ((label, 2), *((fact, 1) for fact in facts))]
    text = TextBlock(tuple(line for block in blocks for line in block.lines), max(block.width for block in blocks))
    if not text.lines and not edge.step:
        return None
    step_width = STEP_SIZE + max(0, len(edge.step) - 2) * 6 if edge.step else 0.0
    text_width = text.width + 2 * LABEL_PADDING_X if text.lines else 0.0
    height = max(STEP_SIZE if edge.step else 0.0, len(text.lines) * LABEL_LINE + 2 * LABEL_PADDING_Y)
    return Plate(Box(0, 0, float(round(step_width + text_width)), height), text, edge.step)


def _room(words: str) -> float:
    """How broad a label may be, in px: no word is cut that a card could hold."""
    return min(WORD_MAX, max(LABEL_MAX, widest_word(words, LABEL)))
