"""Sessions: who stays connected, where that holds a place, and what runs over them."""

from archspec.language.problems import Problems
from archspec.language.suggestions import listed
from archspec.model import Architecture, Role
from archspec.model.sessions import held_at


def check_sessions(architecture: Architecture, problems: Problems) -> None:
    """Note sessions of who is no client, that hold no place anywhere, and flows over what has no session."""
    for id_, flow in architecture.flows.items():
        if flow.session is not None:
            _check_session(architecture, id_, problems)
        if flow.via is not None and architecture.flows[flow.via].session is None:
            known = [other.id for other in architecture.flows.values() if other.session is not None]
            remedy = f"name one of {listed(known)}." if known else f"give `{flow.via}` a `session`, or drop `via`."
            problems.add(("flows", id_, "via"), f"`{flow.via}` has no `session`", remedy, code="STR01")


def _check_session(architecture: Architecture, id_: str, problems: Problems) -> None:
    flow = architecture.flows[id_]
    caller = architecture.components[flow.from_]
    if caller.kind_of.role is not Role.ACTOR:
        message = f"`{flow.from_}` is a {caller.kind.replace('_', ' ')}, and only clients and persons stay connected"
        problems.add(("flows", id_, "from"), message, "let a client begin the flow.")
    elif not held_at(architecture, flow):
        called = dict.fromkeys(callee for visit in architecture.walk(id_) for _, callee in architecture.pairs(visit))
        named = next(iter(called), "gateway")
        message = "its sessions hold no place anywhere, so that no number of users is too large"
        remedy = f"say how many one replica holds: `connections: 10000` at `{named}`."
        problems.add(("flows", id_, "session"), message, remedy, at_key=True)
