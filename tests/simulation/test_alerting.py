"""Alerts, as Prometheus evaluates them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.language import load_text
from archspec.model.alert import Alert
from archspec.simulation.alerting import (
    Seen,
    Watched,
    Window,
    evaluate,
    flow_breach,
    flow_reader,
    rate,
    time_limit,
)
from archspec.simulation.options import SimulationOptions
from archspec.simulation.percentiles import rank_of
from archspec.simulation.simulate import simulate

MINUTE = 60 * 10**9


def watched(bad_minutes: set[int], minutes: int) -> Watched:
    """A metric that is wrong in some minutes and right in the others, sampled every 30 s."""
    samples = list(range(0, minutes * MINUTE + 1, MINUTE // 2))

    def breached(window: Window) -> bool:
        return samples[window.last] // MINUTE in bad_minutes

    return Watched(samples, breached)


def seen(
    samples: list[int], good: list[int], bad: list[int], took: list[int] | None = None, limits: tuple[int, ...] = ()
) -> Seen:
    """Answers at these moments, the good ones after so long."""
    answers = list(zip(good, took or [1] * len(good), strict=True))
    return Seen(
        samples,
        [sum(at <= sample for at in good) for sample in samples],
        [sum(at <= sample for at in bad) for sample in samples],
        {
            limit: [sum(at <= sample and time <= limit for at, time in answers) for sample in samples]
            for limit in limits
        },
    )


def between(first: int, last: int, start: int = 0, end: int = 0) -> Window:
    return Window(start, end, first, last)


def changes(alert: Alert, bad_minutes: set[int], minutes: int) -> list[tuple[int, str]]:
    found = evaluate(alert, watched(bad_minutes, minutes), MINUTE, minutes * MINUTE)
    return [(change.at // MINUTE, change.state) for change in found]


def alert(**fields: object) -> Alert:
    return Alert.model_validate({"id": "a", "metric": "success_rate", "below": "95%", "over": "1m", **fields})


def test_for_ten_minutes_fires_at_the_eleventh_true_evaluation() -> None:
    """True at minutes 5 to 20: pending at 5, firing at 15."""
    assert changes(alert(**{"for": "10m"}), set(range(5, 21)), 25) == [(5, "pending"), (15, "firing"), (21, "resolved")]


def test_one_false_evaluation_resets_a_pending_alert() -> None:
    """Ten true, one false, ten true: never firing."""
    bad = set(range(1, 11)) | set(range(12, 22))
    assert changes(alert(**{"for": "10m"}), bad, 23) == [
        (1, "pending"),
        (11, "inactive"),
        (12, "pending"),
        (22, "inactive"),
    ]


def test_without_for_an_alert_fires_in_the_same_evaluation() -> None:
    """Both transitions are listed."""
    assert changes(alert(), {3}, 5) == [(3, "pending"), (3, "firing"), (4, "resolved")]


def test_an_alert_keeps_firing_for_a_while() -> None:
    """First false at 5, kept for 3 minutes: resolved at 8."""
    assert changes(alert(keep_firing_for="3m"), {3, 4}, 9) == [(3, "pending"), (3, "firing"), (8, "resolved")]


def test_whoever_is_named_is_told_of_firing_and_resolving() -> None:
    """Pending tells nobody."""
    found = evaluate(alert(notify=["slack"]), watched({3}, 5), MINUTE, 5 * MINUTE)
    assert [(change.state, change.told) for change in found] == [
        ("pending", ()),
        ("firing", ("slack",)),
        ("resolved", ("slack",)),
    ]


def test_a_flow_without_traffic_has_no_success_rate() -> None:
    """No answers between the samples: no value, so not true."""
    read = flow_reader("success_rate", seen([0, 10, 20], [5], []), None)
    assert (read(between(0, 1)), read(between(1, 2))) == (1, None)


def test_a_scrape_has_seen_what_happened_at_its_moment() -> None:
    """An answer at exactly 10 counts for the sample at 10."""
    read = flow_reader("success_rate", seen([0, 10], [10], [10]), None)
    assert read(between(0, 1)) == 0.5


def test_the_burn_rate_is_the_failure_rate_over_the_allowed_one() -> None:
    """Half failed, 0.1% allowed: 500 times too fast."""
    read = flow_reader("burn_rate", seen([0, 10], [5], [6]), Fraction(999, 1000))
    assert read(between(0, 1)) == 500


def test_a_sample_sees_the_response_times_of_the_answers_since_the_one_before() -> None:
    """One request each 10 ms takes 4 ms, and is answered before the next sample."""
    spec = """
