"""What every element of a spec has in common, and the types of its fields."""

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from archspec.model.scalar import failed, read_flag, read_integer, read_number, read_text, shown

T = TypeVar("T")

ID_PATTERN = r"[A-Za-z][A-Za-z0-9_-]{0,63}"
_ID = re.compile(ID_PATTERN)
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


class Element(BaseModel):
    """A frozen part of an architecture; unknown fields are refused, change is a validated copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    def said(self, *fields: str) -> bool:
        """Whether the spec states any of these fields, itself or through `defaults`."""
        return any(field in self.model_fields_set for field in fields)


class Namespace(Enum):
    """The sets of names a reference can point into."""

    COMPONENT = "component"
    GROUP = "group"
    PLACE = "component or group"
    FLOW = "flow"
    PIPELINE = "pipeline"


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that names something declared elsewhere.

    `kinds` limits what it may be (empty: any); `also` are words that name nothing, such as `local`;
    with `same_kind` it must be of the kind of the component that names it.
    """

    namespace: Namespace
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    same_kind: bool = False


class OneOrMany:
    """Lets a field that holds a list be written as one bare value."""

    @staticmethod
    def _wrap(value: object) -> object:
        return tuple(value) if isinstance(value, (list, tuple)) else (value,)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Wrap a bare value before the list is validated."""
        return core_schema.no_info_before_validator_function(self._wrap, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """One item, or an array of them."""
        array = handler(schema)
        return {"anyOf": [array["items"], array]}


Many = Annotated[tuple[T, ...], OneOrMany()]


def _read_id(value: object) -> str:
    text = read_text(value)
    if not _ID.fullmatch(text):
        rule = "begin with a letter, go on with letters, digits, `-` and `_`, at most 64 in all."
        raise failed(f"{shown(text)} is no id", rule, "id")
    return text


def _read_link(value: object) -> str:
    text = read_text(value)
    if not _LINK.fullmatch(text):
        raise failed(f"{shown(text)} is no URL", "write it in full, such as `https://example.org/runbook`.", "url")
    return text


def _at_least(least: int) -> Any:
    def read(value: object) -> int:
        number = read_integer(value)
        if number < least:
            raise failed(f"{number} is below {least}", f"write a number from {least} up.", "count")
        if number > 10**9:
            raise failed(f"{number} is beyond any system", "write a number below a thousand million.", "count")
        return number

    return BeforeValidator(read)


def _read_positive(value: object) -> Fraction:
    number = read_number(value)
    if not 0 < number <= 10**9:
        raise failed(f"{shown(value)} is not above 0", "write a number above 0, such as 4 or 0.5.", "number")
    return number


def _integer_schema(least: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": 10**9}


_NUMBER_SCHEMA = {"type": "number", "exclusiveMinimum": 0, "maximum": 10**9}
_PLAIN_NUMBER = PlainSerializer(lambda number: int(number) if number.denominator == 1 else float(number))

Text = Annotated[str, BeforeValidator(read_text), WithJsonSchema({"type": ["string", "number", "boolean"]})]
Url = Annotated[
    str, BeforeValidator(_read_link), WithJsonSchema({"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$"})
]
Flag = Annotated[bool, BeforeValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Id = Annotated[str, BeforeValidator(_read_id), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$"})]
Count = Annotated[int, _at_least(0), WithJsonSchema(_integer_schema(0))]
Positive = Annotated[int, _at_least(1), WithJsonSchema(_integer_schema(1))]
Number = Annotated[Fraction, BeforeValidator(_read_positive), _PLAIN_NUMBER, WithJsonSchema(_NUMBER_SCHEMA)]

ComponentRef = Annotated[Id, Ref(Namespace.COMPONENT)]
GroupRef = Annotated[Id, Ref(Namespace.GROUP)]
PlaceRef = Annotated[Id, Ref(Namespace.PLACE)]
FlowRef = Annotated[Id, Ref(Namespace.FLOW)]
ZoneRef = Annotated[Id, Ref(Namespace.GROUP, ("region", "zone", "host"))]
TellRef = Annotated[Id, Ref(Namespace.COMPONENT, ("notification_channel", "person"))]
PersonRef = Annotated[Id, Ref(Namespace.COMPONENT, ("person",))]

Links = Annotated[dict[Text, Url], Field(description="Runbook, repository, dashboard: name to URL.")]
