"""Both versions in one picture: what was added, removed and changed stands out at stable places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from archspec.difference.change import Change, ChangeKind
from archspec.difference.difference import Difference, Side
from archspec.difference.fields import spelled
from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import Architecture, View, arrow_name, ends_of_name
from archspec.renderers import DOCS, Fit, PlacedNode, PlacedScene, Plate, build_scene, find_view, place, wrap
from archspec.renderers.card import BESIDE_TEXT, detail_of, texts
from archspec.renderers.layout.plan import LABEL, LABEL_MAX
from archspec.renderers.scene import Boundary, Mark, Scene, SceneEdge, SceneNode
from archspec.renderers.scenes.fold import READABLE

Key = TypeVar("Key")
Pair = tuple[str, str, str]
"""Where an arrow begins and ends, and the name that tells it from others there."""

_MARKS = {ChangeKind.ADDED: Mark.ADDED, ChangeKind.REMOVED: Mark.REMOVED}


@frozen(slots=False)
class Picture:
    """The picture of a difference, and each side of it at the same places."""

    both: PlacedScene
    base: PlacedScene
    head: PlacedScene


def picture(difference: Difference, fit: Fit = DOCS) -> Picture:
    """The picture laid out once, so that nothing moves between the two sides; legible where it has so much room.

    Raises:
        UsageError: neither side has the view that is asked for.

    """
    before, after, both = scenes(difference)
    placed = place(both, fit)
    return Picture(placed, _side(placed, before, Mark.ADDED), _side(placed, after, Mark.REMOVED))


def scenes(difference: Difference) -> tuple[Scene, Scene, Scene]:
    """What the base shows under the head's names, what the head shows, and both in one, marked."""
    before = _renamed(_scene(difference, difference.base), difference)
    after = _scene(difference, difference.head)
    return before, after, _marked(_joined(before, after), before, after, difference.changes)


def _scene(difference: Difference, side: Side) -> Scene:
    """What one side shows; of a view that it does not have, nothing."""
    architecture, asked = side.architecture, difference.view
    title = difference.head.architecture.name
    empty = Scene("difference", title, ())
    if asked is not None:
        sides = (side, *(each for each in (difference.head, difference.base) if each is not side))
        known = (view for each in sides if (view := _view(each.architecture, asked)) is not None)
        view = next(known, None) or find_view(difference.head.architecture, asked)
        return replace(build_scene(architecture, view), name="difference", notes=())
    wanted = _shown(difference, side)
    if not wanted:
        return empty
    view = View.model_validate({"id": "difference", "title": title, "include": wanted})
    return replace(build_scene(architecture, view, limit=None), notes=())


def _view(architecture: Architecture, name: str) -> View | None:
    try:
        return find_view(architecture, name)
    except UsageError:
        return None


def _shown(difference: Difference, side: Side) -> list[str]:
    """The components of a side that are drawn: all, where they are few, else what changed and its neighbours."""
    architecture = side.architecture
    old = {new: old for old, new in difference.names.get("components", {}).items()} if side is difference.base else {}
    everyday = {node.id for node in build_scene(architecture, _everything(), limit=None).nodes}
    touched = {old.get(id_, id_) for id_ in _touched(difference.changes)} & architecture.components.keys()
    around = {end for id_ in touched for end in _around(architecture, id_)}
    few = everyday | touched
    chosen = few if len(few) <= READABLE or not touched else touched | around
    return [id_ for id_ in architecture.components if id_ in chosen]


def _everything() -> View:
    return View.model_validate({"id": "difference"})


def _touched(changes: Iterable[Change]) -> set[str]:
    """The components that a change is about, and the ends of changed connections."""
    found: set[str] = set()
    for change in changes:
        if change.section in ("components", "connections"):
            found |= _named(change.element)
        found |= {end for name in change.reaches for end in _named(name)}
    return found


def _named(element: str) -> set[str]:
    """A component, or the two ends of a connection."""
    return {*ends_of_name(element)[:2]} if " -> " in element else {element}


