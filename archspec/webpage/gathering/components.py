"""Components and groups as the page shows them."""

from archspec.model import Architecture, Component, Group
from archspec.webpage import ComponentContent, GroupContent, Known, LinkContent
from archspec.webpage.gathering.wording import facts_of

SAID_ELSEWHERE = ("id", "kind", "label", "description", "technology", "owner", "links", "tags")


def component_contents(architecture: Architecture, known: Known) -> tuple[ComponentContent, ...]:
    """Every component in the order of the spec, with the flows that meet it and all that is known of it."""
    meeting = {flow: _met(architecture, flow) for flow in architecture.flows}
    return tuple(_component(architecture, each, meeting, known) for each in architecture.components.values())


def _met(architecture: Architecture, flow: str) -> frozenset[str]:
    called = (id_ for visit in architecture.walk(flow) for id_ in visit.step.call)
    return frozenset((*called, architecture.flows[flow].from_))


def _component(
    architecture: Architecture,
    component: Component,
    meeting: dict[str, frozenset[str]],
    known: Known,
) -> ComponentContent:
    return ComponentContent(
        id=component.id,
        title=component.title,
        kind=component.kind_of.title.lower(),
        technology=component.technology or "",
        description=component.description or "",
        owner=architecture.owner_of(component) or "",
        facts=facts_of(component, SAID_ELSEWHERE),
        flows=tuple(flow for flow, met in meeting.items() if component.id in met),
        findings=known.findings_of(component.id),
        links=tuple(LinkContent(title, str(url)) for title, url in component.links.items()),
        groups=tuple(group.id for group in architecture.enclosing(component.group)),
        zones=_zones(architecture, component),
        standing=known.standing_of(component.id),
    )


def _zones(architecture: Architecture, component: Component) -> tuple[str, ...]:
    count = len(architecture.replica_names(component))
    zones = (architecture.zone_of(component, number) for number in range(1, count + 1))
    return tuple(zone for zone in zones if zone)


def group_contents(architecture: Architecture, known: Known) -> tuple[GroupContent, ...]:
    """Every group with the components in it, and what is known of it as one."""
    return tuple(
        GroupContent(
            id=group.id,
            title=group.title,
            kind=group.kind,
            description=group.description or "",
            members=_members(architecture, group),
            findings=known.findings_of(group.id),
            standing=known.standing_of(group.id),
        )
        for group in architecture.groups.values()
    )


def _members(architecture: Architecture, group: Group) -> tuple[str, ...]:
    return tuple(each.id for each in architecture.components.values() if group.id in _round(architecture, each))


def _round(architecture: Architecture, component: Component) -> frozenset[str]:
    """Every group that it stands in, or a replica of it."""
    zones = {domain for domains in architecture.placements(component) for domain in domains}
    return frozenset(zones | {group.id for group in architecture.enclosing(component.group)})