archspec: 1
name: Sampled
components: {user: {kind: client}, api: {kind: server}, metrics: {kind: metrics_service, scrape_interval: 10ms}}
connections: [user -> api]
flows: {ask: {from: user, rate: 100/s, steps: [{call: api, takes: 4ms}]}}
scenarios: {run: {duration: 30ms, load: {ask: {arrivals: even}}}}
"""
    series = {one.name: one.values for one in simulate(load_text(spec), SimulationOptions("run")).series}
    assert (series["ask answers"], series["ask p50"]) == ((100, 100, 100), (4e6, 4e6, 4e6))


@pytest.mark.parametrize("side", ["above", "below"])
@given(times=st.lists(st.tuples(st.integers(1, 50), st.integers(1, 5))), limit=st.integers(1, 5))
def test_a_percentile_is_compared_as_if_it_were_worked_out(side: str, times: list[tuple[int, int]], limit: int) -> None:
    """Counting times on one side of the limit says the same as the percentile itself, in every window."""
    rule = Alert.model_validate({"id": "a", "metric": "p90", side: f"{limit}us"})
    asked = (time_limit(rule) or 0,)
    answers = seen([0, 10, 20, 30, 40, 50], [at for at, _ in times], [], [1000 * took for _, took in times], asked)
    breached = flow_breach(rule, answers, None)
    assert breached is not None
    for first in range(5):
        inside = sorted(1000 * took for at, took in times if at > 10 * first)
        value = inside[rank_of(0.9, len(inside)) - 1] if inside else None
        expected = value is not None and (value > 1000 * limit if side == "above" else value < 1000 * limit)
        assert breached(between(first, 5)) is expected


SECOND = 10**9
EVERY_15S = [15 * SECOND * number for number in range(41)]


def test_a_rate_in_a_full_window_is_the_increase_over_what_was_sampled() -> None:
    """(5 m, 10 m] has 20 samples from 5:15 to 10:00: 2,850 in 285 s, not in 300."""
    window = Window(300 * SECOND, 600 * SECOND, 21, 40)
    assert rate(window, EVERY_15S, 3150, 2850) == 10


def test_a_rate_goes_no_further_back_than_where_its_counter_was_0() -> None:
    """(0, 1 m] from 15 s on: 450 in 45 s, the counter stood at 20, so 2 s earlier at 0: 450 · 47/45 / 60."""
    assert rate(Window(0, 60 * SECOND, 1, 4), EVERY_15S, 20, 450) == Fraction(450 * 47, 45 * 60)


def test_a_window_that_begins_before_the_first_sample_has_a_rate_over_all_of_it() -> None:
    """(-4 m, 1 m] has samples at 0, 15, …, 60; the counter was 0 at the first: 600 in 60 s, over 300."""
    assert rate(Window(-240 * SECOND, 60 * SECOND, 0, 4), EVERY_15S, 0, 600) == 2


def test_a_gap_at_the_end_of_a_window_is_bridged_by_half_a_distance() -> None:
    """The last sample is 20 s before the end: 300 in 30 s, and 15 s before and 7.5 s after, over 65 s."""
    window = Window(0, 65 * SECOND, 1, 3)
    assert rate(window, EVERY_15S, 1000, 300) == Fraction(10 * 105, 130)


def test_a_rate_takes_two_samples_and_a_gauge_one() -> None:
    """A window as long as a scrape interval is left open, so it has one sample."""
    assert rate(Window(0, 15 * SECOND, 1, 1), EVERY_15S, 0, 0) is None
    gauge = Watched(EVERY_15S, lambda window: window.last == window.first == 4)
    changes_ = evaluate(alert(over="15s"), gauge, 15 * SECOND, MINUTE)
    assert [change.at // SECOND for change in changes_ if change.state == "firing"] == [60]
