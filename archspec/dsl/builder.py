"""What is under construction: the architecture, its groups and its components."""

import linecache
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from keyword import iskeyword
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from archspec.errors import Span, UsageError

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
    from archspec.model import architecture as model

_current: ContextVar["Architecture | None"] = ContextVar("architecture", default=None)
_HERE = Path(__file__).parent
_around: ContextVar["Group | None"] = ContextVar("group", default=None)


class Named:
    """A handle on something declared: pass it where its id belongs."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the language's own word
        self.id = id

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r})"


class Flow(Named):
    """A declared flow."""


class Architecture:
    """A system under construction; what is made inside its `with` block belongs to it."""

    def __init__(self, name: str, **fields: "Unpack[ArchitectureFields]") -> None:
        if "include" in fields:
            raise UsageError("a Python spec cannot include YAML files; import a module instead.")
        self._data: dict[str, Any] = {"archspec": 1, "name": name}
        self._spans: dict[tuple[str | int, ...], Span] = {}
        self._texts: dict[str, str] = {}
        self._note((), _place(self._texts))
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
        self._note(("defaults", kind), _place(self._texts))

    def connect(self, from_: "Component | str", to: "Target", **fields: "Unpack[ConnectionFields]") -> None:
        """Declare a connection with its fields: `protocol`, `timeout`, `retries`, …; `to` may be a list."""
        connections = self._data.setdefault("connections", [])
        self._note(("connections", len(connections)), _place(self._texts))
        connections.append(plain({"from": from_, "to": to, **fields}))

    def build(self, settings: Mapping[str, Any] | None = None) -> "model.Architecture":
        """The architecture; `settings` (`{"api.replicas": 6}`) go over what was declared.

        Raises:
            SpecError: something is wrong; every mistake points at the line that made it.

        """
        from copy import deepcopy

        from archspec.model.build import build
        from archspec.model.source import SourceMap

        source = SourceMap(dict(self._spans), dict(self._spans), dict(self._texts))
        return build(deepcopy(self._data), source, settings)

    def _declare(self, section: str, id: str, fields: Mapping[str, Any]) -> Named:  # noqa: A002
        entries = self._data.setdefault(section, {})
        if id in entries:
            first = self._spans[section, id]
            raise UsageError(f"{section} has {id!r} twice, first at {first.label}; rename one.")
        entries[id] = plain(fields)
        self._note((section, id), _place(self._texts))
        return Named(id)

    def _note(self, path: tuple[str | int, ...], span: Span | None) -> None:
        if span is not None:
            self._spans[path] = span


class Group(Named):
    """A boundary; components made inside its `with` block stand in it."""

    def __init__(self, id: str, **fields: "Unpack[GroupFields]") -> None:  # noqa: A002
        super().__init__(id)
        around = _around.get()
        nested = {"within": around} if around and "within" not in fields else {}
        _owner()._declare("groups", id, {**nested, **fields})

    def __enter__(self) -> Self:
        self._token = _around.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _around.reset(self._token)


class Component(Named):
    """A component of the architecture under construction; `a >> b` connects them and gives `b`."""

    kind: ClassVar[str]

    def __init__(self, id: str, **fields: Any) -> None:  # noqa: A002
        super().__init__(id)
        around = _around.get()
        place = {"group": around} if around and "group" not in fields else {}
        _owner()._declare("components", id, {"kind": self.kind, **place, **fields})

    def __rshift__(self, other: Any) -> Any:
        _owner().connect(self, other)
        return other


def connect(from_: Component | str, to: "Target", **fields: "Unpack[ConnectionFields]") -> None:
    """Connect two components, with fields: `connect(lb, api, protocol="http", timeout="2s")`."""
    _owner().connect(from_, to, **fields)


def _owner() -> Architecture:
    owner = _current.get()
    if owner is None:
        raise UsageError('nothing is under construction: work inside `with Architecture("name") as system:`.')
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


def _place(texts: dict[str, str]) -> Span | None:
    """The line of the spec that is being run: the nearest frame outside this folder."""
    frame = sys._getframe(1)
    while Path(frame.f_code.co_filename).parent == _HERE and frame.f_back is not None:
        frame = frame.f_back
    file, line = frame.f_code.co_filename, frame.f_lineno
    text = linecache.getline(file, line).rstrip()
    if not text:
        return None
    name = _relative(file)
    texts.setdefault(name, "".join(linecache.getlines(file)))
    return Span(name, line, len(text) - len(text.lstrip()) + 1, line, len(text) + 1)


def _relative(file: str) -> str:
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file
