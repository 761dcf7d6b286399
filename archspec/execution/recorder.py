"""From the log of a run to the tree of one request's calls."""

from dataclasses import dataclass, field

from archspec.execution.layout import (
    CAUSES,
    COMPONENT_SIZE,
    EDGE_SIZE,
    LOG_ANSWERED,
    LOG_ARRIVED,
    LOG_ATTEMPT,
    LOG_BACKOFF,
    LOG_CACHE,
    LOG_HEARD,
    LOG_LOST,
    LOG_OWN,
    LOG_QUEUED,
    LOG_SENT,
    LOG_WORKED,
    NONE,
    OP_KIND,
    OP_ROUTE_COUNT,
    OP_ROUTES,
    REPLICA_COMPONENT,
    REPLICA_SIZE,
    ROUTE_ATTEMPTS,
    ROUTE_COMPONENT,
    ROUTE_EDGE,
    ROUTE_LATENCY,
    ROUTE_SIZE,
    TOGETHER,
)
from archspec.execution.program import Compiled, Place
from archspec.execution.trace_model import Call, OwnWork, Stretch
from archspec.model.source import Path

LogEntry = tuple[int, int, int, int, int, int]
RESOURCES = ("slot", "core")


@dataclass
class _Attempt:
    number: int
    context: int
    op: int
    replica: int
    sent: int
    attempt: int = 1
    request: int = 0
    edge: int = 0
    settled: int | None = None
    status: int | None = None
    cause: str | None = None
    arrived: int | None = None
    answered: int | None = None
    answer_status: int | None = None
    own: bool = False
    waited: int = 0
    queued: int | None = None
    work: list[Stretch] = field(default_factory=list)
    cache: str | None = None
    lost: bool = False
    backoff: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """The calls of one request, by the context in which they were made (0: the first caller)."""

    compiled: Compiled
    attempts: dict[int, _Attempt]
    own: tuple[tuple[int, int, OwnWork], ...]
    """(context, operation, work)."""

    def tree(self, context: int = 0) -> tuple[Call | OwnWork, ...]:
        """The calls and own work of a context, in the order in which they began."""
        calls = [(a.sent, a.number, self._call(a)) for a in self.attempts.values() if a.context == context]
        works = [(work.stretch.start, NONE, work) for at, _, work in self.own if at == context]
        found: list[tuple[int, int, Call | OwnWork]] = [*calls, *works]
        return tuple(item for _, _, item in sorted(found, key=lambda entry: entry[:2]))

    def _call(self, a: _Attempt) -> Call:
        place = self.compiled.names.places[a.op]
        step = place.step
        assert step is not None
        children = self.tree(a.number)
        lasted = a.settled is not None and a.settled > a.sent
        stated = step.cpu is not None or step.takes is not None or self._has_latency(a)
        return Call(
            caller=place.caller,
            component=self._component(a),
            replica=self.compiled.names.replicas[a.replica // REPLICA_SIZE] if a.replica >= 0 else None,
            does=step.does,
            path=place.path,
            number=a.number,
            attempt=a.attempt,
            attempts=self._attempts(a),
            sent=a.sent,
            settled=a.settled,
            status=a.status,
            cause=a.cause,
            arrived=a.arrived,
            answered=a.answered,
            answer_status=a.answer_status,
            originates=a.own,
            waited=a.waited,
            work=tuple(a.work),
            cache=a.cache,
            role=self._role(place),
            group=self._group(place),
            optional=step.optional,
            waits=step.wait,
            backoff=a.backoff,
            lost=a.lost,
            timed=stated or lasted or any(isinstance(child, OwnWork) or child.timed for child in children),
            children=children,
        )

    def _has_latency(self, a: _Attempt) -> bool:
        p = self.compiled.program
        first, count = p.operations[a.op + OP_ROUTES], p.operations[a.op + OP_ROUTE_COUNT]
        routes = range(first, first + count * ROUTE_SIZE, ROUTE_SIZE)
        return any(p.routes[r + ROUTE_EDGE] == a.edge and p.routes[r + ROUTE_LATENCY] >= 0 for r in routes)

    def _component(self, a: _Attempt) -> str:
        return self.compiled.names.edges[a.edge // EDGE_SIZE].split(" -> ")[1]

    def _attempts(self, a: _Attempt) -> int:
        p = self.compiled.program
        first, count = p.operations[a.op + OP_ROUTES], p.operations[a.op + OP_ROUTE_COUNT]
        return max(p.routes[first + i * ROUTE_SIZE + ROUTE_ATTEMPTS] for i in range(count))

    def _role(self, place: Place) -> str:
        """The role of a step, seen through `flow:` and `parallel` to what it is for."""
        while place.role in ("flow",) and place.parent >= 0:
            place = self.compiled.names.places[place.parent]
        return place.role

    def _group(self, place: Place) -> Path | None:
        if place.parent >= 0 and self.compiled.program.operations[place.parent + OP_KIND] == TOGETHER:
            return self.compiled.names.places[place.parent].path
        return None


def read_log(compiled: Compiled, log: list[LogEntry], request: int) -> Recording:
    """The calls of one request (its offset in the table of requests) out of a log."""
    attempts: dict[int, _Attempt] = {}
    own: list[tuple[int, int, OwnWork]] = []
    backoffs: dict[tuple[int, int], int] = {}
    for time, what, a, b, c, d in log:
        if what == LOG_SENT:
            attempts[a] = _Attempt(a, b, c, d, time, backoff=backoffs.pop((c, b), 0))
        elif what == LOG_ATTEMPT:
            attempts[a].attempt, attempts[a].request, attempts[a].edge = b, c, d
        elif what == LOG_BACKOFF:
            backoffs[a, b] = c
        elif what == LOG_OWN:
            own.append((a, b, _own_work(compiled, b, Stretch(RESOURCES[c], d, time))))
        elif what in _CHANGES and a in attempts:
            _change(attempts[a], time, what, b, c, d)
    mine = {number: attempt for number, attempt in attempts.items() if attempt.request == request}
    return Recording(compiled, mine, tuple(item for item in own if item[0] in mine or item[0] == 0))


_CHANGES = frozenset(
    {LOG_ARRIVED, LOG_QUEUED, LOG_WORKED, LOG_CACHE, LOG_ANSWERED, LOG_HEARD, LOG_LOST},
)


def _change(attempt: _Attempt, time: int, what: int, b: int, c: int, d: int) -> None:
    if what == LOG_ARRIVED:
        attempt.arrived = time
    elif what == LOG_QUEUED:
        attempt.queued = time
    elif what == LOG_WORKED:
        if attempt.queued is not None:
            attempt.waited += d - attempt.queued
            attempt.queued = None
        attempt.work.append(Stretch(RESOURCES[c], d, time))
    elif what == LOG_CACHE:
        attempt.cache = "hit" if b else "miss"
    elif what == LOG_ANSWERED:
        attempt.answered, attempt.answer_status, attempt.own = time, b or None, bool(d)
    elif what == LOG_HEARD:
        attempt.settled, attempt.status, attempt.cause = time, b or None, CAUSES[c] or None
    else:
        attempt.lost = True


def _own_work(compiled: Compiled, op: int, stretch: Stretch) -> OwnWork:
    place = compiled.names.places[op]
    return OwnWork(place.caller, place.step.does if place.step else None, stretch, place.path)


def component_of(compiled: Compiled, replica: int) -> str:
    """The id of the component that a replica belongs to."""
    return compiled.names.components[compiled.program.replicas[replica + REPLICA_COMPONENT] // COMPONENT_SIZE]


def target_of(compiled: Compiled, op: int) -> str:
    """The id of the first component that a call asks."""
    route = compiled.program.operations[op + OP_ROUTES]
    return compiled.names.components[compiled.program.routes[route + ROUTE_COMPONENT] // COMPONENT_SIZE]
