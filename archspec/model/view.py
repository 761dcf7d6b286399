"""Views: what a picture shows."""

from typing import Annotated, Literal

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
        rf"(?:(?:{'|'.join(SELECTORS)}):)?{ID_PATTERN}|{_SIDE} *-> *{_SIDE}",
        "is not a selector",
        f"write an id, a connection such as `a -> b` or `* -> b`, or one of {_KNOWN}.",
    ),
]


def ends_of(selector: str) -> tuple[str, str] | None:
    """The two sides of a selector of connections (`a -> b`, `* -> metrics`); None for one of components."""
    source, arrow, target = selector.partition("->")
    return (source.strip(), target.strip()) if arrow else None


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
