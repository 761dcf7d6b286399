"""Named tuples as the JSON that the engine reads."""

import json
from fractions import Fraction


def text_of(part: tuple[object, ...]) -> str:
    """A part of a Program as the engine reads it."""
    return json.dumps(plain(part), ensure_ascii=False, separators=(",", ":"))


def plain(value: object) -> object:
    """A part of a Program as JSON's own values; absent fields are left out."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Fraction):
        return [value.numerator, value.denominator]
    assert isinstance(value, tuple)
    names: tuple[str, ...] | None = getattr(value, "_fields", None)
    if names is None:
        return [plain(item) for item in value]
    return {name.rstrip("_"): plain(item) for name, item in zip(names, value, strict=True) if item is not None}
