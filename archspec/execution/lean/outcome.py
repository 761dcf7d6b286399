"""What the lean kernel has counted, entered into a world as the other kernel would have counted it."""

from typing import TYPE_CHECKING, Any

from archspec.execution import state
from archspec.execution.admission import is_bounded
from archspec.execution.layout import (
    ATTEMPT,
    CORE_QUEUE,
    ENTERED,
    IN_STEPS,
    KIND,
    MESSAGES_SIZE,
    NONE,
    PHASE,
    QUEUE_WAITING,
    REPLICA,
    REPLICA_COMPONENT,
    REPLICA_CORES_USED,
    REPLICA_EXISTS,
    REPLICA_IN_WORK,
    REPLICA_SIZE,
    REPLICA_SLOTS_USED,
    SLOT_QUEUE,
    TIMEOUT,
)
from archspec.execution.lean.arrivals import Merged
from archspec.execution.lean.code import Counts, Tokens
from archspec.execution.lean.translation import Translation
from archspec.execution.program import Program
from archspec.execution.sample_rows import (
    ANSWERED,
    CALLS,
    CORES,
    IN_WORK,
    QUEUED,
    REGISTERED,
    SLOTS,
    TIME_WAITED,
    UP,
    WAITED,
)
from archspec.execution.sampling import SAMPLE_OF_A_REPLICA
from archspec.execution.state import (
    ASKED_AT,
    ASKED_CAUSE,
    ASKED_CLIENT,
    ASKED_FLOW,
    ASKED_NUMBER,
    ASKED_SIZE,
    ASKED_STATUS,
    ASKED_UNTIL,
    COUNT_ANSWERED,
    COUNT_CALLS,
    COUNT_WAITED,
    NOW,
    TIME_CORES,
    TIME_IN_WORK,
    TIME_INSIDE,
    TIME_QUEUED,
    TIME_SLOTS,
    World,
    counts_of,
    queue_of,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


def enter_counts(p: Program, w: World, s: Counts, now: int) -> None:
    """The counters of every replica, and what their integrals are made from; `now` is the present moment."""
    w.clock[NOW] = now
    for number in range(len(s.used)):
        replica = number * REPLICA_SIZE
        component = w.replicas[replica + REPLICA_COMPONENT]
        counts = counts_of(replica)
        for_slot, for_core = s.queued[2 * number], s.queued[2 * number + 1]
        in_work = s.calls[number] - s.answered[number]
        taken, slot_time = s.taken[number], s.slot_time[number]
        if not is_bounded(p, component):
            taken, slot_time = in_work, s.inside_time[number]
        w.replicas[replica + REPLICA_IN_WORK] = in_work
        w.replicas[replica + REPLICA_CORES_USED] = s.used[number]
        w.replicas[replica + REPLICA_SLOTS_USED] = taken
        w.queues[queue_of(replica, SLOT_QUEUE) + QUEUE_WAITING] = for_slot
        w.queues[queue_of(replica, CORE_QUEUE) + QUEUE_WAITING] = for_core
        w.counts[counts + COUNT_CALLS] = s.calls[number]
        w.counts[counts + COUNT_ANSWERED] = s.answered[number]
        w.counts[counts + COUNT_WAITED] = s.waited[number]
        w.counts[counts + state.TIME_WAITED] = s.time_waited[number]
        w.counts[counts + TIME_CORES] = s.core_time[number]
        w.counts[counts + TIME_SLOTS] = slot_time
        w.counts[counts + TIME_IN_WORK] = s.inside_time[number]
        w.counts[counts + TIME_QUEUED] = s.queue_time[number]
        w.counts[counts + TIME_INSIDE] = s.spent[number]


def columns_of(rows: "Numbers", replicas: int) -> Any:
    """`Counts` of arrays: what was counted of each replica, by moment."""
    import numpy as np

    ends = np.cumsum([2 * replicas if name == "queued" else replicas for name in Counts._fields])
    return Counts._make(np.split(rows, ends[:-1], axis=-1))


def samples_of(p: Program, w: World, moments: list[int], counted: "Numbers") -> "Numbers":
    """Samples in rows, as `sampling.note_sample` notes them, of what was counted at some moments."""
    import numpy as np

    now = np.array(moments, dtype=np.int64)[:, np.newaxis]
    replicas = len(w.replicas) // REPLICA_SIZE
    s = columns_of(counted, replicas)
    present = np.array(w.replicas[REPLICA_EXISTS::REPLICA_SIZE], dtype=np.int64)
    in_work = s.calls - s.answered
    bounded = np.array(is_bounded_at(p, w), dtype=bool)
    rows = np.zeros((len(moments), replicas, SAMPLE_OF_A_REPLICA), dtype=np.int64)
    rows[..., CORES] = s.core_time + s.used * now
    rows[..., SLOTS] = np.where(bounded, s.slot_time + s.taken * now, s.inside_time + in_work * now)
    rows[..., IN_WORK] = s.inside_time + in_work * now
    rows[..., QUEUED] = s.queue_time + s.queued.reshape(-1, replicas, 2).sum(axis=2) * now
    rows[..., REGISTERED] = present * now
    rows[..., UP] = present
    for place, column in ((CALLS, s.calls), (ANSWERED, s.answered), (WAITED, s.waited), (TIME_WAITED, s.time_waited)):
        rows[..., place] = column
    queues = np.zeros((len(moments), len(w.messages) // MESSAGES_SIZE), dtype=np.int64)
    return np.concatenate([now, rows.reshape(len(moments), -1), queues], axis=1)


def is_bounded_at(p: Program, w: World) -> list[bool]:
    """Of each replica, whether admission to it is bounded by slots or memory."""
    components = w.replicas[REPLICA_COMPONENT::REPLICA_SIZE]
    return [is_bounded(p, component) for component in components]


def give_up(
    translation: Translation, t: Tokens, ended: "list[int] | Numbers", statuses: "list[int] | Numbers", end: int
) -> bool:
    """End the requests under way at the end whose first caller has waited long enough.

    False where another call has waited for as long as its time-out.
    """
    for token in under_way(t):
        frames = token * translation.depth
        for frame, timeout, sent_before, may_be_late in translation.waits[t.at[token]].asked:
            began = (t.sent if sent_before else t.entered)[frames + frame]
            if end - began >= timeout:
                if not may_be_late:
                    return False
                ended[t.request[token]] = began + timeout
                statuses[t.request[token]] = -TIMEOUT
    return True


def under_way(t: Tokens) -> list[int]:
    """The tokens that are in use."""
    free = set(t.free)
    return [token for token in range(len(t.at)) if token not in free]


def enter_calls(translation: Translation, w: World, t: Tokens, stuck: list[int]) -> None:
    """The calls that have come in and not gone out, as tasks."""
    inside = list(zip(stuck[::2], stuck[1::2], strict=True))
    for token in under_way(t):
        frames = token * translation.depth
        for station, frame in translation.waits[t.at[token]].inside:
            chosen = station if station >= 0 else t.place[frames - 1 - station]
            inside.append((chosen, t.entered[frames + frame]))
    for station, entered in inside:
        task = len(w.tasks)
        w.tasks.extend(w.blank)
        w.tasks[task + KIND] = ATTEMPT
        w.tasks[task + PHASE] = IN_STEPS
        w.tasks[task + REPLICA] = station * REPLICA_SIZE
        w.tasks[task + ENTERED] = entered


def table_of(arrivals: Merged, ended: "list[int] | Numbers", statuses: "list[int] | Numbers", end: int) -> "Numbers":
    """The table of requests, a column after the other."""
    import numpy as np

    ended, statuses = np.asarray(ended, dtype=np.int64), np.asarray(statuses, dtype=np.int64)
    table = np.zeros((ASKED_SIZE, len(ended)), dtype=np.int64)
    table[ASKED_FLOW], table[ASKED_AT] = arrivals.flows, arrivals.moments
    table[ASKED_NUMBER] = table[ASKED_CLIENT] = arrivals.numbers
    table[ASKED_UNTIL] = np.where(ended <= end, ended, NONE)
    answered = table[ASKED_UNTIL] >= 0
    np.maximum(statuses, 0, out=table[ASKED_STATUS], where=answered)
    np.maximum(-statuses, 0, out=table[ASKED_CAUSE], where=answered)
    return table
