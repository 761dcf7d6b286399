"""Traces for other tools: each format is read back by what defines it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from archspec.language import load_text
from archspec.reports.lanes import lanes_of
from archspec.reports.report import Traces
from archspec.reports.spans import spans_of
from archspec.reports.traces.chrome import chrome
from archspec.reports.traces.jaeger import jaeger
from archspec.reports.traces.otlp import otlp
from archspec.reports.traces.speedscope import speedscope
from archspec.reports.traces.zipkin import zipkin
from archspec.simulation.sampled_traces import SampledTrace
from archspec.simulation.trace import trace
from tests.needs import is_installed
from tests.reports.trace.test_formats import slow_payment

HAS_OTLP = is_installed("otlp")
needs_otlp = pytest.mark.skipif(not HAS_OTLP, reason="the extra `otlp` is not installed")

SCHEMA = json.loads((Path(__file__).parent / "speedscope.schema.json").read_text(encoding="utf-8"))
EPOCH = 1_700_000_000 * 10**9
SIDES = [
    ("user", None, "POST /orders; now", "client", 0, 61),
    ("user", None, "shop", "client", 0, 61),
    ("shop", "shop-1", "shop", "server", 0, 61),
    ("shop", "shop-1", "stock reserve", "client", 5, 8),
    ("stock", "stock-1", "reserve", "server", 5, 8),
    ("shop", "shop-1", "stock price", "client", 5, 9),
    ("stock", "stock-1", "price", "server", 5, 9),
    ("shop", "shop-1", "pay charge", "client", 9, 29),
    ("pay", "pay-1", "charge", "server", 9, 49),
    ("shop", "shop-1", "pay charge", "client", 39, 59),
    ("pay", "pay-1", "charge", "server", 39, 79),
    ("shop", "shop-1", "later", "producer", 59, 61),
    ("later", "later-1", "later", "server", 59, 61),
    ("crew", "crew-1", "crew", "consumer", 61, 91),
]


def sampled() -> SampledTrace:
    return SampledTrace(0, slow_payment())


def test_the_spans_are_both_sides_of_each_call() -> None:
    """Caller and callee with their own times; who works on for nobody outlasts its caller."""
    found = [
        (s.service, s.replica, s.name, s.kind.value, s.start // 10**6, s.end // 10**6) for s in spans_of(sampled())
    ]
    assert found == SIDES


def test_ids_are_a_function_of_the_trace() -> None:
    """The same trace has the same ids; the same request at another time has others."""
    first, again = spans_of(sampled()), spans_of(sampled())
    later = spans_of(SampledTrace(1, slow_payment()))
    assert first == again
    assert {span.span_id for span in first}.isdisjoint(span.span_id for span in later)


def test_spans_of_one_lane_nest() -> None:
    """Parallel branches and work for nobody have lanes of their own."""
    placed = lanes_of(spans_of(sampled()))
    assert [(span.service, span.name, lane) for span, lane in placed if lane] == [
        ("shop", "stock price", 1),
        ("stock", "price", 1),
        ("pay", "charge", 1),
        ("pay", "charge", 2),
    ]
    for one, lane in placed:
        for other, where in placed:
            if lane == where and one.start <= other.start < one.end:
                assert other.end <= one.end or other.start == one.start


def proto(line: str, message: Any) -> Any:
    """OTLP/JSON read back: ids from hex to bytes, all else by protobuf's own parser, which knows every field."""
    from base64 import b64encode

    from google.protobuf.json_format import ParseDict

    def bytes_again(value: Any) -> Any:
        if isinstance(value, list):
            return [bytes_again(item) for item in value]
        if isinstance(value, dict):
            return {
                key: b64encode(bytes.fromhex(item)).decode() if key in IDS else bytes_again(item)
                for key, item in value.items()
            }
        return value

    return ParseDict(bytes_again(json.loads(line)), message)


IDS = ("traceId", "spanId", "parentSpanId")