def _around(architecture: Architecture, component: str) -> set[str]:
    links = (*architecture.outgoing[component], *architecture.incoming[component])
    return {component, *(edge.from_ for edge in links), *(edge.to for edge in links)}


def _renamed(scene: Scene, difference: Difference) -> Scene:
    """The base's scene with the head's names, so that the two can be laid over each other."""
    components, groups = (difference.names.get(section, {}) for section in ("components", "groups"))

    def new(id_: str) -> str:
        name, dot, rest = id_.partition(".")
        return components.get(id_, groups.get(id_, components.get(name, name) + dot + rest))

    def group(id_: str | None) -> str | None:
        return None if id_ is None else groups.get(id_, id_)

    return replace(
        scene,
        nodes=tuple(replace(node, id=new(node.id), boundary=group(node.boundary)) for node in scene.nodes),
        edges=tuple(replace(edge, source=new(edge.source), target=new(edge.target)) for edge in scene.edges),
        boundaries=tuple(
            replace(boundary, id=groups.get(boundary.id, boundary.id), within=group(boundary.within))
            for boundary in scene.boundaries
        ),
    )


def _joined(before: Scene, after: Scene) -> Scene:
    """All of the head, and what the base alone has where it stood in the base's order."""
    nodes = {node.id: node for node in (*before.nodes, *after.nodes)}
    boundaries = {boundary.id: boundary for boundary in (*before.boundaries, *after.boundaries)}
    pairs = _pairs(after)
    kept = [edge for edge in before.edges if _pair(edge) not in pairs]
    edges = {_ends(edge): edge for edge in (*kept, *after.edges)}
    return replace(
        after,
        nodes=tuple(nodes[id_] for id_ in _merged(_ids(before.nodes), _ids(after.nodes))),
        boundaries=tuple(boundaries[id_] for id_ in _merged(_ids(before.boundaries), _ids(after.boundaries))),
        edges=tuple(edges[key] for key in _merged(list(map(_ends, kept)), list(map(_ends, after.edges)))),
    )


def _ids(parts: Sequence[SceneNode] | Sequence[Boundary]) -> list[str]:
    return [part.id for part in parts]


def _ends(edge: SceneEdge) -> tuple[str, str, str, str]:
    return *_pair(edge), edge.style.value


def _pair(edge: SceneEdge) -> Pair:
    return edge.source, edge.end, edge.name


def _merged(old: list[Key], new: list[Key]) -> list[Key]:
    """The new order, with what is only in the old one behind what stood before it there."""
    found, known = list(new), set(new)
    at = 0
    for key in old:
        if key in known:
            at = found.index(key) + 1
        else:
            found.insert(at, key)
            at += 1
    return found


def _marked(scene: Scene, before: Scene, after: Scene, changes: Sequence[Change]) -> Scene:
    told = _told(changes)
    old, new = (({*_ids(each.nodes)}, {*_ids(each.boundaries)}, _pairs(each)) for each in (before, after))
    nodes = []
    for node in scene.nodes:
        mark = _mark(node.id, old[0], new[0], told.get(("components", node.id.partition(".")[0]), ()))
        lines = told.get(("components", node.id.partition(".")[0]), ())
        words = "\n".join([node.description, *lines]) if mark is Mark.CHANGED else node.description
        nodes.append(replace(node, label=_label(node, changes), mark=mark, description=words))
    boundaries = (
        replace(each, mark=_mark(each.id, old[1], new[1], told.get(("groups", each.id), ())))
        for each in scene.boundaries
    )
    return replace(
        scene,
        nodes=tuple(nodes),
        edges=tuple(_marked_edge(edge, old[2], new[2], told) for edge in scene.edges),
        boundaries=tuple(boundaries),
        description=counted(changes),
    )


def _mark(key: Key, old: set[Key], new: set[Key], lines: tuple[str, ...]) -> Mark | None:
    if key not in old:
        return Mark.ADDED
    if key not in new:
        return Mark.REMOVED
    return Mark.CHANGED if lines else None


