"""Views: what a picture shows."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from archspec.model.element import Element, GroupRef
from archspec.model.field_types import ID_PATTERN, Id, Spelled, Text

SELECTORS = ("flow", "pipeline", "group", "kind", "tag", "near")
_KNOWN = " ".join(f"`{word}:x`" for word in SELECTORS)
Selector = Annotated[
    str,
    Spelled(rf"(?:(?:{'|'.join(SELECTORS)}):)?{ID_PATTERN}", "is not a selector", f"write an id, or one of {_KNOWN}."),
]

_SIDE = rf"(?:\*|(?:(?:{'|'.join(SELECTORS)}):)?{ID_PATTERN})"
Exclusion = Annotated[
    str,
    Spelled(
        rf"(?:(?:{'|'.join(SELECTORS)}):)?{ID_PATTERN}|{_SIDE} *-> *{_SIDE}(?: +via +{ID_PATTERN})?",
        "is not a selector",
        f"write an id, a connection such as `a -> b` or `* -> b`, or one of {_KNOWN}.",
    ),
]


class Lines(NamedTuple):
    """A selector of connections (`a -> b`, `* -> metrics`, `a -> b via amqp`): its two sides, and a name."""

    source: str
    target: str
    via: str | None


def lines_of(selector: str) -> Lines | None:
    """What a selector says of connections; None for one of components."""
    source, arrow, rest = selector.partition("->")
    target, _, via = rest.partition(" via ")
    return Lines(source.strip(), target.strip(), via.strip() or None) if arrow else None


class View(Element):
    """One picture of the system."""

    id: Id = Field(description="Its name everywhere else in the spec.")
    title_: Text | None = Field(None, alias="title", description="Name in pictures; default: the id.")
    description: Text | None = Field(None, description="One sentence on what it shows.")
    direction: Literal["right", "down", "left", "up"] = Field("right", description="Where requests flow.")
    kind: Literal["structure", "deployment", "sequence", "delivery", "observability"] = Field(
        "structure", description="What it is about."
    )
    include: tuple[Selector, ...] = Field((), description="What it shows; default: all.")
    exclude: tuple[Exclusion, ...] = Field(
        (), description="What it leaves out: components, or connections (`a -> b`, `* -> b`); default: nothing."
    )
    collapse: tuple[GroupRef, ...] = Field((), description="Groups drawn as one box.")

    @property
    def title(self) -> str:
        """The name to show: the title, else the id."""
        return self.title_ or self.id