@needs_otlp
def test_otlp_is_what_its_protocol_says() -> None:
    """Spans, logs and metrics parse as their export requests, with the times, kinds and parents of the trace."""
    from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    traces, logs = otlp(Traces((sampled(),), EPOCH)).splitlines()
    request = proto(traces, ExportTraceServiceRequest())
    spans = {s.span_id: s for r in request.resource_spans for scope in r.scope_spans for s in scope.spans}
    services = [r.resource.attributes[0].value.string_value for r in request.resource_spans]
    assert services == ["user", "shop", "stock", "pay", "later", "crew"]
    assert len(spans) == len(SIDES)
    roots = [s for s in spans.values() if not s.parent_span_id]
    assert [(s.name, s.kind, s.start_time_unix_nano, s.end_time_unix_nano) for s in roots] == [
        ("POST /orders; now", 3, EPOCH, EPOCH + 61_000_000)
    ]
    assert all(s.parent_span_id in spans for s in spans.values() if s.parent_span_id)
    assert {len(s.trace_id) for s in spans.values()} == {16}
    records = proto(logs, ExportLogsServiceRequest())
    bodies = [
        (record.severity_text, record.body.string_value, record.span_id in spans)
        for resource in records.resource_logs
        for scope in resource.scope_logs
        for record in scope.log_records
    ]
    assert bodies == [
        ("error", "charge: pay gave no answer (timeout)", True),
        ("error", "charge: pay gave no answer (timeout)", True),
        ("info", "request from user: 200", True),
    ]


@needs_otlp
def test_a_span_that_begins_at_zero_says_so() -> None:
    """Protobuf's JSON leaves out zeros; whoever reads OTLP/JSON by hand takes a missing time for no number."""
    data = json.loads(otlp(Traces((sampled(),))).splitlines()[0])
    first = data["resourceSpans"][0]["scopeSpans"][0]["spans"][0]
    assert (first["startTimeUnixNano"], first["endTimeUnixNano"]) == ("0", "61000000")


@needs_otlp
def test_otlp_metrics_are_increments_and_single_observations() -> None:
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

    from archspec.language import load_text
    from archspec.simulation.trace import trace

    text = """
archspec: 1
name: Watched
components:
  user: {kind: client}
  api: {kind: server, cores: 1, metrics_to: metrics}
  metrics: {kind: metrics_service}
connections: [user -> api]
flows: {ask: {from: user, steps: [{call: api, cpu: 5ms}]}}
"""
    line = otlp(Traces((SampledTrace(0, trace(load_text(text), "ask")),), EPOCH)).splitlines()[-1]
    request = proto(line, ExportMetricsServiceRequest())
    (metrics,) = [scope.metrics for r in request.resource_metrics for scope in r.scope_metrics]
    found = {metric.name: metric for metric in metrics}
    assert found["requests_total"].sum.data_points[0].as_int == 1
    assert found["requests_total"].sum.is_monotonic
    assert found["request_seconds"].histogram.data_points[0].sum == 0.005


def test_zipkin_has_the_fields_of_version_2() -> None:
    """As in Zipkin's api/v2/spans: hex ids, times in microseconds of at least 1, tags as strings."""
    spans = json.loads(zipkin(Traces((sampled(),), EPOCH)))
    assert len(spans) == len(SIDES)
    assert spans[0] == {
        "traceId": spans[0]["traceId"],
        "id": spans[0]["id"],
        "name": "POST /orders; now",
        "kind": "CLIENT",
        "timestamp": EPOCH // 1000,
        "duration": 61_000,
        "localEndpoint": {"serviceName": "user"},
        "tags": {
            "archspec.system": "Pay later",
            "archspec.flow": "buy",
            "archspec.degraded": "true",
            "archspec.outcome": "200",
        },
    }
    for span in spans:
        assert len(bytes.fromhex(span["traceId"])) == 16
        assert len(bytes.fromhex(span["id"])) == 8
        assert span["kind"] in ("CLIENT", "SERVER", "PRODUCER", "CONSUMER")
        assert span["duration"] >= 1
        assert all(isinstance(value, str) for value in span["tags"].values())
    timeouts = [span["tags"]["error"] for span in spans if "error" in span["tags"]]
    assert timeouts == ["timeout", "timeout"]