def _pairs(scene: Scene) -> set[Pair]:
    return {_pair(edge) for edge in scene.edges}


def _marked_edge(
    edge: SceneEdge,
    old: set[Pair],
    new: set[Pair],
    told: Mapping[tuple[str, str], tuple[str, ...]],
) -> SceneEdge:
    pair = _pair(edge)
    lines = told.get(("connections", arrow_name(pair[0], pair[1], edge.name or None)), ())
    mark = _mark(pair, old, new, lines)
    if mark is None:
        return edge
    words = "; ".join(filter(None, [edge.description, *lines]))
    return replace(edge, mark=mark, label=f"{mark.sign} {edge.label}".strip(), description=words)


def _told(changes: Iterable[Change]) -> dict[tuple[str, str], tuple[str, ...]]:
    """By section and element what changed, a line each; a changed default is told of all that it reaches."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for change in changes:
        if change.kind in _MARKS:
            continue
        section = change.section
        if section == "defaults":
            section = "connections" if change.element == "connections" else "components"
        line = f"{change.field} {spelled(change.old)} → {spelled(change.new)}".strip()
        for element in change.reaches or (change.element,):
            found[section, element] = (*found.get((section, element), ()), line)
    return found


def _label(node: SceneNode, changes: Iterable[Change]) -> str:
    """Of what was renamed both names, where the name shown is the id."""
    for change in changes:
        if (change.kind, change.section, change.element) == (ChangeKind.RENAMED, "components", node.id):
            return f"{change.old} → {change.new}" if node.label == node.id else node.label
    return node.label


def counted(changes: Sequence[Change]) -> str:
    """`2 added, 1 removed, 3 changed`, elements each counted once."""
    elements = {(change.section, change.element): change.kind for change in reversed(changes)}
    marks = [_MARKS.get(kind, Mark.CHANGED) for kind in elements.values()]
    return ", ".join(f"{marks.count(mark)} {mark.value}" for mark in Mark if mark in marks) or "nothing changed"


def _side(placed: PlacedScene, side: Scene, without: Mark) -> PlacedScene:
    """One side at the places of the whole, with its own texts and without marks."""
    own = {node.id: node for node in side.nodes}
    boundaries = {boundary.id: boundary for boundary in side.boundaries}
    pairs = {(edge.source, edge.target): edge for edge in side.edges}
    nodes = tuple(
        _own_words(each, own[each.node.id])
        for each in placed.nodes
        if each.node.id in own and each.node.mark is not without
    )
    edges = tuple(
        replace(each, edge=replace(pairs[each.edge.source, each.edge.target], style=each.edge.style), plate=plate)
        for each in placed.edges
        if each.edge.mark is not without and (each.edge.source, each.edge.target) in pairs
        for plate in [_plain(each.plate, pairs[each.edge.source, each.edge.target])]
    )
    frames = tuple(
        replace(each, boundary=boundaries[each.boundary.id])
        for each in placed.boundaries
        if each.boundary.id in boundaries
    )
    scene = replace(placed.scene, nodes=tuple(n.node for n in nodes), edges=tuple(e.edge for e in edges))
    scene = replace(scene, boundaries=tuple(frame.boundary for frame in frames))
    legend = tuple(entry for entry in placed.legend if not isinstance(entry.style, Mark))
    return replace(placed, scene=scene, nodes=nodes, edges=edges, boundaries=frames, legend=legend)


def _own_words(placed: PlacedNode, node: SceneNode) -> PlacedNode:
    """A card with what a side says of it, in the width that it has."""
    if (node.label, detail_of(node)) == (placed.node.label, detail_of(placed.node)):
        return replace(placed, node=node)
    name, detail = texts(node, placed.card.width - BESIDE_TEXT)
    return replace(placed, node=node, name=name, detail=detail)


def _plain(plate: Plate | None, edge: SceneEdge) -> Plate | None:
    """The plate with a side's own words."""
    words = wrap(edge.label, LABEL_MAX, LABEL, 2)
    return replace(plate, text=words, step=edge.step) if plate and (words.lines or edge.step) else None
