"""Where what a picture shows was written."""

from archspec.editor.snapshot import Snapshot
from archspec.errors import Span

_DRAWN = ("components", "groups")


def place_of(known: Snapshot, shown: str) -> Span | None:
    """The name of a component or group where it is declared, a connection (`a -> b`) or the field that implies it."""
    from_, _, to = shown.partition(" -> ")
    if not to:
        found = (each for each in known.declarations if each.section in _DRAWN and each.name == shown)
        return next((each.span for each in found), None)
    system = known.architecture
    if system is None:
        return None
    arrows = (arrow for arrow in system.group_arrows if (arrow.from_, arrow.to) == (from_, to))
    edge = system.connection(from_, to) or next(arrows, None)
    if edge is None:
        return None
    implied = edge.implied_by
    return system.source.key(("components", edge.from_, implied) if implied else ("connections", edge.name))
