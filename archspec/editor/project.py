"""What is open, which spec each file is part of, and what was last known of each spec."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archspec.editor.buffers import Buffers
from archspec.editor.offers import Names, names_in
from archspec.editor.snapshot import Before, Snapshot, snapshot
from archspec.errors import UsageError
from archspec.language import Pieces, decode, is_spec, specs_in
from archspec.language.reader.includes import tree_of
from archspec.language.reader.tolerant import tolerant

MOST_TYPED = 50_000
"""The longest text, in characters, that is read while it is being typed; of longer ones the last tree counts."""
_FOLDERS_ABOVE = 4
_MOST_SPECS = 50
"""So many specs of a folder are looked at for one that includes a file."""


@dataclass(slots=True)
class Project:
    """The state of one editor; texts change at once, snapshots when there is time."""

    buffers: Buffers = field(default_factory=Buffers)
    snapshots: dict[Path, Snapshot] = field(default_factory=dict)
    _before: dict[Path, Before] = field(default_factory=dict)
    trees: dict[Path, Any] = field(default_factory=dict)
    """The data of each open file when it could last be read."""
    outlined: dict[Path, Pieces] = field(default_factory=dict)
    """What each open file was when its outline was last asked for."""
    folders: tuple[Path, ...] = ()
    """The workspace: nothing is looked for above."""
    _including_specs: dict[Path, Path | None] = field(default_factory=dict)
    """For files that are no spec of their own, the nearest spec that includes them."""

    def root_of(self, path: Path) -> Path | None:
        """The root of the spec that a file is part of: itself, else the nearest that includes it; None: of none."""
        text = self.buffers.open.get(path)
        if text is not None and is_spec(text):
            return path
        known = (root for root, each in self.snapshots.items() if each.file_named(path) is not None)
        found = next(known, None)
        if found is None and path not in self._including_specs:
            self._including_specs[path] = next(self._including(path), None)
        return found or self._including_specs.get(path)

    def look_again(self) -> None:
        """Something has changed on the disk."""
        self.snapshots.clear()
        self._including_specs.clear()

    def close(self, path: Path) -> None:
        """A file is not open any more; what the disk has counts."""
        self.buffers.open.pop(path, None)
        self.trees.pop(path, None)
        self.outlined.pop(path, None)

    def roots(self) -> list[Path]:
        """The roots of all that is open."""
        found = (self.root_of(path) for path in self.buffers.open)
        return list(dict.fromkeys(root for root in found if root is not None))

    def _including(self, path: Path) -> Iterator[Path]:
        for root in self._specs_around(path):
            try:
                files = tree_of(root, self.buffers).source.texts
            except UsageError:
                continue
            if any(Path(name).resolve() == path for name in files):
                yield root

    def _specs_around(self, path: Path) -> Iterator[Path]:
        """The specs of the folder of a file and of those above, as far as the workspace goes."""
        for folder in path.parents[:_FOLDERS_ABOVE]:
            if self.folders and not any(folder.is_relative_to(each) for each in self.folders):
                return
            for other in specs_in(folder)[:_MOST_SPECS]:
                if other.resolve() != path and self._includes(other):
                    yield other.resolve()

    def _includes(self, path: Path) -> bool:
        try:
            text, _ = decode(self.buffers.contents(path, path.parent), str(path))
        except UsageError:
            return False
        return "include" in text and is_spec(text)

    def renewed(self, root: Path, soon: Callable[[Snapshot], object] | None = None) -> Snapshot:
        """What is known of a spec now: judged anew only where a text has changed; of one thread at a time.

        `soon` is told what is found before figures that take long.
        """
        known = self.snapshots.get(root)
        if known is None or not known.is_current(self.buffers):
            before = self._before.setdefault(root, Before())
            known = self.snapshots[root] = snapshot(root, self.buffers.copy(), before, soon)
        return known

    def forget(self, root: Path) -> None:
        """Nothing of a spec is open any more."""
        self.snapshots.pop(root, None)
        self._before.pop(root, None)

    def typed(self, path: Path, line: int) -> tuple[Any, Names]:
        """The data of a file with a line (from 1) that is being typed, and the names of its whole spec."""
        text = self.buffers.open[path]
        if len(text) <= MOST_TYPED:
            document = tolerant(text, str(path), line)
            if isinstance(document.data, dict) and document.complete:
                self.trees[path] = document.data
        known = [each for each in self.snapshots.values() if each.file_named(path) is not None]
        data = self.trees.get(path) or next((dict(each.names.elements) for each in known), None)
        return data, _joined([*(each.names_outside(path) for each in known), names_in(data)])


def _joined(names: Iterable[Names]) -> Names:
    found: dict[str, dict[str, Any]] = {}
    for each in names:
        for section, elements in each.elements.items():
            found.setdefault(section, {}).update(elements)
    return Names(found)
