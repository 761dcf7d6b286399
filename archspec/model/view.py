"""Views: what a picture shows."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from archspec.model.element import ID_PATTERN, Element, GroupRef, Id, Text
from archspec.model.scalar import failed, read_text, shown

SELECTORS = ("flow", "pipeline", "group", "kind", "tag", "near")
_SELECTOR = re.compile(rf"(?:(?:{'|'.join(SELECTORS)}):)?{ID_PATTERN}")


def _read_selector(value: object) -> str:
    text = read_text(value)
    if not _SELECTOR.fullmatch(text):
        known = " ".join(f"`{word}:x`" for word in SELECTORS)
        raise failed(f"{shown(text)} selects nothing", f"write an id, or one of {known}.", "selector")
    return text


Selector = Annotated[
    str, BeforeValidator(_read_selector), WithJsonSchema({"type": "string", "pattern": f"^{_SELECTOR.pattern}$"})
]


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
    exclude: tuple[Selector, ...] = Field((), description="What it leaves out; default: nothing.")
    collapse: tuple[GroupRef, ...] = Field((), description="Groups drawn as one box.")

    @property
    def title(self) -> str:
        """The name to show: the title, else the id."""
        return self.title_ or self.id
