"""The files that an import is given: named ones, those of a folder, standard input; and their formats."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archspec.errors import UsageError
from archspec.importers import importers
from archspec.importers.importer import Importer
from archspec.importers.reporting import Skipped
from archspec.importers.source import Source
from archspec.language import named

_ENDINGS = frozenset({".yaml", ".yml", ".json", ".jsonl", ".tfstate", ".conf", ".cfg"})
_NAMES = frozenset({"Caddyfile"})
_PASSED_OVER = frozenset(
    {"node_modules", "vendor", "venv", "dist", "build", "target", "__pycache__", "testdata", "fixtures"}
)
_MOST_FILES = 20_000
_FIRST_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""The names by which Compose finds its file, in its order."""


@dataclass(slots=True)
class Gathered:
    """The sources of each format, in the order they were named; and what was passed over."""

    sources: dict[str, list[Source]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)


def gather(paths: Sequence[str], piped: bytes, format_: str | None = None) -> Gathered:
    """Every file by its format. A file that is named must have one; of a folder, those that have one are taken.

    Raises:
        UsageError: a path is not there, or a file that is named is of no known format.

    """
    known = importers()
    if format_ is not None:
        named("format", format_, known)
    found = Gathered()
    for path in paths:
        if path == "-":
            _named(Source("<stdin>", None, piped), known, format_, found)
        elif Path(path).is_dir():
            _folder(Path(path), known, found)
        elif Path(path).exists():
            _named(Source(path, Path(path)), known, format_, found)
        else:
            raise UsageError(f"there is no file `{path}`; check its name.")
    return found


def _named(source: Source, known: dict[str, Importer], format_: str | None, found: Gathered) -> None:
    chosen = known[format_] if format_ else recognised(source, known)
    if chosen is None:
        raise UsageError(f"`{source.name}` {refusal(source)}")
    found.sources.setdefault(chosen.name, []).append(source)


def recognised(source: Source, known: dict[str, Importer] | None = None) -> Importer | None:
    """The importer that knows a file by its content."""
    candidates = sorted((known or importers()).values(), key=lambda each: not each.streams)
    return next((each for each in candidates if each.recognises(source)), None)


def refusal(source: Source) -> str:
    """Why no importer reads a file, and what to do."""
    known = ", ".join(each.title for each in importers().values())
    if source.is_chart:
        return "is a Helm template; run `helm template . | archspec import -`."
    if source.first(lambda document: str(document.get("apiVersion", "")).startswith("kustomize.config.k8s.io/")):
        return "is a kustomization; run `kustomize build . | archspec import -`."
    if source.first(lambda document: "archspec" in document):
        return "is a spec already; `archspec lint` judges it."
    if source.mistake is not None and Path(source.name).suffix in (".yaml", ".yml", ".json"):
        return f"cannot be read: {source.mistake}; mend it there."
    if not source.documents and not source.text.strip():
        return "is empty; name a file with content."
    return f"is of no format that is known; name {known}, or say which it is with --from."


def _folder(folder: Path, known: dict[str, Importer], found: Gathered) -> None:
    """The files of a folder and below, without hidden folders and those of other people's code."""
    projects: list[Source] = []
    for count, path in enumerate(_files(folder)):
        if count >= _MOST_FILES:
            raise UsageError(f"`{folder}` holds more than {_MOST_FILES} files that may be read; name fewer of them.")
        source = Source(str(path), path)
        try:
            chosen = recognised(source, known)
            if chosen is None and source.is_chart:
                found.skipped.append(Skipped(source.name, "a Helm template; run `helm template` and pipe it in"))
            if chosen is None and path.suffix in (".yaml", ".yml") and not source.is_chart and source.mistake:
                found.skipped.append(Skipped(source.name, source.mistake))
        except (UsageError, OSError) as error:
            found.skipped.append(Skipped(source.name, str(error)))
            continue
        if chosen is not None and chosen.name == "compose":
            projects.append(source)
        elif chosen is not None:
            found.sources.setdefault(chosen.name, []).append(source)
    taken = _project(projects)
    if taken:
        found.sources.setdefault("compose", []).extend(taken)
    why = "another Compose file; name it to read it"
    found.skipped += [Skipped(source.name, why) for source in projects if source not in taken]


def _project(sources: list[Source]) -> list[Source]:
    """The files that `docker compose` itself would take: of the highest folder, the first name and its override."""
    by_folder: dict[Path, dict[str, Source]] = {}
    for source in sources:
        assert source.path is not None
        by_folder.setdefault(source.path.parent, {})[source.path.name] = source
    for folder in sorted(by_folder, key=lambda folder: (len(folder.parts), str(folder))):
        files = by_folder[folder]
        first = next((name for name in _FIRST_NAMES if name in files), None)
        if first is None and len(by_folder) == 1 and len(files) == 1:
            return list(files.values())
        if first is not None:
            stem, _, ending = first.rpartition(".")
            override = files.get(f"{stem}.override.{ending}")
            return [files[first], *([override] if override else [])]
    return []


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_OVER)
        for name in sorted(names):
            if name in _NAMES or (Path(name).suffix in _ENDINGS and not name.startswith(".")):
                yield Path(root) / name
