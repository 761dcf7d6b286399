"""What is under construction: the architecture, its groups and its components."""

import linecache
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from keyword import iskeyword
from os import sep
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from archspec.errors import Span, UsageError
from archspec.frozen import frozen

if TYPE_CHECKING:
    from typing import Unpack

    from archspec.dsl.fields import (
        AlertFields,
        ArchitectureFields,
        ConnectionFields,
        FlowFields,
        GroupFields,
        PipelineFields,
        ScenarioFields,
        Target,
        ViewFields,
    )
    from archspec.model import SourceMap
    from archspec.model import architecture as model

Keys = tuple[str | int, ...]
"""The way to a value in the data, as a `SourceMap` has it."""
_HERE = str(Path(__file__).parent) + sep
_current: ContextVar["System | None"] = ContextVar("system", default=None)
_around: ContextVar["Group | None"] = ContextVar("group", default=None)


@frozen
class Line:
    """A line of a spec: the file as Python knows it, and the stretch that errors show."""

    file: str
    span: Span


class Part(dict[str, Any]):
    """A step or a stage, with the line that made it."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.line = here()


class Named:
    """A handle on something declared: pass it where its id belongs."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the language's own word
        self.id = id

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r})"


class Flow(Named):
    """A declared flow."""


class System:
    """A system under construction; what is made inside its `with` block belongs to it."""

    def __init__(self, name: str, **fields: "Unpack[ArchitectureFields]") -> None:
        if "include" in fields:
            raise UsageError("a Python spec cannot include YAML files; import a module instead.")
        self._data: dict[str, Any] = {"archspec": 1, "name": name}
        self._spans: dict[Keys, Span] = {}
        self._texts: dict[str, str] = {}
        self._note((), here())
        self._data.update(plain(fields))

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _current.reset(self._token)

    def flow(
        self,
        id: str,  # noqa: A002
        from_: "Component | str",
        *steps: Mapping[str, Any],
        **fields: "Unpack[FlowFields]",
    ) -> Flow:
        """Declare what one kind of request does; `steps` are made by `call`, `parallel`, `work` and `use`."""
        self._declare("flows", id, {"from": from_, "steps": list(steps), **fields})
        return Flow(id)

    def alert(self, id: str, **fields: "Unpack[AlertFields]") -> Named:  # noqa: A002
        """Declare a condition that tells somebody."""
        return self._declare("alerts", id, fields)

    def pipeline(
        self,
        id: str,  # noqa: A002
        *stages: Mapping[str, Any],
        **fields: "Unpack[PipelineFields]",
    ) -> Named:
        """Declare how a change is delivered; `stages` are made by `stage`."""
        return self._declare("pipelines", id, {**fields, "stages": list(stages)})

    def view(self, id: str, **fields: "Unpack[ViewFields]") -> Named:  # noqa: A002
        """Declare a picture."""
        return self._declare("views", id, fields)

    def scenario(self, id: str, **fields: "Unpack[ScenarioFields]") -> Named:  # noqa: A002
        """Declare a run of the simulation."""
        return self._declare("scenarios", id, fields)

    def defaults(self, kind: str, **fields: Any) -> None:
        """Declare what every component of a kind has, or every connection (`kind="connections"`)."""
        self._data.setdefault("defaults", {}).setdefault(kind, {}).update(plain(fields))
        self._note(("defaults", kind), here())

    def connect(self, from_: "Target", to: "Target | Group", **fields: "Unpack[ConnectionFields]") -> None:
        """Declare a connection with its fields: `protocol`, `timeout`, …; both ends may be lists, `to` also a group."""
        connections = self._data.setdefault("connections", [])
        self._note(("connections", len(connections)), here())
        connections.append(plain({"from": from_, "to": to, **fields}))

    def build(self, settings: Mapping[str, Any] | None = None) -> "model.Architecture":
        """The architecture; `settings` (`{"api.replicas": 6}`) go over what was declared.

        Raises:
            SpecError: something is wrong; every mistake points at the line that made it.

        """
        from archspec.language.build import build

        return build(*self.as_spec(), settings)

    def as_spec(self) -> "tuple[dict[str, Any], SourceMap]":
        """What was declared, as the data of a spec with the line of each part; both are copies."""
        from copy import deepcopy

        from archspec.model import SourceMap

        return deepcopy(self._data), SourceMap(dict(self._spans), dict(self._spans), dict(self._texts))

    def _declare(self, section: str, id: str, fields: Mapping[str, Any]) -> Named:  # noqa: A002
        entries = self._data.setdefault(section, {})
        if id in entries:
            first = self._spans[section, id]
            raise UsageError(f"{section} has {id!r} twice, first at {first.label}; rename one of them.")
        entries[id] = plain(fields)
        self._note((section, id), here())
        self._note_parts(fields, (section, id))
        return Named(id)

    def _note_parts(self, value: Any, path: Keys) -> None:
        """Note the lines of the steps and stages inside a value."""
        if isinstance(value, Part):
            self._note(path, value.line)
        if isinstance(value, Mapping):
            for key, item in value.items():
                self._note_parts(item, (*path, _key(key)))
        elif isinstance(value, (list, tuple)):
            for index, item in enumerate(value):
                self._note_parts(item, (*path, index))

    def _note(self, path: Keys, line: Line | None) -> None:
        if line is not None:
            self._spans[path] = line.span
            if line.span.file not in self._texts:
                self._texts[line.span.file] = "".join(linecache.getlines(line.file))


