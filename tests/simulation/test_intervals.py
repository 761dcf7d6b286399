"""Intervals, percentiles and what is made of them, at each of their limits: hand-worked values."""

from collections.abc import Sequence
from dataclasses import replace
from math import comb, inf
from typing import Any

import pytest

from archspec.model import Objective
from archspec.simulation.distributions import beta, clopper_pearson, student
from archspec.simulation.percentiles import Tally, bucket_of, percentile_of, rank_of, together
from archspec.simulation.results import Estimate, FlowResult, Interval, Latency, Results
from archspec.simulation.statistics import DRIFTS, Window, estimate_of, is_drifting, latency_of, share_of, spread_of
from archspec.simulation.studies.comparison import figure_of
from archspec.simulation.studies.search import Verdict, _verdict
from tests.simulation.given import Given

MS = 10**6
EVEN = [0.0, 1.0] * 10
BLOCKS = ([0.0] * 4 + [1.0] * 4) * 2 + [0.0] * 4


@pytest.mark.parametrize(
    ("share", "count", "rank"),
    [
        *[(0.5, 1, 1), (0.5, 2, 1), (0.5, 3, 2), (0.5, 4, 2), (0.0, 9, 1), (1.0, 9, 9)],
        *[(0.99, 100, 99), (0.99, 101, 100), (0.999, 1000, 999), (0.95, 20, 19), (0.95, 21, 20), (0.9, 10, 9)],
    ],
)
def test_the_nearest_rank(share: float, count: int, rank: int) -> None:
    assert rank_of(share, count) == rank


@pytest.mark.parametrize(
    ("tally", "share", "value"),
    [
        (((5, 5, 1),), 0.5, 5.0),
        (((4, 6, 1),), 0.5, 6.0),
        (((0, 10, 11),), 0.5, 5.0),
        (((0, 10, 2),), 0.5, 0.0),
        (((0, 10, 2),), 0.51, 10.0),
        *[
            (((1, 1, 1), (3, 9, 3), (20, 20, 1)), share, value)
            for share, value in ((0.2, 1.0), (0.21, 3.0), (0.4, 3.0), (0.6, 6.0), (0.8, 9.0), (0.81, 20.0), (1.0, 20.0))
        ],
    ],
)
def test_a_percentile_of_a_tally_spreads_the_times_of_a_bucket_evenly(tally: Tally, share: float, value: float) -> None:
    assert percentile_of(tally, share) == value


def test_a_bucket_is_a_thousandth_of_its_values_wide() -> None:
    assert [bucket_of(value) for value in (0, 1, 1024, 2047, 2048, 4095, 4096, 8191, 8192)] == [
        *[(0, 0), (0, 1), (0, 1024), (0, 2047)],
        *[(1, 1024), (1, 2047), (2, 1024), (2, 2047), (3, 1024)],
    ]
    assert together([((9, 9, 1),), ((3, 3, 2), (9, 9, 4)), ()]) == ((3, 3, 2), (9, 9, 5))
    assert together([((4096, 4098, 2),), ((4097, 4099, 3),)]) == ((4096, 4099, 5),)


@pytest.mark.parametrize("x", [0.001, 0.1, 0.3, 0.5, 0.77, 0.999])
@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 3), (3, 2), (9, 1), (1, 9), (20, 30)])
def test_the_beta_function_is_a_sum_of_the_binomial_distribution(x: float, a: int, b: int) -> None:
    count = a + b - 1
    wanted = sum(comb(count, hits) * x**hits * (1 - x) ** (count - hits) for hits in range(a, count + 1))
    assert beta(x, a, b) == pytest.approx(wanted, rel=1e-9, abs=1e-14)


