"""How many requests fail while a part is down: exact, over hits and misses, from what the flow needs."""

from archspec.analysis.diagram import EntangledError
from archspec.analysis.expression import Cause, Variable, variables
from archspec.analysis.points import share_failing
from archspec.analysis.structure import Structures
from archspec.values import percent
from archspec.webpage.flow_content import PartKind
from archspec.webpage.part_content import PartContent


def failing(structures: Structures, flow: str, part: PartContent) -> float | None:
    """Share of a flow's requests that fail while the part is down; None for a slow part, or where it is not known."""
    if part.kind is PartKind.SLOW:
        return None
    needed = structures.of_flow(flow)
    lost = [each for each in variables(needed) if each.is_part and _is_in(each, part.both or (part.id,))]
    try:
        return share_failing(needed, *lost) if lost else 0.0
    except EntangledError:
        return None


def _is_in(variable: Variable, names: tuple[str, ...]) -> bool:
    """Whether the variable is one of these groups or replicas, or a replica of one of these components."""
    return variable.name in names or (variable.cause is Cause.REPLICA and variable.owner in names)


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
