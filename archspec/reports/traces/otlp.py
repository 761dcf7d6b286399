"""Traces, their logs and their metrics as OTLP/JSON, by OpenTelemetry's own encoders (extra `otlp`).

A file as OpenTelemetry's file exporter writes it: one line of JSON for the spans, one for the log records, one for
the metrics. Ids are in hex and enums are numbers, as OTLP/JSON has it and protobuf's own JSON mapping has not.
"""

import base64
import json
from typing import TYPE_CHECKING, Any

from archspec.errors import MissingExtraError
from archspec.printable import Syntax
from archspec.reports import Report, Subject, Traces
from archspec.reports.otlp_signals import metrics_data, readable_logs, readable_spans

if TYPE_CHECKING:
    from google.protobuf.message import Message

IDS = frozenset({"traceId", "spanId", "parentSpanId"})


def otlp(told: Traces) -> str:
    """JSON lines: spans, then log records and metrics where there are any; times from `epoch` (Unix nanoseconds).

    Raises:
        MissingExtraError: the extra is not installed.

    """
    try:
        from opentelemetry.exporter.otlp.proto.common._log_encoder import encode_logs
        from opentelemetry.exporter.otlp.proto.common.metrics_encoder import encode_metrics
        from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
    except ImportError:
        raise MissingExtraError("OTLP", "otlp") from None
    lines = [_line(encode_spans(readable_spans(told.traces, told.epoch)))]
    logs, metrics = readable_logs(told.traces, told.epoch), metrics_data(told.traces, told.epoch)
    lines += [_line(encode_logs(logs))] if logs else []
    lines += [_line(encode_metrics(metrics))] if metrics is not None else []
    return "\n".join(lines) + "\n"


def _line(message: "Message") -> str:
    from google.protobuf.json_format import MessageToDict

    data = _with_hex_ids(MessageToDict(message, use_integers_for_enums=True))
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _with_hex_ids(value: Any) -> Any:
    """Ids in hex; and the times of a span said even where they are 0, which protobuf's mapping would leave out."""
    if isinstance(value, list):
        return [_with_hex_ids(item) for item in value]
    if not isinstance(value, dict):
        return value
    times = {"startTimeUnixNano": "0", "endTimeUnixNano": "0"} if "kind" in value and "traceId" in value else {}
    return times | {
        key: base64.b64decode(item).hex() if key in IDS and isinstance(item, str) else _with_hex_ids(item)
        for key, item in value.items()
    }


REPORT = Report("otlp", Subject.TRACES, (".otlp.json", ".otlp.jsonl", ".jsonl"), otlp, syntax=Syntax.JSON)