def test_the_ends_of_distributions() -> None:
    assert [beta(x, 2, 3) for x in (-1, 0, 1, 2)] == [0, 0, 1, 1]
    assert [student(confidence, 5) for confidence in (0.0, 1.0)] == [inf, inf]
    assert clopper_pearson(0, 10, 0.95) == (0.0, pytest.approx(1 - 0.025**0.1))
    assert clopper_pearson(10, 10, 0.95) == (pytest.approx(0.025**0.1), 1.0)
    assert clopper_pearson(5, 10, 0.9) == (pytest.approx(0.22244, abs=1e-5), pytest.approx(0.77756, abs=1e-5))


@pytest.mark.parametrize(
    ("window", "requests", "share", "why"),
    [
        (Window(), 100, None, None),
        (Window(), 99, None, "too few requests: 100 are needed"),
        (Window(), 2000, 0.99, None),
        (Window(), 1999, 0.99, "too few requests: 20 beyond a percentile are needed"),
        (Window(), 40, 0.5, None),
        (Window(), 39, 0.5, "too few requests: 20 beyond a percentile are needed"),
        (Window(100.0, "it"), 1000, None, None),
        (Window(99.9, "it"), 1000, None, "too few requests with it: about 1,100 are needed"),
        (Window(150.0, "it"), 2000, 0.99, None),
        (Window(149.9, "it"), 2000, 0.99, "too few requests with it: about 2,100 are needed"),
        (Window(100.0, "it"), 2000, 0.5, None),
        (Window(50.0, "it"), 2000, 0.5, "too few requests with it: about 4,000 are needed"),
        (Window(0.0, "it"), 1000, None, "with it nothing settles"),
        (Window(why="it changes"), 10**6, None, "it changes"),
    ],
)
def test_a_window_shows_so_much(window: Window, requests: int, share: float | None, why: str | None) -> None:
    assert window.lacks(requests, share) == why


@pytest.mark.parametrize(
    ("batches", "spread"),
    [
        (EVEN, 2.0930 * 0.51299 / 20**0.5),
        (BLOCKS, 2.7764 * 0.54772 / 5**0.5),
        ([0.0, 0.0, 1.0, 1.0] * 5, 2.2622 * 0.52705 / 10**0.5),
        ([3.0] * 20, 0.0),
    ],
)
def test_the_widest_of_twenty_ten_and_five_batches_counts(batches: Sequence[float], spread: float) -> None:
    assert spread_of(batches, 0.95) == pytest.approx(spread, rel=1e-4)


@pytest.mark.parametrize(
    ("batches", "drifts"),
    [
        (EVEN, False),
        ([3.0] * 20, False),
        ([float(place) for place in range(20)], True),
        ([1 + 1e-12 * place for place in range(20)], False),
        ([0.0] * 10 + [1.0] * 10, True),
        (BLOCKS, True),
        ([0.0, 0.0, 1.0, 1.0] * 5, False),
    ],
)
def test_batches_drift_where_each_is_like_the_one_before(batches: list[float], drifts: bool) -> None:
    assert is_drifting(batches) is drifts
    found = estimate_of(7.0, batches, 0.95)
    assert found == (Estimate(7.0, None, DRIFTS) if drifts else Estimate(7.0, spread_of(batches, 0.95)))


def test_without_batches_there_is_no_interval() -> None:
    why = "too few requests: each part of the run needs some"
    assert estimate_of(7.0, [], 0.95) == Estimate(7.0, None, why)
    assert share_of(150, 200, [], 0.95, Window()) == Interval(why=why)


@pytest.mark.parametrize(
    ("good", "count", "batches", "interval"),
    [
        (0, 0, [], None),
        (90, 99, EVEN, Interval(why="too few requests: 100 are needed")),
        (100, 100, [], Interval(*clopper_pearson(100, 100, 0.95))),
        (0, 100, [], Interval(*clopper_pearson(0, 100, 0.95))),
        (150, 200, [0.75] * 20, Interval(*clopper_pearson(150, 200, 0.95))),
        (150, 200, [0.7499, 0.7501] * 10, Interval(*clopper_pearson(150, 200, 0.95))),
        (150, 200, [place / 20 for place in range(20)], Interval(why=DRIFTS)),
    ],
)
def test_a_share_of_requests(good: int, count: int, batches: list[float], interval: Interval | None) -> None:
    assert share_of(good, count, batches, 0.95, Window()) == interval


