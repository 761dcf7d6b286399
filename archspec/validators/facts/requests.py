"""Who asks whom: written connections, and calls of flows that no connection writes."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from archspec.frozen import frozen
from archspec.model import Architecture, Connection, Path, Role
from archspec.model.protocols import LOGIN


@frozen
class Request:
    """That one component asks another. `path` is where it is written: a connection, else the first such step."""

    link: Connection
    path: Path

    @property
    def by_hand(self) -> bool:
        """Whether somebody logs in there, instead of asking for something."""
        return any(protocol.lower() in LOGIN for protocol in self.link.protocol)


@frozen
class Requests:
    """All requests, by who asks and by who is asked; telemetry is none of them."""

    all: tuple[Request, ...]
    from_: Mapping[str, list[Request]] = field(default_factory=dict)
    to: Mapping[str, list[Request]] = field(default_factory=dict)

    def asks(self, caller: str, callee: str) -> bool:
        """Whether one component asks another."""
        return any(request.link.to == callee for request in self.of(caller))

    def of(self, caller: str) -> list[Request]:
        """What a component asks."""
        return self.from_.get(caller, [])

    def at(self, callee: str) -> list[Request]:
        """Who asks a component."""
        return self.to.get(callee, [])


def requests(architecture: Architecture) -> Requests:
    """Written connections first, then `caches`, then calls of flows without a connection either way."""
    found: list[Request] = []
    for connection in architecture.edges:
        if connection.implied_by is None:
            found.append(Request(connection, ("connections", connection.name)))
        elif connection.implied_by == "caches":
            found.append(Request(connection, ("components", connection.from_, "caches")))
    known = {(request.link.from_, request.link.to) for request in found}
    for caller, callee, path in _calls(architecture):
        pulled = Role.QUEUE in {architecture.components[id_].kind_of.role for id_ in (caller, callee)}
        if (caller, callee) not in known and not (pulled and (callee, caller) in known):
            known.add((caller, callee))
            found.append(Request(architecture.link(caller, callee), path))
    by_caller: dict[str, list[Request]] = {}
    by_callee: dict[str, list[Request]] = {}
    for request in found:
        by_caller.setdefault(request.link.from_, []).append(request)
        by_callee.setdefault(request.link.to, []).append(request)
    return Requests(tuple(found), by_caller, by_callee)


def _calls(architecture: Architecture) -> Iterator[tuple[str, str, Path]]:
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for caller, callee in architecture.pairs(visit):
                yield caller, callee, (*visit.path, "call")
