"""Every format tells the same of the same trace."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import UsageError
from archspec.observation.observe import observe
from archspec.observation.trace_format import trace_formats
from tests.observation.spans import outline, shop

OUTLINE = ["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"]


def told(folder: Path, data: object) -> list[str]:
    file = folder / "any name"
    file.write_text(data if isinstance(data, str) else json.dumps(data))
    return outline(observe([str(file)]))


def every(resources: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Service and span of each resource."""
    return [
        (each["resource"]["attributes"][0]["value"]["stringValue"], each["scopeSpans"][0]["spans"][0])
        for each in resources
    ]


def jaeger() -> dict[str, Any]:
    spans, processes = [], {}
    for service, span in every(shop()):
        processes[f"p-{service}"] = {"serviceName": service, "tags": []}
        kinds = {2: "server", 3: "client"}
        tags = [{"key": each["key"], "value": next(iter(each["value"].values()))} for each in span["attributes"]]
        spans.append(
            {
                "traceID": span["traceId"].lstrip("0"),
                "spanID": span["spanId"],
                "operationName": span["name"],
                "references": [{"refType": "CHILD_OF", "traceID": "1", "spanID": span["parentSpanId"], "span": {}}]
                if "parentSpanId" in span
                else [],
                "startTime": int(span["startTimeUnixNano"]) // 1000,
                "duration": (int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"])) // 1000,
                "tags": [*tags, {"key": "span.kind", "type": "string", "value": kinds[span["kind"]]}],
                "processID": f"p-{service}",
            }
        )
    return {"data": [{"traceID": "1", "spans": spans, "processes": processes}], "total": 0}


def zipkin(*, shared: bool = False) -> list[dict[str, Any]]:
    found = []
    for service, span in every(shop()):
        one: dict[str, Any] = {
            "traceId": span["traceId"],
            "id": span["spanId"],
            "kind": {2: "SERVER", 3: "CLIENT"}[span["kind"]],
            "name": span["name"],
            "timestamp": int(span["startTimeUnixNano"]) // 1000,
            "duration": (int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"])) // 1000,
            "localEndpoint": {"serviceName": service},
        }
        if "parentSpanId" in span:
            one["parentId"] = span["parentSpanId"]
        if span["name"] == "find":
            one["remoteEndpoint"] = {"serviceName": "users-db"}
        found.append(one)
    if shared:
        found[2] |= {"id": found[1]["id"], "parentId": found[1]["parentId"], "shared": True}
    return found


def tempo() -> dict[str, Any]:
    batches = shop()
    for _, span in every(batches):
        for key in ("traceId", "spanId", "parentSpanId"):
            if key in span:
                span[key] = b64encode(bytes.fromhex(span[key])).decode()
    return {"batches": batches}


def snake_case(value: Any) -> Any:
    names = {"resourceSpans": "resource_spans", "scopeSpans": "scope_spans", "traceId": "trace_id"}
    names |= {"spanId": "span_id", "parentSpanId": "parent_span_id", "startTimeUnixNano": "start_time_unix_nano"}
    names |= {"endTimeUnixNano": "end_time_unix_nano"}
    if isinstance(value, list):
        return [snake_case(each) for each in value]
    if isinstance(value, dict):
        return {names.get(key, key): snake_case(each) for key, each in value.items()}
    return value


def with_words(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for _, span in every(resources):
        span["kind"] = {2: "SPAN_KIND_SERVER", 3: "SPAN_KIND_CLIENT"}[span["kind"]]
    return resources


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"resourceSpans": shop()}, id="OTLP"),
        pytest.param([{"resourceSpans": shop()}], id="OTLP in an array"),
        pytest.param({"resourceSpans": with_words(shop())}, id="OTLP with kinds as words"),
        pytest.param(snake_case({"resourceSpans": shop()}), id="OTLP in snake case"),
        pytest.param(tempo(), id="Tempo"),
        pytest.param({"trace": {"resourceSpans": shop()}}, id="Tempo, version 2"),
        pytest.param(jaeger(), id="Jaeger"),
        pytest.param(jaeger()["data"], id="Jaeger, the traces alone"),
        pytest.param(jaeger()["data"][0], id="Jaeger, one trace"),
        pytest.param(zipkin(), id="Zipkin"),
        pytest.param([zipkin()], id="Zipkin, traces in an array"),
        pytest.param(zipkin(shared=True), id="Zipkin, both sides under one id"),
    ],
)
def test_a_format_is_known_by_its_content(data: object, tmp_path: Path) -> None:
    assert told(tmp_path, data) == OUTLINE
    assert told(tmp_path, json.dumps(data, indent=2)) == OUTLINE


