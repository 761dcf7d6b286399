"""Person."""

from typing import Literal

from archspec.model import Component, Kind, Role, Shape


class Person(Component):
    """Somebody who uses, changes or watches the system; always up."""

    kind: Literal["person"] = "person"


KIND = Kind(
    "person",
    "Person",
    Role.ACTOR,
    Shape.PERSON,
    Person,
    other_names=("actor", "developer", "operator", "admin", "human"),
)
