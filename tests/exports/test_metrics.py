"""PromQL of every metric, and what a run would have written of it."""

import json
from fractions import Fraction
from itertools import pairwise

import pytest
import yaml

from archspec.errors import UsageError
from archspec.exports import exports
from archspec.exports.export import Exporting, Notes
from archspec.exports.metrics.convention import CONVENTIONS
from archspec.exports.metrics.of_components import of_component
from archspec.exports.metrics.promql import any_of, duration, go_duration, number, quoted, selector, window
from archspec.exports.metrics.rule_tests import rule_tests
from archspec.exports.requests import requests_of
from archspec.exports.settings import FlowMetrics, Prometheus, Settings
from archspec.language import load_text

SPEC = """archspec: 1
name: Shop
components:
  user: {kind: client}
  api: {kind: server, cores: 0.5, memory: 2KiB}
  bare: {kind: server}
  jobs: {kind: queue, technology: rabbitmq}
  log: {kind: topic, technology: kafka}
  mails: {kind: queue, technology: sqs}
connections: [user -> api -> jobs, user -> bare]
flows:
  ask: {from: user, request: GET /, rate: 10/s, steps: [{call: api, takes: 30ms}]}
  tell: {from: user, request: PUT /, rate: 5/s, steps: [{call: bare, takes: 30ms}]}
alerts: {bad: {metric: success_rate, below: 99%, for: 1m}, idle: {metric: requests, component: api, below: 1/s}}
scenarios: {short: {duration: 2m, faults: [{fail: api, at: 30s, for: 30s}]}}
"""
COUNTED = ("calls", "errors", "shed", "rate_limited", "failures")
NONE: dict[str, str | None] = dict.fromkeys(("cpu", "memory", "queue_length", "requests", "failures", "own"))
UP = '(sum(up{job="%s"}) or vector(0))'


def asked(convention: str = "otel", **flows: FlowMetrics) -> Exporting:
    prometheus = Prometheus(convention=convention, buckets=(0.025, 0.25), flows=flows)  # type: ignore[arg-type]
    return Exporting(load_text(SPEC), "a.yaml", Settings(prometheus=prometheus), "short")


@pytest.mark.parametrize(
    ("convention", "component", "queries"),
    [
        (
            "otel",
            "api",
            {
                "cpu": 'sum(rate(process_cpu_seconds_total{job="api"}[5m])) / (0.5 * count(up{job="api"} == 1))',
                "memory": 'sum(avg_over_time(process_resident_memory_bytes{job="api"}[5m]))'
                ' / (2048 * count(up{job="api"} == 1))',
                "replicas_up": UP % "api",
            },
        ),
        ("otel", "bare", {"replicas_up": UP % "bare"}),
        (
            "istio",
            "jobs",
            {
                "replicas_up": UP % "jobs",
                "queue_length": 'sum(avg_over_time(rabbitmq_queue_messages_ready{queue="jobs"}[5m]))',
            },
        ),
        (
            "otel",
            "log",
            {
                "replicas_up": UP % "log",
                "queue_length": 'sum(avg_over_time(kafka_consumergroup_lag{topic="log"}[5m]))',
            },
        ),
        ("otel", "mails", {"replicas_up": UP % "mails"}),
        *[
            (
                "archspec",
                name,
                {
                    "cpu": f'sum(rate(archspec_component_core_seconds_total{{component="{name}"}}[5m]))'
                    f' / sum(rate(archspec_component_core_seconds_available_total{{component="{name}"}}[5m]))',
                    "replicas_up": f'sum(archspec_component_replicas_up{{component="{name}"}})',
                    "queue_length": waiting % name,
                    "requests": f'sum(rate(archspec_component_calls_total{{component="{name}"}}[5m]))',
                    "failures": f'sum(rate(archspec_component_failures_total{{component="{name}"}}[5m]))',
                },
            )
            for name, waiting in (
                ("bare", 'sum(rate(archspec_component_queued_seconds_total{component="%s"}[5m]))'),
                ("jobs", 'sum(avg_over_time(archspec_component_queue_length{component="%s"}[5m]))'),
                ("log", 'sum(avg_over_time(archspec_component_queue_length{component="%s"}[5m]))'),
            )
        ],
    ],
)
def test_metrics_of_components(convention: str, component: str, queries: dict[str, str]) -> None:
    exporting, notes = asked(convention), Notes()
    wanted = NONE | queries
    of = exporting.architecture.components[component]
    assert {name: of_component(exporting, of, name, "5m", notes) for name in wanted} == wanted
    assert notes.told == [
        f'component {component}: nothing says how `{name}` is measured; write `{name} = "…"`'
        f" in [prometheus.components.{component}]"
        for name, query in wanted.items()
        if query is None
    ]


