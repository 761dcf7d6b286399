"""Alerts of a run: evaluated as worked out request by request, and what is said of those that cannot be evaluated."""

from fractions import Fraction
from typing import Any

import pytest

from archspec import load_text
from archspec.model import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.percentiles import rank_of
from archspec.simulation.results import RequestResult, Results
from archspec.simulation.simulate import simulate

SHOP = """
archspec: 1
name: Shop
components:
  app: {kind: client}
  shop: {kind: server, logs_to: logs LIMIT}
  db: {kind: database}
  logs: {kind: log_service, metrics_to: metrics}
  metrics: {kind: metrics_service, collects: [requests, failures, latency]}
  slack: {kind: notification_channel}
connections: [app -> shop, shop -> db]
flows:
  show: {from: app, rate: 100/s, steps: [{call: shop, steps: [{call: db}]}]}
  buy: {from: app, rate: 1/s, steps: [{call: shop, steps: [{call: db}]}]}
scenarios:
  calm: {duration: 3m, load: {show: {rate: 100/s, arrivals: even}}}
  broken:
    duration: 3m
    load: {show: {rate: 100/s, arrivals: even}}
    faults: [{fail: db, at: 1m}]
alerts:
  watched: {ALERT, notify: [slack]}
"""


def run(alert: str, scenario: str = "calm", limit: str = "") -> Results:
    text = SHOP.replace("ALERT", alert).replace(" LIMIT", limit)
    return simulate(load_text(text), SimulationOptions(scenario=scenario, warm_up=Duration(0)))


def left_out(results: Results) -> tuple[str, ...]:
    return tuple(note for note in results.notes if not note.startswith("not modelled: "))


def changes(alert: str, scenario: str = "calm", limit: str = "") -> list[tuple[int, str]]:
    results = run(alert, scenario, limit)
    assert left_out(results) == ()
    return [(change.at // 10**9, change.state) for change in results.alerts]


def test_failures_in_the_log_are_counted_per_second() -> None:
    """From 1:00 on the shop answers 502 a hundred times per second; the scrape at 1:15 sees 1500 more."""
    alert = "metric: failures, component: shop, above: 49/s, over: 30s, for: 15s"
    assert changes(alert) == []
    assert changes(alert, "broken") == [(75, "pending"), (90, "firing")]


def test_what_a_rate_limit_turns_away_is_a_failure_in_the_log() -> None:
    """100/s come, 60/s may: 40 answers of 429 per second; a window of 30 s is half empty at 15 s."""
    alert = "metric: failures, component: shop, above: 39/s, over: 30s"
    assert changes(alert, limit=", rate_limit: {rate: 60/s, burst: 1}") == [(30, "pending"), (30, "firing")]


def test_requests_of_a_component_are_counted_per_second() -> None:
    """100 calls of the database per second."""
    assert changes("metric: requests, component: db, above: 101/s") == []
    assert changes("metric: requests, component: db, below: 101/s") == [(15, "pending"), (15, "firing")]


def test_an_alert_on_what_is_not_simulated_is_named() -> None:
    """Nobody says what the latency of a component is."""
    assert left_out(run("metric: latency, component: db, above: 1s")) == (
        "alert watched is not evaluated: latency of a component is not simulated",
    )


def test_an_alert_on_a_flow_without_load_is_named() -> None:
    """Only `show` is asked for in this scenario."""
    assert left_out(run("metric: success_rate, flow: buy, below: 99%")) == (
        "alert watched is not evaluated: no request of buy is part of this load",
    )


def test_a_burn_rate_without_objective_is_named() -> None:
    """There is no budget to burn."""
    assert left_out(run("metric: burn_rate, flow: show, above: 6x")) == (
        "alert watched is not evaluated: a burn_rate needs a flow with an objective for success below 100%",
    )


def test_an_alert_on_what_has_no_limit_is_named() -> None:
    """Utilisation of unlimited cores, and an alert that does not say when it is wrong."""
    assert left_out(run("metric: cpu, component: db, above: 80%")) == (
        "alert watched is not evaluated: db has no `cores`, and no `cpu` of it is used",
    )
    assert left_out(run("metric: requests, component: db")) == ("alert watched is not evaluated: it has no limit",)


def test_whoever_is_named_is_told_of_firing_and_resolving() -> None:
    """Pending tells nobody."""
    found = run("metric: replicas_up, component: db, below: 1", "broken").alerts
    assert [(change.state, change.told) for change in found] == [("pending", ()), ("firing", ("slack",))]


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


SCRAPE, EVALUATION, LENGTH = 7, 4, 600
OBSERVED = f"""
archspec: 1
name: Observed
components:
  user: {{kind: client}}
  api: {{kind: server, slots: 2, queue_limit: 3}}
  metrics: {{kind: metrics_service, scrape_interval: {SCRAPE}ms, evaluation_interval: {EVALUATION}ms}}
connections: [user -> api]
flows:
  ask: {{from: user, rate: 400/s, objective: {{success: 95%}}, steps: [{{call: api, takes: exponential(5ms)}}]}}
alerts: {{watched: {{metric: METRIC, flow: ask, SIDE: LIMIT, over: [50ms, 20ms]}}}}
scenarios: {{run: {{duration: {LENGTH}ms}}}}
"""
MILLISECOND = 10**6


def value_of(metric: str, answers: list[RequestResult]) -> Any:
    good = sorted(each.took or 0 for each in answers if each.status == 200)
    if metric == "success_rate":
        return Fraction(len(good), len(answers)) if answers else None
    if metric == "burn_rate":
        return Fraction(len(answers) - len(good), len(answers)) / Fraction(1, 20) if answers else None
    return good[rank_of(0.9, len(good)) - 1] if good else None


def worked_out(metric: str, side: str, limit: Any, requests: tuple[RequestResult, ...]) -> list[tuple[int, str]]:
    """When it fires and ends, by looking at every answer between the first and the last scrape of each window."""
    changes, is_firing = [], False
    for now in range(0, LENGTH + 1, EVALUATION):
        holds = True
        for over in (50, 20):
            scrapes = [at for at in range(0, LENGTH + 1, SCRAPE) if now - over < at <= now]
            first, last = scrapes[0] * MILLISECOND, scrapes[-1] * MILLISECOND
            inside = [each for each in requests if each.took is not None and first < each.at + each.took <= last]
            value = value_of(metric, inside)
            holds = holds and value is not None and (value > limit if side == "above" else value < limit)
        if holds is not is_firing:
            changes += [(now, "pending"), (now, "firing")] if holds else [(now, "resolved")]
        is_firing = holds
    return changes


@pytest.mark.parametrize(
    ("metric", "side", "text", "limit"),
    [
        ("p90", "above", "12ms", 12 * MILLISECOND),
        ("p90", "below", "12ms", 12 * MILLISECOND),
        ("success_rate", "below", "75%", Fraction(3, 4)),
        ("success_rate", "above", "90%", Fraction(9, 10)),
        ("burn_rate", "above", "5x", 5),
        ("burn_rate", "below", "2x", 2),
    ],
)
def test_an_alert_on_a_flow_is_as_if_it_were_worked_out(metric: str, side: str, text: str, limit: Any) -> None:
    spec = OBSERVED.replace("METRIC", metric).replace("SIDE", side).replace("LIMIT", text)
    results = simulate(load_text(spec), SimulationOptions("run", keep_requests=True))
    found = [(change.at // MILLISECOND, change.state) for change in results.alerts]
    assert found == worked_out(metric, side, limit, results.requests)
    assert len(found) > 5
