"""Spec files of another revision, out of git's objects."""

from pathlib import Path

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.git_objects import Revision, absolute


@frozen
class RevisionFiles:
    """The files of a commit, by the paths that they have on this machine."""

    revision: Revision

    def holds(self, folder: Path, path: Path) -> bool:
        """Whether a path stays in a folder; a link may lead anywhere in the commit, and nowhere else."""
        return "\0" not in str(path) and absolute(path).is_relative_to(absolute(folder))

    def real(self, path: Path) -> Path:
        """The path without `..`."""
        return absolute(path)

    def contents(self, path: Path, within: Path | None) -> bytes:
        """The bytes of a file of the commit."""
        if within is not None and not self.holds(within, path):
            raise UsageError(f"`{path}` leads out of its folder; pass --allow-outside to read it all the same.")
        return self.revision.read(path)

    def beside(self, path: Path) -> list[str]:  # noqa: ARG002
        """None are looked for."""
        return []