@pytest.mark.parametrize(
    ("nanoseconds", "prometheus", "go", "older"),
    [
        (0, "0s", "0s", "-1ms"),
        (999_999, "0s", "0s", "-1ms"),
        (10**6, "1ms", "1ms", "0ms"),
        (1_999_999, "1ms", "1ms", "0ms"),
        (1500 * 10**6, "1500ms", "1500ms", "1499ms"),
        (10**9, "1s", "1s", "999ms"),
        (90 * 10**9, "90s", "90s", "89999ms"),
        (120 * 10**9, "2m", "2m", "119999ms"),
        (3600 * 10**9, "1h", "1h", "3599999ms"),
        (2 * 86400 * 10**9, "2d", "48h", "172799999ms"),
    ],
)
def test_times(nanoseconds: int, prometheus: str, go: str, older: str) -> None:
    assert (duration(nanoseconds), go_duration(nanoseconds)) == (prometheus, go)
    assert (window(nanoseconds, 3), window(nanoseconds, 2)) == (prometheus, older)


def test_pieces_of_a_query() -> None:
    assert selector("up") == selector("up", "", "") == "up"
    assert selector("up", 'a="b"', "", 'c="d"') == 'up{a="b",c="d"}'
    assert quoted('a\\b"c\nd') == '"a\\\\b\\"c\\nd"'
    assert any_of(["a.b", "c+"]) == "a\\.b|c\\+"
    assert any_of([".+*?()[]{}|^$\\a"]) == "\\.\\+\\*\\?\\(\\)\\[\\]\\{\\}\\|\\^\\$\\\\a"
    assert [number(each) for each in (Fraction(1, 4), Fraction(1, 3), 0.1, 7)] == ["0.25", repr(1 / 3), "0.1", "7"]


def fed_in(exporting: Exporting) -> dict[str, list[int]]:
    """Each series that a test of the rules feeds in."""
    tests = rule_tests(exporting, Notes())
    assert tests is not None
    (test,) = tests["tests"]
    return {each["series"]: [int(value) for value in each["values"].split()] for each in test["input_series"]}


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_counter_stands_at_a_million_when_a_run_begins_and_never_falls(convention: str) -> None:
    """But for what archspec counts of components, which stands at 0, and for its gauges."""
    for name, values in fed_in(asked(convention)).items():
        assert len(values) == 9
        if name.startswith(("archspec_component_replicas", "archspec_component_queue_length")):
            assert max(values) < 100
        else:
            is_counted = name.startswith(tuple(f"archspec_component_{each}_total" for each in COUNTED))
            assert values[0] == (0 if is_counted else 10**6)
            assert values == sorted(values)


def test_a_run_writes_what_was_good_and_what_was_bad_in_its_buckets() -> None:
    """Every answer takes 30 ms; while the server is down, none is good."""
    of_ask = {
        name.replace('job="api",http_request_method="GET",http_route="/"', "").removeprefix(
            "http_server_request_"
        ): values
        for name, values in fed_in(asked()).items()
        if 'job="api"' in name
    }
    good, bad = (
        of_ask['duration_seconds_count{,http_response_status_code="200"}'],
        of_ask['duration_seconds_count{,http_response_status_code="500"}'],
    )
    buckets = {name[50:]: values for name, values in of_ask.items() if name.startswith("duration_seconds_bucket")}
    assert list(buckets.values()) == [[10**6] * 9, good, good]
    assert [after > before for before, after in pairwise(good)] == [True, True, False, False, *[True] * 4]
    assert [after > before for before, after in pairwise(bad)] == [False, False, True, True, *[False] * 4]


@pytest.mark.parametrize(
    ("convention", "flows", "reason"),
    [
        ("otel", {}, None),
        ("otel", {"ask": FlowMetrics(component="bare")}, None),
        ("otel", {"ask": FlowMetrics(component="nowhere")}, "not every flow that it watches is measured"),
        ("otel", {"ask": FlowMetrics(match='a="b"')}, "how a flow of it is measured is the team's own"),
        ("otel", {"tell": FlowMetrics(latency="b")}, "how a flow of it is measured is the team's own"),
        ("otel", {"ask": FlowMetrics(success="a")}, "how a flow of it is measured is the team's own"),
        ("otel", {"ask": FlowMetrics(total="a")}, "how a flow of it is measured is the team's own"),
        ("archspec", {"ask": FlowMetrics(match='a="b"')}, None),
    ],
)
def test_an_alert_is_foretold_where_its_metrics_hold_just_what_the_run_counts(
    convention: str, flows: dict[str, FlowMetrics], reason: str | None
) -> None:
    notes = Notes()
    tests = rule_tests(asked(convention, **flows), notes)
    assert (tests is not None) is (reason is None)
    assert [note for note in notes.told if "alert bad: it is not" in note] == (
        [f"alert bad: it is not tested: {reason}"] if reason else []
    )


@pytest.mark.parametrize("name", exports())
def test_a_spec_with_nothing_to_write_gives_no_text(name: str) -> None:
    flow = "{from: user, rate: 1/s, steps: [{call: files, takes: 1ms}]}"
    components = "{user: {kind: client}, files: {kind: external}}"
    spec = f"archspec: 1\nname: A\ncomponents: {components}\nconnections: [user -> files]\nflows: {{ask: {flow}}}\n"
    assert exports()[name].write(Exporting(load_text(spec), "a.yaml"), Notes()) == ""


