"""A picture of more cards than a person can read, folded until few enough really stand there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archspec.renderers import Boundary, BoundaryKind, Scene, SceneNode
from archspec.renderers.scenes.collapse import collapsed

READABLE = 40
ALIKE = 3
"""How many cards that are alike make a box."""
LEAST = 3
"""Boxes that say something about a system."""


def readable(scene: Scene, limit: int = READABLE, open_: Collection[str] = ()) -> Scene:
    """The scene with at most `limit` cards, of which there are at least two, and a note that says so.

    Boundaries are folded level by level, the innermost first; where that would leave one or two boxes, or there are
    none, cards of one kind with the same neighbours, then cards that talk with each other. Boundaries that stay `open_`
    are looked into, and not folded.
    """
    found = scene
    while len(found.nodes) > limit:
        found = _frames(found, open_) or _alike(found) or _talking(found, limit)
    if found is scene:
        return scene
    words = f"{len(scene.nodes)} components are more than a picture can show: {len(found.nodes)} boxes stand for them"
    remedy = 'narrow the view with `include`, or draw one group with `include: ["group:x"]`'
    return replace(found, notes=(*scene.notes, f"{words}; {remedy}."))


def _frames(scene: Scene, open_: Collection[str]) -> Scene | None:
    """The innermost boundaries as one box each; None where there are none, or hardly a box would be left."""
    depths = _depths(scene, open_)
    if not depths:
        return None
    deepest = max(depths.values())
    found = collapsed(scene, [id_ for id_, depth in depths.items() if depth == deepest])
    return found if len(found.nodes) >= LEAST else None


def _depths(scene: Scene, open_: Collection[str]) -> dict[str, int]:
    """How deep each boundary lies that may be folded."""
    within = {boundary.id: boundary.within for boundary in scene.boundaries}
    depths = Counter[str]()
    for id_ in within:
        around: str | None = id_
        while around is not None:
            depths[id_] += 1
            around = within.get(around)
    return {id_: depth for id_, depth in depths.items() if id_ not in open_}


def _alike(scene: Scene) -> Scene | None:
    """Cards of one kind, place and neighbourhood as one box each; None where there are none."""
    asked: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for edge in scene.edges:
        asked[edge.source].add((edge.target, True))
        asked[edge.target].add((edge.source, False))
    found: dict[tuple[object, ...], list[SceneNode]] = defaultdict(list)
    for node in scene.nodes:
        if not node.members:
            found[node.boundary, node.kind, frozenset(asked[node.id])].append(node)
    sets = [nodes for nodes in found.values() if len(nodes) >= ALIKE]
    if not sets or len(scene.nodes) == len(sets[0]):
        return None
    return _boxed(scene, [(f"{len(nodes)} {plural(nodes[0].kind)}", nodes) for nodes in sets])


def plural(kind: str) -> str:
    """The name of several of a kind.

    >>> plural("Message queue"), plural("Proxy"), plural("")
    ('message queues', 'proxies', 'components')
    """
    word = kind.lower() or "component"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _talking(scene: Scene, limit: int) -> Scene:
    """At most `limit` boxes of cards that talk with each other, each named after the one that talks most."""
    busy = Counter(end for edge in scene.edges for end in (edge.source, edge.target) for _ in range(edge.count))
    sets = []
    for nodes in (nodes for nodes in _sets(scene, limit) if len(nodes) > 1):
        lead = max(nodes, key=lambda node: busy[node.id])
        others = [node.label for node in nodes if node is not lead]
        sets.append((f"{lead.label} and {others[0] if len(others) == 1 else f'{len(others)} more'}", nodes))
    return _boxed(scene, sets)


def _sets(scene: Scene, limit: int) -> list[list[SceneNode]]:
    """The cards in at most `limit` sets: joined along the arrows that stand for most, within one frame, no set much
    larger than others; what talks with nobody by the order of the spec.
    """
    numbers = {node.id: index for index, node in enumerate(scene.nodes)}
    places = [node.boundary for node in scene.nodes]
    sets = _Sets.of(len(numbers))
    edges = sorted((-edge.count, numbers[edge.source], numbers[edge.target]) for edge in scene.edges)
    share = -(-len(numbers) // limit)
    for largest in (share, 2 * share):
        for _, one, other in edges:
            if sets.count > limit and places[one] == places[other]:
                sets.join(one, other, largest)
    order = sorted(range(len(numbers)), key=lambda index: str(places[index]))
    for pairs, largest in ((order, 2 * share), (order, len(numbers)), (range(len(numbers)), len(numbers))):
        tops = list(dict.fromkeys(sets.top(index) for index in pairs))
        surplus = -(-len(tops) // limit)
        for first in range(0, len(tops), surplus):
            for one, other in pairwise(tops[first : first + surplus]):
                if sets.count > limit and (places[one] == places[other] or pairs is not order):
                    sets.join(one, other, largest)
    found: dict[int, list[SceneNode]] = defaultdict(list)
    for index, node in enumerate(scene.nodes):
        found[sets.top(index)].append(node)
    return list(found.values())


@dataclass
class _Sets:
    """Numbers in sets that grow together; the smallest number stands for its set."""

    root: list[int]
    size: list[int]
    count: int

    @classmethod
    def of(cls, count: int) -> "_Sets":
        return cls(list(range(count)), [1] * count, count)

    def top(self, number: int) -> int:
        while self.root[number] != number:
            self.root[number] = self.root[self.root[number]]
            number = self.root[number]
        return number

    def join(self, one: int, other: int, largest: int) -> None:
        """Make one set of both, unless it were larger than that."""
        a, b = sorted((self.top(one), self.top(other)))
        if a != b and self.size[a] + self.size[b] <= largest:
            self.root[b] = a
            self.size[a] += self.size[b]
            self.count -= 1


def _boxed(scene: Scene, sets: Sequence[tuple[str, list[SceneNode]]]) -> Scene:
    """The scene with each set as one box of this name."""
    taken = {node.id for node in scene.nodes} | {boundary.id for boundary in scene.boundaries}
    frames: dict[str, Boundary] = {}
    home: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for label, nodes in sets:
        id_ = _free_id(nodes[0].id, taken)
        taken.add(id_)
        places = {node.boundary for node in nodes}
        frames[id_] = Boundary(id_, label, BoundaryKind.SYSTEM, places.pop() if len(places) == 1 else None)
        home.update({node.id: id_ for node in nodes})
        words = {node.kind for node in nodes}
        kinds[id_] = words.pop() if len(words) == 1 else ""
    moved = tuple(replace(node, boundary=home.get(node.id, node.boundary)) for node in scene.nodes)
    found = collapsed(replace(scene, nodes=moved, boundaries=(*scene.boundaries, *frames.values())), frames)
    return replace(found, nodes=tuple(replace(n, kind=kinds.get(n.id, n.kind)) for n in found.nodes))


def _free_id(first: str, taken: Collection[str]) -> str:
    stem = f"{first.replace('.', '-')}-and-more"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
