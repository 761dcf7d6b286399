"""The deployment view: which replicas stand in which zone or host, one card per component and place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from archspec.model import Architecture, Component, Connection, Role, Running, View
from archspec.model.group import FAILURE_DOMAINS
from archspec.model.nearness import Site, site_of
from archspec.renderers import Boundary, EdgeStyle, SceneEdge, SceneNode
from archspec.renderers.scenes.pieces import arrow, by_id, card, frame, merged
from archspec.renderers.scenes.selection import selected
from archspec.renderers.scenes.structure import Parts

Places = Mapping[str, Mapping[str | None, int]]
ALSO = "also to"
NOWHERE = frozenset((Role.CHANNEL, Role.DELIVERY))


def deployment(architecture: Architecture, view: View) -> Parts:
    """Nodes, edges and frames. A request edge is drawn inside a zone where both ends stand in it.

    Replicas ask those of other zones too, unless the connection prefers its own; drawing every pair would hide the
    picture, so an edge leaves its zone only where the target has no replica in it, and its tool tip says where else the
    calls go.
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
            asked = _asked(architecture, connection, source, targets)
            drawn = [source] if source in asked else asked
            also = ", ".join(_name(architecture, place) for place in asked if place not in drawn)
            words = f"{ALSO} {also}" if also else ""
            told = "; ".join(part for part in (edge.description or edge.label, words) if part)
            for target in drawn:
                yield replace(
                    edge, source=tail, target=card_id(connection.to, target, targets), label="", description=told
                )


def _asked(
    architecture: Architecture, connection: Connection, source: str | None, targets: Mapping[str | None, int]
) -> list[str | None]:
    """The places whose replicas are asked from a place while all are well: the nearest, where that is preferred."""
    here = _site(architecture, connection.from_, source)
    tiers = {target: here.tier(connection.prefer, _site(architecture, connection.to, target)) for target in targets}
    return [target for target, tier in tiers.items() if tier == min(tiers.values())]


def _site(architecture: Architecture, component: str, place: str | None) -> Site:
    """Where the replicas of a component that stand in a place are."""
    found = architecture.components[component]
    zones = found.zones if isinstance(found, Running) else ()
    return site_of(architecture, found, zones.index(place) + 1 if place in zones else 1)


def _name(architecture: Architecture, place: str | None) -> str:
    return architecture.groups[place].title if place else "those in no zone"


def spread(edges: Iterable[SceneEdge]) -> str:
    """A sentence for below the title, where lines within a zone stand for calls to other zones too; else nothing."""
    zones = ((edge.source.partition(".")[2], edge.target.partition(".")[2], edge) for edge in edges)
    says = [ALSO in edge.description for source, target, edge in zones if source and source == target]
    if not any(says):
        return ""
    return f"Lines within a zone stand for calls to other zones too{'' if all(says) else ', where their tips say so'}."


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
