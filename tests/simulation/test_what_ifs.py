"""Load levels, replications, comparisons, the search for capacity, timelines, sampled traces."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.model import Architecture, Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Estimate, Latency
from archspec.simulation.sampled_traces import sampled_traces
from archspec.simulation.simulate import run_simulation, simulate
from archspec.simulation.studies.comparison import compare
from archspec.simulation.studies.load_level import at_level
from archspec.simulation.studies.replications import percentile_over, replicate, together
from archspec.simulation.studies.search import find_capacity
from archspec.simulation.timeline import failures_of, timeline
from tests.simulation.given import tally_of

SPEC = """
archspec: 1
name: One desk
components:
  user: {kind: client}
  desk: {kind: server, cores: 1}
connections: [user -> desk]
flows:
  ask:
    from: user
    rate: 50/s
    objective: {success: 99%, p99: 15ms}
    steps: [{call: desk, cpu: CPU}]
scenarios:
  even: {duration: 2s, warm_up: 0s, load: {ask: {arrivals: even}}}
  down:
    duration: 2s
    load: {ask: {arrivals: even}}
    faults: [{at: 1s, for: 200ms, fail: desk}]
  closed: {duration: 1s, load: {ask: {users: 2, think: 90ms}}}
  set: {duration: 1s, set: {ask.rate: 10/s}, load: {ask: {arrivals: even}}}
  typed: {duration: 1s, load: {ask: {arrivals: even, rate: 20/s}}}
"""


def desk(cpu: str = "10ms") -> Architecture:
    return load_text(SPEC.replace("CPU", cpu))


def options(scenario: str) -> SimulationOptions:
    return SimulationOptions(scenario=scenario)


@pytest.mark.parametrize(("scenario", "answered"), [("even", 200), ("closed", 33), ("set", 18), ("typed", 36)])
def test_twice_the_load_is_twice_the_rate_or_the_clients(scenario: str, answered: int) -> None:
    results = simulate(at_level(desk(), scenario, Fraction(2)), options(scenario))
    assert results.flows[0].ok == answered


def test_a_load_file_cannot_be_multiplied() -> None:
    text = SPEC.replace("CPU", "1ms") + "  file: {load: {ask: {shape: file, file: day.csv}}}\n"
    with pytest.raises(UsageError, match=r"the load file day\.csv cannot be multiplied"):
        at_level(load_text(text), "file", Fraction(2))


def test_replications_of_a_system_without_chance_agree() -> None:
    """Three runs of 100 requests each, all of 10 ms: their sum, and an interval of no width."""
    runs = replicate(desk(), options("even"), 3)
    flow = together(runs, 0.95).flows[0]
    assert flow.latency is not None
    assert (flow.offered, flow.ok, flow.latency.mean.value, flow.latency.mean.half_width) == (300, 300, 1e7, 0.0)


def test_replications_differ_and_say_by_how_much() -> None:
    """The interval is Student's over the runs' own means."""
    runs = replicate(desk("exponential(10ms)"), options("even"), 3)
    means = [run.flows[0].latency.mean.value for run in runs if run.flows[0].latency]
    pooled = together(runs, 0.95).flows[0].latency
    assert pooled is not None
    assert pooled.mean.value == pytest.approx(sum(means) / 3)
    middle = sum(means) / 3
    deviation = (sum((mean - middle) ** 2 for mean in means) / 2) ** 0.5
    assert pooled.mean.half_width == pytest.approx(4.302653 * deviation / 3**0.5, rel=1e-6)


def test_a_comparison_pairs_the_runs() -> None:
    """Work that takes 2 ms more makes every answer 2 ms later, in every run."""
    comparison = compare([("10ms", desk("10ms")), ("12ms", desk("12ms"))], options("even"), replications=2)
    figures = {figure.name: figure for figure in comparison.rows[1].figures}
    assert [row.variant for row in comparison.rows] == ["10ms", "12ms"]
    assert figures["mean"].difference is not None
    assert (figures["mean"].difference.value, figures["mean"].difference.half_width) == (2e6, 0.0)


def test_where_nobody_says_how_long_all_variants_run_as_long_as_the_slowest_to_be_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without waiting p99 is known at the first look, of 20,000 requests; with waiting it takes longer."""
    monkeypatch.setattr("archspec.simulation.length.BOUND", 40_000)
    calm, busy = (
        load_text(SPEC.replace("CPU", cpu).replace("rate: 50/s", "rate: 500/s")) for cpu in ("1us", "exponential(1ms)")
    )
    alone = simulate(calm).duration
    comparison = compare([("calm", calm), ("busy", busy)], SimulationOptions())
    assert alone == 40 * 10**9
    assert comparison.duration == simulate(busy).duration > alone


