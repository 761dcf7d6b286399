"""Figures come with intervals that hold the truth, from bounded memory."""

from random import Random

import pytest

from archspec.observation import samples as module
from archspec.observation.samples import Interval, Samples, quantile_of, share_of


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


@pytest.mark.parametrize(
    ("count", "share", "confidence", "low", "high"),
    [
        (1, 0.5, 0.0, 0, 0),
        (2, 0.5, 0.5, 0, 1),
        (6, 0.5, 0.95, 0, 5),
        (20, 0.5, 0.95, 5, 14),
        (30, 0.9, 0.95, 22, 29),
        (60, 0.5, 0.95, 21, 38),
        (61, 0.5, 0.95, 21, 39),
        (100, 0.5, 0.95, 39, 60),
        (1000, 0.99, 0.95, 982, 997),
        (70, 0.01, 0.5, 0, 2),
        (400, 0.99, 0.95, 391, 399),
    ],
)
def test_an_interval_lies_between_two_order_statistics(
    count: int, share: float, confidence: float, low: int, high: int
) -> None:
    """Up to sixty by summing the binomial distribution; beyond, by the normal one."""
    interval = quantile_of(range(count), share, confidence)
    assert interval == Interval(pytest.approx(share * (count - 1)), low, high)


@pytest.mark.parametrize(
    ("value", "slack", "is_held"),
    [(2, 0, True), (5, 0, True), (1.9, 0, False), (5.1, 0, False), (1, 1, True), (6.1, 1, False)],
)
def test_an_interval_holds_what_lies_between_its_ends(value: float, slack: float, is_held: bool) -> None:
    assert Interval(3, 2, 5).holds(value, slack) is is_held


def test_values_are_sorted_anew_when_one_has_come() -> None:
    samples = sampled(3, 1)
    assert samples.values == [1, 3]
    samples.add(2)
    assert samples.values == [1, 2, 3]


def test_every_second_value_is_left_out_from_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 4)
    assert [sampled(*range(count)).values for count in (4, 5, 7, 9)] == [
        [0, 1, 2, 3],
        [0, 2, 4],
        [0, 2, 4, 6],
        [0, 4, 8],
    ]
    assert sampled(*range(9)).count == 9
