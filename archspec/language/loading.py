"""A spec to an `Architecture`: from a file, a text, or a file in another revision."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.errors import UsageError
from archspec.language.reader.document import read_text
from archspec.language.reader.files import read_spec
from archspec.language.reader.includes import built, resolve, tree_of
from archspec.model import Architecture

if TYPE_CHECKING:
    from archspec.git_objects import Revision


def load(
    path: str | Path,
    *,
    allow_outside: bool = False,
    python: bool = True,
    settings: Mapping[str, Any] | None = None,
) -> Architecture:
    """The architecture in a spec: a YAML file, `-` for YAML on standard input, or a Python file (whose code is run).

    `allow_outside` lets the spec, its includes and its load files lie outside the spec's folder; with `python` false
    a `.py` file is refused; `settings` (`{"api.replicas": 6}`) go over what the spec says.

    Raises:
        SpecError: the spec is invalid; it carries every problem found.
        UsageError: there is no such file, or it cannot be read.

    """
    if str(path).endswith(".py"):
        from archspec.language.python_spec import load_python

        return load_python(Path(path), allowed=python, settings=settings, allow_outside=allow_outside)
    document, folder = read_spec(str(path), allow_outside=allow_outside)
    tree = resolve(document, folder, allow_outside=allow_outside)
    return built(tree, settings, load_files_in=None if allow_outside else folder)


def load_revision(revision: "Revision", path: Path, *, allow_outside: bool = False) -> Architecture:
    """The architecture that a YAML file describes in a commit, its includes of the same commit; no code is run.

    Positions name the files as they are called on this machine.

    Raises:
        SpecError: the spec is invalid there.
        NotInRevisionError: the commit holds no such file.
        UsageError: it is Python, or cannot be read.

    """
    from archspec.language.reader.revision_files import RevisionFiles

    if path.suffix == ".py":
        raise UsageError(f"`{path}` is Python, and its code in another revision is not run; give two files.")
    tree = tree_of(path, RevisionFiles(revision), allow_outside=allow_outside)
    return built(tree, load_files_in=None if allow_outside else path.parent)


def load_text(text: str, file: str = "<text>") -> Architecture:
    """The architecture in a YAML text; `file` is the name used in positions. It cannot `include` files.

    Raises:
        SpecError: the text is no valid spec; it carries every problem found.

    >>> load_text("{archspec: 1, name: Tiny, components: {api: {kind: server}}}").components["api"].kind
    'server'

    """
    return built(resolve(read_text(text, file), None))
