"""A time as a spec gives it: a constant, or a distribution that people know by its percentiles."""

import re
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from math import exp, inf, lgamma, log, sqrt
from statistics import NormalDist
from typing import Any, ClassVar, Self

from archspec.frozen import frozen
from archspec.model.quantities import NUMBER, Duration, Quantity, decimal
from archspec.model.scalar import Plain, failed, shown

_NORMAL = NormalDist()
_ARGUMENT = re.compile(r"(?:([a-z][a-z0-9.]*)=)?([^\s,=()]+)")
_CALL = re.compile(r"([a-z_]+)\(([^()]*)\)")


class Family(Enum):
    """The families of distributions, by their name in a spec."""

    CONSTANT = "constant"
    EXPONENTIAL = "exponential"
    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    UNIFORM = "uniform"
    ERLANG = "erlang"
    HYPEREXPONENTIAL = "hyperexponential"
    EMPIRICAL = "empirical"


_NAMES = tuple(family.value for family in Family if family is not Family.CONSTANT)


@frozen
class Time(Quantity):
    """A time, constant or random. `parameters` are in nanoseconds unless said:

    constant (value) · exponential (mean) · lognormal (mu, sigma: of ln nanoseconds) · normal (mean, sd; cut
    at 0) · uniform (low, high) · erlang (k: a number, mean) · hyperexponential (p: the share of the first,
    mean1, mean2) · empirical (the values, equally likely).

    >>> Time.parse("exponential(6ms)").median / 1e6
    4.1588830833596715
    >>> round(Time.parse("lognormal(p50=3ms p99=25ms)").quantile(0.99))
    25000000
    >>> str(Time.parse("uniform(2ms, 9ms)")), str(Time.parse("4ms"))
    ('uniform(2ms 9ms)', '4ms')
    """

    family: Family
    parameters: tuple[float, ...]
    text: str
    """The canonical spelling."""

    what: ClassVar[str] = "time"
    examples: ClassVar[tuple[str, ...]] = ("4ms", "exponential(6ms)", "lognormal(p50=3ms p99=25ms)")
    pattern: ClassVar[str] = "|".join([Duration.pattern, *(rf"{name}\(\s*[^()\s][^()]*\)" for name in _NAMES)])

    @classmethod
    def constant(cls, duration: Duration) -> Self:
        """The time that is always `duration`."""
        return cls(Family.CONSTANT, (float(duration.nanoseconds),), str(duration))

    @classmethod
    def read(cls, value: object) -> Self:
        """A duration, or `name(arguments parted by blanks)`."""
        if isinstance(value, Duration):
            return cls.constant(value)
        call = _CALL.fullmatch(value.strip()) if isinstance(value, str) else None
        if call is None:
            return cls.constant(Duration.read(value)) if _is_duration(value) else _no_time(cls, value)
        if call[1] not in _FAMILIES:
            known = ", ".join(f"`{name}`" for name in _FAMILIES)
            raise failed(f"`{call[1]}` is not a distribution", f"use one of {known}.", "time")
        family, signatures, convert = _FAMILIES[call[1]]
        arguments, text = _arguments(call[1], call[2], signatures)
        return cls(family, convert(arguments), f"{call[1]}({text})")

    @property
    def is_random(self) -> bool:
        """Whether two draws can differ."""
        return self.family is not Family.CONSTANT and self.quantile(0.0) != self.quantile(1.0)

    @property
    def median(self) -> float:
        """The time that half of all draws stay under, in nanoseconds: what a single trace uses."""
        return self.quantile(0.5)

    @property
    def mean(self) -> float:
        """The average in nanoseconds."""
        return _MEANS[self.family](self.parameters)

    @property
    def variance(self) -> float:
        """The variance in nanoseconds squared."""
        return _VARIANCES[self.family](self.parameters)

    def quantile(self, share: float) -> float:
        """The smallest time that `share` (0 to 1) of all draws stay at or under, in nanoseconds."""
        return _QUANTILES[self.family](self.parameters, share)

    def share_within(self, nanoseconds: float) -> float:
        """The share of all draws that stay at or under a time."""
        return _SHARES[self.family](self.parameters, nanoseconds) if nanoseconds >= 0 else 0.0

    def __str__(self) -> str:
        return self.text


