"""What a step's target answers: one status, or a share for each of several."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar, Self

from pydantic_core import CoreSchema, core_schema

from archspec.frozen import frozen
from archspec.model.quantities import Quantity, Ratio
from archspec.model.scalar import Plain, failed, read_integer, shown

_STATUS = re.compile(r"[1-5][0-9][0-9]")


def _key(status: object) -> object:
    """A key has no quotes that mean something: JSON knows no others."""
    return Plain(status) if isinstance(status, str) else status


@frozen
class Answers(Quantity):
    """Statuses with their shares, in the order written; what is left of 100% is 200 (last, if not written).

    >>> Answers.read({404: "2%"}).shares
    ((404, Fraction(1, 50)), (200, Fraction(49, 50)))
    """

    shares: tuple[tuple[int, Fraction], ...]

    what: ClassVar[str] = "status"
    examples: ClassVar[tuple[str, ...]] = ("404", "{404: 2%}")
    pattern: ClassVar[str] = "[1-5][0-9][0-9]"

    @classmethod
    def read(cls, value: object) -> Self:
        """`404`, or a mapping of status to ratio; the shares may not exceed 100%."""
        if not isinstance(value, Mapping):
            return cls(((cls._status(value), Fraction(1)),))
        shares = {cls._status(_key(status)): Ratio._validate(share).value for status, share in value.items()}
        rest = 1 - sum(shares.values(), Fraction(0))
        if rest < 0 or (rest and 200 in shares):
            percent = Ratio(min(Fraction(1), sum(shares.values(), Fraction(0))))
            what = "more than 100%" if rest < 0 else f"{percent}"
            raise failed(f"the shares add up to {what}", "make them add up to 100%, or leave 200 out.", "status")
        if rest:
            shares[200] = rest
        return cls(tuple(shares.items()))

    @staticmethod
    def _status(value: object) -> int:
        if isinstance(value, (str, int)) and _STATUS.fullmatch(str(value)):
            return int(value) if isinstance(value, int) else read_integer(type(value)(value))
        raise failed(f"{shown(value)} is not a status", "write an HTTP status from 100 to 599, such as 404.", "status")

    @property
    def likeliest(self) -> int:
        """The status with the largest share; of equals the first written."""
        return max(self.shares, key=lambda item: item[1])[0]

    def __str__(self) -> str:
        return ", ".join(f"{status}: {Ratio(share)}" for status, share in self.shares)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Written as a bare status where there is one, else as a mapping."""
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.plain_serializer_function_ser_schema(cls._plain)
        )

    def _plain(self) -> int | dict[int, str]:
        if len(self.shares) == 1:
            return self.shares[0][0]
        return {status: str(Ratio(share)) for status, share in self.shares}

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """A status, or a mapping of statuses to their shares."""
        by_status = {"patternProperties": {f"^{cls.pattern}$": Ratio.json_schema()}, "additionalProperties": False}
        return {"anyOf": [{"type": "integer", "minimum": 100, "maximum": 599}, {"type": "object", **by_status}]}
