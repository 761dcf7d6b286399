"""A flow under every single failure: which parts there are to break, and what became of the request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archspec.execution.trace_model import Trace, TraceOptions
from archspec.model.architecture import Architecture
from archspec.model.component import Component, Running
from archspec.model.flow import Flow
from archspec.model.group import FAILURE_DOMAINS
from archspec.model.kind import Role
from archspec.renderers.page.flow_content import BreakContent, PartKind, RunContent

SHOWN_REPLICAS = 12
"""Replicas of one component that are taken down one by one; the rest are like them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be down, and the components it takes with it."""

    id: str
    title: str
    kind: PartKind
    covers: frozenset[str]


def parts(architecture: Architecture) -> tuple[Part, ...]:
    """Every component that can fail, every replica of several, every group that fails as one."""
    return tuple(_parts(architecture))


def _parts(architecture: Architecture) -> Iterator[Part]:
    fallible = [c for c in architecture.components.values() if c.kind_of.role is not Role.ACTOR]
    for component in fallible:
        covers = frozenset({component.id})
        yield Part(component.id, component.title, PartKind.COMPONENT, covers)
        names = architecture.replica_names(component)
        if len(names) > 1:
            for name in names[:SHOWN_REPLICAS]:
                yield Part(name, name, PartKind.REPLICA, covers)
    for group in architecture.groups.values():
        if group.kind in FAILURE_DOMAINS:
            inside = frozenset(c.id for c in fallible if group.id in _domains(architecture, c))
            if inside:
                yield Part(group.id, group.title, PartKind.GROUP, inside)


def _domains(architecture: Architecture, component: Component) -> set[str]:
    count = component.instances if isinstance(component, Running) else 1
    return {domain for number in range(1, count + 1) for domain in architecture.domains_of(component, number)}


def breaks(
    architecture: Architecture,
    flow: Flow,
    whole: RunContent,
    walk: Callable[[str, TraceOptions], Trace],
    tell: Callable[[Trace], RunContent],
) -> tuple[BreakContent, ...]:
    """The flow's request while each part is down; `whole` is the run with all parts up.

    `walk` traces a flow. Parts that the flow never meets are not walked: they make no difference to it.
    """
    met = _met(architecture, flow)
    known: dict[RunContent, RunContent] = {_bare(whole): whole}
    found = []
    for part in parts(architecture):
        run = whole
        if part.covers & met:
            told = tell(walk(flow.id, TraceOptions(fail=(part.id,))))
            run = known.setdefault(_bare(told), told)
        found.append(BreakContent(part.id, part.title, part.kind, run, changed=run is not whole))
    return tuple(found)


def _met(architecture: Architecture, flow: Flow) -> frozenset[str]:
    """The components whose failure may be felt: those called, and the copies that may answer for them."""
    called = {id_ for visit in architecture.walk(flow.id) for id_ in visit.step.call} | {flow.from_}
    copies = {c.id for c in architecture.components.values() if getattr(c, "replica_of", None) in called}
    return frozenset(called | copies)


def _bare(run: RunContent) -> RunContent:
    """What two runs are compared by: pictures of them are left out."""
    return replace(run, tree="", sequence="")
