"""A span as every format gives it: who did what from when to when, and what it says of the one it asked."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Which side of a call a span shows; UNSAID where the tracer does not tell."""

    UNSAID = "unsaid"
    INTERNAL = "internal"
    SERVER = "server"
    CLIENT = "client"
    PRODUCER = "producer"
    CONSUMER = "consumer"


class Party(NamedTuple):
    """Somebody who takes part, as spans call them.

    `name` is None where only the product is told (a MongoDB, no word which); then `system` says that.
    """

    name: str | None
    system: str | None = None

    @property
    def shown(self) -> str:
        """The name, or `a mongodb`."""
        return self.name if self.name is not None else f"a {self.system}"


class ObservedSpan(NamedTuple):
    """One span. Times are in nanoseconds since 1970; ids are numbers, `parent` is 0 where there is none.

    `attributes` hold what the format's tags say, of the span and of its process, as far as `attributes.WANTED` names
    it. `link` is trace and span of the first linked span.
    """

    trace: str
    span: int
    parent: int
    service: str
    name: str
    side: Side
    start: int
    end: int
    failed: bool
    attributes: Mapping[str, object]
    link: tuple[str, int] | None = None


class CountedCalls(NamedTuple):
    """Calls from one service to another that somebody else has counted: a service graph, Jaeger's dependencies.

    `seconds` is how long they were counted, where the source tells; `kind` is its word for the connection.
    """

    caller: str
    callee: str
    calls: float
    failed: float = 0.0
    seconds: float | None = None
    kind: str = ""
