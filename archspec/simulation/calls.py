"""From the log of a run to the tree of one request's calls."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from archspec.frozen import frozen
from archspec.model import Path
from archspec.simulation.log import CAUSES, Entry, Told
from archspec.simulation.names import Compiled, Place
from archspec.simulation.trace_model import Call, OwnWork, Stretch

RESOURCES = ("slot", "core", "start")


@dataclass
class _Attempt:
    number: int
    context: int
    op: int
    replica: int
    sent: int
    attempt: int = 1
    request: int = 0
    connection: int = 0
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
    pooled: int = 0

    def change(self, time: int, what: int, b: int, c: int, d: int) -> None:
        """Take in what is told of it."""
        match what:
            case Told.ARRIVED:
                self.arrived = time
            case Told.QUEUED:
                self.queued = time
            case Told.WORKED:
                if self.queued is not None:
                    self.waited += d - self.queued
                    self.queued = None
                self.work.append(Stretch(RESOURCES[c], d, time))
            case Told.CACHE:
                self.cache = "hit" if b else "miss"
            case Told.ANSWERED:
                self.answered, self.answer_status, self.own = time, b or None, bool(d)
            case Told.HEARD:
                self.settled, self.status, self.cause = time, b or None, CAUSES[c] or None
            case Told.LOST:
                self.lost = True


@frozen
class Recording:
    """The calls of one request, by the context in which they were made (0: the first caller)."""

    compiled: Compiled
    attempts: dict[int, _Attempt]
    own: tuple[tuple[int, OwnWork], ...]
    """(context, work)."""

    def tree(self, context: int = 0) -> tuple[Call | OwnWork, ...]:
        """The calls and own work of a context, in the order in which they began."""
        calls = [(a.sent, a.number, self._call(a)) for a in self.attempts.values() if a.context == context]
        works = [(work.stretch.start, -1, work) for at, work in self.own if at == context]
        found: list[tuple[int, int, Call | OwnWork]] = [*calls, *works]
        return tuple(item for _, _, item in sorted(found, key=lambda entry: entry[:2]))

    def _call(self, a: _Attempt) -> Call:
        place = self.compiled.places[a.op]
        step = place.step
        children = self.tree(a.number)
        routes = self.compiled.system.operations[a.op].routes
        has_latency = any(route.connection == a.connection and route.latency is not None for route in routes)
        stated = step.cpu is not None or step.takes is not None or has_latency
        lasted = a.settled is not None and a.settled > a.sent
        return Call(
            caller=place.caller,
            component=self.compiled.connections[a.connection][1],
            replica=self.compiled.replicas[a.replica].name if a.replica >= 0 else None,
            does=step.does,
            path=place.path,
            number=a.number,
            attempt=a.attempt,
            attempts=max(route.attempts for route in routes),
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
            pooled=a.pooled,
            lost=a.lost,
            timed=stated or lasted or any(isinstance(child, OwnWork) or child.timed for child in children),
            children=children,
        )

    def _role(self, place: Place) -> str:
        """The role of a step, seen through `flow:` to what it is for."""
        while place.role == "flow" and place.parent is not None:
            place = self.compiled.places[place.parent]
        return place.role

    def _group(self, place: Place) -> Path | None:
        if place.parent is not None and self.compiled.system.operations[place.parent].kind == "together":
            return self.compiled.places[place.parent].path
        return None


def read_log(compiled: Compiled, log: Iterable[Entry], request: int) -> Recording:
    """The calls of one request, by its number in order of arrival, out of a log."""
    attempts: dict[int, _Attempt] = {}
    own: list[tuple[int, OwnWork]] = []
    backoffs: dict[tuple[int, int], int] = {}
    pooled: dict[tuple[int, int], int] = {}
    for time, what, a, b, c, d in log:
        if what == Told.SENT:
            waited = backoffs.pop((c, b), 0), pooled.pop((c, b), 0)
            attempts[a] = _Attempt(a, b, c, d, time, backoff=waited[0], pooled=waited[1])
        elif what == Told.ATTEMPT:
            attempts[a].attempt, attempts[a].request, attempts[a].connection = b, c, d
        elif what == Told.BACKOFF:
            backoffs[a, b] = c
        elif what == Told.POOLED:
            pooled[a, b] = c
        elif what == Told.OWN:
            own.append((a, _own_work(compiled.places[b], Stretch(RESOURCES[c], d, time))))
        elif what in OF_AN_ATTEMPT and a in attempts:
            attempts[a].change(time, what, b, c, d)
    mine = {number: attempt for number, attempt in attempts.items() if attempt.request == request}
    return Recording(compiled, mine, tuple(item for item in own if item[0] in mine or item[0] == 0))


OF_AN_ATTEMPT = frozenset(
    {Told.SENT, Told.ATTEMPT, Told.ARRIVED, Told.QUEUED, Told.WORKED, Told.CACHE, Told.ANSWERED, Told.HEARD, Told.LOST}
)
"""What is told of one attempt, whose number comes first."""


def _own_work(place: Place, stretch: Stretch) -> OwnWork:
    return OwnWork(place.caller, place.step.does, stretch, place.path)
