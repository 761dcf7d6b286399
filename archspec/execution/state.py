"""The state of a run, and the small moves that everything else is made of."""

from dataclasses import dataclass
from heapq import heappush
from typing import TYPE_CHECKING, Protocol

from archspec.execution.layout import (
    AFTER,
    CONTEXT,
    EVENTS,
    EVERYTHING,
    FREE,
    KIND,
    LOG_BREAKER,
    NONE,
    OCCURRENCE,
    PARENT,
    PARENT_SERIAL,
    QUEUE_HEAD,
    QUEUE_SIZE,
    QUEUE_TAIL,
    QUEUE_WAITING,
    REPLICA_SIZE,
    REQUEST_INDEX,
    SERIAL,
    TASK_SIZE,
    WHERE,
)
from archspec.execution.program import Program

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOW, SEQUENCE_NUMBER, NEXT_NUMBER, RECORDING, SCRAPE_INTERVAL, CLOCK_SIZE = range(6)

# -- counters of a replica
(
    COUNT_CALLS,
    COUNT_ANSWERED,
    COUNT_SHED,
    COUNT_RATE_LIMITED,
    COUNT_REFUSED,
    COUNT_RESET,
    COUNT_LOST,
    COUNT_WAITED,  # calls that had to queue
    COUNT_RETRIES,  # calls that were not a first attempt
    COUNT_ERRORS,
    TIME_WAITED,  # ns, summed over the calls that queued and were served
    TIME_CORES,  # integrals, as `count_in` counts them: ns × what was in use
    TIME_SLOTS,
    TIME_IN_WORK,
    TIME_QUEUED,
    TIME_REGISTERED,
    TIME_INSIDE,  # ns from admission to leaving, summed over the calls that have left
    COUNT_SIZE,
) = range(18)

# -- table of requests
(
    ASKED_FLOW,
    ASKED_NUMBER,
    ASKED_CLIENT,
    ASKED_AT,
    ASKED_UNTIL,  # NONE while in flight
    ASKED_STATUS,
    ASKED_CAUSE,
    ASKED_DEGRADED,
    ASKED_SIZE,
) = range(9)

BLOCK_BITS = 12


