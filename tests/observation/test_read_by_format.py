"""What each format makes of a document, field by field, and which documents it takes for its own."""

from base64 import b64encode
from typing import Any

import pytest

from archspec.observation.ids import span_id, trace_id
from archspec.observation.span import CountedCalls, ObservedSpan, Side
from archspec.observation.trace_format import format_of, trace_formats

TRACE, OTHER = "0" * 31 + "1", "0" * 31 + "2"


def read(name: str, document: object) -> list[ObservedSpan | CountedCalls]:
    return list(trace_formats()[name].read(document))


def spanned(**changed: object) -> ObservedSpan:
    """A span about which little is said."""
    bare = ObservedSpan(TRACE, 2, 0, "unknown_service", "", Side.UNSAID, 1000, 1000, False, {})
    return bare._replace(**changed)  # type: ignore[arg-type]


ZIPKIN = {"traceId": "1", "id": "2", "timestamp": 1}
OTLP = {"traceId": "1", "spanId": "2", "startTimeUnixNano": "1000", "endTimeUnixNano": "1000"}
JAEGER = {"traceID": "1", "spanID": "2", "startTime": 1}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, {}),
        ({"parentId": "3", "name": "get", "duration": 4}, {"parent": 3, "name": "get", "end": 5000}),
        ({"timestamp": None}, {"start": 0, "end": 0}),
        ({"localEndpoint": {"serviceName": "web"}}, {"service": "web"}),
        ({"localEndpoint": {"serviceName": ""}}, {}),
        ({"localEndpoint": None, "remoteEndpoint": None, "tags": None, "name": None, "kind": None}, {}),
        *[({"kind": side.name}, {"side": side}) for side in Side if side not in (Side.UNSAID, Side.INTERNAL)],
        ({"kind": "strange"}, {}),
        ({"tags": {"http.route": "/", "colour": "red"}}, {"attributes": {"http.route": "/"}}),
        ({"tags": {"error": "boom"}}, {"failed": True, "attributes": {"error": "boom"}}),
        ({"tags": {"error": "False"}}, {"attributes": {"error": "False"}}),
        ({"tags": {"error": "0"}}, {"attributes": {"error": "0"}}),
        ({"tags": {"error": ""}}, {"failed": True, "attributes": {"error": ""}}),
        ({"remoteEndpoint": {"serviceName": "db"}}, {"attributes": {"peer.service": "db"}}),
        ({"remoteEndpoint": {"serviceName": "db"}, "kind": "SERVER"}, {"side": Side.SERVER}),
        (
            {"remoteEndpoint": {"serviceName": "db"}, "kind": "CLIENT"},
            {"side": Side.CLIENT, "attributes": {"peer.service": "db"}},
        ),
        (
            {"remoteEndpoint": {"serviceName": "kafka"}, "kind": "PRODUCER"},
            {"side": Side.PRODUCER, "attributes": {"messaging.system": "kafka"}},
        ),
        (
            {"remoteEndpoint": {"serviceName": "kafka"}, "kind": "CONSUMER"},
            {"side": Side.CONSUMER, "attributes": {"messaging.system": "kafka"}},
        ),
        (
            {"remoteEndpoint": {"serviceName": "db"}, "tags": {"peer.service": "told"}},
            {"attributes": {"peer.service": "told"}},
        ),
    ],
)
def test_a_span_of_zipkin(said: dict[str, Any], told: dict[str, Any]) -> None:
    assert read("zipkin", [[ZIPKIN | said]]) == [spanned(**told)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, {}),
        ({"parentSpanId": "3", "name": "get", "endTimeUnixNano": 5000}, {"parent": 3, "name": "get", "end": 5000}),
        ({"kind": "SPAN_KIND_CLIENT"}, {"side": Side.CLIENT}),
        *[({"kind": kind}, {"side": Side.INTERNAL}) for kind in (1, "1", "SPAN_KIND_INTERNAL")],
        *[({"kind": kind}, {"side": Side.SERVER}) for kind in (2, "2", "SPAN_KIND_SERVER")],
        *[({"kind": kind}, {"side": Side.CLIENT}) for kind in (3, "3", "SPAN_KIND_CLIENT")],
        *[({"kind": kind}, {"side": Side.PRODUCER}) for kind in (4, "4", "SPAN_KIND_PRODUCER")],
        *[({"kind": kind}, {"side": Side.CONSUMER}) for kind in (5, "5", "SPAN_KIND_CONSUMER")],
        ({"kind": 6}, {}),
        *[({"status": {"code": code}}, {"failed": True}) for code in (2, "2", "STATUS_CODE_ERROR")],
        *[({"status": status}, {}) for status in ({}, None, {"code": 1}, {"code": 0}, {"code": "STATUS_CODE_OK"})],
        (
            {"attributes": [{"key": "http.route", "value": {"stringValue": "/"}}, {"key": "colour", "value": {}}]},
            {"attributes": {"http.route": "/"}},
        ),
        ({"attributes": [{"key": "http.route", "value": {}}]}, {"attributes": {"http.route": None}}),
        ({"attributes": [{"key": "http.route"}]}, {"attributes": {"http.route": None}}),
        ({"links": [{"traceId": "2", "spanId": "7"}, {"traceId": "3", "spanId": "8"}]}, {"link": (OTHER, 7)}),
        ({"links": [{"trace_id": "2", "span_id": "7"}]}, {"link": (OTHER, 7)}),
        ({"links": []}, {}),
    ],
)
def test_a_span_of_otlp(said: dict[str, Any], told: dict[str, Any]) -> None:
    spans = [{"spans": [OTLP | said]}]
    asked = [{"resourceSpans": [{"scopeSpans": spans}]}, {"resource_spans": [{"scope_spans": spans}]}]
    asked += [{"resourceSpans": [{"instrumentationLibrarySpans": spans, "resource": {}}]}]
    for document in asked:
        assert read("otlp", document) == [spanned(**told)]
    assert read("otlp", asked) == [spanned(**told)] * 3
    assert read("tempo", {"batches": asked[0]["resourceSpans"]}) == [spanned(**told)]
    assert read("tempo", {"trace": {"batches": asked[0]["resourceSpans"]}}) == [spanned(**told)]
    assert read("tempo", {"trace": asked[1]}) == [spanned(**told)]


