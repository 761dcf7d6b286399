"""Where a flow is measured, and by which metrics."""

import re

from archspec.exports import Exporting, FlowMetrics, Notes, label, selector
from archspec.exports.metrics.convention import CONVENTIONS, Convention, Scope
from archspec.frozen import frozen
from archspec.model import Architecture, Component, Flow
from archspec.model.walk import walk

_REQUEST = re.compile(r"([A-Z]+) (/\S*)")
_PASSED = frozenset({"client", "person", "dns", "cdn"})
"""Kinds whose answers a team's own metrics do not see."""
_BALANCING = frozenset({"load_balancer", "gateway"})


@frozen
class Measured:
    """The selectors of one flow; those of counters take a window behind them."""

    total: str
    bad: str
    good: str
    """Of the answers among which the histogram's are counted."""
    bucket: str
    """Without the matcher of a limit: see `within`."""
    per_second: int
    own: FlowMetrics

    def within(self, limit: str) -> str:
        """The bucket up to a limit; of a whole number some clients write `1`, others `1.0`."""
        whole, _, part = limit.partition(".")
        le = f'le=~"{whole}|{whole}[.]0"' if part == "0" else label("le", limit)
        return f"{self.bucket[:-1]},{le}}}"


@frozen
class Route:
    """A request's method and path."""

    method: str
    path: str


def route_of(flow: Flow) -> Route | None:
    """What `request: GET /watch/{video}` says; None where it is of another form."""
    found = _REQUEST.fullmatch(flow.request or "")
    return Route(found[1], found[2]) if found else None


def place_of(architecture: Architecture, flow: Flow, convention: Convention) -> Component | None:
    """The first component on a flow's way that writes such metrics."""
    passed = _PASSED if convention.sees_balancers else _PASSED | _BALANCING
    for visit in walk(architecture, flow):
        for id_ in visit.step.call:
            if architecture.components[id_].kind not in passed:
                return architecture.components[id_]
    return None


def job_of(exporting: Exporting, component: Component) -> str:
    """The job of a component, by `[prometheus] job`; what is empty goes with its slash."""
    architecture = exporting.architecture
    group = architecture.groups.get(component.group or "")
    words = {
        "system": architecture.name,
        "owner": component.owner or (group.owner if group else None) or architecture.owner or "",
        "component": component.id,
        "group": component.group or "",
    }
    text = re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), exporting.settings.prometheus.job)
    return "/".join(part for part in text.split("/") if part)


def measured(exporting: Exporting, flow: Flow, notes: Notes) -> Measured | None:
    """How a flow is measured; None, with a note, where nothing says."""
    settings = exporting.settings.prometheus
    convention, own = CONVENTIONS[settings.convention], settings.flows.get(flow.id, FlowMetrics())
    matchers = _matchers(exporting, flow, convention, own, notes)
    if matchers is None:
        return None
    if convention.lacks:
        notes.add(f"flow {flow.id}", f"by the convention {settings.convention}, {convention.lacks}")
    histogram = own.latency or convention.histogram
    status = convention.outcomes.good if convention.histogram_has_status else ""
    return Measured(
        total=selector(convention.requests, *matchers),
        bad=selector(convention.bad_requests or convention.requests, *matchers, convention.outcomes.bad),
        good=selector(f"{histogram}_count", *matchers, status),
        bucket=selector(f"{histogram}_bucket", *matchers, status),
        per_second=convention.per_second,
        own=own,
    )


def _matchers(
    exporting: Exporting, flow: Flow, convention: Convention, own: FlowMetrics, notes: Notes
) -> tuple[str, ...] | None:
    if convention.scope is Scope.FLOW:
        return (label(convention.service, flow.id),)
    component = exporting.architecture.components.get(own.component or "") or place_of(
        exporting.architecture, flow, convention
    )
    if own.component and own.component not in exporting.architecture.components:
        notes.add(f"flow {flow.id}", f"there is no component `{own.component}`, which [prometheus.flows] names")
        return None
    if component is None:
        notes.add(f"flow {flow.id}", "no component on its way writes such metrics")
        return None
    name = job_of(exporting, component) if convention.uses_job else component.id
    service = (label(convention.service, name), convention.always)
    if own.match is not None:
        return (*service, own.match)
    if convention.scope is Scope.SERVICE:
        notes.add(f"flow {flow.id}", f"the metrics know no routes: the figures are of all requests to {component.id}")
        return service
    route = route_of(flow)
    if route is None:
        reason = "it has no `request` such as `GET /watch/{video}`, so its route is not known"
        notes.add(f"flow {flow.id}", f"{reason}; give it one, or `match` in [prometheus.flows.{flow.id}]")
        return None
    return (*service, label(convention.method, route.method), label(convention.route, route.path))
