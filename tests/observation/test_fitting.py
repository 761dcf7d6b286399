"""Times are told as closely as there are values for it."""

from random import Random

import pytest

from archspec.observation.fitting import fitted, is_double

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
