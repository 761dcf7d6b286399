"""Replications as one result: what becomes of each figure of two runs, and of one that only one of them has."""

from collections.abc import Iterable
from dataclasses import fields, replace
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from archspec.language import load_text
from archspec.model import Duration
from archspec.simulation.distributions import clopper_pearson
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import (
    ComponentResult,
    Estimate,
    FlowResult,
    FunctionResult,
    Interval,
    JobResult,
    Latency,
    PoolResult,
    QueueResult,
    Results,
    SessionResult,
    SubscriptionResult,
)
from archspec.simulation.studies.replications import mean_of, percentile_over, run_often, together

LISTS: dict[str, type] = {
    "components": ComponentResult,
    "queues": QueueResult,
    "subscriptions": SubscriptionResult,
    "pools": PoolResult,
    "jobs": JobResult,
    "sessions": SessionResult,
    "functions": FunctionResult,
}
MOST = {"most_lag", "oldest", "longest_delay", "most_waiting", "most_running", "most_handshakes", "longest_below"}
NAMES = {"component", "queue", "topic", "subscriber", "connection", "flow", "function"}


def made(kind: type, value: int, names: str = "a") -> Any:
    """A result whose every figure is this."""
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(kind).items():
        if name in {field.name for field in fields(kind)}:
            found[name] = names if name in NAMES else () if name == "intervals" else _value(hint, value)
    return kind(**found)


def _value(hint: Any, value: int) -> Any:
    kinds = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    return value > 6 if bool in kinds else float(value) if float in kinds else value


def run(value: int, **changed: Any) -> Results:
    found: dict[str, Any] = {name: (made(kind, value),) for name, kind in LISTS.items()}
    found |= {"system": "Shop", "scenario": None, "seed": value, "duration": 10, "warm_up": 0, "flows": ()}
    found |= {"alerts": (), "events": (), "series": (), "bottleneck": None, "assumed": (), "notes": ("noted",)}
    return Results(**found | changed)


def expected(kind: type, field: str, values: Iterable[int]) -> Any:
    """Of figures 4 and 8: their sum, mean, greatest or least."""
    found = list(values)
    if field == "least_connected":
        return float(min(found))
    if field == "is_below":
        return any(value > 6 for value in found)
    if field == "p99_wait" or get_type_hints(kind)[field] in (float, float | None):
        return sum(found) / len(found)
    return max(found) if field in MOST or field == "most" else sum(found)


@pytest.mark.parametrize("name", LISTS)
def test_counts_are_sums_and_other_figures_means_or_extremes(name: str) -> None:
    kind = LISTS[name]
    (found,) = getattr(together([run(4), run(8)], 0.95), name)
    wanted = {f.name: expected(kind, f.name, (4, 8)) for f in fields(kind) if f.name not in (*NAMES, "intervals")}
    assert {field: getattr(found, field) for field in wanted} == wanted


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("queues", "jobs", "sessions")])
def test_what_only_the_first_run_has_is_its_own(name: str) -> None:
    first = run(4)
    empty: dict[str, Any] = {name: ()}
    (found,) = getattr(together([first, run(8, **empty)], 0.95), name)
    assert found == getattr(first, name)[0]


@pytest.mark.parametrize("name", LISTS)
def test_each_is_put_together_with_its_own(name: str) -> None:
    kind = LISTS[name]
    both: dict[str, Any] = {name: (made(kind, 1, "a"), made(kind, 3, "b"))}
    turned = both if name in ("jobs", "sessions") else {name: both[name][::-1]}
    found = getattr(together([run(0, **both), run(0, **turned)], 0.95), name)
    assert found == tuple(getattr(together([run(0, **{name: (each,)})] * 2, 0.95), name)[0] for each in both[name])


def test_a_figure_that_one_run_lacks_is_the_mean_of_the_others() -> None:
    lacking = replace(made(PoolResult, 8), busy=None, mean_wait=None, p99_wait=None)
    (pool,) = together([run(4), run(8, pools=(lacking,))], 0.95).pools
    assert (pool.busy, pool.mean_wait, pool.p99_wait, pool.mean_waiting) == (4.0, 4.0, 4.0, 6.0)
    (pool,) = together([run(8, pools=(lacking,))] * 2, 0.95).pools
    assert (pool.busy, pool.mean_wait, pool.p99_wait) == (None, None, None)
    unseen = replace(made(SubscriptionResult, 8), mean_delay=None, longest_delay=None, cap=None, busy=None)
    (subscription,) = together([run(8, subscriptions=(unseen,))] * 2, 0.95).subscriptions
    assert (subscription.mean_delay, subscription.longest_delay, subscription.cap) == (None, None, None)
    idle = replace(made(ComponentResult, 8), core_utilisation=None)
    (component,) = together([run(4), run(8, components=(idle,))], 0.95).components
    assert component.core_utilisation == 4.0


def test_intervals_of_components_are_over_the_runs_where_each_has_the_figure() -> None:
    def with_intervals(**values: float) -> Results:
        intervals = tuple((name, Estimate(value, 9.0)) for name, value in values.items())
        return run(1, components=(replace(made(ComponentResult, 1), intervals=intervals),))

    runs = [with_intervals(waiting=1.0, shed_share=1.0), with_intervals(waiting=2.0), with_intervals(waiting=3.0)]
    (component,) = together(runs, 0.95).components
    assert component.intervals == (("waiting", mean_of([1.0, 2.0, 3.0], 0.95)),)


