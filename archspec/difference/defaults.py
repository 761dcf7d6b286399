"""A changed default is one change, however many components take it."""

from collections.abc import Sequence
from dataclasses import replace

from archspec.difference.change import Change, ChangeKind
from archspec.errors import Span
from archspec.language import Names
from archspec.model import Architecture, Path
from archspec.model.connection import arrow_name, ends_of_name


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