class Group(Named):
    """A boundary; components made inside its `with` block stand in it."""

    def __init__(self, id: str, **fields: "Unpack[GroupFields]") -> None:  # noqa: A002
        super().__init__(id)
        _owner()._declare("groups", id, {"within": _around.get(), **fields})

    def __enter__(self) -> Self:
        self._token = _around.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _around.reset(self._token)


class Component(Named):
    """A component of the architecture under construction; `a >> b` connects them and gives `b`.

    Lists stand for each of their members, on either side: `a >> [b, c] >> d`.
    """

    kind: ClassVar[str]

    def __init__(self, id: str, **fields: Any) -> None:  # noqa: A002
        super().__init__(id)
        _owner()._declare("components", id, {"kind": self.kind, "group": _around.get(), **fields})

    def __rshift__(self, other: Any) -> Any:
        _owner().connect(self, other)
        return other

    def __rrshift__(self, others: Sequence["Component | str"]) -> Self:
        _owner().connect(others, self)
        return self


def connect(from_: "Target", to: "Target | Group", **fields: "Unpack[ConnectionFields]") -> None:
    """Connect two components, with fields: `connect(lb, api, protocol="http", timeout="2s")`."""
    _owner().connect(from_, to, **fields)


def _owner() -> System:
    owner = _current.get()
    if owner is None:
        raise UsageError('nothing is under construction; work inside `with System("name") as system:`.')
    return owner


def plain(value: Any) -> Any:
    """Fields as a YAML spec would give them: handles become ids, `for_` becomes `for`, tuples become lists."""
    if isinstance(value, Named):
        return value.id
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [plain(item) for item in value]
    return value


def _key(key: Any) -> Any:
    if isinstance(key, Named):
        return key.id
    return key[:-1] if isinstance(key, str) and key.endswith("_") and iskeyword(key[:-1]) else key


def here() -> Line | None:
    """The line of the spec that is being run: of the nearest frame outside this folder."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(_HERE) and frame.f_back is not None:
        frame = frame.f_back
    file, line = frame.f_code.co_filename, frame.f_lineno
    text = linecache.getline(file, line).rstrip()
    if not text:
        return None
    return Line(file, Span(_relative(file), line, len(text) - len(text.lstrip()) + 1, line, len(text) + 1))


def _relative(file: str) -> str:
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file
