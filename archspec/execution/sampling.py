"""What a metrics service sees: the counters of every replica at one moment (engine contract, section 12.1)."""

from dataclasses import replace

from archspec.execution.admission import is_up
from archspec.execution.layout import (
    MESSAGES_SIZE,
    MESSAGES_WAITING,
    QUEUE_SIZE,
    QUEUE_WAITING,
    REPLICA_CORES_USED,
    REPLICA_IN_WORK,
    REPLICA_REGISTERED,
    REPLICA_SIZE,
    REPLICA_SLOTS_USED,
    SAMPLE,
    SCRAPING,
    SLOT_QUEUE,
)
from archspec.execution.state import (
    COUNT_ANSWERED,
    COUNT_CALLS,
    COUNT_ERRORS,
    COUNT_RATE_LIMITED,
    COUNT_SHED,
    COUNT_WAITED,
    NOW,
    SCRAPE_INTERVAL,
    TIME_CORES,
    TIME_IN_WORK,
    TIME_QUEUED,
    TIME_REGISTERED,
    TIME_SLOTS,
    TIME_WAITED,
    World,
    counts_of,
    integral,
    queue_of,
    schedule_always,
)

SAMPLE_OF_A_REPLICA = 13


def sample(w: World) -> None:
    """Keep a sample, and schedule the next one."""
    note_sample(w)
    schedule_always(w, w.clock[NOW] + w.clock[SCRAPE_INTERVAL], SCRAPING, SAMPLE, 0)


def note_sample(w: World) -> None:
    """Note the time, then for each replica its integrals and counters; then the lengths of the message queues."""
    row = w.samples
    row.append(w.clock[NOW])
    for replica in range(0, len(w.replicas), REPLICA_SIZE):
        r = w.replicas
        counts = counts_of(replica)
        queue = queue_of(replica, SLOT_QUEUE)
        waiting = w.queues[queue + QUEUE_WAITING] + w.queues[queue + QUEUE_SIZE + QUEUE_WAITING]
        row.append(integral(w, replica, TIME_CORES, r[replica + REPLICA_CORES_USED]))
        row.append(integral(w, replica, TIME_SLOTS, r[replica + REPLICA_SLOTS_USED]))
        row.append(integral(w, replica, TIME_IN_WORK, r[replica + REPLICA_IN_WORK]))
        row.append(integral(w, replica, TIME_QUEUED, waiting))
        row.append(integral(w, replica, TIME_REGISTERED, r[replica + REPLICA_REGISTERED]))
        row.append(w.counts[counts + COUNT_CALLS])
        row.append(w.counts[counts + COUNT_ANSWERED])
        row.append(int(is_up(w, replica) and r[replica + REPLICA_REGISTERED] > 0))
        row.append(w.counts[counts + COUNT_WAITED])
        row.append(w.counts[counts + TIME_WAITED])
        row.append(w.counts[counts + COUNT_SHED])
        row.append(w.counts[counts + COUNT_RATE_LIMITED])
        row.append(w.counts[counts + COUNT_ERRORS])
    for queue in range(0, len(w.messages), MESSAGES_SIZE):
        row.append(w.messages[queue + MESSAGES_WAITING])


def sampled(w: World) -> list[int]:
    """A sample of this moment, kept nowhere else; called from outside the kernel only."""
    aside = replace(w, samples=[])
    note_sample(aside)
    return [int(number) for number in aside.samples]
