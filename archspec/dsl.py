"""Specs in Python: a builder over the model. What it builds is what the same YAML would be.

Fields have the names they have in YAML; a Python keyword gets a trailing underscore (`from_`, `for_`). Where a
field names a component or group, pass it or its id. Times, rates and ratios are texts (`"3ms"`, `"1200/s"`).

>>> with Architecture("Tiny") as tiny:
...     zone = Group("zone-a", kind="zone")
...     viewer, api = Client("viewer"), Server("api", replicas=2, zones=[zone])
...     db = Database("db", technology="postgresql")
...     viewer >> api >> db
...     tiny.flow("read", viewer, call(api, call(db, takes="3ms"), cpu="4ms"), rate="100/s")
Database('db')
Flow('read')
>>> tiny.build().flows["read"].steps[0].cpu
Time(family=<Family.CONSTANT: 'constant'>, parameters=(4000000.0,), text='4ms')
"""

import linecache
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from archspec.errors import Span, UsageError

if TYPE_CHECKING:
    from archspec.model import architecture as model

_current: ContextVar["Architecture | None"] = ContextVar("architecture", default=None)
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

    def __init__(self, name: str, **fields: Any) -> None:
        self._data: dict[str, Any] = {"archspec": 1, "name": name}
        self._spans: dict[tuple[str | int, ...], Span] = {}
        self._texts: dict[str, str] = {}
        self._note((), _place(self._texts))
        self._data.update(_plain(fields))

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _current.reset(self._token)

    def flow(self, id: str, from_: "Component | str", *steps: Mapping[str, Any], **fields: Any) -> Flow:  # noqa: A002
        """Declare what one kind of request does; `steps` are made by `call`, `parallel`, `work` and `use`."""
        self._declare("flows", id, {"from": from_, "steps": list(steps), **fields})
        return Flow(id)

    def alert(self, id: str, **fields: Any) -> Named:  # noqa: A002
        """Declare a condition that tells somebody."""
        return self._declare("alerts", id, fields)

    def pipeline(self, id: str, *stages: Mapping[str, Any], **fields: Any) -> Named:  # noqa: A002
        """Declare how a change is delivered; `stages` are made by `stage`."""
        return self._declare("pipelines", id, {**fields, "stages": list(stages)})

    def view(self, id: str, **fields: Any) -> Named:  # noqa: A002
        """Declare a picture."""
        return self._declare("views", id, fields)

    def scenario(self, id: str, **fields: Any) -> Named:  # noqa: A002
        """Declare a run of the simulation."""
        return self._declare("scenarios", id, fields)

    def defaults(self, kind: str, **fields: Any) -> None:
        """Declare what every component of a kind has, or every connection (`kind="connections"`)."""
        self._data.setdefault("defaults", {}).setdefault(kind, {}).update(_plain(fields))
        self._note(("defaults", kind), _place(self._texts))

    def connect(self, from_: "Component | str", to: Any, **fields: Any) -> None:
        """Declare a connection with its fields: `protocol`, `timeout`, `retries`, …; `to` may be a list."""
        connections = self._data.setdefault("connections", [])
        self._note(("connections", len(connections)), _place(self._texts))
        connections.append(_plain({"from": from_, "to": to, **fields}))

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
        entries[id] = _plain(fields)
        self._note((section, id), _place(self._texts))
        return Named(id)

    def _note(self, path: tuple[str | int, ...], span: Span | None) -> None:
        if span is not None:
            self._spans[path] = span


class Group(Named):
    """A boundary; components made inside its `with` block stand in it."""

    def __init__(self, id: str, *, kind: str, **fields: Any) -> None:  # noqa: A002
        super().__init__(id)
        around = _around.get()
        nested = {"within": around} if around and "within" not in fields else {}
        _owner()._declare("groups", id, {"kind": kind, **nested, **fields})

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


def connect(from_: Component | str, to: Any, **fields: Any) -> None:
    """Connect two components, with fields: `connect(lb, api, protocol="http", timeout="2s")`."""
    _owner().connect(from_, to, **fields)


