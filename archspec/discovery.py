"""Extensions: one module-level value per file of a folder, plus what other distributions add by entry point."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Generic, TypeVar

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
        value = _only_value(module_name, of)
        if name(value) in found:
            raise DefectError(f"{module_name}: the name {name(value)!r} is taken")
        found[name(value)] = value
    for value in _from_entry_points(entry_points, of) if entry_points else ():
        if name(value) in found:
            raise UsageError(f"an installed extension takes the name {name(value)!r}, which is taken; uninstall it.")
        found[name(value)] = value
    return dict(sorted(found.items()))


class Named(Mapping[str, T], Generic[T]):
    """The values of type `of` in a package whose modules are called as they are: each imported when it is asked for.

    Raises:
        DefectError: a module that is asked for holds none or several, or one of another name.

    """

    def __init__(self, package: str, of: type[T], name: Callable[[T], str]) -> None:
        self._modules = {module.rpartition(".")[2]: module for module in modules(package)}
        self._of, self._name = of, name
        self._found: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._found:
            value = _only_value(self._modules[name], self._of)
            if self._name(value) != name:
                raise DefectError(f"{self._modules[name]} must be called {self._name(value)}, as what it holds")
            self._found[name] = value
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


def _only_value(module_name: str, of: type[T]) -> T:
    values = [value for value in vars(import_module(module_name)).values() if isinstance(value, of)]
    if len(values) != 1:
        raise DefectError(f"{module_name} must hold exactly one {of.__name__}, it holds {len(values)}")
    return values[0]


def modules(package: str) -> list[str]:
    """The full name of every module below `package` (sub-folders too), sorted; none of them is imported."""
    found = []
    for root in import_module(package).__path__:
        for folder, _, files in os.walk(root):  # not Path.rglob, which takes four times as long, at each start
            parts = (package, *Path(folder).relative_to(root).parts)
            found += [".".join((*parts, file[:-3])) for file in files if file.endswith(".py") and file != "__init__.py"]
    return sorted(found)


def _from_entry_points(group: str, of: type[T]) -> list[T]:
    if not _is_named(group):
        return []
    from importlib.metadata import entry_points

    values = []
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        value = point.load()
        if not isinstance(value, of):
            raise UsageError(f"the extension {point.value!r} is no {of.__name__}; tell its author.")
        values.append(value)
    return values


def _is_named(group: str) -> bool:
    """Whether any distribution names the group: to ask for it properly takes 15 ms and more at each start."""
    section = f"[{group}]".encode()
    for folder in map(Path, sys.path):
        # A distribution that is no folder beside the modules, such as one in a zip file, is asked for properly.
        if folder.is_file() or any(section in file.read_bytes() for file in folder.glob("*-info/entry_points.txt")):
            return True
    return False
