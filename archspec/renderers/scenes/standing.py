"""The deployment view of many components as a table: a row for each, a column for each place, replicas in fields."""

from collections.abc import Iterator, Mapping, Sequence

from archspec.model import Architecture, Component, View
from archspec.renderers import EdgeStyle, Scene, SceneNode
from archspec.renderers.matrix import Cell, Column, Matrix
from archspec.renderers.scenes.deployment import Places, card_id, shown_in_places
from archspec.renderers.scenes.fold import plural
from archspec.renderers.scenes.pieces import card, style_of

MOST_CARDS = 24
"""Cards of a deployment view that are drawn one by one."""
MOST_ROWS = 160


def is_crowded(architecture: Architecture, view: View) -> bool:
    """Whether a deployment view has more cards than are drawn one by one."""
    _, places = shown_in_places(architecture, view)
    return sum(len(counts) for counts in places.values()) > MOST_CARDS


def standing(architecture: Architecture, view: View, scene: Scene) -> Matrix:
    """The table. Whom a component asks is said once; where it is only elsewhere, with the place.

    Above 160 components a row is a group of the spec, and above 160 of those a kind.
    """
    components, places = shown_in_places(architecture, view)
    used = {place for counts in places.values() for place in counts}
    columns = [group.id for group in architecture.groups.values() if group.id in used]
    keys: list[str | None] = [*([None] if None in used else []), *columns]
    heads = [Column("", "in no zone") if key is None else _column(architecture, key) for key in keys]
    rows = _rows(architecture, components)
    cells = {
        (row, column): cell
        for row, (node, members) in enumerate(rows)
        for column, key in enumerate(keys)
        if (cell := _cell(node, members, places, key, heads[column].label)) is not None
    }
    asks = tuple(_asks(architecture, members, places) for _, members in rows)
    return Matrix(scene, tuple(node for node, _ in rows), tuple(heads), cells, asks)


def _column(architecture: Architecture, place: str) -> Column:
    group = architecture.groups[place]
    around = [other.title for other in architecture.enclosing(group.within)]
    return Column(group.title, around[0] if around else group.kind)


def _rows(architecture: Architecture, components: Sequence[Component]) -> list[tuple[SceneNode, tuple[Component, ...]]]:
    """A card for each row with the components that it stands for."""
    if len(components) <= MOST_ROWS:
        return [(card(component, None), (component,)) for component in components]
    by_group: dict[str, list[Component]] = {}
    for component in components:
        by_group.setdefault(component.group or component.id, []).append(component)
    if len(by_group) <= MOST_ROWS:
        return [_row(architecture, key, members) for key, members in by_group.items()]
    by_kind: dict[str, list[Component]] = {}
    for component in components:
        by_kind.setdefault(component.kind_of.title, []).append(component)
    return [_row(architecture, key, members) for key, members in by_kind.items()]


def _row(architecture: Architecture, key: str, members: Sequence[Component]) -> tuple[SceneNode, tuple[Component, ...]]:
    first = members[0]
    if len(members) == 1:
        return card(first, None), (first,)
    group = architecture.groups.get(key)
    label = group.title if group else f"{len(members)} {plural(key)}"
    id_ = group.id if group else f"{first.id}-and-more"
    holds = tuple(member.id for member in members)
    node = SceneNode(id_, label, first.kind_of.shape, members=len(members), holds=holds)
    return node, tuple(members)


def _cell(node: SceneNode, members: Sequence[Component], places: Places, place: str | None, name: str) -> Cell | None:
    count = sum(places[member.id].get(place, 0) for member in members)
    if not count:
        return None
    where = f"in {name}" if name else "in no zone"
    id_ = card_id(members[0].id, place, places[members[0].id]) if len(members) == 1 else ""
    return Cell(count, f"{node.label}: {count} {where}", id=id_)


def _asks(architecture: Architecture, members: Sequence[Component], places: Places) -> str:
    own = {member.id for member in members}
    names = {name: None for member in members for name in _asked(architecture, member, own, places)}
    return ", ".join(names)


def _asked(architecture: Architecture, member: Component, own: set[str], places: Places) -> Iterator[str]:
    here = set(places[member.id])
    for connection in architecture.outgoing[member.id]:
        target = connection.to
        if target in own or target not in places or style_of(architecture, connection) is EdgeStyle.TELEMETRY:
            continue
        there = _zones(places[target])
        lacks = here - {None} and there and not here <= there
        where = f" ({', '.join(architecture.groups[zone].title for zone in sorted(there))})" if lacks else ""
        yield f"{architecture.components[target].title}{where}"


def _zones(counts: Mapping[str | None, int]) -> set[str]:
    return {place for place in counts if place is not None}
