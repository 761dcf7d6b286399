"""Where sessions are held."""

from archspec.model.architecture import Architecture
from archspec.model.flow import Flow
from archspec.model.traits import Holding


def held_at(architecture: Architecture, flow: Flow) -> tuple[str, ...]:
    """The components of a flow's handshake that state `connections`: a session holds a place at each, others are only
    asked.
    """
    called = dict.fromkeys(callee for visit in architecture.walk(flow.id) for _, callee in architecture.pairs(visit))
    return tuple(id_ for id_ in called if holds_sessions(architecture, id_))


def holds_sessions(architecture: Architecture, component: str) -> bool:
    """Whether a component says how many sessions it holds."""
    found = architecture.components[component]
    return isinstance(found, Holding) and found.connections is not None


def goes_along_a_session(architecture: Architecture, caller: str, callee: str) -> bool:
    """Whether a call may go to a user over the session that the caller holds: it needs no connection of its own."""
    return any(
        flow.session is not None and flow.from_ == callee and caller in held_at(architecture, flow)
        for flow in architecture.flows.values()
    )
