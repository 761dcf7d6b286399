"""Scalars as a spec wrote them: a field types its scalar, not its look.

YAML's plain (unquoted) scalars arrive as `Plain` text, quoted ones as `str`; Python specs bring real numbers.
A text field keeps the spelling (`1.10`, `no`); a number or flag is read here by the YAML 1.2 core schema.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from pydantic_core import PydanticCustomError

from archspec.printable import one_line

# bounded: `1e999999999` would fill the memory as an exact number
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}|0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,300}|[0-9]{1,300}(\.[0-9]{0,300})?)([eE][-+]?[0-9]{1,2})?")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no picture, page or terminal can show."""
_OTHER_FLAGS = dict.fromkeys(("yes", "y", "on"), "true") | dict.fromkeys(("no", "n", "off"), "false")
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML 1.2's core schema reads as no value, where it is unquoted."""


class Plain(str):
    """An unquoted scalar, spelled as in the file."""

    __slots__ = ()


def failed(
    message: str, remedy: str, kind: str = "value", at: str | None = None, known: Sequence[str] = ()
) -> PydanticCustomError:
    """The error a field raises: what is wrong, and what to do (a sentence that ends in a period).

    `at` names the field of a model that the error is about, where the model itself raises it. Where its value is
    almost one of the `known` words, the remedy is that word instead.
    """
    context = {"message": message, "remedy": remedy, "at": at or "", "known": list(known)}
    return PydanticCustomError(kind, "{message}", context)


def shown(value: object) -> str:
    """A short spelling of any value for an error message."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f"`{text}`" if len(text) <= 40 else f"`{text[:37]}…`"


def core(value: object) -> object:
    """The value that YAML 1.2's core schema gives a scalar: what JSON Schema and editors see."""
    if not isinstance(value, Plain):
        return value
    if value in NULLS:
        return None
    if value in _FLAGS:
        return _FLAGS[value]
    if _INTEGER.fullmatch(value):
        return int(value, 0) if value[:2] in ("0o", "0x") else int(value)
    return float(value) if _FLOAT.fullmatch(value) else str(value)


def read_text(value: object) -> str:
    """Text as it was spelled, on one line and without what steers; numbers and flags of Python have no spelling."""
    if isinstance(value, str):
        wrong = UNPRINTABLE.search(value)
        if wrong is not None:
            raise failed(f"the text contains the control character U+{ord(wrong[0]):04X}", "leave it out.", "text")
        return one_line(str(value))
    raise failed(f"{shown(value)} is not text", "write text here.", "text")


def read_flag(value: object) -> bool:
    """`true` or `false`, unquoted."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Plain) and value in _FLAGS:
        return _FLAGS[value]
    if isinstance(value, str) and value in _FLAGS:
        raise failed(f'"{value}" is quoted', f"write {value} without quotes.", "flag")
    said = _OTHER_FLAGS.get(str(value).lower())
    remedy = f"did you mean `{said}`?" if said else "write `true` or `false`."
    raise failed(f"{shown(value)} is neither true nor false", remedy, "flag")


def read_integer(value: object) -> int:
    """A whole number, unquoted."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    number = core(value)
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        raise failed(f'"{value}" is quoted', f"write the bare number {value}.", "integer")
    raise failed(f"{shown(value)} is not a whole number", "write a bare number, such as 2.", "integer")


def read_number(value: object) -> Fraction:
    """A number, unquoted, kept exactly as written: `0.1` is one tenth."""
    if isinstance(value, bool):
        raise failed(f"{shown(value)} is not a number", "write a bare number, such as 2.", "number")
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, float):
        return exact(value)
    if isinstance(value, Plain) and _FLOAT.fullmatch(value):
        return Fraction(value)
    if isinstance(value, str) and not isinstance(value, Plain) and _FLOAT.fullmatch(value):
        raise failed(f'"{value}" is quoted', f"write the bare number {value}.", "number")
    raise failed(f"{shown(value)} is not a number", "write a bare number, such as 2.", "number")


def exact(value: float) -> Fraction:
    """The number a person means by a float: its shortest decimal spelling, exactly.

    >>> exact(0.1)
    Fraction(1, 10)
    """
    try:
        return Fraction(repr(value))
    except ValueError:
        raise failed(f"{value} is not a number", "write a finite number.", "number") from None
