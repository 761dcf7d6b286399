"""Times are told as closely as there are values for it."""

from math import log
from random import Random

import pytest

from archspec.observation.fitting import duration, fitted, is_double

MS = 10**6


def drawn(count: int, kind: str, seed: int = 1) -> list[int]:
    random = Random(seed)
    draws = {
        "lognormal": lambda: random.lognormvariate(0, 1) * 4 * MS,
        "two kinds": lambda: random.gauss(2, 0.1) * MS if random.random() < 0.5 else random.gauss(40, 0.5) * MS,
    }
    return sorted(round(draws[kind]()) for _ in range(count))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (29, "4.24ms"),
        (99, "lognormal(p50=3.94ms p90=13.9ms)"),
        (999, "lognormal(p50=4.03ms p95=18.6ms)"),
        (5000, "lognormal(p50=3.93ms p99=39.2ms)"),
    ],
)
def test_the_more_values_the_higher_the_percentile(count: int, text: str) -> None:
    assert fitted(drawn(count, "lognormal")) == text


def test_what_is_always_alike_is_a_constant() -> None:
    assert fitted([4_000_000] * 99 + [4_010_000]) == "4ms"


def test_what_no_log_normal_time_fits_is_told_by_twenty_quantiles() -> None:
    values = drawn(1000, "two kinds")
    assert fitted(values).startswith("empirical(1.83ms 1.9ms")
    assert len(fitted(values).split()) == 20
    assert is_double(values)
    assert not is_double(drawn(1000, "lognormal"))


@pytest.mark.parametrize(
    ("nanoseconds", "text"),
    [
        (0, "0ms"),
        (1, "0.000001ms"),
        (71_234, "0.0712ms"),
        (12_449_999, "12.4ms"),
        (100 * MS, "100ms"),
        (999_400_000, "999ms"),
        (999_600_000, "1s"),
        (1_254_000_000, "1.25s"),
        (90 * 10**9, "90s"),
    ],
)
def test_a_time_has_three_digits(nanoseconds: float, text: str) -> None:
    assert duration(nanoseconds) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([0] * 99, "0ms"),
        ([0] * 60 + [MS] * 40, "0ms"),
        ([4 * MS] * 96 + [9 * MS] * 4, "4ms"),
        ([1000 * MS + step * 100_000 for step in range(100)], "1s"),
        ([round(-(10**7) * log(1 - (place + 0.5) / 500)) for place in range(500)], "exponential(10ms)"),
    ],
)
def test_times_are_told_by_the_law_that_fits(values: list[int], text: str) -> None:
    assert fitted(values) == text


@pytest.mark.parametrize(
    ("low", "high", "gap", "is_two"),
    [
        *[(50, 50, 1000, True), (50, 50, 60, False), (49, 50, 1000, False)],
        *[(95, 5, 1000, True), (96, 4, 1000, False), (5, 95, 1000, True), (4, 96, 1000, False)],
    ],
)
def test_two_heaps_are_told_from_one_by_the_gap_between_them(low: int, high: int, gap: int, is_two: bool) -> None:
    values = [*range(1000, 1000 + low), *range(1000 + low + gap, 1000 + low + gap + high)]
    assert is_double(values) is is_two
