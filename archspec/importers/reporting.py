"""The report of an import: what was read, what became of it, what was not understood."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archspec.frozen import frozen
from archspec.importers.draft import Draft
from archspec.importers.facts import Section
from archspec.importers.importer import Reading

_MOST = 20
"""Lines of one sort; the rest is counted."""


@frozen
class Skipped:
    """A file that was not taken in, and why."""

    name: str
    why: str


def report(draft: Draft, readings: Mapping[str, Reading], skipped: Sequence[Skipped]) -> Iterator[str]:
    """The lines for a person, the sum first."""
    for title, reading in readings.items():
        yield f"read {title}: {counted(reading.read) or 'nothing'}"
    counts = {section.value: sum(1 for _ in draft.of(section)) for section in Section}
    grades = ", ".join(f"{count} {grade.name.lower()}" for grade, count in draft.grades().items())
    first = {name: counts.pop(name) for name in ("components", "connections")}
    rest = {name: count for name, count in counts.items() if count}
    yield f"wrote {counted(first)}{f' ({grades})' if grades else ''}{f', {counted(rest)}' if rest else ''}"
    understood: dict[str, int] = {}
    for reading in readings.values():
        for what, count in reading.not_understood.items():
            understood[what] = understood.get(what, 0) + count
    if understood:
        listed = ", ".join(f"{what} x{count}" for what, count in sorted(understood.items()))
        yield f"not understood: {listed}"
    yield from _lines("unresolved", [*draft.unresolved, *(each for r in readings.values() for each in r.unresolved)])
    yield from _lines("left out", [*draft.left_out, *(each for r in readings.values() for each in r.left_out)])
    if draft.guessed:
        guessed = counted({"connections": len(draft.guessed)})
        yield f"guessed from names: {guessed}, written as comments; --guess writes them"
    yield from _lines("note", [each for reading in readings.values() for each in reading.notes])
    yield from _lines("not read", [f"{each.name}: {each.why}" for each in skipped])


def counted(counts: Mapping[str, int]) -> str:
    """How many of each sort, as a list in words."""
    return ", ".join(f"{count} {what if count != 1 else _single(what)}" for what, count in counts.items())


def _single(what: str) -> str:
    """One of what is named in the plural.

    >>> _single("entities"), _single("counts of calls"), _single("Kubernetes objects")
    ('entity', 'count of calls', 'Kubernetes object')
    """
    first, of, rest = what.partition(" of ")
    return (f"{first.removesuffix('ies')}y" if first.endswith("ies") else first.removesuffix("s")) + of + rest


def _lines(head: str, texts: Iterable[str]) -> Iterator[str]:
    unique = list(dict.fromkeys(texts))
    for text in unique[:_MOST]:
        yield f"{head}: {text}"
    if len(unique) > _MOST:
        yield f"{head}: and {len(unique) - _MOST} more"