def test_dependencies_of_jaeger_are_counted_calls(tmp_path: Path) -> None:
    file = tmp_path / "dependencies.json"
    file.write_text('{"data": [{"parent": "web", "child": "cache", "callCount": 7}]}')
    assert {pair: each.calls for pair, each in observe([str(file)]).counted.items()} == {("web", "cache"): 7}


def series(name: str, *values: float) -> dict[str, Any]:
    metric = {"__name__": name, "client": "web", "server": "users-db", "connection_type": "database"}
    return {"metric": metric, "values": [[1000 + 60 * at, str(value)] for at, value in enumerate(values)]}


def test_a_range_of_a_service_graph_gives_its_growth_and_time_across_a_restart(tmp_path: Path) -> None:
    total, failed = "traces_service_graph_request_total", "traces_service_graph_request_failed_total"
    file = tmp_path / "graph.json"
    result = [series(total, 100, 160, 20, 50), series(failed, 0, 3)]
    file.write_text(json.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}}))
    (found,) = observe([str(file)]).counted.values()
    assert (found.calls, found.failed, found.seconds, found.kind) == (90, 3, 180, "database")


def test_a_service_graph_is_read_from_what_a_collector_exposes(tmp_path: Path) -> None:
    file = tmp_path / "metrics.prom"
    labels = 'client="web",server="users-db",connection_type="database"'
    file.write_text(
        "# HELP traces_service_graph_request_total Calls\n"
        f"traces_service_graph_request_total{{{labels}}} 12\n"
        f"traces_service_graph_request_failed_total{{{labels}}} 2\nup 1\n"
    )
    (found,) = observe([str(file)]).counted.values()
    assert (found.calls, found.failed, found.seconds) == (12, 2, None)


def test_what_holds_no_spans_is_an_error_with_the_formats_that_are_known(tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text('{"hello": 1}')
    with pytest.raises(UsageError) as error:
        observe([str(file)])
    titles = ", ".join(each.title for each in trace_formats().values())
    assert str(error.value) == f"no spans in {file}; known are {titles}."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("startTimeUnixNano", "99999999999999999999"),
        ("endTimeUnixNano", "-1"),
        ("name", 7),
        ("attributes", [{"key": "archspec.waited_ns", "value": {"stringValue": "long"}}]),
        ("attributes", [{"key": "http.route", "value": {"arrayValue": {"values": []}}}]),
        ("spanId", "f" * 40),
    ],
)
def test_no_span_however_made_ends_the_reading(field: str, value: object, tmp_path: Path) -> None:
    strange = shop(2, at=500)
    every(strange)[1][1][field] = value
    file = tmp_path / "traces.jsonl"
    file.write_text("".join(json.dumps({"resourceSpans": [each]}) + "\n" for each in [*shop(), *strange]))
    assert observe([str(file)]).reading.traces == 2


def test_a_misshapen_document_is_counted_and_the_others_are_read(tmp_path: Path) -> None:
    file = tmp_path / "traces.jsonl"
    bad = {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "zz"}]}]}]}
    file.write_text(f"{json.dumps(bad)}\n{json.dumps({'resourceSpans': shop()})}\n")
    found = observe([str(file)])
    assert (found.reading.misshapen, outline(found)) == (1, OUTLINE)


def test_of_many_files_without_spans_three_are_named(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.json").write_text("{}")
    with pytest.raises(UsageError, match=r"no spans in \S+00\.json, \S+01\.json and 38 more; known are"):
        observe([str(tmp_path)])