class DrawSource(Protocol):
    """Makes the draws that are not constant."""

    block_bits: list[int]
    """For each draw, how many request numbers make a block: so many powers of two."""

    def block(self, draw: int, occurrence: int, block: int) -> list[int]:
        """The values for the request numbers of one block."""
        ...

    def values(self, draw: int, occurrence: int, block: int) -> "NDArray[np.int64]":
        """The same as an array."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """All that changes during a run, in growing lists of integers.

    What is long is an array of numpy where compiled code runs: `arrivals`, and after the run `tasks` and `asked`.
    """

    clock: list[int]
    heap: list[tuple[int, int, int, int, int]]
    """(time × 8 + class, sequence, action, task, serial)."""
    agenda: list[tuple[int, int]]
    """What happens next at this very instant, last first: a stack, so that time zero runs depth first."""
    tasks: list[int]
    blank: list[int]
    """A task before anything is known of it: zeros."""
    unasked: list[int]
    """A request before anything is known of it."""
    free: list[int]
    asked: list[int]
    """The table of requests."""
    replicas: list[int]
    queues: list[int]
    """Two queues per replica: for a slot, for a core."""
    counts: list[int]
    edges: list[int]
    """State of each edge and caller replica."""
    messages: list[int]
    limiters: list[int]
    caches: list[int]
    believed: list[int]
    """Whether a chooser believes a replica up: chooser × replicas + replica."""
    outstanding: list[int]
    turns: list[int]
    """The replica or component a chooser chose last: chooser × (replicas + operations) …"""
    smooth: list[int]
    """Current weights of smooth weighted round robin."""
    streaks: list[int]
    """Health checks in a row: positive passed, negative failed."""
    edge_cut: list[int]
    edge_cut_since: list[int]
    edge_slow: list[int]
    """Per edge: over, under, plus."""
    edge_loss: list[int]
    errors: list[int]
    """Per component: threshold of injected errors, status."""
    retries: list[int]
    """Per edge."""
    timers: list[int]
    """Per route: its time-outs under way."""
    sticky: dict[int, int]
    keys: dict[int, int]
    """Where the entry of a cache and key is."""
    entries: list[int]
    free_entries: list[int]
    flights: dict[int, int]
    """Misses under way by cache and key: who fetches; and, at -1 minus the same number, its serial."""
    waiting: list[tuple[int, int, int]]
    """Who waits for a miss under way: (cache and key, task, serial)."""
    arrivals: list[int]
    """Moments of arrival, flow after flow."""
    arrival_end: list[int]
    """Where in `arrivals` the stretch of each flow ends."""
    next_arrival: list[int]
    """Open flows: the place in `arrivals` of the next; closed ones: the number of the next request."""
    first_number: list[int]
    last_arrival: list[int]
    """Per flow: when closed clients stop asking, or NONE."""
    rounds: dict[int, int]
    """How often the client of a request under way has asked before (closed clients only)."""
    begun: list[int]
    """Per flow: which replica of its `from` began the last request."""
    users: list[int]
    """Per flow: draw of the think time of its closed clients, or NONE for open arrivals."""
    timeline: list[int]
    """Faults."""
    plans: list[int]
    scalers: list[int]
    wanted: list[tuple[int, int, int]]
    """What scalers wanted lately: (scaler, time, replicas)."""
    candidates: list[int]
    """Those who can be chosen, while one is."""
    casualties: list[tuple[int, int, int, int, int]]
    """A heap of what was in work at a replica that dies, while it is cleared: (minus its number in the log, task)."""
    log: list[tuple[int, int, int, int, int, int]]
    samples: list[int]
    """Row after row of what `sampling` notes."""
    blocks: dict[tuple[int, int, int], list[int]]
    block_bits: list[int]
    """Those of the source."""
    source: DrawSource | None


def draw(p: Program, w: World, slot: int, number: int, occurrence: int) -> int:
    """The value of a draw for one request: a function of its number and of the occurrence, of nothing else."""
    value = p.constants[slot]
    if value >= 0 or w.source is None:
        return value
    bits = w.block_bits[slot]
    block = (slot, occurrence, number >> bits)
    if block not in w.blocks:
        w.blocks[block] = w.source.block(slot, occurrence, number >> bits)
        w.blocks.pop((slot, occurrence, (number >> bits) - 2), None)  # who still needs one of these makes it again
    return w.blocks[block][number & ((1 << bits) - 1)]


def draws_at_random(w: World) -> bool:
    """Whether there are random draws at all; without them every choice is the first one."""
    return w.source is not None


def schedule(w: World, time: int, kind: int, action: int, task: int) -> None:
    """Let `action` happen to a task at `time`, unless the task has ended by then."""
    sequence = w.clock[SEQUENCE_NUMBER]
    w.clock[SEQUENCE_NUMBER] = sequence + 1
    heappush(w.heap, (time * 8 + kind, sequence, action, task, w.tasks[task + SERIAL]))


def schedule_always(w: World, time: int, kind: int, action: int, what: int) -> None:
    """Let `action` happen at `time`, whatever comes: `what` is no task but an entry of another table."""
    sequence = w.clock[SEQUENCE_NUMBER]
    w.clock[SEQUENCE_NUMBER] = sequence + 1
    heappush(w.heap, (time * 8 + kind, sequence, action, what, NONE))


def new_task(w: World) -> int:
    """A place for one more task at the end of the table."""
    task = len(w.tasks)
    w.tasks.extend(w.blank)
    return task


def new_request(w: World) -> int:
    """A place for one more request at the end of the table."""
    index = len(w.asked)
    w.asked.extend(w.unasked)
    return index


def create(w: World, kind: int, parent: int, where: int) -> int:
    """A new task at a free place; its other fields are 0, those about its request come from its parent."""
    task = w.free.pop() if len(w.free) > 0 else new_task(w)
    tasks = w.tasks
    serial = tasks[task + SERIAL]
    tasks[task : task + TASK_SIZE] = w.blank
    tasks[task + SERIAL] = serial
    tasks[task + KIND] = kind
    tasks[task + PARENT] = parent
    tasks[task + WHERE] = where
    tasks[task + AFTER] = NONE
    if parent >= 0:
        tasks[task + PARENT_SERIAL] = tasks[parent + SERIAL]
        tasks[task + REQUEST_INDEX] = tasks[parent + REQUEST_INDEX]
        tasks[task + OCCURRENCE] = tasks[parent + OCCURRENCE]
        tasks[task + CONTEXT] = tasks[parent + CONTEXT]
    return task


def release(w: World, task: int) -> None:
    """End a task: its place is free, and whatever still refers to it finds another serial."""
    w.tasks[task + KIND] = FREE
    w.tasks[task + SERIAL] += 1
    w.free.append(task)


def parent_of(w: World, task: int) -> int:
    """The task that waits for this one, or NONE where it has gone."""
    parent = w.tasks[task + PARENT]
    if parent < 0 or w.tasks[parent + SERIAL] != w.tasks[task + PARENT_SERIAL]:
        return NONE
    return parent


def number_of(w: World, task: int) -> int:
    """The number of a task's request within its flow."""
    return w.asked[w.tasks[task + REQUEST_INDEX] + ASKED_NUMBER]


