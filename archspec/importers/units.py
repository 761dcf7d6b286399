"""Durations, sizes and counts of foreign formats in the language of specs; None where they are none."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from archspec.model import Duration, Size

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w|y)")
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
    "d": 86400 * 10**9,
    "w": 7 * 86400 * 10**9,
    "y": 365 * 86400 * 10**9,
}
_BYTES = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]*)")
_DOCKER = {
    "": 1,
    "b": 1,
    **{f"{unit}{end}": 1024**power for power, unit in enumerate("kmgt", 1) for end in ("", "b", "ib")},
}
_KUBERNETES: dict[str, int] = {
    "": 1,
    **{unit: 1000**power for power, unit in enumerate(("k", "M", "G", "T"), 1)},
    **{unit: 1024**power for power, unit in enumerate(("Ki", "Mi", "Gi", "Ti"), 1)},
}


def seconds(value: Any) -> str | None:
    """A bare number of seconds."""
    number = integer(value)
    return None if number is None else str(Duration(number * 10**9))


def duration(value: Any) -> str | None:
    """`1m30s`, `250ms`, as Docker, Prometheus and Go write it.

    >>> duration("1m30s"), duration("soon")
    ('90s', None)
    """
    text = str(value).strip() if value is not None else ""
    parts = _DURATION.findall(text)
    if not parts or _DURATION.sub("", text):
        return None
    return str(Duration(round(sum(Fraction(number) * _NANOSECONDS[unit] for number, unit in parts))))


def docker_size(value: Any) -> str | None:
    """Docker's units are powers of 1024, however they are written.

    >>> docker_size("50M"), docker_size("1gb"), docker_size(1048576)
    ('50MiB', '1GiB', '1MiB')
    """
    match = _BYTES.fullmatch(str(value).strip()) if value is not None else None
    if match is None or match[2].lower() not in _DOCKER:
        return None
    return str(Size(round(Fraction(match[1]) * _DOCKER[match[2].lower()])))


def kubernetes_size(value: Any) -> str | None:
    """A quantity of memory.

    >>> kubernetes_size("128Mi"), kubernetes_size("1G"), kubernetes_size("64000000")
    ('128MiB', '1GB', '64MB')
    """
    found = kubernetes_bytes(value)
    return None if found is None else str(Size(found))


def kubernetes_bytes(value: Any) -> int | None:
    """A quantity of memory in bytes."""
    match = _BYTES.fullmatch(str(value).strip()) if value is not None else None
    if match is None or match[2] not in _KUBERNETES:
        return None
    return round(Fraction(match[1]) * Fraction(_KUBERNETES[match[2]]))


def kubernetes_cores(value: Any) -> Fraction | None:
    """A quantity of processors.

    >>> kubernetes_cores("200m"), kubernetes_cores("1.5")
    (Fraction(1, 5), Fraction(3, 2))
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(m?)", str(value).strip()) if value is not None else None
    return None if match is None else Fraction(match[1]) / (1000 if match[2] else 1)


def number(value: Any) -> int | float | None:
    """A number above 0, exact as it is written; whole ones as integers."""
    try:
        found = Decimal(str(value).strip())
    except ArithmeticError:
        return None
    if not found.is_finite() or found <= 0:
        return None
    return int(found) if found == found.to_integral_value() else float(found)


def integer(value: Any) -> int | None:
    """A whole number from 0 up."""
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def flag(value: Any) -> bool | None:
    """A truth value."""
    if isinstance(value, bool):
        return value
    return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(str(value).lower())


def mapping(value: Any) -> dict[str, Any]:
    """A mapping; an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A list; an empty one where there is none, of one where there is a single value."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def at(value: Any, *keys: str) -> Any:
    """The value below several keys; None where one is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def line_of(holder: Any, key: str) -> int | None:
    """The line of a key in its mapping; None where it is not known."""
    found = getattr(holder, "line_of", None)
    return found(key) if found else None
