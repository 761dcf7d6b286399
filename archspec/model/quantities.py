"""Quantities with units: durations, rates, sizes, ratios, factors. Exact, frozen, printed as people write them."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from archspec.frozen import frozen
from archspec.model.scalar import Plain, exact, failed, shown
from archspec.model.unit_names import meant

NUMBER = r"[0-9]{1,19}(?:\.[0-9]{1,18})?"
_NUMBER = re.compile(NUMBER)
_LIMIT = 9 * 10**18
"""The largest amount in the smallest unit: 285 years in nanoseconds, nine exabytes; fits 64 bits with their sign."""


class Quantity:
    """Base of the quantities: how pydantic reads one, prints one and describes one to editors."""

    __slots__ = ()
    what: ClassVar[str]
    examples: ClassVar[tuple[str, ...]]
    pattern: ClassVar[str]
    """Of the text that is read, for JSON Schema too."""

    @classmethod
    def read(cls, value: object) -> Self:
        """The quantity that a spec wrote. Raises pydantic's custom error with a message and a remedy."""
        raise cls.refused(value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The quantity in a text, as if it stood unquoted in a spec.

        Raises:
            ValueError: the text is none; the message says which units fit.

        """
        return cls.read(Plain(text))

    @classmethod
    def refused(cls, value: object, because: str = "") -> Exception:
        """The error for a value that is no such quantity."""
        message = f"{shown(value)} is not a {cls.what}{': ' + because if because else ''}"
        near = meant(cls.what, value)
        fits = f"write it as {', '.join(f'`{e}`' for e in cls.examples)}."
        return failed(message, f"did you mean `{near}`? Otherwise {fits}" if near else fits, cls.what)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**cls.json_schema(), "examples": list(cls.examples)}

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """What may stand for it in a spec, blanks round it left aside."""
        return {"type": "string", "pattern": rf"^\s*(?:{cls.pattern})\s*$"}

    @classmethod
    def _validate(cls, value: object) -> Self:
        if type(value) is Plain:
            return _known(cls, value)  # type: ignore[arg-type,return-value]
        return value if isinstance(value, cls) else cls.read(value)


@lru_cache(maxsize=4096)
def _known(kind: type[Quantity], value: Plain) -> Quantity:
    """What a spelling is read as: large systems say the same over and over."""
    return kind.read(value)


def _shortest(value: Fraction, units: dict[str, Fraction]) -> str:
    """The shortest exact spelling in one of the units (no `0.1s`), the larger unit where two are as short.

    A computed value that no unit spells exactly (a third per second) is rounded, in the last unit.
    """
    spellings = []
    for rank, (unit, scale) in enumerate(units.items()):
        number = decimal(value / scale)
        if number is not None:
            spellings.append((number.startswith("0."), len(number) + len(unit), -rank, number + unit))
    if not spellings:
        unit, scale = list(units.items())[-1]
        return f"{float(value / scale):.6g}{unit}"
    return min(spellings)[3]


def decimal(value: Fraction) -> str | None:
    """The exact decimal spelling of a fraction, or None where it never ends.

    >>> decimal(Fraction(3, 2)), decimal(Fraction(1, 3))
    ('1.5', None)
    """
    denominator = value.denominator
    digits = 0
    while denominator % 10 == 0:
        denominator, digits = denominator // 10, digits + 1
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator, digits = denominator // prime, digits + 1
    if denominator != 1:
        return None
    scaled = value * 10**digits
    text = str(abs(scaled.numerator)).rjust(digits + 1, "0")
    whole, part = (text[:-digits], text[-digits:].rstrip("0")) if digits else (text, "")
    return ("-" if value < 0 else "") + whole + (f".{part}" if part else "")


class Measure(Quantity):
    """Base of the quantities that are a number with a unit."""

    __slots__ = ()
    units: ClassVar[dict[str, Fraction]]
    """By name, how many of the smallest unit each is."""

    def __init_subclass__(cls) -> None:
        """Derive the pattern from the units."""
        cls.pattern = rf"{NUMBER}(?:{'|'.join(cls.units)})"

    @classmethod
    def amount(cls, value: object) -> Fraction:
        """What a spec wrote, in the smallest unit. Raises pydantic's custom error."""
        if not isinstance(value, str):
            raise cls.refused(value, "it has no unit" if isinstance(value, (int, float)) else "")
        text = value.strip()
        match = _NUMBER.match(text)
        unit = text[match.end() :] if match else ""
        if match is None or unit not in cls.units:
            raise cls.refused(value, "it has no unit" if match and not unit else "")
        amount = Fraction(match[0]) * cls.units[unit]
        if amount > _LIMIT:
            raise cls.refused(value, "it is too large")
        return amount


@frozen(order=True)
class Duration(Measure):
    """A length of time, in whole nanoseconds.

    >>> Duration.parse("1.5s").nanoseconds
    1500000000
    >>> str(Duration(90_000_000_000)), str(Duration.parse("24h"))
    ('90s', '1d')
    """

    nanoseconds: int
    what: ClassVar[str] = "duration"
    examples: ClassVar[tuple[str, ...]] = ("250us", "5ms", "1.5s", "2m", "1h", "30d")
    units: ClassVar[dict[str, Fraction]] = {
        "us": Fraction(10**3),
        "ms": Fraction(10**6),
        "s": Fraction(10**9),
        "m": Fraction(60 * 10**9),
        "h": Fraction(3600 * 10**9),
        "d": Fraction(86400 * 10**9),
    }

    @classmethod
    def read(cls, value: object) -> Self:
        """A number and one of `us ms s m h d`; a fraction of a nanosecond is rounded half to even."""
        return cls(round(cls.amount(value)))

    @property
    def seconds(self) -> float:
        """The same in seconds."""
        return self.nanoseconds / 1e9

    def __str__(self) -> str:
        return "0s" if self.nanoseconds == 0 else _shortest(Fraction(self.nanoseconds), self.units)


_ZERO = r"\s*0+(?:\.0+)?[a-z]"


def _above_zero(duration: Duration) -> Duration:
    if duration.nanoseconds == 0:
        raise failed("0s is not a time between two moments", "write a time above 0, such as 5s.", "duration")
    return duration


Period = Annotated[
    Duration,
    AfterValidator(_above_zero),
    WithJsonSchema({**Duration.json_schema(), "not": {"pattern": f"^{_ZERO}"}, "examples": list(Duration.examples)}),
]
"""A duration after which something happens again and again, so never 0."""


@frozen(order=True)
class Rate(Measure):
    """Events per time, exact.

    >>> Rate.parse("90/min").per_second
    Fraction(3, 2)
    """

    per_second: Fraction
    what: ClassVar[str] = "rate"
    examples: ClassVar[tuple[str, ...]] = ("1200/s", "90/min", "5000/h")
    units: ClassVar[dict[str, Fraction]] = {
        "/d": Fraction(1, 86400),
        "/h": Fraction(1, 3600),
        "/min": Fraction(1, 60),
        "/s": Fraction(1),
    }

    @classmethod
    def read(cls, value: object) -> Self:
        """A number per `/s /min /h /d`."""
        return cls(cls.amount(value))

    def __str__(self) -> str:
        return "0/s" if self.per_second == 0 else _shortest(self.per_second, self.units)


@frozen(order=True)
class Size(Measure):
    """An amount of data, in whole bytes.

    >>> Size.parse("2KiB").bytes, str(Size(1536 * 1024))
    (2048, '1.5MiB')
    """

    bytes: int
    what: ClassVar[str] = "size"
    examples: ClassVar[tuple[str, ...]] = ("512MiB", "8GiB", "2TB")
    units: ClassVar[dict[str, Fraction]] = {
        **{unit: Fraction(1000**i) for i, unit in enumerate(("B", "kB", "MB", "GB", "TB"))},
        **{unit: Fraction(1024 ** (i + 1)) for i, unit in enumerate(("KiB", "MiB", "GiB", "TiB"))},
    }

    @classmethod
    def read(cls, value: object) -> Self:
        """A number and one of `B kB MB GB TB KiB MiB GiB TiB`."""
        return cls(round(cls.amount(value)))

    def __str__(self) -> str:
        return "0B" if self.bytes == 0 else _shortest(Fraction(self.bytes), self.units)


@frozen(order=True)
class Ratio(Quantity):
    """A share from 0 to 1, exact: `99.9%` is 999/1000.

    >>> Ratio.parse("97%").value, Ratio.parse("0.95").value, str(Ratio(Fraction(1, 1000)))
    (Fraction(97, 100), Fraction(19, 20), '0.1%')
    """

    value: Fraction
    what: ClassVar[str] = "ratio"
    examples: ClassVar[tuple[str, ...]] = ("95%", "0.1%", "0.95")
    pattern: ClassVar[str] = r"0*(?:100(?:\.0{1,18})?|[0-9]{1,2}(?:\.[0-9]{1,18})?)%"
    _percent: ClassVar[re.Pattern[str]] = re.compile(rf"({NUMBER})%")
    _decimal: ClassVar[re.Pattern[str]] = re.compile(r"0?\.[0-9]{1,18}")

    @classmethod
    def read(cls, value: object) -> Self:
        """`95%`, or a bare decimal strictly between 0 and 1 (a bare `1` could be 1% or 100%)."""
        if isinstance(value, float) and 0 < value < 1:
            return cls(exact(value))
        if isinstance(value, Plain) and cls._decimal.fullmatch(value) and Fraction(value) > 0:
            return cls(Fraction(value))
        if not isinstance(value, str):
            raise cls.refused(value, "`100%` or `1%`?" if value == 1 else "")
        match = cls._percent.fullmatch(value.strip())
        if match is None:
            raise cls.refused(value, "`100%` or `1%`?" if value.strip() == "1" else "")
        share = Fraction(match[1]) / 100
        if share > 1:
            raise cls.refused(value, "a ratio ends at 100%")
        return cls(share)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """A percentage up to 100%, or a bare decimal between 0 and 1."""
        decimal_share = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
        return {"anyOf": [{"type": "string", "pattern": rf"^\s*(?:{cls.pattern})\s*$"}, decimal_share]}

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return f"{decimal(self.value * 100) or float(self.value * 100)}%"


@frozen(order=True)
class Factor(Measure):
    """How many times as much: `5x`.

    >>> Factor.parse("3.8x").value
    Fraction(19, 5)
    """

    value: Fraction
    what: ClassVar[str] = "factor"
    examples: ClassVar[tuple[str, ...]] = ("2x", "1.5x")
    units: ClassVar[dict[str, Fraction]] = {"x": Fraction(1)}

    @classmethod
    def read(cls, value: object) -> Self:
        """A number and `x`."""
        return cls(cls.amount(value))

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return f"{decimal(self.value) or float(self.value)}x"
