"""What traces tell of a system: spans of any format -> calls -> flows with figures.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.observation.fitting import duration, fitted, is_double
from archspec.observation.gathered import Edge, Key, Node, Order, Root
from archspec.observation.ids import span_id, trace_id
from archspec.observation.observe import Observation, observe_streams
from archspec.observation.samples import Interval, quantile_of, share_of
from archspec.observation.span import CountedCalls, ObservedSpan, Party, Side
from archspec.observation.trace_format import Document, TraceFormat, format_of

__all__ = [
    "CountedCalls",
    "Document",
    "Edge",
    "Interval",
    "Key",
    "Node",
    "Observation",
    "ObservedSpan",
    "Order",
    "Party",
    "Root",
    "Side",
    "TraceFormat",
    "duration",
    "fitted",
    "format_of",
    "is_double",
    "observe_streams",
    "quantile_of",
    "share_of",
    "span_id",
    "trace_id",
]
PLACES: dict[str, str]