def _is_duration(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(rf"{NUMBER}[a-z]*", value.strip()) is not None


def _no_time(cls: type[Time], value: object) -> Any:
    if isinstance(value, str) and "(" in value and ")" not in value:
        raise failed(f"{shown(value)} lacks its closing bracket", "separate arguments with spaces, not commas.", "time")
    raise cls.refused(value, "it has no unit" if isinstance(value, (int, float)) else "")


def _arguments(name: str, text: str, signatures: tuple[str, ...]) -> tuple[dict[str, float], str]:
    """The arguments by name, in nanoseconds where they are durations, and their canonical spelling."""
    given: dict[str, float] = {}
    spelled: list[str] = []
    positional = signatures[0].split() if name in _UNNAMED else []
    matches = list(_ARGUMENT.finditer(text))
    left_over = _ARGUMENT.sub("", text).replace(",", " ").strip()
    if not positional and any(match[1] is None for match in matches):
        raise failed(f"`{name}({text})` does not name its arguments", f"write {_usage(name)}.", "time")
    for index, match in enumerate(matches):
        if match[1] is None and positional == ["values"]:
            key = str(index)
        else:
            key = match[1] or (positional[index] if index < len(positional) else str(index))
        if key in given:
            raise failed(f"`{name}` is given `{key}` twice", "keep one of them.", "time")
        given[key], spelling = _argument(name, key, match[2])
        spelled.append(f"{match[1]}={spelling}" if match[1] else spelling)
    keys = " ".join(sorted(given))
    fits = any(keys == " ".join(sorted(s.split())) for s in signatures) or (positional == ["values"] and given)
    if left_over or not fits or (positional == ["values"] and any(m[1] for m in matches)):
        raise failed(f"`{name}({text})` does not fit", f"write {_usage(name)}.", "time")
    return given, " ".join(spelled)


def _argument(name: str, key: str, text: str) -> tuple[float, str]:
    if key in ("k", "p"):
        if not re.fullmatch(NUMBER, text):
            raise failed(f"`{key}={text}` is not a number", f"write {_usage(name)}.", "time")
        number = Fraction(text)
        if key == "k" and (number.denominator != 1 or not 1 <= number <= 1000):
            raise failed(f"`k={text}` is not a whole number from 1 to 1000", "write, for example, `k=2`.", "time")
        if key == "p" and number > 1:
            raise failed(f"`p={text}` is not a share", "write a decimal from 0 to 1.", "time")
        return float(number), decimal(number) or text
    duration = Duration.read(Plain(text))
    return float(duration.nanoseconds), str(duration)


def _usage(name: str) -> str:
    return " or ".join(f"`{usage}`" for usage in _USAGE[name])


_UNNAMED = ("exponential", "uniform", "empirical")
"""Families whose arguments need no names; of the others' a reader would have to guess which is which."""
_USAGE = {
    "exponential": ("exponential(6ms)", "exponential(mean=6ms)"),
    "lognormal": ("lognormal(p50=3ms p99=25ms)", "lognormal(mean=6ms sd=3ms)"),
    "normal": ("normal(mean=6ms sd=2ms)",),
    "uniform": ("uniform(2ms 9ms)",),
    "erlang": ("erlang(k=2 mean=6ms)",),
    "hyperexponential": ("hyperexponential(p=0.1 mean1=50ms mean2=2ms)",),
    "empirical": ("empirical(1ms 2ms 9ms)",),
}


def _lognormal(a: dict[str, float]) -> tuple[float, ...]:
    if "mean" in a:
        if a["mean"] <= 0:
            raise failed("a lognormal mean of 0 is impossible", "give a mean above 0.", "time")
        variance = log(1 + (a["sd"] / a["mean"]) ** 2)
        return (log(a["mean"]) - variance / 2, sqrt(variance))
    other = next(key for key in a if key != "p50")
    if not 0 < a["p50"] <= a[other]:
        raise failed(f"p50 must be above 0 and at most {other}", "swap or correct the percentiles.", "time")
    return (log(a["p50"]), log(a[other] / a["p50"]) / _NORMAL.inv_cdf(float(other[1:]) / 100))


def _uniform(a: dict[str, float]) -> tuple[float, ...]:
    if a["low"] > a["high"]:
        raise failed("uniform's first time is above its second", "write the smaller one first.", "time")
    return (a["low"], a["high"])


Convert = Callable[[dict[str, float]], tuple[float, ...]]
_FAMILIES: dict[str, tuple[Family, tuple[str, ...], Convert]] = {
    "exponential": (Family.EXPONENTIAL, ("mean",), lambda a: (a["mean"],)),
    "lognormal": (
        Family.LOGNORMAL,
        ("p50 p99", "p50 p90", "p50 p95", "p50 p99.9", "mean sd"),
        _lognormal,
    ),
    "normal": (Family.NORMAL, ("mean sd",), lambda a: (a["mean"], a["sd"])),
    "uniform": (Family.UNIFORM, ("low high",), _uniform),
    "erlang": (Family.ERLANG, ("k mean",), lambda a: (a["k"], a["mean"])),
    "hyperexponential": (
        Family.HYPEREXPONENTIAL,
        ("p mean1 mean2",),
        lambda a: (a["p"], a["mean1"], a["mean2"]),
    ),
    "empirical": (Family.EMPIRICAL, ("values",), lambda a: tuple(a.values())),
}


def _normal_mean(p: tuple[float, ...]) -> float:
    """Mean of max(0, N(mean, sd)): m·Φ(m/s) + s·φ(m/s) (the censored normal, Greene, Econometric Analysis)."""
    mean, sd = p
    return mean if sd == 0 else mean * _NORMAL.cdf(mean / sd) + sd * _NORMAL.pdf(mean / sd)


_MEANS: dict[Family, Callable[[tuple[float, ...]], float]] = {
    Family.CONSTANT: lambda p: p[0],
    Family.EXPONENTIAL: lambda p: p[0],
    Family.LOGNORMAL: lambda p: exp(p[0] + p[1] ** 2 / 2),
    Family.NORMAL: _normal_mean,
    Family.UNIFORM: lambda p: (p[0] + p[1]) / 2,
    Family.ERLANG: lambda p: p[1],
    Family.HYPEREXPONENTIAL: lambda p: p[0] * p[1] + (1 - p[0]) * p[2],
    Family.EMPIRICAL: lambda p: sum(p) / len(p),
}


def _normal_variance(p: tuple[float, ...]) -> float:
    """Variance of max(0, N(mean, sd)), from its second moment (m² + s²)·Φ(m/s) + m·s·φ(m/s)."""
    mean, sd = p
    if sd == 0:
        return 0.0
    square = (mean**2 + sd**2) * _NORMAL.cdf(mean / sd) + mean * sd * _NORMAL.pdf(mean / sd)
    return max(0.0, square - _normal_mean(p) ** 2)


def _hyperexponential_variance(p: tuple[float, ...]) -> float:
    first, mean1, mean2 = p
    square = 2 * (first * mean1**2 + (1 - first) * mean2**2)
    return square - (first * mean1 + (1 - first) * mean2) ** 2


_VARIANCES: dict[Family, Callable[[tuple[float, ...]], float]] = {
    Family.CONSTANT: lambda _: 0.0,
    Family.EXPONENTIAL: lambda p: p[0] ** 2,
    Family.LOGNORMAL: lambda p: exp(2 * p[0] + p[1] ** 2) * (exp(p[1] ** 2) - 1),
    Family.NORMAL: _normal_variance,
    Family.UNIFORM: lambda p: (p[1] - p[0]) ** 2 / 12,
    Family.ERLANG: lambda p: p[1] ** 2 / p[0],
    Family.HYPEREXPONENTIAL: _hyperexponential_variance,
    Family.EMPIRICAL: lambda p: sum(value**2 for value in p) / len(p) - (sum(p) / len(p)) ** 2,
}


def _standard_normal(share: float) -> float:
    return -inf if share <= 0 else inf if share >= 1 else _NORMAL.inv_cdf(share)


def _bisect(cdf: Callable[[float], float], scale: float, share: float) -> float:
    if share <= 0 or scale == 0:
        return 0.0
    if share >= 1:
        return inf
    high = scale
    while cdf(high) < share:
        high *= 2
    low = 0.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle) < share else (low, middle)
    return high


