"""Elements that go by another name: what was removed and what was added in its place, by how alike they are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from archspec.difference.fields import same
from archspec.language import Renaming

Data = Mapping[str, Any]
LIKENESS, APART = 0.6, 0.05
"""How alike two must be, and how much more alike than the next best."""
MOST_PAIRS = 20_000
"""More are not compared: where so much is new, names tell nothing."""
_FIELDS, _NEIGHBOURS, _NAME = 0.5, 0.3, 0.2
RENAMED_SECTIONS = ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios")


@dataclass(slots=True)
class Renames:
    """By section the new name by the old one; `notes` say what is not clear."""

    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    notes: list[str] = field(default_factory=list)


def renames(base: Data, head: Data) -> Renames:
    """The renames between two specs' data, surest first; each found one makes those around it surer."""
    found = Renames()
    for _ in range(4):
        before = sum(map(len, found.names.values()))
        notes: list[str] = []
        for section in RENAMED_SECTIONS:
            notes += _section(section, Renaming(found.names).renamed(base), head, found)
        found.notes = notes
        if before == sum(map(len, found.names.values())):
            break
    return found


def _section(section: str, renamed: Data, head: Data, found: Renames) -> list[str]:
    """Adds what can be told of a section; returns notes on what cannot."""
    old, new = renamed.get(section, {}), head.get(section, {})
    gone, come = [id_ for id_ in old if id_ not in new], [id_ for id_ in new if id_ not in old]
    if len(gone) * len(come) > MOST_PAIRS:
        return [f"so many {section} are new that none was taken for a renamed one."]
    around_old, around_new = _neighbours(section, renamed), _neighbours(section, head)
    scores = {
        (a, b): score
        for a in gone
        for b in come
        if (score := _likeness(a, b, old[a], new[b], (around_old[a], around_new[b]))) >= LIKENESS
    }
    notes = []
    settled: set[str] = set()
    for (a, b), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if f"- {a}" in settled or f"+ {b}" in settled:
            continue
        rivals = [pair for pair in scores if pair != (a, b) and (pair[0] == a or pair[1] == b)]
        free = [pair for pair in rivals if f"- {pair[0]}" not in settled and f"+ {pair[1]}" not in settled]
        settled |= {f"- {a}", f"+ {b}"}
        if any(scores[pair] > score - APART for pair in free):
            notes.append(f"`{a}` may be `{b}` now, or another one: it is told as removed, and what is new as added.")
        else:
            found.names[section][a] = b
    return notes


def _likeness(a: str, b: str, old: Data, new: Data, around: tuple[frozenset[str], frozenset[str]]) -> float:
    """From 0 to 1: half by fields, then by neighbours, least by the names; what nothing is said of is left out."""
    if old.get("kind") != new.get("kind"):
        return 0.0
    keys = {*old, *new} - {"kind"}
    before, after = around
    if (before or after) and not before & after:
        return 0.0
    share = len(before & after) / len(before | after) if before else None
    fields = sum(same(key, old.get(key), new.get(key)) for key in keys) / len(keys) if keys else None
    if fields is None and share is None:
        return 0.0  # nothing but the names is known of them
    by_fields, by_neighbours = fields if fields is not None else share, share if share is not None else fields
    known = _FIELDS * (by_fields or 0.0) + _NEIGHBOURS * (by_neighbours or 0.0)
    return known + _NAME * SequenceMatcher(None, a, b).ratio() if known + _NAME >= LIKENESS else 0.0


def _neighbours(section: str, data: Data) -> Mapping[str, frozenset[str]]:
    """What each element hangs on: of a component whom it is connected with, of a group what stands in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in _ties(section, data):
        found[one].add(other)
        found[other].add(one)
    return defaultdict(frozenset, {id_: frozenset(ends) for id_, ends in found.items()})


def _ties(section: str, data: Data) -> Iterator[tuple[str, str]]:
    if section == "components":
        for each in data.get("connections", ()):
            yield each["from"], each["to"]
        yield from _calls(data)
    elif section == "groups":
        for id_, component in data.get("components", {}).items():
            yield from ((group, id_) for group in [component.get("group"), *component.get("zones", ())] if group)
        for id_, group in data.get("groups", {}).items():
            if "within" in group:
                yield id_, group["within"]


def _calls(data: Data) -> Iterator[tuple[str, str]]:
    """A component and the flow that asks it, which ties as a connection does."""
    for id_, flow in data.get("flows", {}).items():
        waiting = [*flow.get("steps", ())]
        while waiting:
            step = waiting.pop()
            yield from ((callee, f"flow {id_}") for callee in step.get("call", ()))
            for inner in ("steps", "parallel", "on_miss", "fallback"):
                waiting += step.get(inner, ())
