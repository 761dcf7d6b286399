"""The deployment view: which replicas stand in which zone or host, one card per component and place."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from archspec.model import Architecture, Component, Role, Running, View
from archspec.model.group import FAILURE_DOMAINS
from archspec.renderers.scene import Boundary, EdgeStyle, SceneEdge, SceneNode
from archspec.renderers.scenes.pieces import arrow, by_id, card, frame, merged
from archspec.renderers.scenes.selection import selected
from archspec.renderers.scenes.structure import Parts

Places = Mapping[str, Mapping[str | None, int]]
NOWHERE = frozenset((Role.CHANNEL, Role.DELIVERY))


def deployment(architecture: Architecture, view: View) -> Parts:
    """Nodes, edges and frames. A request edge is drawn inside a zone where both ends stand in it.

    Replicas ask those of other zones too; drawing every pair would hide the picture, so an edge
    leaves its zone only where the target has no replica in it.
    """
    components, places = shown_in_places(architecture, view)
    edges = merged(_edges(architecture, places))
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = (node for component in components for node in _cards(component, places[component.id]))
    standing = tuple(node for node in nodes if node.boundary or node.id in ends or view.include)
    return standing, edges, _frames(architecture, places)


def shown_in_places(architecture: Architecture, view: View) -> tuple[tuple[Component, ...], Places]:
    """The components of a deployment view, and how many replicas of each stand in each place."""
    everything = frozenset(c.id for c in architecture.components.values() if c.kind_of.role not in NOWHERE)
    wanted = selected(architecture, view.include) if view.include else everything - _idle_people(architecture)
    components = by_id(architecture.components, wanted - selected(architecture, view.exclude))
    return components, {component.id: _places(architecture, component) for component in components}


def _idle_people(architecture: Architecture) -> frozenset[str]:
    starters = {flow.from_ for flow in architecture.flows.values()}
    return frozenset(person.id for person in architecture.of_kind("person") if person.id not in starters)


def _places(architecture: Architecture, component: Component) -> Mapping[str | None, int]:
    """How many replicas stand in each place; the place None is nowhere in particular."""
    if isinstance(component, Running):
        if component.zones:
            found: Counter[str | None] = Counter()
            for turn, zone in enumerate(component.zones[: component.instances]):
                found[zone] += (component.instances - 1 - turn) // len(component.zones) + 1
            return found
        around = architecture.enclosing(component.group)
        place = next((group.id for group in around if group.kind in FAILURE_DOMAINS), None)
        return {place: component.instances}
    return {None: 1}


def _cards(component: Component, places: Mapping[str | None, int]) -> Iterator[SceneNode]:
    for place, count in places.items():
        yield replace(card(component, place, replicas=count), id=card_id(component.id, place, places))


def card_id(component: str, place: str | None, places: Mapping[str | None, int]) -> str:
    """The id of what stands in a place: the component's own where that is everything of it."""
    return component if len(places) == 1 else f"{component}.{place}"


def _edges(architecture: Architecture, places: Places) -> Iterator[SceneEdge]:
    for connection in architecture.edges:
        if connection.from_ not in places or connection.to not in places:
            continue
        edge = arrow(architecture, connection)
        if edge.style is EdgeStyle.TELEMETRY:
            continue
        sources, targets = places[connection.from_], places[connection.to]
        for source in sources:
            tail = card_id(connection.from_, source, sources)
            for target in (source,) if source in targets else targets:
                yield replace(edge, source=tail, target=card_id(connection.to, target, targets), label="")


def _frames(architecture: Architecture, places: Places) -> tuple[Boundary, ...]:
    """Failure domains only: networks and teams would cut across them."""
    used = {place for counts in places.values() for place in counts if place}
    wanted = {g.id for place in used for g in architecture.enclosing(place) if g.kind in FAILURE_DOMAINS}
    found = []
    for group in architecture.groups.values():
        if group.id in wanted:
            outer = (other.id for other in architecture.enclosing(group.within) if other.id in wanted)
            found.append(frame(group, next(outer, None)))
    return tuple(found)
