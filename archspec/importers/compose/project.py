"""A project out of Compose files: interpolated each, then merged, then extended, then by profile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.importers import Map, Source, items, mapping
from archspec.importers.compose.interpolation import Variables, read_env
from archspec.importers.compose.merging import merged

_OVERRIDES = frozenset({"services", "networks", "volumes", "configs", "secrets"})
_MOST_FILES = 200


@dataclass(slots=True)
class Project:
    """What `docker compose config` would show, with the lines of the files."""

    folder: Path | None
    name: str | None = None
    data: Map = field(default_factory=Map)
    notes: list[str] = field(default_factory=list)
    inactive: list[str] = field(default_factory=list)
    """Services left out since their profile is off."""

    @property
    def services(self) -> dict[str, Map]:
        """The services by name."""
        return {
            name: service for name, service in mapping(self.data.get("services")).items() if isinstance(service, Map)
        }

    def beside(self, name: str) -> Path | None:
        """A file or folder that the project names by a relative path, within its own; None where it is not there."""
        if self.folder is None or not name or name[0] in "/~" or "$" in name:
            return None
        path = self.folder / name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            return path if inside and path.exists() else None
        except (OSError, RuntimeError, ValueError):
            return None


def project(sources: Sequence[Source], profiles: Sequence[str] = ()) -> Project:
    """The project of files that are named together, the later over the earlier."""
    made = Project(sources[0].folder)
    loader = _Loader(made)
    data = loader.files(sources, made.folder)
    made.name = str(data["name"]) if data.get("name") else None
    made.data = data
    services = mapping(data.get("services"))
    data["services"] = _active(services, profiles, made)
    return made


def _active(services: dict[str, Any], profiles: Sequence[str], made: Project) -> Map:
    """The services that run: without a profile, or with one that is on."""
    active = Map(getattr(services, "line", 0))
    for name, service in services.items():
        wanted = [str(each) for each in items(mapping(service).get("profiles"))]
        if not wanted or "*" in profiles or set(wanted) & set(profiles):
            active[name] = service
        else:
            made.inactive.append(f"{name} (profile {', '.join(wanted)})")
    return active


@dataclass(slots=True)
class _Loader:
    made: Project
    loaded: dict[tuple[str, str], Map] = field(default_factory=dict)
    reading: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0

    def files(self, sources: Sequence[Source], folder: Path | None, env: dict[str, str] | None = None) -> Map:
        """Files laid over one another, with what they include and extend."""
        known = env if env is not None else self._env(folder)
        whole = Map()
        for source in sources:
            whole = merged(whole, self._one(source, known))
        services = mapping(whole.get("services"))
        for name in list(services):
            services[name] = self._extended(name, services, sources[0], folder, known)
        for include in items(whole.pop("include", None)):
            self._include(include, whole, folder, known)
        return whole

    def _one(self, source: Source, known: dict[str, str]) -> Map:
        """One file, interpolated; a file of the first version is the mapping of its services."""
        self.count += 1
        if self.count > _MOST_FILES:
            raise UsageError(f"more than {_MOST_FILES} Compose files include one another; name fewer.")
        data = Map()
        for document in source.documents:
            if isinstance(document, Map):
                data = document if not data else merged(data, document)
        if "services" not in data and "include" not in data and data and not _OVERRIDES & set(data):
            services = data
            data = Map(services.line)
            data["services"] = services
        variables = Variables(known)
        filled = variables.filled(data)
        unset = sorted(variables.unset | variables.required)
        if unset:
            listed = ", ".join(unset[:6]) + (f" and {len(unset) - 6} more" if len(unset) > 6 else "")
            remedy = "set them in .env, or pipe in `docker compose config`"
            self.made.notes.append(f"{source.name}: not set, and so empty: {listed}; {remedy}")
        for service in mapping(filled.get("services")).values():
            if isinstance(service, Map):
                service.file = source.name
        return filled  # type: ignore[no-any-return]

    def _env(self, folder: Path | None) -> dict[str, str]:
        path = folder / ".env" if folder is not None else None
        if path is None or not path.is_file():
            return {}
        return read_env(Source(str(path), path).text)

    def _extended(
        self, name: str, services: dict[str, Any], source: Source, folder: Path | None, env: dict[str, str]
    ) -> Any:
        """A service over the one that it extends."""
        service = services[name]
        asked = service.get("extends") if isinstance(service, dict) else None
        if asked is None:
            return service
        where = mapping(asked)
        base_name, file = (str(where.get("service", name)), where.get("file")) if where else (str(asked), None)
        key = (str(folder / str(file)) if file and folder else source.name, base_name)
        if key in self.reading:
            self.made.notes.append(f"service {name} extends itself, by way of {base_name}")
            return service
        self.reading.append(key)
        try:
            base = self._base(base_name, str(file) if file else None, services, source, folder, env)
        finally:
            self.reading.pop()
        if base is None:
            place = f" of {file}" if file else ""
            self.made.notes.append(f"service {name} extends {base_name}{place}, which is not there")
            return service
        holder = Map()
        holder["services"] = Map()
        holder["services"][name] = base
        above = Map()
        above["services"] = Map()
        above["services"][name] = service
        joined = merged(holder, above)["services"][name]
        joined.pop("extends", None)
        return joined

    def _base(
        self,
        name: str,
        file: str | None,
        services: dict[str, Any],
        source: Source,
        folder: Path | None,
        env: dict[str, str],
    ) -> Any:
        if file is None:
            return self._extended(name, services, source, folder, env) if name in services else None
        path = self._inside(folder, file)
        if path is None:
            return None
        other = Source(str(path), path)
        found = mapping(self._one(other, env).get("services"))
        return self._extended(name, found, other, path.parent, env) if name in found else None

    def _inside(self, folder: Path | None, file: str) -> Path | None:
        """A file that another names; it may lie beside the project's folder, and nothing but Compose is read of it."""
        if folder is None or "://" in file or "\0" in file:
            return None
        path = folder / file
        try:
            return path if path.is_file() else None
        except OSError:
            return None

    def _include(self, include: Any, whole: Map, folder: Path | None, env: dict[str, str]) -> None:
        """The services of an included project, which stand in its own folder; a name that is taken stays."""
        asked = mapping(include)
        names = [str(each) for each in items(asked.get("path") if asked else include)]
        paths = [self._inside(folder, name) for name in names]
        if not names or None in paths:
            self.made.notes.append(f"the included file {', '.join(names) or '(no path)'} is not there")
            return
        found = [path for path in paths if path is not None]
        base = found[0].parent
        key = (str(found[0].resolve()), "")
        if key in self.reading:
            self.made.notes.append(f"{names[0]} includes itself")
            return
        self.reading.append(key)
        try:
            data = self.files([Source(str(path), path) for path in found], base, {**self._env(base), **env})
        finally:
            self.reading.pop()
        for section, values in data.items():
            into = whole.setdefault(section, Map())
            for key_, value in mapping(values).items():
                if isinstance(into, dict):
                    into.setdefault(key_, value)
