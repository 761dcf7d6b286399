"""Alerts."""

import pytest

from archspec.model import Alert
from tests.model.specs import mistakes, spec

PARTS = "components: {a: {kind: client}, b: {kind: server}}\nflows: {f: {from: a, steps: [{call: b}]}}\n"


def alert(fields: str) -> Alert:
    return spec(PARTS + f"alerts: {{x: {{{fields}}}}}\n").alerts["x"]


@pytest.mark.parametrize(
    ("fields", "threshold"),
    [
        ("metric: success_rate, below: 95%", "95%"),
        ("metric: success_rate, below: 0.95", "95%"),
        ("metric: p99.9, flow: f, above: 2s", "2s"),
        ("metric: request_rate, above: 10/s", "10/s"),
        ("metric: burn_rate, flow: f, above: 14.4x", "14.4x"),
        ("metric: cpu, component: b, above: 80%", "80%"),
        ("metric: replicas_up, component: b, below: 2", "2"),
        ("metric: heat, component: b, above: 40", "40"),
        ("metric: cpu, component: b", "None"),
    ],
)
def test_a_threshold_is_written_in_the_unit_of_its_metric(fields: str, threshold: str) -> None:
    assert str(alert(fields).threshold) == threshold


@pytest.mark.parametrize(
    ("fields", "windows"),
    [
        ("metric: success_rate", ["5m"]),
        ("metric: cpu, component: b", ["1m"]),
        ("metric: memory, component: b", ["1m"]),
        ("metric: success_rate, over: 1h", ["1h"]),
        ("metric: burn_rate, over: [1h, 5m]", ["1h", "5m"]),
    ],
)
def test_the_window_is_said_or_follows_from_the_metric(fields: str, windows: list[str]) -> None:
    assert [str(window) for window in alert(fields).windows] == windows


def test_an_alert_has_its_defaults() -> None:
    plain = alert("metric: success_rate")
    assert (plain.severity, str(plain.for_), str(plain.keep_firing_for), plain.notify) == ("warning", "0s", "0s", ())


@pytest.mark.parametrize(
    ("fields", "message", "remedy"),
    [
        ("metric: cpu, component: b, above: 1%, below: 2%", "`above` and `below` are both given", "keep one of them."),
        (
            "metric: p99, flow: f, component: b",
            "`flow` and `component` are both given",
            "keep the one that the metric is of.",
        ),
        ("metric: p99, component: b", "p99 is a metric of flows", "name a `flow` instead of a component."),
        ("metric: cpu, above: 80%", "cpu is not a metric of flows", "add `component`."),
        ("metric: succes_rate, flow: f", "succes_rate is not a metric of flows", "did you mean `success_rate`?"),
        ("metric: p99, above: 80%", "`80%` is not a threshold for p99", "write it as `400ms`."),
        ("metric: cpu, component: b, above: 80", "`80` is not a threshold for cpu", "write it as `95%`."),
        (
            "metric: cpu, component: b, above: hot",
            "`hot` is not a threshold",
            "write it as `95%`, `400ms`, `10/s`, `6x` or a bare count, by its metric.",
        ),
        ("above: 80%", "an alert `x` has no `metric`", "add `metric: …`."),
    ],
)
def test_a_wrong_alert_is_refused_with_a_remedy(fields: str, message: str, remedy: str) -> None:
    assert mistakes(PARTS + f"alerts: {{x: {{{fields}}}}}\n") == [(message, remedy)]
