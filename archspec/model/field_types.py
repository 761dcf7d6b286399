"""The types of fields: each reads what a spec wrote, and tells the JSON Schema what that may be."""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from archspec.frozen import frozen
from archspec.model.quantities import Quantity
from archspec.model.scalar import Plain, core, failed, read_flag, read_integer, read_number, read_text, shown

T = TypeVar("T")
MOST = 10**9
"""No count or number of a system is larger."""


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


@frozen(eq=False)
class Read:
    """What a function reads from what a spec wrote, and the JSON Schema of that.

    Pydantic's own `BeforeValidator` looks at the function's signature again for every field that has it, and a
    schema has hundreds of these.
    """

    read: Callable[[object], Any]
    schema: dict[str, Any]
    written: Callable[[Any], Any] | None = None
    """How it is written again, where that is not the value itself."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it, then validate what was read by the type."""
        written = core_schema.plain_serializer_function_ser_schema(self.written) if self.written else None
        return core_schema.no_info_before_validator_function(self.read, handler(source), serialization=written)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What it may be."""
        return dict(self.schema)


@frozen
class Spelled:
    """A text of one pattern; what it is called and how it is written go into the error."""

    pattern: str
    wrong: str
    remedy: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read the text, and refuse what does not match as a whole."""
        whole = re.compile(self.pattern)

        def read(value: object) -> str:
            text = read_text(value)
            if not whole.fullmatch(text):
                raise failed(f"{shown(text)} {self.wrong}", self.remedy, "text")
            if not isinstance(core(value), str):
                raise failed(f"unquoted, {shown(text)} is not text to YAML", f'quote it: `"{text}"`.', "text")
            return text

        known = lru_cache(maxsize=2**15)(read)
        return core_schema.no_info_before_validator_function(
            lambda value: known(value) if type(value) is Plain else read(value), handler(source)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The same pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


@frozen
class Whole:
    """A whole number within bounds."""

    least: int
    most: int = MOST

    def read(self, value: object) -> int:
        """The number that a spec wrote. Raises pydantic's custom error."""
        number = read_integer(value)
        if number < self.least:
            raise failed(f"{number} is below {self.least}", f"write a number from {self.least} up.", "count")
        if number > self.most:
            beyond = "too large" if self.most == MOST else f"above {self.most}"
            most = "below a thousand million" if self.most == MOST else f"up to {self.most}"
            raise failed(f"{number} is {beyond}", f"write a number {most}.", "count")
        return number

    def json_schema(self) -> dict[str, Any]:
        """The same bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read the number within its bounds."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The same bounds."""
        return self.json_schema()


@frozen
class AnyOf:
    """A quantity of one of several types, which no spelling has in common; with `count` also a bare whole number."""

    types: tuple[type[Quantity], ...]
    wrong: str
    remedy: str
    count: Whole | None = None

    def read(self, value: object) -> Quantity | int:
        """What a spec wrote. Raises pydantic's custom error."""
        if isinstance(value, self.types):
            return value
        for kind in self.types:
            try:
                return kind.read(value)
            except ValueError:
                continue
        if self.count is not None and _is_count(value):
            return self.count.read(value)
        raise failed(f"{shown(value)} {self.wrong}", self.remedy, "quantity")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it by the first type that takes it; a count is written as a number again, all else as a text."""
        plain = core_schema.plain_serializer_function_ser_schema(lambda v: v if isinstance(v, int) else str(v))
        return core_schema.no_info_plain_validator_function(self.read, serialization=plain)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What any of the types may be."""
        branches = [kind.json_schema() for kind in self.types]
        return {"anyOf": branches + ([self.count.json_schema()] if self.count else [])}


def _is_count(value: object) -> bool:
    try:
        read_integer(value)
    except ValueError:
        return False
    return True


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


def _read_positive(value: object) -> Fraction:
    number = read_number(value)
    if not 0 < number <= MOST:
        raise failed(f"{shown(value)} is not above 0", "write a number above 0, such as 4 or 0.5.", "number")
    return number


ID_PATTERN = r"[A-Za-z][A-Za-z0-9_-]{0,63}"
ID_RULE = "begin with a letter, go on with letters, digits, `-` and `_`, at most 64 in all."
_URL_RULE = "write it in full, such as `https://example.org/runbook`."
_NUMBER_SCHEMA = {"type": "number", "exclusiveMinimum": 0, "maximum": MOST}
_PRINTABLE = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufffe\\uffff]*$"
_TEXT_SCHEMA = {"type": ["string", "number", "boolean"], "pattern": _PRINTABLE}

Text = Annotated[str, Read(read_text, _TEXT_SCHEMA)]
Url = Annotated[str, Spelled(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", "is not a URL", _URL_RULE)]
Flag = Annotated[bool, Read(read_flag, {"type": "boolean"})]
Id = Annotated[str, Spelled(ID_PATTERN, "is not an id", ID_RULE)]
Count = Annotated[int, Whole(0)]
Positive = Annotated[int, Whole(1)]
Number = Annotated[Fraction, Read(_read_positive, _NUMBER_SCHEMA, _plain)]