def test_trials_that_stray_more_count_for_fewer() -> None:
    """Batches of 0.5 and 1 stray by 0.12: so do 0.75 × 0.25 / (0.12 / 1.96)² trials, 50 of 200."""
    batches = [0.5, 1.0] * 10
    trials = 0.75 * 0.25 / (spread_of(batches, 0.95) / 1.959964) ** 2
    assert 45 < trials < 55
    low, high = clopper_pearson(0.75 * trials, trials, 0.95)
    assert share_of(150, 200, batches, 0.95, Window()) == Interval(pytest.approx(low), pytest.approx(high))


def given(*times: int) -> Given:
    import numpy as np

    return Given(np.array(times))


def test_an_interval_that_is_wider_than_its_figure_is_none() -> None:
    alike = latency_of(given(*[10, 10, 11, 9] * 500), 0.95, Window())
    wide = latency_of(given(*([0] * 99 + [10**6]) * 20), 0.95, Window())
    assert alike is not None
    assert wide is not None
    assert (alike.count, alike.spans, alike.mean) == (2000, inf, Estimate(10.0, pytest.approx(0.0, abs=1e-9)))
    assert [name for name, _ in alike.percentiles] == ["p50", "p90", "p95", "p99", "p99.9"]
    assert alike.percentile("p50") == 10
    assert alike.percentile("p75") is None
    assert alike.percentiles[4][1] == Estimate(11, None, "too few requests: 20 beyond a percentile are needed")
    assert wide.mean == Estimate(10_000.0, pytest.approx(0.0, abs=1e-6))
    few = latency_of(given(*[10] * 50), 0.95, Window())
    assert few is not None
    assert few.mean == Estimate(10.0, None, "too few requests: 100 are needed")
    assert latency_of(given(), 0.95, Window()) is None


def flow(objective: dict[str, Any] | None = None, **changed: Any) -> FlowResult:
    promised = None if objective is None else Objective.model_validate(objective)
    found = FlowResult("ask", 100, 100, 0, (), 0, None, None, 10.0, objective=promised)
    return replace(found, **changed)


def timed(value: float, half_width: float | None = None) -> Latency:
    return Latency(100, Estimate(value), (("p99", Estimate(value * MS, half_width and half_width * MS)),))


def succeeding(ok: int, low: float | None, high: float | None) -> dict[str, Any]:
    return {"ok": ok, "failed": (("error", 1000 - ok),), "success_interval": Interval(low, high)}


P99, SUCCESS = {"p99": "100ms"}, {"success": "99%"}


