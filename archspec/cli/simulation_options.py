"""Options of simulations and sweeps, read."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archspec.errors import UsageError

if TYPE_CHECKING:
    from archspec.model import Architecture, Duration


def duration_option(option: str, text: str | None) -> "Duration | None":
    """The time that an option gives.

    Raises:
        UsageError: it is no time.

    """
    from archspec.model import Duration

    if text is None:
        return None
    try:
        return Duration.parse(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: {error}; write it with its unit: `90s`, `5m` or `1h`.") from None


def ratio_option(option: str, text: str) -> float:
    """The ratio that an option gives, strictly between 0 and 1.

    Raises:
        UsageError: it is no such ratio.

    """
    from archspec.model import Ratio

    try:
        value = float(Ratio.parse(text))
    except ValueError as error:
        raise UsageError(f"{option} {text}: {error}; write it as `95%` or `0.95`.") from None
    if not 0 < value < 1:
        raise UsageError(f"{option} {text}: it lies between 0% and 100%; write 95% or 5%, say.")
    return value


def values_of(option: str, text: str) -> tuple[str, list[str]]:
    """A field and the values it takes: `api.replicas=3,6,9`, `api.replicas=2..10`, `api -> store.timeout=1s,2s`.

    >>> values_of("--compare", "api.replicas=3,6")
    ('api.replicas', ['3', '6'])
    >>> values_of("--set", "api.replicas=2..4")
    ('api.replicas', ['2', '3', '4'])
    >>> values_of("--set", "api.scaling={min: 2, max: 3},{min: 4, max: 9}")
    ('api.scaling', ['{min: 2, max: 3}', '{min: 4, max: 9}'])

    Raises:
        UsageError: there is no `=`, or no value.

    """
    key, equals, rest = text.partition("=")
    first, dots, last = rest.partition("..")
    if dots and first.strip().isdigit() and last.strip().isdigit():
        values = [str(value) for value in range(int(first), int(last) + 1)]
    else:
        values = [value for value in _split(rest) if value]
    if not equals or not values:
        raise UsageError(f"{option} {text}: write it as ID.FIELD=A,B, such as api.replicas=3,6, or as a range 2..10.")
    return key.strip(), values


def levels_of(option: str, text: str) -> list[Fraction]:
    """Factors of a load: `1x..4x` in whole steps, or `1x,1.5x`.

    >>> [float(level) for level in levels_of("--load", "1x..3x")], [float(level) for level in levels_of("", "0.5x,2x")]
    ([1.0, 2.0, 3.0], [0.5, 2.0])

    Raises:
        UsageError: one is no factor above 0.

    """
    from archspec.model import Factor

    first, dots, last = text.partition("..")
    try:
        if dots:
            low, high = Factor.parse(first.strip()).value, Factor.parse(last.strip()).value
            found = [low + step for step in range(int(high - low) + 1)]
        else:
            found = [Factor.parse(part.strip()).value for part in text.split(",")]
    except ValueError as error:
        raise UsageError(f"{option} {text}: {error}; write it as `1.5x`.") from None
    if not found or min(found) <= 0:
        raise UsageError(f"{option} {text}: a load must be above 0; write a factor such as 1.5x.")
    return found


def level_of(option: str, text: str) -> Fraction:
    """The factor of a load that an option gives.

    Raises:
        UsageError: it is no factor above 0, or there are several.

    """
    found = levels_of(option, text)
    if len(found) > 1:
        raise UsageError(f"{option} {text}: that is more than one load; give one, such as {option} 1.5x.")
    return found[0]


def _split(text: str) -> list[str]:
    """Parts between commas that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return [*parts, text[start:].strip()]


def variants(
    spec: str, option: str, given: Mapping[str, Any], *, allow_outside: bool
) -> list[tuple[str, "Architecture"]]:
    """The architecture with each value of a `--compare`, each under its name `api.replicas=3`.

    Raises:
        UsageError: the spec comes from standard input, which can be read only once.

    """
    from archspec.cli.options import settings
    from archspec.language import load

    if spec == "-":
        raise UsageError("--compare reads the spec once for each value; name a file instead of -.")
    key, values = values_of("--compare", option)
    return [
        (f"{key}={value}", load(spec, allow_outside=allow_outside, settings={**given, **settings([f"{key}={value}"])}))
        for value in values
    ]