def test_a_span_of_otlp_takes_what_its_resource_says_under_its_own_words() -> None:
    resource = [("service.name", "web"), ("host.name", "a"), ("hostname", "b")]
    attributes = [{"key": key, "value": {"stringValue": value}} for key, value in resource]
    spans = [OTLP, OTLP | {"attributes": [{"key": "hostname", "value": {"stringValue": "c"}}]}]
    document = {"resourceSpans": [{"resource": {"attributes": attributes}, "scopeSpans": [{"spans": spans}, {}]}]}
    assert read("otlp", document) == [
        spanned(service="web", attributes={"host.name": "a", "hostname": "b"}),
        spanned(service="web", attributes={"host.name": "a", "hostname": "c"}),
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, {}),
        ({"operationName": "get", "duration": 4}, {"name": "get", "end": 5000}),
        ({"duration": None}, {}),
        ({"parentSpanID": "3"}, {"parent": 3}),
        ({"references": [{"spanID": "3"}]}, {"parent": 3}),
        ({"references": [{"traceID": "01", "spanID": "3"}, {"traceID": "1", "spanID": "4"}]}, {"parent": 3}),
        ({"references": [{"spanID": "3"}], "parentSpanID": "5"}, {"parent": 5}),
        ({"references": [{"traceID": "2", "spanID": "3"}, {"traceID": "3", "spanID": "4"}]}, {"link": (OTHER, 3)}),
        (
            {"references": [{"traceID": "2", "spanID": "3"}, {"traceID": "1", "spanID": "4"}]},
            {"link": (OTHER, 3), "parent": 4},
        ),
        ({"references": None, "tags": None}, {}),
        ({"tags": [{"key": "colour", "value": "red"}]}, {}),
        ({"tags": [{"key": "error", "value": True}]}, {"failed": True, "attributes": {"error": True}}),
        ({"tags": [{"key": "error", "value": "false"}]}, {"attributes": {"error": "false"}}),
        ({"tags": [{"key": "error", "value": 0}]}, {"attributes": {"error": 0}}),
        ({"tags": [{"key": "error", "value": ""}]}, {"attributes": {"error": ""}}),
        ({"tags": [{"key": "error"}]}, {"failed": True, "attributes": {"error": None}}),
        *[
            ({"tags": [{"key": "span.kind", "value": word}]}, {"side": side, "attributes": {"span.kind": word}})
            for word, side in (("client", Side.CLIENT), ("Server", Side.SERVER), ("odd", Side.UNSAID))
        ],
        ({"processID": "p1"}, {"service": "web", "attributes": {"hostname": "a"}}),
        (
            {"processID": "p1", "tags": [{"key": "hostname", "value": "b"}]},
            {"service": "web", "attributes": {"hostname": "b"}},
        ),
        ({"processID": "p2"}, {}),
        ({"processID": "p3"}, {}),
        ({"process": {"serviceName": "own"}, "processID": "p1"}, {"service": "own"}),
    ],
)
def test_a_span_of_jaeger(said: dict[str, Any], told: dict[str, Any]) -> None:
    processes = {"p1": {"serviceName": "web", "tags": [{"key": "hostname", "value": "a"}]}, "p2": {}}
    trace = {"traceID": "1", "spans": [JAEGER | said], "processes": processes}
    for document in (trace, {"data": [trace]}, [trace]):
        assert read("jaeger", document) == [spanned(**told)]


