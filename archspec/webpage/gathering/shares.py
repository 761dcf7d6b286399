"""How many requests fail while a part is down: exact, over hits and misses, from what the flow needs."""

from collections.abc import Sequence

from archspec.analysis import Cause, Structures, Variable, variables
from archspec.analysis.outages import shares_failing
from archspec.values import percent
from archspec.webpage import PartContent, PartKind


def failing(structures: Structures, flow: str, parts: Sequence[PartContent]) -> tuple[float | None, ...]:
    """For each part the share of a flow's requests that fail while it is down.

    None for a slow part, or where it is not known.
    """
    needed = structures.of_flow(flow)
    named: dict[str, list[Variable]] = {}
    for variable in variables(needed):
        if variable.is_part:
            for name in _names(variable):
                named.setdefault(name, []).append(variable)
    lost = [[variable for name in part.both or (part.id,) for variable in named.get(name, ())] for part in parts]
    shares = shares_failing(needed, lost)
    return tuple(
        None if part.kind is PartKind.SLOW else share if down else 0.0
        for part, down, share in zip(parts, lost, shares, strict=True)
    )


def _names(variable: Variable) -> set[str]:
    """What takes it down: the group or replica that it is, or the component that it is a replica of."""
    return {variable.name, variable.owner} if variable.cause is Cause.REPLICA else {variable.name}


def share_in_words(share: float | None) -> str:
    """How many requests, for a table.

    >>> share_in_words(1.0), share_in_words(0.1), share_in_words(0.0004), share_in_words(0.0), share_in_words(None)
    ('all', '10%', '0.04%', 'none', '')
    """
    if share is None:
        return ""
    if share >= 1 - 1e-9:
        return "all"
    return percent(share) if share > 1e-9 else "none"