def _erlang_share(p: tuple[float, ...], at: float) -> float:
    k, mean = int(p[0]), p[1]
    if mean == 0 or at <= 0:
        return float(at >= 0 and mean == 0)
    x = at * k / mean
    return max(0.0, 1 - sum(exp(i * log(x) - x - lgamma(i + 1)) for i in range(k)))


def _exponential_share(mean: float, at: float) -> float:
    return 1 - exp(-at / mean) if mean else 1.0


def _hyperexponential_share(p: tuple[float, ...], at: float) -> float:
    first, mean1, mean2 = p
    return first * _exponential_share(mean1, at) + (1 - first) * _exponential_share(mean2, at)


def _lognormal_share(p: tuple[float, ...], at: float) -> float:
    return _NORMAL.cdf((log(at) - p[0]) / p[1]) if p[1] and at > 0 else float(at >= exp(p[0]))


_SHARES: dict[Family, Callable[[tuple[float, ...], float], float]] = {
    Family.CONSTANT: lambda p, at: float(at >= p[0]),
    Family.EXPONENTIAL: lambda p, at: _exponential_share(p[0], at),
    Family.LOGNORMAL: _lognormal_share,
    Family.NORMAL: lambda p, at: _NORMAL.cdf((at - p[0]) / p[1]) if p[1] else float(at >= p[0]),
    Family.UNIFORM: lambda p, at: min(1.0, max(0.0, at - p[0]) / (p[1] - p[0])) if p[1] > p[0] else float(at >= p[0]),
    Family.ERLANG: _erlang_share,
    Family.HYPEREXPONENTIAL: _hyperexponential_share,
    Family.EMPIRICAL: lambda p, at: sum(value <= at for value in p) / len(p),
}
"""Distribution functions at times in nanoseconds from 0 on."""


_QUANTILES: dict[Family, Callable[[tuple[float, ...], float], float]] = {
    Family.CONSTANT: lambda p, _: p[0],
    Family.EXPONENTIAL: lambda p, u: p[0] * (-log(1 - u) if u < 1 else inf) if p[0] else 0.0,
    Family.LOGNORMAL: lambda p, u: exp(p[0]) if p[1] == 0 else exp(p[0] + p[1] * _standard_normal(u)),
    Family.NORMAL: lambda p, u: p[0] if p[1] == 0 else max(0.0, p[0] + p[1] * _standard_normal(u)),
    Family.UNIFORM: lambda p, u: p[0] + (p[1] - p[0]) * u,
    Family.ERLANG: lambda p, u: _bisect(lambda at: _erlang_share(p, at), p[1], u),
    Family.HYPEREXPONENTIAL: lambda p, u: _bisect(lambda at: _hyperexponential_share(p, at), max(p[1:]), u),
    Family.EMPIRICAL: lambda p, u: sorted(p)[min(len(p) - 1, max(0, -int(-u * len(p) // 1) - 1))],
}
