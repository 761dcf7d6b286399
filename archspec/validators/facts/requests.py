"""Who asks whom: written connections, and calls of flows that no connection writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archspec.model.architecture import Architecture
from archspec.model.connection import Connection
from archspec.model.kind import Role
from archspec.model.protocols import LOGIN
from archspec.model.source import Path

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """That one component asks another. `path` is where it is written: a connection, else the first such step."""

    link: Connection
    path: Path

    @property
    def by_hand(self) -> bool:
        """Whether somebody logs in there, instead of asking for something."""
        return any(protocol.lower() in LOGIN for protocol in self.link.protocol)


@dataclass(frozen=True, slots=True)
class Requests:
    """All requests by ordered pair, by who asks and by who is asked; telemetry is none of them."""

    by_pair: Mapping[Pair, Request]
    from_: Mapping[str, list[Request]] = field(default_factory=dict)
    to: Mapping[str, list[Request]] = field(default_factory=dict)

    def of(self, caller: str) -> list[Request]:
        """What a component asks."""
        return self.from_.get(caller, [])

    def at(self, callee: str) -> list[Request]:
        """Who asks a component."""
        return self.to.get(callee, [])


def requests(architecture: Architecture) -> Requests:
    """Written connections first, then `caches`, then calls of flows without a connection either way."""
    found: dict[Pair, Request] = {}
    for connection in architecture.edges:
        pair = (connection.from_, connection.to)
        if connection.via is None:
            found[pair] = Request(connection, ("connections", connection.name))
        elif connection.via == "caches":
            found[pair] = Request(connection, ("components", connection.from_, "caches"))
    for caller, callee, path in _calls(architecture):
        pulled = Role.QUEUE in {architecture.components[id_].kind_of.role for id_ in (caller, callee)}
        if (caller, callee) not in found and not (pulled and (callee, caller) in found):
            found[caller, callee] = Request(architecture.link(caller, callee), path)
    by_caller: dict[str, list[Request]] = {}
    by_callee: dict[str, list[Request]] = {}
    for (caller, callee), request in found.items():
        by_caller.setdefault(caller, []).append(request)
        by_callee.setdefault(callee, []).append(request)
    return Requests(found, by_caller, by_callee)


def _calls(architecture: Architecture) -> Iterator[tuple[str, str, Path]]:
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for caller, callee in architecture.pairs(visit):
                yield caller, callee, (*visit.path, "call")
