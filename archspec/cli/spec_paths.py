"""Which specs a command means: files, folders, patterns, standard input."""

from glob import glob, has_magic
from os.path import abspath
from pathlib import Path

from archspec.errors import UsageError
from archspec.language import is_spec, read_spec
from archspec.plain_file import SIZE_LIMIT

_YAML = (".yaml", ".yml")
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages"})


def spec_paths(given: list[str], *, python: bool = False) -> list[str]:
    """Every spec once, in the order given; within a folder sorted.

    A file is taken as it is. Of a folder, or a pattern, those YAML files are taken that have a key `archspec` at
    the top (parts that others include have none); Python files only where `python` is true, as they are run.

    Raises:
        UsageError: a folder or pattern holds no spec.

    """
    found: dict[str, None] = {}
    for name in given:
        if name == "-" or _is_file(name) or not (has_magic(name) or Path(name).is_dir()):
            found[name] = None
            continue
        paths = _below(Path(name)) if Path(name).is_dir() else _matching(name)
        specs = [str(path) for path in sorted(paths) if _is_spec(path, python)]
        if not specs:
            runs_code = not python and any(_is_spec(path, python=True) for path in paths)
            remedy = "--python takes the .py specs in it." if runs_code else "`archspec init` writes a first one."
            raise UsageError(f"there is no spec in `{name}`; {remedy}")
        found |= dict.fromkeys(specs)
    return list(found)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except ValueError:  # a NUL in the name
        return False


def affected(changed: list[str]) -> dict[str, list[str]]:
    """The specs below the current folder that one of these files takes part in, each with those of its files."""
    among = {abspath(name): name for name in changed}  # noqa: PTH100 - by name, as includes are found
    found = {}
    for path in sorted(_below(Path())):
        if path.suffix in _YAML and _is_spec(path, python=False):
            files = [among[place] for part in parts(str(path)) if (place := abspath(part)) in among]  # noqa: PTH100
            if files:
                found[str(path)] = files
    return found


def parts(spec: str) -> list[str]:
    """The files of a YAML spec: the spec itself, then what it includes."""
    from archspec.language.reader.includes import resolve

    try:
        document, folder = read_spec(spec)
    except UsageError:  # whoever takes this spec is told
        return [spec]
    return list(dict.fromkeys((spec, *resolve(document, folder).source.texts)))


def _below(folder: Path) -> list[Path]:
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        for path in waiting.pop().iterdir():
            if path.name.startswith(".") or path.name in _SKIPPED:
                continue
            if path.is_dir() and not path.is_symlink():
                waiting.append(path)
            elif path.is_file():
                found.append(path)
    return found


def _is_spec(path: Path, python: bool) -> bool:
    if path.suffix == ".py":
        return python and path.is_file() and b"archspec" in _beginning(path)
    return path.suffix in _YAML and path.is_file() and is_spec(_beginning(path).decode(errors="replace"))


def _beginning(path: Path) -> bytes:
    """As much of a file as a spec may be long; nothing where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(SIZE_LIMIT)
    except OSError:
        return b""


def _matching(pattern: str) -> list[Path]:
    return [Path(path) for path in glob(pattern, recursive=True)]  # noqa: PTH207 (Path.glob refuses absolute ones)
