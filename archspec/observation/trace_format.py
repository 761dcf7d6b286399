"""What a trace format is: one frozen value per file of `formats/`, found by its content and never by its name."""

from collections.abc import Callable, Iterable
from functools import cache

from archspec.discovery import discover
from archspec.frozen import frozen
from archspec.observation.span import CountedCalls, ObservedSpan

Document = object
"""One JSON value out of a file (a line, or an element of a long list in the wrapping that it had), a line of text of a
file that is no JSON, or the bytes of one message of a file that is no text."""


@frozen
class TraceFormat:
    """A format: its name, what people know it as, whether a document is of it, and what the document holds.

    `read` raises ValueError, KeyError or TypeError where the document is of the format and yet not well made.
    """

    name: str
    title: str
    recognises: Callable[[Document], bool]
    read: Callable[[Document], Iterable[ObservedSpan | CountedCalls]]


@cache
def trace_formats() -> dict[str, TraceFormat]:
    """Every format by name, sorted: those in `formats/`, and those that other distributions add by entry point."""
    return discover(("archspec.observation.formats",), TraceFormat, lambda each: each.name, "archspec.trace_formats")


def format_of(document: Document) -> TraceFormat | None:
    """The format that a document is of; None where none knows it."""
    return next((each for each in trace_formats().values() if each.recognises(document)), None)
