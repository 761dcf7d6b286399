"""Extensions: one module-level value per file of a folder, plus what other distributions add by entry point."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from archspec.errors import DefectError, UsageError

T = TypeVar("T")


def discover(
    packages: Sequence[str], of: type[T], name: Callable[[T], str], entry_points: str | None = None
) -> dict[str, T]:
    """Every value of type `of` in the modules below `packages` (sub-folders too), by name, sorted.

    Each module must hold exactly one such value. Entry points of the group `entry_points` go through the
    same door.

    Raises:
        DefectError: a module of archspec holds none or several, or two have one name.
        UsageError: an installed extension is not of the type, or takes a name that is taken.

    """
    found: dict[str, T] = {}
    for module_name in (module for package in packages for module in modules(package)):
        module = import_module(module_name)
        values = [value for value in vars(module).values() if isinstance(value, of)]
        if len(values) != 1:
            raise DefectError(f"{module_name} must hold exactly one {of.__name__}, it holds {len(values)}")
        if name(values[0]) in found:
            raise DefectError(f"{module_name}: the name {name(values[0])!r} is taken")
        found[name(values[0])] = values[0]
    for value in _from_entry_points(entry_points, of) if entry_points else ():
        if name(value) in found:
            raise UsageError(f"an installed extension takes the name {name(value)!r}, which is taken; uninstall it.")
        found[name(value)] = value
    return dict(sorted(found.items()))


def modules(package: str) -> list[str]:
    """The full name of every module below `package` (sub-folders too), sorted; none of them is imported."""
    names = (
        path.relative_to(root).with_suffix("").parts
        for root in map(Path, import_module(package).__path__)
        for path in root.rglob("*.py")
        if path.stem != "__init__"
    )
    return sorted(".".join((package, *parts)) for parts in names)


def _from_entry_points(group: str, of: type[T]) -> list[T]:
    from importlib.metadata import entry_points  # costs 10 ms: only where extensions are asked for

    values = []
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        value = point.load()
        if not isinstance(value, of):
            raise UsageError(f"the extension {point.value!r} is no {of.__name__}; tell its author.")
        values.append(value)
    return values
