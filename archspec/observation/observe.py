"""Trace files -> what was seen: services, pairs of them, flows with their figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.observation.attributes import Face
from archspec.observation.documents import documents
from archspec.observation.files import opened, trace_files
from archspec.observation.gathered import Edge, Gathering, Root
from archspec.observation.span import CountedCalls, ObservedSpan, Party
from archspec.observation.store import Row, SpanStore
from archspec.observation.trace_format import Document, TraceFormat, format_of, trace_formats
from archspec.observation.tree import Damage, trees_of
from archspec.values import listing


@dataclass(slots=True)
class Reading:
    """What was read, and what of it is damaged."""

    files: list[str] = field(default_factory=list)
    formats: Counter[str] = field(default_factory=Counter)
    """Documents by the title of their format."""
    spans: int = 0
    traces: int = 0
    torn: int = 0
    """Traces of which spans are missing."""
    earlier: int = 0
    """Traces that began before the moment from which on they count; they are in no other number."""
    counted: int = 0
    misshapen: int = 0
    """Documents of a known format that do not keep to it."""
    damage: Damage = field(default_factory=Damage)
    notes: list[str] = field(default_factory=list)


@frozen
class Observation:
    """What traces, and counts of calls, tell of a system. Names are those that the spans use."""

    roots: tuple[Root, ...]
    edges: dict[tuple[Party, Party], Edge]
    services: dict[str, frozenset[str]]
    """Who sent spans, and by what other names their processes go."""
    counted: dict[tuple[str, str], CountedCalls]
    reading: Reading


def observe(paths: Sequence[str], say: Callable[[str], None] = lambda _: None, since: int = 0) -> Observation:
    """What the files, folders and patterns tell; `say` is told which file is at work.

    Traces that began before `since`, in nanoseconds since 1970, are passed over.

    Raises:
        UsageError: a file cannot be read, or none of them holds spans or counts in a format that is known.

    """
    return observe_streams(((file, opened(file)) for file in trace_files(paths)), say, since)


def observe_streams(
    streams: Iterable[tuple[str, AbstractContextManager[BinaryIO]]],
    say: Callable[[str], None] = lambda _: None,
    since: int = 0,
) -> Observation:
    """The same of streams, each with the name that messages call it by."""
    reading, gathering, store = Reading(), Gathering(), SpanStore()
    counted: dict[tuple[str, str], CountedCalls] = {}
    for file, opening in streams:
        say(f"reading {file}")
        for item in _items(file, opening, reading):
            if isinstance(item, ObservedSpan):
                try:
                    store.add(item)
                except ValueError:
                    reading.misshapen += 1
                    continue
                reading.spans += 1
                if store.full:
                    _gather(store.quiet_traces(), gathering, reading, since)
            else:
                reading.counted += 1
                pair = (item.caller, item.callee)
                counted[pair] = _together(counted.get(pair), item)
    _gather(store.all_traces(), gathering, reading, since)
    if not reading.spans and not reading.counted and reading.earlier:
        raise UsageError(
            f"all {reading.earlier} traces in {listing(reading.files)} began before --since; go back further."
        )
    if not reading.spans and not reading.counted:
        known = ", ".join(each.title for each in trace_formats().values())
        raise UsageError(f"no spans in {listing(reading.files)}; known are {known}.")
    roots = sorted(gathering.roots.values(), key=lambda root: (-root.traces, root.node.key))
    return Observation(tuple(roots), gathering.edges, _services(store.faces), counted, reading)


def _items(
    file: str, opening: AbstractContextManager[BinaryIO], reading: Reading
) -> Iterator[ObservedSpan | CountedCalls]:
    reading.files.append(file)
    known: TraceFormat | None = None
    with opening as stream:
        try:
            for document in documents(stream, file, lambda note: reading.notes.append(f"{file}: {note}")):
                if known is None or not known.recognises(document):
                    known = format_of(document)
                if known is not None:
                    reading.formats[known.title] += 1
                    yield from _read(known, document, reading)
        except (EOFError, OSError) as error:  # a packed file that is cut off
            reading.notes.append(f"{file}: it is cut off ({error})")


def _read(known: TraceFormat, document: Document, reading: Reading) -> Iterator[ObservedSpan | CountedCalls]:
    try:
        yield from known.read(document)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        reading.misshapen += 1


def _together(before: CountedCalls | None, item: CountedCalls) -> CountedCalls:
    if before is None:
        return item
    return item._replace(
        calls=before.calls + item.calls,
        failed=before.failed + item.failed,
        seconds=before.seconds if item.seconds is None else max(item.seconds, before.seconds or 0.0),
        kind=item.kind or before.kind,
    )


def _gather(traces: Iterator[tuple[str, list[Row]]], gathering: Gathering, reading: Reading, since: int) -> None:
    for _, rows in traces:
        if since and min(row.start for row in rows) < since:
            reading.earlier += 1
            reading.spans -= len(rows)
            continue
        trees = trees_of(rows, reading.damage)
        torn = any(tree.torn for tree in trees)
        reading.traces += 1
        reading.torn += torn
        # Where a span is missing, so may be any part of the trees: they tell who asks whom, but no figures.
        if len(trees) == 1 and not torn and not trees[0].root.message:
            gathering.begin(trees[0].root)
        else:
            gathering.meet(trees)


def _services(faces: Iterable[Face]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for face in faces:
        found[face.service] = found.get(face.service, frozenset()).union(face.also)
    return found
