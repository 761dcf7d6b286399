"""Components as the page shows them."""

from collections.abc import Sequence

from archspec.model.architecture import Architecture
from archspec.model.component import Component
from archspec.webpage.content import ComponentContent, ConnectionContent, FindingContent, LinkContent
from archspec.webpage.gathering.wording import facts_of

SAID_ELSEWHERE = ("id", "kind", "label", "description", "technology", "owner", "links", "tags")


def component_contents(architecture: Architecture, findings: Sequence[FindingContent]) -> tuple[ComponentContent, ...]:
    """Every component in the order of the spec, with the flows that meet it and the findings about it."""
    meeting = {flow: _met(architecture, flow) for flow in architecture.flows}
    return tuple(_component(architecture, each, meeting, findings) for each in architecture.components.values())


def connection_contents(architecture: Architecture) -> tuple[ConnectionContent, ...]:
    """Every connection, written or implied, with the flows whose calls go over it."""
    flows: dict[tuple[str, str], dict[str, None]] = {}
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for callee in architecture.asked_by(visit.caller, visit.step) if visit.step.call else ():
                flows.setdefault((visit.caller, callee), {})[flow] = None
    return tuple(
        ConnectionContent(
            each.from_, each.to, facts_of(each, ("from_", "to", "label")), tuple(flows.get((each.from_, each.to), ()))
        )
        for each in architecture.edges
    )


def _met(architecture: Architecture, flow: str) -> frozenset[str]:
    called = (id_ for visit in architecture.walk(flow) for id_ in visit.step.call)
    return frozenset((*called, architecture.flows[flow].from_))


def _component(
    architecture: Architecture,
    component: Component,
    meeting: dict[str, frozenset[str]],
    findings: Sequence[FindingContent],
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
        findings=tuple(index for index, found in enumerate(findings) if found.finding.element == component.id),
        links=tuple(LinkContent(title, str(url)) for title, url in component.links.items()),
        groups=tuple(group.id for group in architecture.enclosing(component.group)),
        zones=_zones(architecture, component),
    )


def _zones(architecture: Architecture, component: Component) -> tuple[str, ...]:
    count = len(architecture.replica_names(component))
    zones = (architecture.zone_of(component, number) for number in range(1, count + 1))
    return tuple(zone for zone in zones if zone)