@pytest.mark.parametrize(
    ("rate", "unit", "count"),
    [("3/s", "1s", 3), ("90/min", "1m", 90), ("0.5/s", "1m", 30), ("7/h", "1h", 7), ("0.5/h", "1h", 1)],
)
def test_k6_is_told_a_rate_as_a_whole_number(rate: str, unit: str, count: int) -> None:
    """In the shortest unit in which it is one; else as near as an hour tells it, and once at least."""
    system = load_text(SPEC.replace("rate: 10/s", f"rate: {rate}"))
    script = exports()["k6"].write(Exporting(system, "a.yaml"), Notes())
    told = json.loads(script.partition("options = ")[2].partition(";\n")[0])["scenarios"]["ask"]
    assert (told["timeUnit"], told["rate"], told["duration"]) == (unit, count, "5m")


@pytest.mark.parametrize(
    ("load", "start", "stages"),
    [
        ("{rate: 3/s}", 3, [(120, 3)]),
        ("{rate: 2x}", 20, [(120, 20)]),
        ("{}", 10, [(120, 10)]),
        ("{until: 30s}", 10, [(30, 10)]),
        ("{until: 300s}", 10, [(120, 10)]),
        ("{users: 4}", 0, [(120, 0)]),
        ("{shape: ramp, to: 40/s, over: 60s}", 10, [(60, 40), (60, 40)]),
        ("{shape: ramp, to: 40/s, over: 120s}", 10, [(120, 40)]),
        ("{shape: ramp, to: 40/s, over: 180s}", 10, [(120, 30)]),
        ("{shape: ramp, to: 40/s, over: 0s}", 40, [(120, 40)]),
        ("{shape: ramp, rate: 4/s, to: 2x, over: 60s, until: 90s}", 4, [(60, 20), (30, 20)]),
        ("{shape: spike, to: 40/s, at: 30s, for: 60s}", 10, [(30, 10), (0, 40), (60, 40), (0, 10), (30, 10)]),
        ("{shape: spike, to: 40/s, at: 30s, for: 90s}", 10, [(30, 10), (0, 40), (90, 40)]),
        ("{shape: spike, to: 40/s, at: 0s, for: 60s}", 10, [(60, 40), (0, 10), (60, 10)]),
        ("{shape: spike, to: 40/s, at: 120s, for: 60s}", 10, [(120, 10)]),
    ],
)
def test_a_load_is_sent_in_stages(load: str, start: int, stages: list[tuple[int, int]]) -> None:
    system = load_text(SPEC.replace("duration: 2m", f"duration: 2m, load: {{ask: {load}}}"))
    (sent,) = requests_of(Exporting(system, "a.yaml", scenario="short"), Notes())
    assert (sent.start, [(stage.length // 10**9, stage.rate) for stage in sent.stages]) == (start, stages)


@pytest.mark.parametrize(
    ("objective", "seconds"),
    [("{success: 99%}", 1.0), ("{p50: 1ms, p99: 900ms}", 1.0), ("{p50: 7s, p99: 2500ms}", 7.0)],
)
def test_who_sends_is_patient_for_as_long_as_the_slowest_answer_promised(objective: str, seconds: float) -> None:
    system = load_text(SPEC.replace("rate: 10/s,", f"rate: 10/s, objective: {objective},"))
    assert [sent.patience for sent in requests_of(Exporting(system, "a.yaml"), Notes())] == [seconds, 1.0]


def test_a_load_of_no_time_sends_nothing() -> None:
    with pytest.raises(UsageError, match="a load that lasts 0s sends nothing; write how long"):
        list(requests_of(Exporting(load_text(SPEC), "a.yaml", duration=0), Notes()))


def test_without_more_said_the_first_draws_are_foretold() -> None:
    written = exports()["chaos-mesh"].write(Exporting(load_text(SPEC), "a.yaml"), Notes())
    assert yaml.safe_load(written)["metadata"]["annotations"]["archspec/prediction"].startswith("by archspec, seed 1: ")


def test_an_experiment_needs_a_command_and_a_promise() -> None:
    assert exports()["chaos-toolkit"].write(asked(), Notes()) == ""


def test_what_a_team_says_of_its_success_is_one_figure_wherever_it_stands() -> None:
    said = FlowMetrics(success="good[{window}]", total="all[{window}]")
    spec = SPEC.replace("rate: 10/s,", "rate: 10/s, objective: {success: 99%},").replace(
        "alerts: {", "alerts: {burnt: {metric: burn_rate, flow: ask, above: 2x}, "
    )
    exporting = Exporting(load_text(spec), "a.yaml", Settings(prometheus=Prometheus(flows={"ask": said})))
    rules = yaml.safe_load(exports()["prometheus-rules"].write(exporting, Notes()))
    assert rules["groups"][0]["rules"][0]["expr"] == "(1 - (good[5m]) / (all[5m])) / 0.01 > 2"
    board = yaml.safe_load(exports()["grafana"].write(exporting, Notes()))
    shown = {each["title"]: each["targets"][0]["expr"] for each in board["panels"] if "targets" in each}
    assert shown["Success, 99% promised"] == "1 - (1 - (good[$__rate_interval]) / (all[$__rate_interval]))"
