"""OTLP in protobuf tells the same as in JSON, however it is laid out in its file."""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from archspec.cli.main import run
from archspec.errors import MissingExtraError, UsageError
from archspec.observation.formats import otlp, otlp_protobuf
from archspec.observation.messages import is_binary
from archspec.observation.observe import observe
from tests.observation.spans import KINDS, outline, shop, span

pytest.importorskip("opentelemetry.proto")
OUTLINE = ["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"]


def message(*resources: dict[str, Any]) -> bytes:
    """Resources with spans as a message of TracesData."""
    from google.protobuf.json_format import ParseDict
    from opentelemetry.proto.trace.v1.trace_pb2 import TracesData

    data = ParseDict({"resourceSpans": list(resources)}, TracesData(), ignore_unknown_fields=True)
    for made, given in zip(data.resource_spans, resources, strict=True):
        span = given["scopeSpans"][0]["spans"][0]
        one = made.scope_spans[0].spans[0]
        one.trace_id, one.span_id = bytes.fromhex(span["traceId"]), bytes.fromhex(span["spanId"])
        one.parent_span_id = bytes.fromhex(span.get("parentSpanId", ""))
        for link, wanted in zip(one.links, span.get("links", ()), strict=True):
            link.trace_id, link.span_id = bytes.fromhex(wanted["traceId"]), bytes.fromhex(wanted["spanId"])
    return data.SerializeToString()


def varint(size: int) -> bytes:
    return bytes([size & 0x7F | 0x80, size >> 7]) if size >= 0x80 else bytes([size])


WEB, *REST = shop()
PARTS = [message(WEB, REST[0]), message(*REST[1:])]
LAYOUTS = {
    "what a program sends": message(*shop()),
    "messages one behind another": b"".join(PARTS),
    "four bytes of length before each, as the collector writes": b"".join(
        len(part).to_bytes(4) + part for part in PARTS
    ),
    "a varint before each, as the specification has it": b"".join(varint(len(part)) + part for part in PARTS),
    "four bytes before JSON": b"".join(
        len(part).to_bytes(4) + part for part in [json.dumps({"resourceSpans": shop()}).encode()]
    ),
    "packed": gzip.compress(b"".join(PARTS)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_binary_file_tells_the_same_as_json(layout: str, tmp_path: Path) -> None:
    (tmp_path / "traces").write_bytes(LAYOUTS[layout])
    assert outline(observe([str(tmp_path / "traces")])) == OUTLINE


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_a_span_in_protobuf_is_that_in_json(kind: str) -> None:
    """With two links, a status, a parent, and attributes of its own and of its process."""
    made = span(
        "web", 2, 1, 3, 8, kind, "get", 7, failed=kind != "", link=(5, 6), http__route="/", server__port=80, other="x"
    )
    made["scopeSpans"][0]["spans"][0]["links"].append({"traceId": f"{8:032x}", "spanId": f"{9:016x}"})
    made["resource"]["attributes"].append({"key": "k8s.deployment.name", "value": {"stringValue": "web-1"}})
    assert list(otlp_protobuf.spans(message(made))) == list(otlp.spans({"resourceSpans": [made]}))


@pytest.mark.parametrize(("trace", "own"), [(15, 8), (17, 8), (16, 7), (16, 9), (0, 8), (16, 0)])
def test_a_span_without_whole_ids_is_none(trace: int, own: int) -> None:
    made = span("web", 2, 1, 3, 8)
    made["scopeSpans"][0]["spans"][0] |= {"traceId": "01" * trace, "spanId": "02" * own}
    with pytest.raises(ValueError, match="its ids are no ids"):
        list(otlp_protobuf.spans(message(made)))


def test_a_binary_file_may_be_cut_off(tmp_path: Path) -> None:
    file = tmp_path / "traces.pb"
    file.write_bytes(LAYOUTS["four bytes of length before each, as the collector writes"][:-9])
    found = observe([str(file)])
    assert (found.reading.spans, found.reading.notes) == (2, [f"{file}: it is cut off in the middle"])


def test_a_binary_file_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "traces").write_bytes(LAYOUTS["what a program sends"])
    assert run(["import", str(tmp_path / "traces")]) == 0
    assert "  - web -> users-db" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00", b"\x00" * 400, b"\x0a\x0a\x0a\x0a\x0a\x01" * 90])
def test_what_is_no_message_of_spans_is_an_error(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(data)
    with pytest.raises(UsageError):
        observe([str(tmp_path / "other")])


def test_metrics_in_protobuf_are_no_spans(tmp_path: Path) -> None:
    from opentelemetry.proto.metrics.v1.metrics_pb2 import MetricsData

    data = MetricsData()
    data.resource_metrics.add().scope_metrics.add().metrics.add(name="x", description="y").gauge.data_points.add()
    (tmp_path / "metrics").write_bytes(data.SerializeToString())
    with pytest.raises(UsageError, match="no spans in"):
        observe([str(tmp_path / "metrics")])


def test_without_its_extra_a_binary_file_says_how_to_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "traces").write_bytes(LAYOUTS["what a program sends"])
    monkeypatch.setitem(sys.modules, "opentelemetry.proto.trace.v1.trace_pb2", None)
    with pytest.raises(MissingExtraError, match=r"^OTLP in protobuf needs the extra 'otlp'"):
        observe([str(tmp_path / "traces")])


@pytest.mark.parametrize("text", [b'{"a": 1}', b"\n\t [", b"# HELP x y\nup 1\n", "ü".encode()])
def test_a_text_is_not_binary(text: bytes) -> None:
    assert not is_binary(text)
