"""Traces of any format that observations know: OTLP, Tempo, Jaeger, Zipkin, and counts of calls."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from archspec.errors import UsageError
from archspec.importers import Choices, Importer, Reading, Source
from archspec.importers.traces.stating import stated
from archspec.observation import format_of, observe_streams
from archspec.observation.documents import documents
from archspec.observation.files import opened
from archspec.observation.messages import is_binary

_FIRST = 3
"""A file of another signal may begin with what holds no spans."""

_METRICS = (b"traces_service_graph_request_", b"istio_requests_total", b"istio_tcp_connections_opened_total")


def recognises(source: Source) -> bool:
    """One of the first values of the file is of a format of traces."""
    begins = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if any(metric in source.head for metric in _METRICS):
        return True
    if begins not in (b"{", b"[", b"\x1f", b"\x28") and not is_binary(source.head):
        return False
    try:
        with _opened(source) as stream:
            values = documents(stream, source.name, lambda _: None)
            return any(format_of(value) is not None for value in islice(values, _FIRST))
    except (UsageError, OSError, EOFError, ValueError):
        return False


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """All files as one observation."""
    del choices
    return stated(observe_streams(_streams(sources)), sources[0].name)


def _streams(sources: Sequence[Source]) -> Iterator[tuple[str, AbstractContextManager[BinaryIO]]]:
    return ((source.name, _opened(source)) for source in sources)


def _opened(source: Source) -> AbstractContextManager[BinaryIO]:

    return nullcontext(BytesIO(source.piped)) if source.path is None else opened(str(source.path))


IMPORTER = Importer("traces", "traces (OTLP, Jaeger, Tempo, Zipkin)", recognises, read, streams=True)
