"""Quantiles that intervals are made with: Student's t, and the exact limits of a share."""

from functools import cache
from math import exp, inf, lgamma, log, log1p, sqrt

HALVINGS = 100
TERMS = 10_000
TINY = 1e-300


@cache
def student(confidence: float, freedom: int) -> float:
    """The two-sided quantile of Student's t distribution.

    >>> round(student(0.95, 19), 3), round(student(0.99, 19), 3), round(student(0.95, 1), 2)
    (2.093, 2.861, 12.71)
    """
    if not 0 < confidence < 1:
        return inf
    found = _quantile(1 - confidence, freedom / 2, 0.5)
    return sqrt(freedom * (1 - found) / found) if found > 0 else inf


def clopper_pearson(successes: float, count: float, confidence: float) -> tuple[float, float]:
    """The exact limits of a share of which so many of `count` independent trials were successes.

    `count` may be less than was counted, and no whole number, where trials hang together (E. L. Korn and B. I.
    Graubard, Survey Methodology 24, 1998).

    >>> [round(limit, 4) for limit in clopper_pearson(9, 10, 0.95)]
    [0.555, 0.9975]
    >>> round(1 - clopper_pearson(1000, 1000, 0.95)[0], 5)
    0.00368
    """
    failures, each = count - successes, (1 - confidence) / 2
    low = 0.0 if successes <= 0 else _quantile(each, successes, failures + 1)
    high = 1.0 if failures <= 0 else _quantile(1 - each, successes + 1, failures)
    return low, high


def _quantile(share: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if beta(middle, a, b) < share else (low, middle)
    return high


def beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (W. H. Press et al., Numerical Recipes, 6.4).

    >>> round(beta(0.5, 2, 3), 10)
    0.6875
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * found


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
