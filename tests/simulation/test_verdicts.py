"""What a traced request would do to the alerts, were every request like it."""

from archspec.language import load_text
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import TraceOptions

SHOP = """
archspec: 1
name: Shop
components:
  app: {kind: client}
  shop: {kind: server, logs_to: logs}
  db: {kind: database}
  logs: {kind: log_service, metrics_to: metrics}
  metrics: {kind: metrics_service, collects: [requests, failures]}
  slack: {kind: notification_channel}
connections: [app -> shop, shop -> db]
flows:
  show: {from: app, rate: 150/s, steps: [{call: shop, steps: [{call: db}]}]}
alerts:
  failed: {metric: failures, component: shop, above: 5/s, for: 2m, notify: [slack]}
  asked: {metric: requests, component: shop, above: 200/s, notify: [slack]}
"""


def said(*fail: str) -> list[tuple[str, str, bool]]:
    found = trace(load_text(SHOP), "show", TraceOptions(fail=fail)).alerts
    return [(verdict.alert, verdict.value, verdict.fires) for verdict in found]


def test_requests_that_succeed_are_no_failures_in_the_log() -> None:
    assert said() == [("failed", "0/s", False), ("asked", "150/s", False)]


def test_an_alert_on_failures_counted_in_the_log_fires_at_the_rate_of_the_flow() -> None:
    assert said("db") == [("failed", "150/s", True), ("asked", "150/s", False)]
