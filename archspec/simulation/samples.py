"""What a metrics service sees: the counters of every replica, and the figures of message queues, at some moments."""

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from archspec.frozen import frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]


class Figure(IntEnum):
    """What is sampled of a replica. Integrals over time are in nanoseconds times what was in use; all but UP grow."""

    CORES = 0
    """Integral of the cores in use."""
    SLOTS = 1
    IN_WORK = 2
    QUEUED = 3
    REGISTERED = 4
    CALLS = 5
    ANSWERED = 6
    UP = 7
    """1 where it is up and registered, else 0."""
    WAITED = 8
    """Calls that had to wait."""
    TIME_WAITED = 9
    SHED = 10
    RATE_LIMITED = 11
    ERRORS = 12
    """Answers without a status, or with 500 and above."""


class Backlog(IntEnum):
    """What is sampled of a queue of messages, or of what a topic keeps for a subscriber."""

    WAITING = 0
    TIME_WAITING = 1
    """Integral of the messages that wait, in nanoseconds."""
    TIME_IN_WORK = 2
    DONE = 3
    TIME_TO_DONE = 4
    """From publication, summed over the messages that are done."""


class Pooled(IntEnum):
    """What is sampled of a pool of connections, all caller replicas together."""

    WAITING = 0
    TIME_WAITING = 1
    """Integral of the calls that wait for a place, in nanoseconds."""
    TIME_BUSY = 2
    GOT = 3
    TIME_WAITED = 4
    """Summed over those that got a place."""


FIGURES = len(Figure)


@frozen(eq=False)
class Samples:
    """Samples, a row each: the time, the figures of every replica, those of the pools and of the queues of messages."""

    table: "Table"
    queues: int
    pools: int

    @staticmethod
    def width(replicas: int, queues: int, pools: int) -> int:
        """How long a row is."""
        return 1 + FIGURES * replicas + len(Pooled) * pools + len(Backlog) * queues

    @property
    def times(self) -> "Table":
        """When they were taken, in nanoseconds."""
        return self.table[:, 0]

    def total(self, replicas: Sequence[int], *figures: Figure) -> "Table":
        """Some figures of some replicas taken together, at each sample."""
        import numpy as np

        columns = [1 + replica * FIGURES + figure for replica in replicas for figure in figures]
        found: Table = self.table[:, columns].sum(axis=1, dtype=np.int64)
        return found

    def increase(self, replicas: Sequence[int], figure: Figure) -> int:
        """By how much a figure of some replicas grew from the first sample to the last."""
        total = self.total(replicas, figure)
        return int(total[-1] - total[0])

    def length(self, queue: int) -> "Table":
        """How many messages wait in a queue, by its place among the queues, at each sample."""
        return self.backlog(queue, Backlog.WAITING)

    def backlog(self, queue: int, figure: Backlog) -> "Table":
        """A figure of a queue, by its place among the queues, at each sample."""
        return self.table[:, self.table.shape[1] - len(Backlog) * (self.queues - queue) + figure]

    def pool(self, pool: int, figure: Pooled) -> "Table":
        """A figure of a pool, by its place among the pools, at each sample."""
        behind = len(Backlog) * self.queues + len(Pooled) * (self.pools - pool)
        return self.table[:, self.table.shape[1] - behind + figure]

    def rows(self, which: "slice | Sequence[int]") -> "Samples":
        """Some of the samples."""
        return Samples(self.table[which], self.queues, self.pools)