def test_jaeger_has_the_fields_of_its_api() -> None:
    """Traces with their processes, parents as references into the same trace, typed tags."""
    (found,) = json.loads(jaeger(Traces((sampled(),), EPOCH)))["data"]
    assert [process["serviceName"] for process in found["processes"].values()] == [
        *("user", "shop", "stock", "pay", "later", "crew")
    ]
    root, asking, *_ = found["spans"]
    assert root == {
        "traceID": found["traceID"],
        "spanID": root["spanID"],
        "operationName": "POST /orders; now",
        "references": [],
        "startTime": EPOCH // 1000,
        "duration": 61_000,
        "tags": [
            {"key": "archspec.system", "type": "string", "value": "Pay later"},
            {"key": "archspec.flow", "type": "string", "value": "buy"},
            {"key": "archspec.degraded", "type": "bool", "value": True},
            {"key": "archspec.outcome", "type": "string", "value": "200"},
            {"key": "span.kind", "type": "string", "value": "client"},
        ],
        "logs": [],
        "processID": "p1",
        "warnings": None,
    }
    assert asking["references"] == [{"refType": "CHILD_OF", "traceID": found["traceID"], "spanID": root["spanID"]}]
    errors = [
        span["operationName"]
        for span in found["spans"]
        if {"key": "error", "type": "bool", "value": True} in span["tags"]
    ]
    assert errors == ["pay charge", "pay charge"]


def test_chrome_events_are_complete_and_nest_in_their_thread() -> None:
    events = json.loads(chrome(Traces((sampled(), SampledTrace(10**9, slow_payment())))))["traceEvents"]
    complete = [event for event in events if event["ph"] == "X"]
    assert [(event["name"], event["ts"], event["dur"], event["tid"]) for event in complete[:3]] == [
        ("user: POST /orders; now", 0, 61_000, 0),
        ("user: shop", 0, 61_000, 0),
        ("shop-1: shop", 0, 61_000, 0),
    ]
    assert {event["pid"] for event in complete} == {1, 2}
    assert len(complete) == 2 * len(SIDES)


def test_speedscope_keeps_to_its_schema() -> None:
    """The schema is that of speedscope 1.25.0; frames open and close like brackets, in order of time."""
    data = json.loads(speedscope(Traces((sampled(),), EPOCH)))
    jsonschema.validate(data, SCHEMA)
    for profile in data["profiles"]:
        stack: list[int] = []
        times = [event["at"] for event in profile["events"]]
        assert times == sorted(times)
        for event in profile["events"]:
            if event["type"] == "O":
                stack.append(event["frame"])
            else:
                assert stack.pop() == event["frame"]
        assert stack == []


@pytest.mark.parametrize("write", [chrome, pytest.param(otlp, marks=needs_otlp), speedscope, zipkin])
def test_the_same_trace_is_written_to_the_same_bytes(write: Any) -> None:
    assert write(Traces((sampled(),), EPOCH)) == write(Traces((sampled(),), EPOCH))


UNKNOWN = """
archspec: 1
name: Nothing is known of time
components:
  a: {kind: client}
  b: {kind: server}
connections: [a -> b]
flows:
  f: {from: a, steps: [{call: b, WORK}]}
"""


@pytest.mark.parametrize(("work", "unknown"), [("does: read", True), ("takes: 0ms", False)])
@pytest.mark.parametrize("write", [chrome, zipkin, speedscope])
def test_a_format_that_needs_times_says_where_none_is_known(write: Any, work: str, unknown: bool) -> None:
    found = SampledTrace(0, trace(load_text(UNKNOWN.replace("WORK", work)), "f"))
    text = write(Traces((found,), EPOCH))
    assert ("time_unknown" in text or "time unknown" in text) is unknown
