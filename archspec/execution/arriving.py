"""Requests arriving: open by the clock, closed when a client has thought (engine contract, section 8)."""

from archspec.execution.layout import ARRIVAL, COMPONENT_COUNT, INCOMING, REPLICA_COMPONENT, REPLICA_SIZE
from archspec.execution.program import Program
from archspec.execution.sequencing import begin_request
from archspec.execution.state import World, schedule_always


def next_request(p: Program, w: World, flow: int) -> None:
    """The next request of an open flow arrives, and the one after it is awaited."""
    index = w.next_arrival[flow]
    w.next_arrival[flow] = index + 1
    await_request(w, flow)
    begin_request(
        p, w, flow, w.first_number[flow] + index, w.first_number[flow] + index, caller_replica(p, w, flow, index)
    )


def await_request(w: World, flow: int) -> None:
    """Schedule the next arrival of an open flow, if there is one."""
    index = w.next_arrival[flow]
    if index < len(w.arrivals[flow]):
        schedule_always(w, w.arrivals[flow][index], INCOMING, ARRIVAL, flow)


def caller_replica(p: Program, w: World, flow: int, index: int) -> int:
    """The replica of a flow's `from` whose turn it is: clients have one, a worker with a timer may have more."""
    first = p.flow_caller[flow]
    component = w.replicas[first + REPLICA_COMPONENT]
    return first + index % p.components[component + COMPONENT_COUNT] * REPLICA_SIZE