@pytest.mark.parametrize(
    ("found", "wide", "by_value", "verdict"),
    [
        (flow(), 1, False, "holds"),
        (flow(P99, latency=timed(90, 5)), 1, False, "holds"),
        (flow(P99, latency=timed(90, 10)), 1, False, "holds"),
        (flow(P99, latency=timed(90, 11)), 1, False, "not sure either way"),
        (flow(P99, latency=timed(90, 6)), 2, False, "not sure either way"),
        (flow(P99, latency=timed(110, 10)), 1, False, "not sure either way"),
        (flow(P99, latency=timed(110, 9)), 1, False, "misses"),
        (flow(P99, latency=timed(110, 9)), 2, False, "not sure either way"),
        (flow(P99, latency=timed(90)), 1, False, "not sure either way"),
        (flow(P99, latency=timed(90)), 1, True, "holds"),
        (flow(P99, latency=timed(100)), 1, True, "holds"),
        (flow(P99, latency=timed(101)), 1, True, "misses"),
        (flow(P99), 1, False, "not sure either way"),
        (flow(P99), 1, True, "not sure either way"),
        (flow({"p50": "100ms"}, latency=timed(90)), 1, True, "holds"),
        (flow({"p50": "100ms"}, latency=timed(90)), 1, False, "not sure either way"),
        (flow(SUCCESS), 1, False, "holds"),
        (flow(SUCCESS, **succeeding(995, 0.992, 0.997)), 1, False, "holds"),
        (flow(SUCCESS, **succeeding(995, 0.992, 0.997)), 2, False, "not sure either way"),
        (flow(SUCCESS, **succeeding(985, 0.98, 0.989)), 1, False, "misses"),
        (flow(SUCCESS, **succeeding(985, 0.98, 0.989)), 2, False, "not sure either way"),
        (flow(SUCCESS, **succeeding(985, 0.98, 0.992)), 1, False, "not sure either way"),
        (flow(SUCCESS, **succeeding(985, None, None)), 1, False, "not sure either way"),
        (flow(SUCCESS, **succeeding(985, None, None)), 1, True, "misses"),
        (flow(SUCCESS, **succeeding(995, None, None)), 1, True, "holds"),
        (flow(SUCCESS, **succeeding(995, 0.9, None)), 1, False, "not sure either way"),
        (flow(SUCCESS | P99, latency=timed(90, 5), **succeeding(985, 0.98, 0.989)), 1, False, "misses"),
        (flow(SUCCESS | P99, latency=timed(90, 15), **succeeding(985, 0.98, 0.989)), 1, False, "misses"),
        (flow(P99, latency=timed(90, 5), overloaded="too much"), 1, False, "misses"),
    ],
)
def test_a_load_holds_or_breaks_where_all_of_an_interval_does(
    found: FlowResult, wide: float, by_value: bool, verdict: str
) -> None:
    results = Results("Shop", None, 1, 10, 0, (flow(), found), *((),) * 10, None, ())
    assert _verdict(results, wide, by_value=by_value) is Verdict(verdict)
    assert _verdict(replace(results, overloads=("full",)), wide, by_value=by_value) is Verdict.BREAKS


@pytest.mark.parametrize(
    ("found", "missed"),
    [
        (flow(), []),
        (flow(P99, latency=timed(100)), []),
        (flow(P99, latency=timed(100.5)), ["ask p99 is 100.5 ms, 100ms promised"]),
        (flow(P99, latency=timed(123.456)), ["ask p99 is 123 ms, 100ms promised"]),
        (flow(P99), []),
        (flow(P99, latency=timed(123), overloaded="it grows"), ["ask is overloaded: it grows"]),
        (flow(SUCCESS), []),
        (flow(SUCCESS, ok=99, failed=(("error", 1),)), []),
        (flow(SUCCESS, ok=98, failed=(("error", 2),)), ["ask succeeds in 98% of requests, 99% promised"]),
        (flow(SUCCESS, ok=0), []),
        (
            flow(SUCCESS, ok=0, failed=(("error", 2),), overloaded="it grows"),
            ["ask is overloaded: it grows", "ask succeeds in 0% of requests, 99% promised"],
        ),
        (flow(ok=3, failed=(("deadline", 2), ("error", 1))), ["ask is not done by its deadline, None, 2 of 6 times"]),
        (flow(P99, ok=3, failed=(("deadline", 2),)), ["ask is not done by its deadline, None, 2 of 5 times"]),
        (
            flow(SUCCESS, ok=3, failed=(("deadline", 2),)),
            ["ask succeeds in 60% of requests, 99% promised"],
        ),
    ],
)
def test_what_is_missed_is_said_in_a_sentence_each(found: FlowResult, missed: list[str]) -> None:
    assert list(found.missed) == missed


@pytest.mark.parametrize(
    ("name", "value"), [("success", 0.5), ("throughput", 10.0), ("mean", 90.0), ("p99", 90.0 * MS), ("p50", None)]
)
def test_a_figure_by_its_name(name: str, value: float | None) -> None:
    found = flow(ok=1, failed=(("error", 1),), latency=timed(90))
    assert figure_of(found, name) == value
    assert figure_of(flow(ok=0), name) == (10.0 if name == "throughput" else None)
