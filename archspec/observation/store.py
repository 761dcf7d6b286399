"""Spans in columns: some fifty bytes each, however much a span has to say, so that a million fit in little memory."""

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archspec.observation.attributes import WAITED, Face, face_of
from archspec.observation.span import ObservedSpan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST = 2_000_000
"""Spans kept at once; beyond that, traces of which nothing came for half as many spans are taken for whole."""
_AT_ONCE = 50_000
"""Rows that are plain Python numbers at a time."""
_MASK = 2**64 - 1
_LATEST = 2**62
"""Nanoseconds since 1970: a hundred years and more from now."""
_SCALARS = (str, int, float)


class Row(NamedTuple):
    """A span out of the store."""

    span: int
    parent: int
    start: int
    end: int
    waited: int
    face: Face
    link: tuple[str, int] | None


class SpanStore:
    """Spans as they come, in any order, given back trace by trace."""

    def __init__(self) -> None:
        self._faces: dict[Face, int] = {}
        self._known: dict[object, int] = {}
        self._traces: dict[str, int] = {}
        self._links: dict[int, tuple[str, int]] = {}
        self._clear()

    def _clear(self) -> None:
        self._span, self._parent = array("Q"), array("Q")
        self._start, self._end, self._waited = array("q"), array("q"), array("q")
        self._face, self._trace = array("I"), array("I")

    def add(self, span: ObservedSpan) -> None:
        """Keep a span.

        Raises:
            ValueError: it is no span that a clock and a tracer could have made.

        """
        if not (0 <= span.start < _LATEST and 0 <= span.end < _LATEST and isinstance(span.name, str)):
            raise ValueError(f"a span of {span.service} has no times or no name")
        attributes, waited = span.attributes, 0
        if WAITED in attributes:
            waited = int(str(attributes[WAITED]))
            attributes = {key: value for key, value in attributes.items() if key != WAITED}
        key = (span.service, span.name, span.side, span.failed, *attributes, *attributes.values())
        try:
            face = self._known.get(key)
        except TypeError:  # a list or a mapping: nobody reads such
            scalars = {key: value for key, value in attributes.items() if isinstance(value, _SCALARS)}
            self.add(span._replace(attributes=scalars))
            return
        if face is None:
            face = self._faces.setdefault(face_of(span), len(self._faces))
            if len(self._known) < _AT_ONCE:
                self._known[key] = face
        if span.link is not None:
            self._links[len(self._span)] = span.link
        self._span.append(span.span & _MASK)
        self._parent.append(span.parent & _MASK)
        self._start.append(span.start)
        self._end.append(max(span.start, span.end))
        self._waited.append(waited)
        self._face.append(face)
        self._trace.append(self._traces.setdefault(span.trace, len(self._traces)))

    @property
    def faces(self) -> tuple[Face, ...]:
        """All that spans had in common so far."""
        return tuple(self._faces)

    @property
    def full(self) -> bool:
        """Whether some traces must go before more spans come."""
        return len(self._span) >= _MOST

    def quiet_traces(self) -> Iterator[tuple[str, list[Row]]]:
        """The traces of which nothing came for half of the store, taken out; at least a quarter of all spans."""
        import numpy as np

        trace = np.frombuffer(self._trace, dtype=np.uint32)
        last = np.zeros(len(self._traces), dtype=np.int64)
        last[trace] = np.arange(len(trace))
        whole = last[trace] <= max(len(trace) // 2, np.quantile(last[trace], 0.25))
        yield from self._taken(np.flatnonzero(whole))
        self._keep(np.flatnonzero(~whole))

    def all_traces(self) -> Iterator[tuple[str, list[Row]]]:
        """Every trace, taken out."""
        import numpy as np

        yield from self._taken(np.arange(len(self._span)))
        self._keep(np.arange(0))

    def _taken(self, rows: "NDArray[np.int64]") -> Iterator[tuple[str, list[Row]]]:
        import numpy as np

        trace = np.frombuffer(self._trace, dtype=np.uint32)[rows]
        rows = rows[np.argsort(trace, kind="stable")]
        names, faces = list(self._traces), list(self._faces)
        current, found = -1, list[Row]()
        for number, row in self._rows(rows, faces):
            if number != current:
                if found:
                    yield names[current], found
                current, found = number, []
            found.append(row)
        if found:
            yield names[current], found

    def _rows(self, rows: "NDArray[np.int64]", faces: list[Face]) -> Iterator[tuple[int, Row]]:
        import numpy as np

        columns = (self._trace, self._span, self._parent, self._start, self._end, self._waited, self._face)
        views = [np.frombuffer(column, dtype=column.typecode) for column in columns]
        for begin in range(0, len(rows), _AT_ONCE):
            part = rows[begin : begin + _AT_ONCE]
            lists = [view[part].tolist() for view in views]
            for at, number, span, parent, start, end, waited, face in zip(part.tolist(), *lists, strict=True):
                link = self._links.get(at) if self._links else None
                yield number, Row(span, parent, start, end, waited, faces[face], link)

    def _keep(self, rows: "NDArray[np.int64]") -> None:
        import numpy as np

        columns = (self._span, self._parent, self._start, self._end, self._waited, self._face)
        kept = [np.frombuffer(column, dtype=column.typecode)[rows].tobytes() for column in columns]
        numbers = np.frombuffer(self._trace, dtype=np.uint32)[rows]
        names = list(self._traces)
        self._links = {new: self._links[old] for new, old in enumerate(rows.tolist()) if old in self._links}
        self._clear()
        for column, data in zip(
            (self._span, self._parent, self._start, self._end, self._waited, self._face), kept, strict=True
        ):
            column.frombytes(data)
        self._traces = {}
        for number in numbers.tolist():
            self._trace.append(self._traces.setdefault(names[number], len(self._traces)))