def test_a_trace_of_jaeger_without_processes() -> None:
    assert read("jaeger", {"traceID": "1", "spans": [JAEGER], "processes": None}) == [spanned()]


PAIR = {"client": "web", "server": "db"}
MESH = {"source_workload": "web", "destination_workload": "api"}


def answer(metric: dict[str, str], *values: float) -> dict[str, Any]:
    """Of a query over a range, or at an instant where there is one value."""
    points = [[1000 + 60 * at, str(value)] for at, value in enumerate(values)]
    found = {"values": points} if len(values) > 1 else {"value": points[0]}
    return {"data": {"result": [{"metric": metric, **found}]}}


@pytest.mark.parametrize(
    ("document", "calls"),
    [
        (answer(PAIR, 7), CountedCalls("web", "db", 7)),
        (answer(PAIR, 7, 9, 14), CountedCalls("web", "db", 7, 0, 120)),
        (answer(PAIR, 7, 9, 3), CountedCalls("web", "db", 2, 0, 120)),
        (answer(PAIR | {"__name__": "traces_service_graph_request_total"}, 7), CountedCalls("web", "db", 7)),
        (answer(PAIR | {"__name__": "traces_service_graph_request_failed_total"}, 7), CountedCalls("web", "db", 0, 7)),
        (answer(PAIR | {"__name__": "traces_service_graph_request_seconds_sum"}, 7), None),
        (answer(PAIR | {"connection_type": "database"}, 7), CountedCalls("web", "db", 7, kind="database")),
        (
            'traces_service_graph_request_total{client="a \\"b\\"",server="db"} 4 1700000',
            CountedCalls('a "b"', "db", 4),
        ),
        ('traces_service_graph_request_failed_total{client="a",server="db"} 4', CountedCalls("a", "db", 0, 4)),
        ('traces_service_graph_request_seconds_sum{client="a",server="db"} 4', None),
        ("# TYPE traces_service_graph_request_total counter", None),
    ],
)
def test_a_service_graph(document: object, calls: CountedCalls | None) -> None:
    assert trace_formats()["service-graph"].recognises(document)
    assert read("service-graph", document) == ([calls] if calls else [])


