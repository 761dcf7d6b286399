"""What changed between two architectures, element by element and field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archspec.difference.change import SECTIONS, Change, ChangeKind
from archspec.difference.fields import differing, steps_told
from archspec.difference.renames import Renames, renames
from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language import Names, Renaming
from archspec.model import Architecture, Path
from archspec.model.connection import arrow_name, ends_of_name, name_of
from archspec.model.data import to_data
from archspec.model.kind import kinds

Data = Mapping[str, Any]
_ELEMENTS = ("components", "flows", "alerts", "pipelines", "groups", "scenarios", "views")
_TEXTS = ("name", "description", "owner", "lint")
_PLACES = {"components": ("group", "zones"), "groups": ("within",)}


@frozen
class Structure:
    """All changes in the order of telling, the names that elements of the base have in the head, and remarks."""

    changes: tuple[Change, ...]
    names: Names
    notes: tuple[str, ...] = ()


def structure(base: Architecture, head: Architecture, *, finds_renames: bool = True) -> Structure:
    """What changed. Order of keys, comments, layout, shorthand and which file it stands in are no change."""
    before, after = to_data(base), to_data(head)
    found = renames(before, after) if finds_renames else Renames()
    following = Renaming(found.names)
    before = following.renamed(before)
    changes = [
        *_texts(before, after),
        *(change for section in _ELEMENTS for change in _elements(section, before, after, following)),
        *_connections(before, after),
        *_default_connection(before, after),
    ]
    told = [_placed(change, base, head, found.names) for change in folded(changes, base, head, found.names)]
    told.sort(key=lambda change: SECTIONS.index(change.section))
    return Structure(tuple(told), {key: dict(names) for key, names in found.names.items() if names}, tuple(found.notes))


def _texts(before: Data, after: Data) -> Iterator[Change]:
    for key in _TEXTS:
        if before.get(key) != after.get(key):
            yield Change(ChangeKind.CHANGED, "system", "spec", (key,), before.get(key), after.get(key))


def _default_connection(before: Data, after: Data) -> Iterator[Change]:
    old, new = (data.get("defaults", {}).get("connections", {}) for data in (before, after))
    for path, a, b in differing(old, new):
        yield Change(ChangeKind.CHANGED, "defaults", "connections", path, a, b)


def _elements(section: str, before: Data, after: Data, following: Renaming) -> Iterator[Change]:
    old, new = before.get(section, {}), after.get(section, {})
    was = {name: id_ for id_, name in following.names.get(section, {}).items()}
    for id_ in dict.fromkeys((*new, *old)):
        if id_ not in old:
            yield Change(ChangeKind.ADDED, section, id_, new=new[id_], title=_title(section, new[id_]))
        elif id_ not in new:
            yield Change(ChangeKind.REMOVED, section, id_, old=old[id_], title=_title(section, old[id_]))
        else:
            if id_ in was:
                uses = following.uses[section, was[id_]]
                told = (f"{uses} use{'s follow' if uses != 1 else ' follows'}",) if uses else ()
                yield Change(ChangeKind.RENAMED, section, id_, old=was[id_], new=id_, details=told)
            yield from _fields(section, id_, old[id_], new[id_])


def _fields(section: str, id_: str, old: Data, new: Data) -> Iterator[Change]:
    for path, a, b in differing(old, new):
        kind = ChangeKind.MOVED if path[0] in _PLACES.get(section, ()) else ChangeKind.CHANGED
        yield Change(kind, section, id_, path, a, b, details=steps_told(a, b))


def _connections(before: Data, after: Data) -> Iterator[Change]:
    old, new = ({ends_of_name(name_of(each)): each for each in data.get("connections", ())} for data in (before, after))
    turned = {ends for ends in new if ends not in old and _back(ends) in old and _back(ends) not in new}
    for ends in dict.fromkeys((*new, *old)):
        name = arrow_name(*ends)
        if ends in turned:
            yield Change(ChangeKind.REVERSED, "connections", name, old=arrow_name(*_back(ends)), new=name)
            yield from _fields("connections", name, _own(old[_back(ends)]), _own(new[ends]))
        elif ends not in old:
            yield Change(ChangeKind.ADDED, "connections", name, new=new[ends])
        elif ends in new:
            yield from _fields("connections", name, _own(old[ends]), _own(new[ends]))
        elif _back(ends) not in turned:
            yield Change(ChangeKind.REMOVED, "connections", name, old=old[ends])


def _back(ends: tuple[str, str, str | None]) -> tuple[str, str, str | None]:
    from_, to, name = ends
    return to, from_, name


def _own(connection: Data) -> Data:
    return {key: value for key, value in connection.items() if key not in ("from", "to", "name")}


def _title(section: str, element: Data) -> str:
    """`worker · python ×2`."""
    kind = element.get("kind", "")
    words = [kinds()[kind].title if section == "components" and kind in kinds() else kind, element.get("technology")]
    count = f" ×{element['replicas']}" if element.get("replicas", 1) != 1 else ""
    return " · ".join(word for word in words if word) + count


def _placed(change: Change, base: Architecture, head: Architecture, names: Names) -> Change:
    """The change with its place: in the head, of what was removed in the base."""
    section = change.section
    if section == "system":
        return replace(change, span=head.source.value(change.path))
    path = (section, change.element, *change.path)
    if change.kind is ChangeKind.REMOVED:
        was = {new: old for old, new in names.get(section, {}).items()}
        return replace(change, span=base.source.key((section, was.get(change.element, change.element))))
    return replace(change, span=head.source.value(path) if change.path else head.source.key(path))


def folded(changes: Sequence[Change], base: Architecture, head: Architecture, names: Names) -> list[Change]:
    """The changes; those of one default, which many elements take, as one that names whom it reaches."""
    found: list[Change] = []
    defaults: dict[tuple[str, ...], int] = {}
    for change in changes:
        kind = _default(change, base, head, names)
        if kind is None:
            key: tuple[str, ...] = (change.element, *change.path) if change.section == "defaults" else ()
            known = defaults.get(key)
            if key and known is not None:
                found[known] = replace(change, reaches=found[known].reaches)
                continue
            found.append(change)
            continue
        key = (kind, *change.path)
        if key not in defaults:
            defaults[key] = len(found)
            found.append(Change(ChangeKind.CHANGED, "defaults", kind, change.path, change.old, change.new))
        known = defaults[key]
        found[known] = replace(found[known], reaches=(*found[known].reaches, change.element))
    return found


def _default(change: Change, base: Architecture, head: Architecture, names: Names) -> str | None:
    """Whose default a change comes from; None where the element says it itself, before or now."""
    if change.section not in ("components", "connections") or not change.path:
        return None
    was = {new: old for old, new in names.get("components", {}).items()}
    if change.section == "components":
        kind = head.components[change.element].kind
        old_name = was.get(change.element, change.element)
    else:
        kind = "connections"
        from_, to, name = ends_of_name(change.element)
        old_name = arrow_name(was.get(from_, from_), was.get(to, to), name)
    sides = [
        _said_by_default(architecture, (change.section, name, *change.path), ("defaults", kind, *change.path))
        for architecture, name, value in ((base, old_name, change.old), (head, change.element, change.new))
        if value is not None
    ]
    return kind if all(sides) else None


def _said_by_default(architecture: Architecture, path: Path, default: Path) -> bool:
    values = architecture.source.values
    span: Span | None = values.get(path)
    return span is not None and span == values.get(default)
