"""Groups, and what can be taken down in a system."""

from archspec.frozen import frozen
from archspec.webpage.flow_content import PartKind
from archspec.webpage.standing_content import StandingContent


@frozen
class GroupContent:
    """A group and the components that stand in it, at any depth."""

    id: str
    title: str
    kind: str
    description: str
    members: tuple[str, ...]
    findings: tuple[int, ...] = ()
    """Indices of the page's findings that are about it."""
    standing: tuple[StandingContent, ...] = ()


@frozen
class LossContent:
    """How many of a component's replicas a failure takes."""

    component: str
    replicas: int
    of: int


@frozen
class PartContent:
    """Something that can be taken down or made slow, and what goes with it.

    `what` is its kind in a word ("zone"), or how slow it is. A slow part loses no replica of its component.
    `both` are the two parts of a pair.
    """

    id: str
    title: str
    kind: PartKind
    what: str
    losses: tuple[LossContent, ...]
    both: tuple[str, ...] = ()
