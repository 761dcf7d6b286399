"""Which flow it is that a trace shows, by its root."""

import re

from archspec.conformance.names import Names
from archspec.model import Architecture, Flow
from archspec.observation import Root


def flow_of(architecture: Architecture, root: Root, names: Names) -> Flow | None:
    """The flow that the spans name themselves, else that of the same request, else of the same title and entry.

    A request is a method and a path; a part of a path in braces, or behind a colon, fits any.
    """
    if root.flow is not None and root.flow in architecture.flows:
        return architecture.flows[root.flow]
    entry = names.component(root.node.key.callee)
    fitting = [flow for flow in architecture.flows.values() if _asks(flow, root)]
    if len(fitting) > 1:
        fitting = [flow for flow in fitting if entry in _entries(flow)] or fitting
    if fitting:
        return min(fitting, key=lambda flow: (flow.request or "").count("{"))
    operation = root.node.key.operation.casefold()
    for flow in architecture.flows.values():
        called = {flow.id.casefold(), flow.title.casefold(), *(step.does or "" for step in flow.steps)}
        if operation in called and entry in _entries(flow):
            return flow
    return None


def _entries(flow: Flow) -> tuple[str, ...]:
    """Whoever starts the flow, and whom they ask first."""
    return flow.from_, *(callee for step in flow.steps for callee in step.call)


def _asks(flow: Flow, root: Root) -> bool:
    if flow.request is None:
        return False
    for seen in (root.request, root.node.key.operation):
        if seen is not None and (seen == flow.request or _fits(flow.request, seen)):
            return True
    return False


def _fits(wanted: str, seen: str) -> bool:
    """Whether a request is of the kind that a flow names."""
    method, _, path = wanted.rpartition(" ")
    seen_method, _, seen_path = seen.rpartition(" ")
    if not path.startswith("/") or not seen_path.startswith("/") or (seen_method and method != seen_method):
        return False
    parts, seen_parts = (each.partition("?")[0].rstrip("/").split("/") for each in (path, seen_path))
    return len(parts) == len(seen_parts) and all(
        one == two or _ANY.fullmatch(one) is not None for one, two in zip(parts, seen_parts, strict=True)
    )


_ANY = re.compile(r"\{.*\}|:\w+|<.*>|\*")
