"""One change between two versions of an architecture."""

from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any

from archspec.errors import Span
from archspec.frozen import frozen


class ChangeKind(StrEnum):
    """What happened to an element, or to a field of it."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    MOVED = "moved"
    """It stands in another group, or in other zones."""
    REVERSED = "reversed"
    """A connection that asks the other way round."""

    @property
    def sign(self) -> str:
        """The mark that says the same without a colour."""
        return _SIGNS[self]


_SIGNS = {
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "-",
    ChangeKind.RENAMED: ">",
    ChangeKind.CHANGED: "~",
    ChangeKind.MOVED: "~",
    ChangeKind.REVERSED: "~",
}
SECTIONS = (
    *("components", "connections", "flows", "alerts", "pipelines"),
    *("groups", "scenarios", "views", "defaults", "system"),
)
"""In the order in which changes are told; `defaults` and `system` hold fields, the others elements."""


@frozen
class Change:
    """One change. `element` is the name in the head, the base's where it was removed.

    `path` leads from the element to a field; it is empty where the element itself was added, removed or renamed.
    `old` and `new` are data as a spec's long form has it, None where there is none: of a rename the two names. `title`
    says what kind of thing the element is. `details` tell step by step what changed in a list. `reaches` are the
    components and connections that a changed default reaches.
    """

    kind: ChangeKind
    section: str
    element: str
    path: tuple[str, ...] = ()
    old: Any = None
    new: Any = None
    title: str = ""
    details: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def field(self) -> str:
        """The field as people write it: `objective.p99`."""
        return ".".join(self.path)

    @property
    def id(self) -> str:
        """The same for the same change, whatever else changes."""
        said = [self.section, self.element, *self.path, self.kind, self.old, self.new]
        return sha256(dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
