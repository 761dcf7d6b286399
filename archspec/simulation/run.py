"""A run that is over: what was asked, and what the engine counted."""

from collections.abc import Mapping
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.model import Architecture, Load, Scenario, Start
from archspec.simulation import program
from archspec.simulation.engine import Engine, View
from archspec.simulation.log import ROW, Entry, Told
from archspec.simulation.names import Compiled, Kept
from archspec.simulation.options import SimulationOptions, is_stationary, starts_of
from archspec.simulation.requests import Requests
from archspec.simulation.responses import SEEN, WIDTH, Answers, Outcome, Responses, answers_of
from archspec.simulation.samples import Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]


class Count(IntEnum):
    """What is counted of a replica over the whole run; times in nanoseconds."""

    CALLS = 0
    ANSWERED = 1
    SHED = 2
    RATE_LIMITED = 3
    REFUSED = 4
    RESET = 5
    LOST = 6
    WAITED = 7
    """Calls that had to queue."""
    RETRIES = 8
    """Calls that were not a first attempt."""
    ERRORS = 9
    TIME_WAITED = 10
    """Summed over the calls that queued and were served."""
    TIME_CORES = 11
    """Integrals over time of what was in use."""
    TIME_SLOTS = 12
    TIME_IN_WORK = 13
    TIME_QUEUED = 14
    TIME_REGISTERED = 15
    TIME_INSIDE = 16
    """From admission to leaving, summed over the calls that have left."""
    IN_WORK = 17
    """Calls that are inside now."""
    TIME_SINCE = 18
    """Since their admission, summed over the calls that are inside now."""


class Message(IntEnum):
    """What is counted of a message queue, or of what a topic keeps for a subscriber."""

    COMPONENT = 0
    PUBLISHED = 1
    DONE = 2
    DEAD = 3
    WAITING = 4
    IN_WORK = 5
    DELIVERIES = 6
    SUBSCRIBER = 7
    """Of a topic: the component that it is kept for; -1: it is a message queue."""
    EXPIRED = 8
    MOST_WAITING = 9
    """At any time of the run."""
    LONGEST_TO_DONE = 10
    """From publication."""
    OLDEST = 11
    """How long the first published of those that wait has waited."""


class Place(IntEnum):
    """What is counted of a pool of connections."""

    CONNECTION = 0
    ASKED = 1
    GOT = 2
    REFUSED = 3
    WAITING = 4
    GONE = 5
    """With the caller replica that they waited at."""
    MOST_WAITING = 6
    P99_WAIT = 7
    """Of those that got a place; -1: nobody did."""


class Due(IntEnum):
    """What is counted of a flow that comes by the clock."""

    FLOW = 0
    TICKS = 1
    DONE = 2
    FAILED = 3
    OVERDUE = 4
    """Failed at their deadline."""
    RUNNING = 5
    """At the end."""
    OVERLAPS = 6
    """Ticks at which one before was not over."""
    RESTARTS = 7
    MOST_RUNNING = 8


class Held(IntEnum):
    """What is counted of the sessions of a flow."""

    FLOW = 0
    USERS = 1
    CONNECTED = 2
    HANDSHAKING = 3
    WAITING = 4
    OPENED = 5
    ENDED = 6
    DROPPED = 7
    TIME_CONNECTED = 8
    """Summed over users."""
    LEAST_CONNECTED = 9
    MOST_HANDSHAKES = 10
    """Of a second."""
    LONGEST_BELOW = 11
    """How long fewer than 99% were connected."""
    IS_BELOW = 12
    """Whether they still are."""


class Instance(IntEnum):
    """What is counted of a function."""

    COMPONENT = 0
    WARM = 1
    COLD = 2
    THROTTLED = 3
    REFUSED = 4
    LOST = 5
    MOST = 6
    """Instances at once at the most."""
    BUSY = 7
    """Those of the end, as the two behind."""
    STARTING = 8
    IDLE = 9


