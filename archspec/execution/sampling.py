"""What a metrics service sees: the counters of every replica at one moment (engine contract, section 12.1)."""

from archspec.execution.admission import is_up
from archspec.execution.layout import (
    MESSAGES_SIZE,
    MESSAGES_WAITING,
    REPLICA_REGISTERED,
    REPLICA_SIZE,
    SAMPLE,
    SCRAPING,
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
    schedule_always,
    touch,
)

SAMPLE_OF_A_REPLICA = 13


def sample(w: World) -> None:
    """Keep a sample, and schedule the next one."""
    w.samples.extend(sampled(w))
    schedule_always(w, w.clock[NOW] + w.clock[SCRAPE_INTERVAL], SCRAPING, SAMPLE, 0)


def sampled(w: World) -> list[int]:
    """Note the time, then for each replica its integrals and counters; then the lengths of the message queues."""
    row = [w.clock[NOW]]
    for replica in range(0, len(w.replicas), REPLICA_SIZE):
        touch(w, replica)
        counts = counts_of(replica)
        row.append(w.counts[counts + TIME_CORES])
        row.append(w.counts[counts + TIME_SLOTS])
        row.append(w.counts[counts + TIME_IN_WORK])
        row.append(w.counts[counts + TIME_QUEUED])
        row.append(w.counts[counts + TIME_REGISTERED])
        row.append(w.counts[counts + COUNT_CALLS])
        row.append(w.counts[counts + COUNT_ANSWERED])
        row.append(int(is_up(w, replica) and w.replicas[replica + REPLICA_REGISTERED] > 0))
        row.append(w.counts[counts + COUNT_WAITED])
        row.append(w.counts[counts + TIME_WAITED])
        row.append(w.counts[counts + COUNT_SHED])
        row.append(w.counts[counts + COUNT_RATE_LIMITED])
        row.append(w.counts[counts + COUNT_ERRORS])
    row += [w.messages[queue + MESSAGES_WAITING] for queue in range(0, len(w.messages), MESSAGES_SIZE)]
    return row
