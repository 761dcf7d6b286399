"""Questions that several rules of drift ask of a comparison."""

from collections.abc import Iterator

from archspec.conformance.comparison import Comparison, FlowSeen, Place
from archspec.model import Role
from archspec.observation import Edge

_SURELY = 10
"""A call that should have come so often, and never came, is missing: chance explains it once in 22,000."""


def traces_of(seen: Comparison, edge: Edge) -> str:
    """`20 of 20 traces`, or how many calls were counted where no spans tell of it."""
    total = seen.observation.reading.traces
    return f"{edge.traces} of {total} traces" if edge.traces <= total else f"{edge.calls} calls"


def is_passing(seen: Comparison, caller: str, callee: str) -> bool:
    """Whether a declared way leads from one to the other, directly or through what sends no spans.

    A consumer that asks its queue for messages goes such a way too: there the arrow leads with the message.
    """
    architecture = seen.architecture
    if architecture.components[callee].kind_of.role is Role.QUEUE and architecture.connection(callee, caller):
        return True
    waiting, met = [caller], {caller}
    while waiting:
        here = waiting.pop()
        for connection in architecture.edges:
            if connection.from_ != here or connection.to in met:
                continue
            if connection.to == callee:
                return True
            met.add(connection.to)
            if connection.to not in seen.sending and connection.to not in _asked(seen):
                waiting.append(connection.to)
    return False


def _asked(seen: Comparison) -> frozenset[str]:
    return frozenset(callee for _, callee in seen.edges)


def wanted_and_missing(seen: Comparison) -> Iterator[tuple[FlowSeen, Place]]:
    """Calls that should have come in a flow, of whose performer spans would tell, and that did not come."""
    for flow in seen.judged:
        for place in flow.places:
            expected = place.expected
            share = expected.share
            if place.nodes or not place.alone or share is None or not place.parents:
                continue
            if place.turns * share * expected.times >= _SURELY and _would_tell(seen, place):
                yield flow, place


def _would_tell(seen: Comparison, place: Place) -> bool:
    """Whether a span would show the call: the callee sends some, or its performer tells of calls from its own side.

    Where the performer asks somebody who leads to no component, that may be the one.
    """
    asked = [node.key.callee for parent in place.parents for node in parent.inner.values()]
    if any(seen.names.component(party, place.expected.performer) is None for party in asked):
        return False
    if any(callee in seen.sending for callee in place.expected.callees):
        return True
    return any(node.asked for parent in place.parents for node in parent.inner.values())
