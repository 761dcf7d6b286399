"""What every element of a spec has in common, and the references that its fields may be."""

from enum import Enum
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from archspec.frozen import frozen
from archspec.model.constraints import Constraint, check
from archspec.model.field_types import Id, Text, Url


class Element(BaseModel):
    """A frozen part of an architecture; unknown fields are refused, change is a validated copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
    constraints: ClassVar[tuple[Constraint, ...]] = ()
    """What must hold between its fields, beside what the classes that it extends ask."""

    @model_validator(mode="after")
    def _holds_its_constraints(self) -> Self:
        check(self)
        return self

    def said(self, *fields: str) -> bool:
        """Whether the spec states any of these fields, itself or through `defaults`."""
        return any(field in self.model_fields_set for field in fields)


INTERNAL = frozenset({"id", "implied_by", "to_group"})
"""Fields nobody writes as such: an id is its key; the others say how a connection came about."""


class Namespace(Enum):
    """The sets of names a reference can point into."""

    COMPONENT = "component"
    GROUP = "group"
    PLACE = "component or group"
    FLOW = "flow"
    PIPELINE = "pipeline"


@frozen
class Ref:
    """Marks a field that names something declared elsewhere.

    `kinds` limits what it may be (empty: any); `also` are words that name nothing, such as `local`;
    with `same_kind` it must be of the kind of the component that names it.
    """

    namespace: Namespace
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    same_kind: bool = False


ComponentRef = Annotated[Id, Ref(Namespace.COMPONENT)]
GroupRef = Annotated[Id, Ref(Namespace.GROUP)]
PlaceRef = Annotated[Id, Ref(Namespace.PLACE)]
FlowRef = Annotated[Id, Ref(Namespace.FLOW)]
ZoneRef = Annotated[Id, Ref(Namespace.GROUP, ("region", "zone", "host"))]
TellRef = Annotated[Id, Ref(Namespace.COMPONENT, ("notification_channel", "person"))]
PersonRef = Annotated[Id, Ref(Namespace.COMPONENT, ("person",))]

Links = Annotated[dict[Text, Url], Field(description="Runbook, repository, dashboard: name to URL.")]