def test_one_run_is_itself_and_of_several_the_first_tells_what_happened() -> None:
    first, second = run(4, overloads=()), run(8, overloads=("full",), notes=("other",))
    assert together([first], 0.95) is first
    found = together([first, second], 0.9)
    assert (found.seed, found.overloads, found.alerts) == (4, ("full",), first.alerts)
    assert found.notes == (
        "noted",
        "2 replications: counts are sums, percentiles are those of all requests, other figures means over the "
        "replications; intervals at 90%; alerts, events and charts are those of the first",
    )


def latency(*times: int, spans: float = 100.0) -> Latency:
    found = tuple(sorted(times))
    middle = Estimate(float(found[(len(found) - 1) // 2]))
    mean = Estimate(sum(found) / len(found))
    return Latency(len(found), mean, (("p50", middle),), tuple((time, time, 1) for time in found), spans)


def flow(ok: int, failed: dict[str, int], **changed: Any) -> FlowResult:
    found = FlowResult(
        flow="ask",
        offered=ok + sum(failed.values()) + 1,
        ok=ok,
        degraded=ok // 2,
        failed=tuple(failed.items()),
        in_flight=1,
        latency=latency(*range(1, ok + 1)) if ok else None,
        failed_latency=None,
        throughput=ok / 10,
    )
    return replace(found, **changed)


def test_requests_of_a_flow_are_added_up() -> None:
    one = flow(40, {"timeout": 3}, overloaded=None)
    two = flow(80, {"refused": 2, "timeout": 1}, overloaded="too much", failed_latency=latency(7))
    (found,) = together([run(1, flows=(one,)), run(2, flows=(two,))], 0.95).flows
    assert (found.offered, found.ok, found.degraded, found.in_flight) == (128, 120, 60, 2)
    assert (found.failed, found.throughput, found.overloaded) == ((("timeout", 4), ("refused", 2)), 6.0, "too much")
    assert found.latency is not None
    assert (found.latency.count, found.latency.mean.value, found.latency.spans) == (120, 30.5, 100.0)
    assert found.latency.percentiles[0][1].value == 30.0  # of the 120 together
    once = Estimate(7.0, None, "one replication")
    assert found.failed_latency == Latency(1, once, (("p50", once),), ((7, 7, 1),), 100.0)


@pytest.mark.parametrize(
    ("runs", "trials"),
    [([(40, 10)], 50), ([(40, 10), (40, 10)], 100), ([(50, 0), (50, 0)], 100), ([(0, 0), (40, 10)], 50)],
)
def test_the_interval_of_success_is_of_all_requests_where_the_runs_agree(
    runs: list[tuple[int, int]], trials: int
) -> None:
    flows = [flow(ok, {"timeout": bad}) for ok, bad in runs]
    (found,) = together([run(1, flows=(each,)) for each in (*flows, flow(0, {}))], 0.95).flows
    ok = sum(ok for ok, _ in runs)
    assert found.success_interval == Interval(*clopper_pearson(ok, trials, 0.95))


def test_the_interval_of_success_is_wider_where_the_runs_stray() -> None:
    """40 and 20 of 50: a standard error of the mean of 0.2 × 12.706 / 1.96, and so many trials as would have it."""
    flows = [flow(40, {"timeout": 10}), flow(20, {"timeout": 30})]
    (found,) = together([run(1, flows=(each,)) for each in flows], 0.95).flows
    trials = 0.6 * 0.4 / (0.2 * 12.7062 / 1.95996) ** 2
    wanted = clopper_pearson(0.6 * trials, trials, 0.95)
    interval = found.success_interval
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(wanted[0], abs=1e-4), pytest.approx(wanted[1], abs=1e-4))


def test_without_a_request_that_ended_there_is_no_interval_of_success() -> None:
    (found,) = together([run(1, flows=(flow(0, {}),))] * 2, 0.95).flows
    assert (found.success_interval, found.latency) == (None, None)


@pytest.mark.parametrize(
    ("counts", "spans", "why"),
    [
        ((40, 40), 30.0, None),
        ((40, 39), 30.0, "too few requests: 20 beyond a percentile are needed in each replication"),
        ((40, 40), 29.9, "the replications are too short for queues that change so slowly"),
        ((40,), 1.0, "one replication"),
    ],
)
def test_a_percentile_over_runs_has_an_interval_where_each_is_long_enough(
    counts: tuple[int, ...], spans: float, why: str | None
) -> None:
    runs = [latency(*range(place, place + count), spans=spans) for place, count in enumerate(counts, 1)]
    found = percentile_over(runs, "p50", 0.95)
    assert found.why == why
    assert found.half_width == (None if why else pytest.approx(12.7062 * 0.5, abs=1e-3))


def test_replications_are_as_long_as_the_first_and_tell_how_far_they_are() -> None:
    spec = """archspec: 1
name: Shop
components: {user: {kind: client}, api: {kind: server}}
connections: [user -> api]
flows: {ask: {from: user, rate: 50/s, steps: [{call: api, cpu: exponential(5ms)}]}}
"""
    told: list[float] = []
    options = SimulationOptions(duration=Duration(2 * 10**9), seed=3)
    results, first = run_often(load_text(spec), options, 3, told.append)
    alone, _ = run_often(load_text(spec), options)
    assert first.options.charts
    assert (told == sorted(told), told[-1]) == (True, 1.0)
    assert max(share for share in told if share <= 1 / 3) == pytest.approx(1 / 3)
    assert alone.flows[0].offered < results.flows[0].offered < 4 * alone.flows[0].offered
    assert alone.series == results.series
