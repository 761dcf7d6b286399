"""Alerts over a whole run: every metric of the language, and what is said of those that cannot be evaluated."""

from archspec import load_text
from archspec.model.quantities import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Results
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