def client_of(w: World, task: int) -> int:
    """The number of the client who asked."""
    return w.asked[w.tasks[task + REQUEST_INDEX] + ASKED_CLIENT]


def enqueue(w: World, queue: int, task: int) -> None:
    """Put a task at the tail of a replica's queue."""
    if w.queues[queue + QUEUE_WAITING] == 0:
        w.queues[queue + QUEUE_HEAD] = task
    else:
        w.tasks[w.queues[queue + QUEUE_TAIL] + AFTER] = task
    w.queues[queue + QUEUE_TAIL] = task
    w.queues[queue + QUEUE_WAITING] += 1
    w.tasks[task + AFTER] = NONE
    w.counts[queue // (2 * QUEUE_SIZE) * COUNT_SIZE + TIME_QUEUED] -= w.clock[NOW]


def dequeue(w: World, queue: int) -> int:
    """Take the head of a replica's queue, which is not empty."""
    task = w.queues[queue + QUEUE_HEAD]
    w.queues[queue + QUEUE_HEAD] = w.tasks[task + AFTER]
    w.queues[queue + QUEUE_WAITING] -= 1
    w.counts[queue // (2 * QUEUE_SIZE) * COUNT_SIZE + TIME_QUEUED] += w.clock[NOW]
    return task


def queue_of(replica: int, which: int) -> int:
    """The offset of a replica's queue for slots or for cores."""
    return (replica // REPLICA_SIZE * 2 + which) * QUEUE_SIZE


def counts_of(replica: int) -> int:
    """The offset of a replica's counters."""
    return replica // REPLICA_SIZE * COUNT_SIZE


def count_in(w: World, replica: int, what: int) -> None:
    """One more is in use, waits or is inside at a replica from now on.

    The integral over time of how many there are is the sum of the times when they ended, minus those when they began,
    plus the present time for each that is there still: so only a change costs anything.
    """
    w.counts[counts_of(replica) + what] -= w.clock[NOW]


def count_out(w: World, replica: int, what: int, number: int) -> None:
    """So many fewer are in use, wait or are inside at a replica from now on."""
    w.counts[counts_of(replica) + what] += w.clock[NOW] * number


def integral(w: World, replica: int, what: int, present: int) -> int:
    """The integral until now of what `count_in` and `count_out` have counted, given how many there are."""
    return w.counts[counts_of(replica) + what] + w.clock[NOW] * present


def slowed(time: int, over: int, under: int, plus: int) -> int:
    """A time multiplied by over / under, rounded half to even, and lengthened by `plus`."""
    if over == under:
        return time + plus
    whole, rest = divmod(time * over, under)
    twice = 2 * rest
    if twice > under or (twice == under and whole % 2 == 1):
        whole += 1
    return whole + plus


def record(w: World, what: int, a: int, b: int, c: int, d: int) -> None:
    """Note that something happened, where the run is watched so closely."""
    if w.clock[RECORDING] == EVERYTHING or (what >= LOG_BREAKER and w.clock[RECORDING] == EVENTS):
        w.log.append((w.clock[NOW], what, a, b, c, d))
