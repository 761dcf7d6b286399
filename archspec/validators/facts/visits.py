"""The calls of all flows, each with what its caller, and the request, does with the answer."""

from collections.abc import Mapping

from archspec.frozen import frozen
from archspec.model import Architecture, Path, Role
from archspec.model.walk import Visit

Visits = Mapping[str, tuple[Visit, ...]]


def visits(architecture: Architecture) -> Visits:
    """Every step of every flow, by flow."""
    return {flow: tuple(architecture.walk(flow)) for flow in architecture.flows}


@frozen
class Call:
    """One call of a flow: who asks whom. `waiting` are the components that wait for its answer, the nearest first."""

    flow: str
    path: Path
    caller: str
    callees: tuple[str, ...]
    visit: Visit
    waiting: tuple[str, ...]


def calls(architecture: Architecture) -> tuple[Call, ...]:
    """Every call of every flow. `waiting` is empty where the caller itself does not wait."""
    return tuple(
        Call(flow, visit.path, visit.caller, visit.step.call, visit, _waiting(architecture, visit))
        for flow, all_visits in visits(architecture).items()
        for visit in all_visits
        if visit.step.call
    )


def _waiting(architecture: Architecture, visit: Visit) -> tuple[str, ...]:
    if not waits(architecture, visit):
        return ()
    found = [visit.caller]
    child = visit
    for outer in reversed(visit.within):
        asked = child.branch == "steps" or (child.branch == "on_miss" and child.caller == outer.step.call[0])
        if outer.step.call and asked:
            if not waits(architecture, outer):
                break
            found.append(outer.caller)
        elif not outer.step.wait:
            break
        child = outer
    return tuple(found)


def waits(architecture: Architecture, visit: Visit) -> bool:
    """Whether the caller waits for this step to be done: not with `wait: false`, at a queue, or for telemetry."""
    callee = architecture.components[visit.step.call[0]] if visit.step.call else None
    return visit.step.wait and not (callee and callee.kind_of.role in (Role.QUEUE, Role.TELEMETRY))
