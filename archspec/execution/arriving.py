"""Requests arriving: open by the clock, closed when a client has thought (engine contract, section 8)."""

from archspec.execution.admission import enough_up, is_up
from archspec.execution.layout import (
    ARRIVAL,
    COMPONENT_COUNT,
    INCOMING,
    NONE,
    REPLICA_COMPONENT,
    REPLICA_REGISTERED,
    REPLICA_SIZE,
    THINK_OVER,
)
from archspec.execution.program import Program
from archspec.execution.sequencing import begin_request
from archspec.execution.state import ASKED_AT, ASKED_CLIENT, ASKED_FLOW, NOW, World, draw, schedule_always

CLIENTS = 2**31
BREATH = 10**6
"""What a client that does not think waits (ns) after an answer that took no time: else it would ask for ever at one
moment."""


def next_request(p: Program, w: World, flow: int) -> None:
    """The next request of an open flow arrives, and the one after it is awaited."""
    number = w.first_number[flow] + w.next_arrival[flow]
    w.next_arrival[flow] += 1
    await_request(w, flow)
    begin_request(p, w, flow, number, number, caller_replica(p, w, flow))


def await_request(w: World, flow: int) -> None:
    """Schedule the next arrival of an open flow, if there is one."""
    place = w.next_arrival[flow]
    if place < w.arrival_end[flow]:
        schedule_always(w, w.arrivals[place], INCOMING, ARRIVAL, flow)


def caller_replica(p: Program, w: World, flow: int) -> int:
    """Where the next request of a flow begins: at the replicas of its `from` in turn, those that are out or down
    passed over; NONE where none can begin it. Outside there is one place only, which is always there.
    """
    first = p.flow_caller[flow]
    if not p.flow_inside[flow]:
        return first
    component = w.replicas[first + REPLICA_COMPONENT]
    count = p.components[component + COMPONENT_COUNT]
    if enough_up(p, w, component):
        for i in range(count):
            index = (w.begun[flow] + 1 + i) % count
            replica = first + index * REPLICA_SIZE
            if is_up(w, replica) and w.replicas[replica + REPLICA_REGISTERED]:
                w.begun[flow] = index
                return replica
    return NONE


def think(p: Program, w: World, flow: int, client: int, round_number: int, breath: int) -> None:
    """A client of a closed flow thinks before its next request; one who does not think takes a breath."""
    time = draw(p, w, w.users[flow], client, round_number)
    if time == 0:
        time = breath
    what = (round_number * len(w.users) + flow) * CLIENTS + client
    schedule_always(w, w.clock[NOW] + time, INCOMING, THINK_OVER, what)


def thought(p: Program, w: World, what: int) -> None:
    """A client has thought: it asks, unless arrivals have ended."""
    client, flow = what % CLIENTS, what // CLIENTS % len(w.users)
    if 0 <= w.last_arrival[flow] <= w.clock[NOW]:
        return
    number = w.next_arrival[flow]
    w.next_arrival[flow] = number + 1
    index = begin_request(p, w, flow, number, client, caller_replica(p, w, flow))
    w.rounds[index] = what // CLIENTS // len(w.users)


def ask_again(p: Program, w: World, index: int) -> None:
    """A request of a closed client has its answer, good or bad: the client thinks again."""
    flow = w.asked[index + ASKED_FLOW]
    if w.users[flow] >= 0:
        asked_before = w.rounds[index]
        del w.rounds[index]
        breath = BREATH if w.clock[NOW] == w.asked[index + ASKED_AT] else 0
        think(p, w, flow, w.asked[index + ASKED_CLIENT], asked_before + 1, breath)