@pytest.mark.parametrize(
    ("labels", "calls"),
    [
        ({}, CountedCalls("web", "api", 7)),
        ({"reporter": "source"}, CountedCalls("web", "api", 7)),
        ({"reporter": "waypoint"}, CountedCalls("web", "api", 7)),
        ({"reporter": "destination"}, None),
        ({"source_workload": "unknown"}, CountedCalls("user", "api", 7)),
        ({"source_workload": ""}, CountedCalls("user", "api", 7)),
        ({"destination_workload": "unknown"}, None),
        ({"destination_workload": "", "destination_service_name": "unknown"}, None),
        ({"destination_workload": "", "destination_service_name": "stripe.com"}, CountedCalls("web", "stripe.com", 7)),
        ({"destination_service_name": "stripe.com"}, CountedCalls("web", "api", 7)),
        ({"response_code": "200"}, CountedCalls("web", "api", 7)),
        ({"response_code": "503"}, CountedCalls("web", "api", 7, 7)),
        ({"response_code": "405"}, CountedCalls("web", "api", 7)),
        ({"request_protocol": "grpc"}, CountedCalls("web", "api", 7, kind="grpc")),
        ({"__name__": "istio_tcp_connections_opened_total"}, CountedCalls("web", "api", 7, kind="tcp")),
        ({"__name__": "istio_tcp_connections_closed_total"}, None),
    ],
)
def test_a_series_of_istio(labels: dict[str, str], calls: CountedCalls | None) -> None:
    metric = {"__name__": "istio_requests_total", **MESH, **labels}
    assert read("istio", answer(metric, 7)) == ([calls] if calls else [])


FLOW = {
    "verdict": "FORWARDED",
    "source": {"workloads": [{"name": "web"}]},
    "destination": {"workloads": [{"name": "api"}]},
    "l4": {"TCP": {"flags": {"SYN": True}}},
}


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ({}, CountedCalls("web", "api", 1)),
        *[({"verdict": verdict}, CountedCalls("web", "api", 1)) for verdict in ("REDIRECTED", "TRACED")],
        *[({"verdict": verdict}, None) for verdict in ("DROPPED", "ERROR", "AUDIT")],
        ({"is_reply": True}, None),
        ({"is_reply": False}, CountedCalls("web", "api", 1)),
        ({"traffic_direction": "EGRESS"}, CountedCalls("web", "api", 1)),
        ({"traffic_direction": "INGRESS"}, None),
        ({"l4": {"TCP": {"flags": {"SYN": True, "ACK": True}}}}, None),
        ({"l4": {"TCP": {"flags": {"ACK": True}}}}, None),
        ({"l4": {"TCP": {}}}, None),
        ({"l4": {"UDP": {}}}, None),
        ({"l4": None}, None),
        ({"l7": {"type": "RESPONSE", "http": {"code": 200}}}, None),
        ({"l7": {"type": "REQUEST"}, "l4": None, "traffic_direction": "INGRESS"}, CountedCalls("web", "api", 1)),
        ({"l7": {"type": "REQUEST", "http": {"code": 499}}}, CountedCalls("web", "api", 1)),
        ({"l7": {"type": "REQUEST", "http": {"code": 500}}}, CountedCalls("web", "api", 1, 1)),
        ({"source": {}}, CountedCalls("user", "api", 1)),
        ({"source": None}, CountedCalls("user", "api", 1)),
        ({"destination": None}, None),
        ({"destination": {}, "destination_names": ["stripe.com.", "b"]}, CountedCalls("web", "stripe.com", 1)),
        ({"destination": {}, "destination_service": {"name": "svc"}}, CountedCalls("web", "svc", 1)),
        ({"destination": {"pod_name": "api-1"}}, CountedCalls("web", "api-1", 1)),
        (
            {"destination": {"pod_name": "api-1"}, "destination_names": ["a"], "destination_service": {"name": "svc"}},
            CountedCalls("web", "svc", 1),
        ),
        ({"destination": {"pod_name": "api-1"}, "destination_names": ["a"]}, CountedCalls("web", "a", 1)),
    ],
)
def test_a_flow_of_hubble(said: dict[str, Any], calls: CountedCalls | None) -> None:
    for document in (FLOW | said, {"flow": FLOW | said}):
        assert read("hubble", document) == ([calls] if calls else [])