def test_percentiles_of_replications_are_those_of_all_requests() -> None:
    """The middle of 1, 1, 1 and of 1, 3, 3 is 1 and 3; of all six it is 1."""
    runs = [_three(1, 1, 1), _three(1, 3, 3)]
    assert percentile_over(runs, "p50", 0.95).value == 1
    assert percentile_over(runs, "p50", 0.95).why == (
        "too few requests: 20 beyond a percentile are needed in each replication"
    )


def _three(*times: int) -> Latency:
    percentiles = (("p50", Estimate(float(sorted(times)[1]))),)
    return Latency(3, Estimate(sum(times) / 3), percentiles, tally_of(np.array(times)))


def test_a_load_that_would_take_too_many_requests_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """50/s for 2 s are 100 requests; of what 99 cores do easily 400 are run, as 800 would be too many."""
    monkeypatch.setattr("archspec.simulation.studies.search.MOST_REQUESTS", 799)
    unbounded = load_text(SPEC.replace("cores: 1", "cores: 99").replace("CPU", "10ms"))
    capacity = find_capacity(unbounded, options("even"))
    assert [tried.level for tried in capacity.tried] == [1, 2, 4]
    assert capacity.breaks is None


def test_the_capacity_of_one_core() -> None:
    """10 ms of one core: 100/s come through without a wait, twice the spec's 50/s; 0.8% more do not.

    At 129/64 request k waits k · (10 - 9.922) ms: the longer the run, the longer the waits.
    """
    capacity = find_capacity(desk(), options("even"))
    assert capacity.holds is not None
    assert capacity.breaks is not None
    assert (capacity.holds.level, capacity.holds.rates) == (Fraction(2), (("ask", 100.0),))
    assert capacity.breaks.level == Fraction(129, 64)
    (missed,) = capacity.breaks.missed
    assert missed.startswith("ask is overloaded: the cores of `desk` are offered 100.8% of what they can do")


def test_a_load_that_is_too_much_is_searched_downwards() -> None:
    """40 ms of one core bear 25/s, but 15 ms are promised: nothing holds."""
    assert find_capacity(desk("40ms"), options("even")).holds is None


def test_a_load_that_breaks_at_once_is_halved_until_it_holds() -> None:
    """14 ms of one core bear 71/s; below that there is no wait, so p99 stays at 14 ms."""
    heavy = at_level(desk("14ms"), "even", Fraction(4))
    capacity = find_capacity(heavy, options("even"))
    assert capacity.holds is not None
    assert 0.35 < capacity.holds.level < 0.3572


def test_a_timeline_counts_what_each_interval_saw() -> None:
    """A request every 20 ms; the desk is gone from 1.0 s to 1.2 s, so ten are refused; platforms learn too late."""
    run = run_simulation(desk(), replace(options("down"), charts=True))
    series = {one.name: one.values for one in timeline(run)}
    counts = {name: [round((value or 0) * 2 / 60) for value in series[f"ask {name}"]] for name in ("offered", "failed")}
    offered, failed = counts.values()
    assert (len(offered), sum(offered), sum(failed), sum(failed[30:36])) == (60, 100, 10, 10)
    assert series["ask p99"] == tuple(1e7 if value else None for value in series["ask ok"])
    assert failures_of("ask", timeline(run)).keys() == {"refused"}
    assert series["ask failed refused"] == series["ask failed"]


def test_sampled_traces_are_those_that_failed_and_the_slowest() -> None:
    """Two of four failed; their traces begin at their own arrival and end as the run says."""
    run = run_simulation(desk(), replace(options("down"), keep_requests=True))
    kept = sampled_traces(run, 4)
    assert [(one.at, one.trace.status, one.trace.cause, one.trace.response_ns) for one in kept] == [
        (0, 200, None, 10_000_000),
        (20_000_000, 200, None, 10_000_000),
        (1_000_000_000, None, "refused", 0),
        (1_180_000_000, None, "refused", 0),
    ]
    call = kept[1].trace.every_call()[0]
    assert (call.replica, call.sent, call.work[0].start, call.work[0].end) == ("desk-1", 0, 0, 10_000_000)


def test_a_sampled_trace_equals_the_trace_of_that_request() -> None:
    """In an empty system, request K of a run is `trace --sample --number K`."""
    from archspec.simulation.trace import trace
    from archspec.simulation.trace_model import TraceOptions

    spec = desk("uniform(1ms, 9ms)")
    run = run_simulation(spec, replace(options("even"), keep_requests=True))
    kept = sampled_traces(run, 1)[0].trace
    alone = trace(spec, "ask", TraceOptions(sample=True, seed=1, number=kept.options.number))
    assert [replace(call, number=1) for call in kept.every_call()] == list(alone.every_call())


def test_the_duration_of_a_comparison_is_what_was_asked() -> None:
    asked = replace(options("even"), duration=Duration(10**9))
    assert compare([("a", desk())], asked).duration == 10**9
