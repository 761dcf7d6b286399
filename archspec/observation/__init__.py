"""What traces tell of a system: spans of any format -> calls -> flows with figures."""

from archspec.names import by_need

PLACES = {
    "fitting": "duration fitted is_double",
    "gathered": "Edge Key Node Order Root",
    "ids": "span_id trace_id",
    "observe": "Observation observe_streams",
    "samples": "Interval quantile_of share_of",
    "span": "CountedCalls ObservedSpan Party Side",
    "trace_format": "Document TraceFormat format_of",
}

__getattr__ = by_need(__name__, PLACES)