@frozen(slots=False, eq=False)
class Run:
    """A run as it ended."""

    architecture: Architecture
    compiled: Compiled
    engine: Engine
    options: SimulationOptions
    scenario: Scenario | None
    loads: Mapping[str, Load]
    """By flow, in the order of its numbers."""
    told: program.Run
    """What the engine was told."""
    ending: str | None = None
    """What ended it, in a sentence, where nobody said how long it is."""

    @property
    def duration(self) -> int:
        """Nanoseconds."""
        return self.told.until or 0

    @property
    def warm_up(self) -> int:
        """Nanoseconds at its beginning that no figure is of."""
        return self.told.warm_up

    @property
    def is_stationary(self) -> bool:
        """Whether neither the load nor what serves it was made to change during the run."""
        return is_stationary(self.options, self.scenario, self.loads, self.architecture.flows)

    @property
    def starts(self) -> Start:
        """When it began."""
        return starts_of(self.scenario)

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows by number."""
        return tuple(self.loads)

    @property
    def assumed(self) -> tuple[str, ...]:
        """Every capacity and hit ratio that nobody stated, in a sentence."""
        return self.compiled.assumed(sampled=True)

    @cached_property
    def log(self) -> list[Entry]:
        """What happened, in order."""
        return self.engine.rows(View.LOG, ROW)

    def has_told(self, *what: Told) -> bool:
        """Whether the log tells something of these kinds."""
        import numpy as np

        return bool(np.isin(self.engine.table(View.LOG, ROW)[:, 1], what).any())

    @cached_property
    def every_request(self) -> Requests:
        """The requests of all flows in order of arrival, where they are kept (`SimulationOptions.keep_requests`)."""
        column = self.engine.column
        return Requests(
            at=column(View.AT, "int64"),
            until=column(View.UNTIL, "int64"),
            number=column(View.NUMBER, "int64"),
            flow=column(View.FLOW, "uint32"),
            status=column(View.STATUS, "uint16"),
            cause=column(View.CAUSE, "uint8"),
            degraded=column(View.DEGRADED, "uint8"),
        )

    @cached_property
    def outcomes(self) -> "Table":
        """A row of `Outcome` for each flow, and behind it how many failed by each cause."""
        return self.engine.table(View.FLOWS, WIDTH)

    @property
    def arrived(self) -> int:
        """Requests of all flows that arrived in the whole run."""
        return int(self.outcomes[:, Outcome.ARRIVED].sum())

    def responses(self, flow: int, *, good: bool = True) -> Responses:
        """The response times of the requests of a flow that ended well, or failed."""
        return Responses(self.engine, flow, good)

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """What the samples saw of the answers of each flow."""
        width = 1 + sum(SEEN + len(of_flow) for of_flow in self.told.limits)
        return tuple(answers_of(self.engine.table(View.FLOW_SAMPLES, width), self.told.limits))

    @cached_property
    def samples(self) -> Samples:
        """One for each scrape; of a long run fewer, equally far apart (`SimulationOptions.keep_scrapes`)."""
        return self._samples(self._sampled(View.SAMPLES))

    @cached_property
    def window(self) -> Samples:
        """The samples at the end of the warm-up and at the end of the run."""
        import numpy as np

        return self._samples(np.vstack([self._sampled(View.FIRST), self._sampled(View.LAST)]))

    def _samples(self, table: "Table") -> Samples:
        return Samples(table, len(self.compiled.queues), len(self.compiled.pools))

    def _sampled(self, view: View) -> "Table":
        compiled = self.compiled
        return self.engine.table(view, Samples.width(len(compiled.replicas), len(compiled.queues), len(compiled.pools)))

    @cached_property
    def counts(self) -> "Table":
        """A row of `Count` for each replica."""
        return self.engine.table(View.COUNTS, len(Count))

    @cached_property
    def pools(self) -> list[tuple[int, ...]]:
        """What is counted of each pool (`Place`)."""
        return self.engine.rows(View.POOLS, len(Place))

    @cached_property
    def sessions(self) -> list[tuple[int, ...]]:
        """What is counted of the sessions of each flow that has any (`Held`)."""
        return self.engine.rows(View.SESSIONS, len(Held))

    @cached_property
    def jobs(self) -> list[tuple[int, ...]]:
        """What is counted of each flow that comes by the clock (`Due`)."""
        return self.engine.rows(View.JOBS, len(Due))

    @cached_property
    def functions(self) -> list[tuple[int, ...]]:
        """What is counted of each function (`Instance`)."""
        return self.engine.rows(View.FUNCTIONS, len(Instance))

    @cached_property
    def messages(self) -> dict[Kept, tuple[int, ...]]:
        """What is counted of each queue of messages (`Message`)."""
        rows = self.engine.rows(View.QUEUES, len(Message))
        return dict(zip(self.compiled.queues, rows, strict=True))
