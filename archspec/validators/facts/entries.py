"""The ways in: from a client, through what only passes requests on, to the first server."""

from collections.abc import Callable, Iterable

from archspec.frozen import frozen
from archspec.model import Architecture, Component, Role
from archspec.validators import Requests

_PASSES_ON = (Role.ROUTER, Role.EDGE)


@frozen
class Entry:
    """A way in: the components from the first one behind the client to the first server, or to a dead end."""

    client: str
    way: tuple[Component, ...]

    @property
    def end(self) -> Component:
        """The first server, or what the way ends at."""
        return self.way[-1]


def entries(architecture: Architecture, known: Requests) -> tuple[Entry, ...]:
    """Every shortest way in; one for each client, first component and end."""
    found: list[Entry] = []
    for client in architecture.of_kind("client"):
        for first in known.of(client.id):
            if not first.by_hand:
                found += _ways(architecture, known, client.id, architecture.components[first.link.to])
    return tuple(found)


def unguarded(found: Iterable[Entry], is_guard: Callable[[Component], bool]) -> list[list[Entry]]:
    """The ways to a server that no guard stands on, those through one first component together.

    Several servers behind one gateway lack one thing in one place.
    """
    ways: dict[str, dict[str, Entry]] = {}
    for entry in found:
        if entry.end.kind == "server" and not any(map(is_guard, entry.way)):
            ways.setdefault(entry.way[0].id, {}).setdefault(entry.end.id, entry)
    return [list(through.values()) for through in ways.values()]


def names_of_ends(ways: list[Entry]) -> str:
    """The first of the servers reached, and how many more there are."""
    return f"`{ways[0].end.id}`" + (f" and {len(ways) - 1} more" if len(ways) > 1 else "")


def _ways(architecture: Architecture, known: Requests, client: str, first: Component) -> list[Entry]:
    came_from: dict[str, str | None] = {first.id: None}
    waiting = [first.id]
    ends: list[str] = []
    for here in waiting:
        component = architecture.components[here]
        passes = component.kind_of.role in _PASSES_ON
        beyond = [request.link.to for request in known.of(here)] if passes else []
        if not beyond:
            ends.append(here)
        for there in beyond:
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return [Entry(client, tuple(architecture.components[id_] for id_ in _way(end, came_from))) for end in ends]


def _way(end: str, came_from: dict[str, str | None]) -> list[str]:
    way: list[str] = []
    here: str | None = end
    while here is not None:
        way.append(here)
        here = came_from[here]
    return way[::-1]