def call(target: Any, *steps: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """A step that asks `target` (a list: one of them), which performs `steps` in turn."""
    return _step({"call": target, **({"steps": list(steps)} if steps else {}), **fields})


def parallel(*branches: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """Steps that begin at once; `needs=k` goes on at the k-th success."""
    return _step({"parallel": list(branches), **fields})


def work(**fields: Any) -> dict[str, Any]:
    """The caller's own work: `work(cpu="2ms", does="render")`."""
    return _step(fields)


def use(flow: Flow | str, **fields: Any) -> dict[str, Any]:
    """That flow's steps, asked by the present caller."""
    return _step({"flow": flow, **fields})


def stage(name: str, kind: str, **fields: Any) -> dict[str, Any]:
    """A stage of a pipeline: `stage("unit tests", "test", takes="4m")`."""
    return _step({"name": name, "kind": kind, **fields})


def _step(fields: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(fields)
    return plain


def _owner() -> Architecture:
    owner = _current.get()
    if owner is None:
        raise UsageError('nothing is under construction: work inside `with Architecture("name") as system:`.')
    return owner


def _plain(value: Any) -> Any:
    """Handles become ids, trailing underscores go, tuples become lists."""
    if isinstance(value, Named):
        return value.id
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_plain(item) for item in value]
    return value


def _key(key: Any) -> Any:
    if isinstance(key, Named):
        return key.id
    return key.rstrip("_") if isinstance(key, str) else key


def _place(texts: dict[str, str]) -> Span | None:
    """The line of the spec that is being run: the nearest frame outside this file."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename == __file__ and frame.f_back is not None:
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


class ArtifactRegistry(Component):
    """Keeps what a build has made: images, packages."""

    kind = "artifact_registry"


class Cache(Component):
    """Keeps copies, sessions or counters in memory, such as Redis."""

    kind = "cache"


class Cdn(Component):
    """Caches files near the users."""

    kind = "cdn"


class Client(Component):
    """A browser, app or device of a user; always up."""

    kind = "client"


class CodeRepository(Component):
    """Where the code lives and a change begins."""

    kind = "code_repository"


class Database(Component):
    """A relational or document database: the system of record."""

    kind = "database"


class Dns(Component):
    """Turns a name into the address of one of its targets."""

    kind = "dns"


class ErrorMonitor(Component):
    """Collects exceptions, such as Sentry."""

    kind = "error_monitor"


class External(Component):
    """Somebody else's system: not ours to replicate or place."""

    kind = "external"


class FileStore(Component):
    """A shared file system."""

    kind = "file_store"


class Gateway(Component):
    """The entry to an API: routes, authenticates, limits."""

    kind = "gateway"


class LoadBalancer(Component):
    """Spreads requests over the replicas of its targets."""

    kind = "load_balancer"


class LogService(Component):
    """Keeps log records, such as Loki."""

    kind = "log_service"


class MetricsService(Component):
    """Collects metrics and evaluates alerts, such as Prometheus."""

    kind = "metrics_service"


class NotificationChannel(Component):
    """Where people are told, such as Slack or PagerDuty."""

    kind = "notification_channel"


class ObjectStore(Component):
    """Keeps files as objects under keys, such as S3."""

    kind = "object_store"


class Person(Component):
    """Somebody who uses, changes or watches the system; always up."""

    kind = "person"


class ProcessMonitor(Component):
    """Restarts crashed processes, such as PM2 or systemd."""

    kind = "process_monitor"


class Queue(Component):
    """Keeps messages until a worker has dealt with them."""

    kind = "queue"


class SearchIndex(Component):
    """An index for full-text or vector search."""

    kind = "search_index"


class Server(Component):
    """Runs code that answers requests."""

    kind = "server"


class TraceStore(Component):
    """Collects spans, such as Jaeger or Tempo."""

    kind = "trace_store"


class Worker(Component):
    """Runs code that takes messages from a queue, or works by the clock."""

    kind = "worker"


__all__ = [
    "Architecture",
    "ArtifactRegistry",
    "Cache",
    "Cdn",
    "Client",
    "CodeRepository",
    "Component",
    "Database",
    "Dns",
    "ErrorMonitor",
    "External",
    "FileStore",
    "Flow",
    "Gateway",
    "Group",
    "LoadBalancer",
    "LogService",
    "MetricsService",
    "NotificationChannel",
    "ObjectStore",
    "Person",
    "ProcessMonitor",
    "Queue",
    "SearchIndex",
    "Server",
    "TraceStore",
    "Worker",
    "call",
    "connect",
    "parallel",
    "stage",
    "use",
    "work",
]