def test_dependencies_of_jaeger() -> None:
    rows = [{"parent": "a", "child": "b", "callCount": 3}]
    for document in (rows, {"data": rows}):
        assert read("jaeger-dependencies", document) == [CountedCalls("a", "b", 3)]


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"resourceSpans": []}, "otlp"),
        ({"resource_spans": []}, "otlp"),
        ({"resourceMetrics": []}, "otlp"),
        ({"resource_metrics": []}, "otlp"),
        ({"resourceLogs": []}, "otlp"),
        ({"resource_logs": []}, "otlp"),
        ([{"resourceSpans": []}], "otlp"),
        ({"batches": []}, "tempo"),
        ({"trace": {}}, "tempo"),
        ({"trace": "7"}, None),
        ({"traceID": "1", "spans": []}, "jaeger"),
        ({"traceID": "1"}, None),
        ({"spans": []}, None),
        ({"data": [{"traceID": "1", "spans": []}]}, "jaeger"),
        ({"data": [{"parent": "a", "child": "b", "callCount": 3}]}, "jaeger-dependencies"),
        ([{"parent": "a", "child": "b", "callCount": 3}], "jaeger-dependencies"),
        ([{"parent": "a", "child": "b"}], None),
        ({"data": 7}, None),
        (ZIPKIN, "zipkin"),
        ([ZIPKIN], "zipkin"),
        ([[ZIPKIN]], "zipkin"),
        ([7, ZIPKIN], "zipkin"),
        ({"traceId": "1"}, None),
        ({"id": "1"}, None),
        (FLOW, "hubble"),
        ({"flow": FLOW}, "hubble"),
        ({"flow": 7}, None),
        ({"verdict": "FORWARDED", "source": {}}, None),
        (answer(PAIR, 1), "service-graph"),
        (answer(MESH, 1), "istio"),
        (answer({"client": "web"}, 1), None),
        ({"data": {"result": [7]}}, None),
        ({"data": {"result": 7}}, None),
        ({"data": {}}, None),
        ("istio_requests_total{} 1", "istio"),
        ("# HELP istio_requests_total x", "istio"),
        ("traces_service_graph_request_total{} 1", "service-graph"),
        ("up 1", None),
        (b"\n\x00", "otlp-protobuf"),
        (b"\x12\x00", None),
        (b"", None),
        ([], None),
        ({}, None),
        (7, None),
        (None, None),
    ],
    ids=repr,
)
def test_a_document_is_of_one_format(document: object, name: str | None) -> None:
    found = format_of(document)
    assert (found.name if found else None) == name
    assert [each.name for each in trace_formats().values() if each.recognises(document)] == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("00f067aa0ba902b7", 0x00F067AA0BA902B7),
        ("f067aa0ba902b7", 0x00F067AA0BA902B7),
        (b64encode(bytes.fromhex("00f067aa0ba902b7")).decode(), 0x00F067AA0BA902B7),
        ("", 0),
        (None, 0),
        ("00000000000a", 10),
    ],
)
def test_the_id_of_a_span_is_a_number_however_it_is_written(text: object, number: int) -> None:
    assert span_id(text) == number


@pytest.mark.parametrize("text", [7, ["a"], "AAAA!AAAAAA="])
def test_what_is_no_id_of_a_span(text: object) -> None:
    with pytest.raises(ValueError, match="is no id"):
        span_id(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1", "0" * 31 + "1"),
        ("A" * 32, "a" * 32),
        (b64encode(bytes(15) + b"\x01").decode(), "0" * 31 + "1"),
        (b64encode(bytes(7) + b"\x01").decode(), "0" * 31 + "1"),
    ],
)
def test_the_id_of_a_trace_is_32_digits_however_it_is_written(text: str, found: str) -> None:
    assert trace_id(text) == found


@pytest.mark.parametrize("text", ["", None, 7, "!" * 23 + "="])
def test_what_is_no_id_of_a_trace(text: object) -> None:
    with pytest.raises(ValueError, match="is no id"):
        trace_id(text)


def test_an_id_in_words_is_a_number_that_is_always_the_same() -> None:
    assert span_id("my span") == span_id("my span") != span_id("my other span")
    assert 2**32 < span_id("my span") < 2**64
    assert trace_id("my trace") == f"{span_id('my trace'):032x}"
