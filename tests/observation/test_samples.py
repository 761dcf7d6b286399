"""Figures come with intervals that hold the truth, from bounded memory."""

from random import Random

import pytest

from archspec.observation.samples import Interval, Samples, share_of


def sampled(*values: int) -> Samples:
    samples = Samples()
    for value in values:
        samples.add(value)
    return samples


def test_the_median_of_twenty_lies_between_the_sixth_and_the_fifteenth() -> None:
    assert sampled(*range(1, 21)).quantile(0.5) == Interval(10.5, 6, 15)


def test_five_values_tell_no_median_at_95_percent() -> None:
    assert sampled(1, 2, 3, 4, 5).quantile(0.5) is None


def test_a_99th_percentile_needs_299_values() -> None:
    assert sampled(*range(298)).quantile(0.99) is None
    assert sampled(*range(600)).quantile(0.99) is not None


@pytest.mark.parametrize("count", [25, 200])
def test_nineteen_of_twenty_intervals_hold_the_median(count: int) -> None:
    random = Random(1)
    held = 0
    for _ in range(1000):
        interval = sampled(*(round(random.expovariate(1) * 10**6) for _ in range(count))).quantile(0.5)
        held += interval is not None and interval.holds(693_147)
    assert 940 <= held <= 990


def test_of_very_many_values_an_even_part_is_kept() -> None:
    samples = sampled(*range(100_000))
    assert samples.count == 100_000
    assert len(samples.values) <= 8192
    assert samples.values[:3] == [0, 16, 32]


def test_a_share_of_nothing_seen_may_be_more_than_nothing() -> None:
    share = share_of(0, 100)
    assert (share.value, share.low, round(share.high, 3)) == (0.0, 0.0, 0.037)


@pytest.mark.parametrize(
    ("hits", "count", "confidence", "low", "high"),
    [(90, 100, 0.95, 0.82563, 0.94477), (1, 10, 0.95, 0.01788, 0.40415), (10, 10, 0.95, 0.72247, 1.0)],
)
def test_a_share_lies_where_wilson_says(hits: int, count: int, confidence: float, low: float, high: float) -> None:
    share = share_of(hits, count, confidence)
    assert (round(share.low, 5), share.value, round(share.high, 5)) == (low, hits / count, high)
