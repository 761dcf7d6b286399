"""Spans, log records and metrics of traces as the objects of OpenTelemetry's SDK."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from archspec import __version__
from archspec.reports.spans import SimulatedSpan, SpanKind, spans_of, spans_of_all, trace_id_of
from archspec.simulation import Measurement, SampledTrace

if TYPE_CHECKING:
    from opentelemetry.sdk._logs import ReadableLogRecord
    from opentelemetry.sdk.metrics.export import Metric, MetricsData
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope
    from opentelemetry.trace import SpanContext

SEVERITIES = {"info": 9, "warning": 13, "error": 17}


def readable_spans(traces: Sequence[SampledTrace], epoch: int) -> list["ReadableSpan"]:
    """Every span, under the resource of its replica."""
    from opentelemetry import trace as api
    from opentelemetry.sdk.trace import ReadableSpan

    kinds = {kind: api.SpanKind[kind.name] for kind in SpanKind}
    return [
        ReadableSpan(
            name=span.name,
            context=_context(span.trace_id, span.span_id),
            parent=_context(span.trace_id, span.parent_id) if span.parent_id else None,
            resource=_resource(span.service, span.replica),
            attributes={**dict(span.attributes), "archspec.outcome": span.outcome},
            kind=kinds[span.kind],
            status=_status(span),
            start_time=epoch + span.start,
            end_time=epoch + span.end,
            instrumentation_scope=_scope(),
        )
        for span in spans_of_all(traces)
    ]


def _status(span: SimulatedSpan) -> Any:
    from opentelemetry.trace import Status, StatusCode

    return Status(StatusCode.ERROR, span.outcome) if span.failed else Status(StatusCode.UNSET)


def _context(trace_id: str, span_id: str) -> "SpanContext":
    from opentelemetry.trace import SpanContext, TraceFlags

    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=False, trace_flags=TraceFlags(1))


@cache
def _resource(service: str, replica: str | None) -> "Resource":
    from opentelemetry.sdk.resources import Resource

    return Resource({"service.name": service, **({"service.instance.id": replica} if replica else {})})


@cache
def _scope() -> "InstrumentationScope":
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope

    return InstrumentationScope("archspec", __version__)


def readable_logs(traces: Sequence[SampledTrace], epoch: int) -> list["ReadableLogRecord"]:
    """Log records and error events, each with the span of its replica that was under way."""
    from opentelemetry._logs import LogRecord, SeverityNumber
    from opentelemetry.sdk._logs import ReadableLogRecord

    found = []
    for sampled in traces:
        spans = spans_of(sampled)
        emitted = sampled.trace.emitted
        rows = [(record.at, record.source, record.service, record.level, record.text) for record in emitted.logs]
        rows += [(event.at, event.source, event.monitor, "error", event.text) for event in emitted.errors]
        for at, source, service, level, text in sorted(rows, key=lambda row: row[0]):
            span = _under_way(spans, source, sampled.at + at)
            context = _context(trace_id_of(sampled), span.span_id) if span else None
            record = LogRecord(
                timestamp=epoch + sampled.at + at,
                observed_timestamp=epoch + sampled.at + at,
                context=_around(context),
                severity_text=level,
                severity_number=SeverityNumber(SEVERITIES[level]),
                body=text,
                attributes={"archspec.sent_to": service},
            )
            resource = _resource(span.service if span else source, span.replica if span else None)
            found.append(ReadableLogRecord(record, resource, _scope()))
    return found


def _around(context: "SpanContext | None") -> Any:
    """A context of OpenTelemetry with that span as the present one, from which a log record takes its ids."""
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, set_span_in_context

    return set_span_in_context(NonRecordingSpan(context), Context()) if context else Context()


def _under_way(spans: Sequence[SimulatedSpan], source: str, at: int) -> SimulatedSpan | None:
    """The innermost span of a replica or component at a moment."""
    mine = [span for span in spans if source in (span.replica, span.service) and span.start <= at <= span.end]
    return max(mine, key=lambda span: span.start, default=None)


def metrics_data(traces: Sequence[SampledTrace], epoch: int) -> "MetricsData | None":
    """Counters as increments, observed times as histograms of one value, under the resource of who receives them."""
    from opentelemetry.sdk.metrics.export import MetricsData, ResourceMetrics, ScopeMetrics

    by_service: dict[str, dict[str, list[tuple[int, Measurement]]]] = {}
    for sampled in traces:
        for figure in sampled.trace.emitted.metrics:
            at = epoch + sampled.at + figure.at
            by_service.setdefault(figure.service, {}).setdefault(figure.name, []).append((at, figure))
    if not by_service:
        return None
    resources = []
    for service, by_name in by_service.items():
        metrics = [_metric(name, points, epoch) for name, points in by_name.items()]
        scope = ScopeMetrics(_scope(), metrics, "")
        resources.append(ResourceMetrics(_resource(service, None), [scope], ""))
    return MetricsData(resources)


def _metric(name: str, figures: list[tuple[int, Measurement]], epoch: int) -> "Metric":
    from opentelemetry.sdk.metrics.export import (
        AggregationTemporality,
        Histogram,
        HistogramDataPoint,
        Metric,
        NumberDataPoint,
        Sum,
    )

    delta = AggregationTemporality.DELTA
    if name.endswith("_total"):
        counts = [NumberDataPoint(dict(m.labels), epoch, at, int(m.value), []) for at, m in figures]
        return Metric(name, "", "1", Sum(counts, delta, is_monotonic=True))
    points = [
        HistogramDataPoint(
            attributes=dict(m.labels),
            start_time_unix_nano=epoch,
            time_unix_nano=at,
            count=1,
            sum=m.value,
            bucket_counts=[1],
            explicit_bounds=[],
            min=m.value,
            max=m.value,
            exemplars=[],
        )
        for at, m in figures
    ]
    return Metric(name, "", "s", Histogram(points, delta))
