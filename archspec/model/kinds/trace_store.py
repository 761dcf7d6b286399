"""Trace store."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class TraceStore(Running):
    """Collects spans, such as Jaeger or Tempo."""

    kind: Literal["trace_store"] = "trace_store"


KIND = Kind(
    "trace_store",
    "Trace store",
    Role.TELEMETRY,
    Shape.OBSERVER,
    TraceStore,
    other_names=("jaeger", "tempo", "tracing", "zipkin"),
)
