"""What stands where in a sample: the time, then these figures of every replica, then the lengths of message queues."""

from collections.abc import Sequence

from archspec.execution.sampling import SAMPLE_OF_A_REPLICA

(
    CORES,
    SLOTS,
    IN_WORK,
    QUEUED,
    REGISTERED,
    CALLS,
    ANSWERED,
    UP,
    WAITED,
    TIME_WAITED,
    SHED,
    RATE_LIMITED,
    ERRORS,
) = range(SAMPLE_OF_A_REPLICA)
"""Integrals over time of cores and slots in use, of calls in work and queued and of being registered; counters of
calls, of answers, of calls that had to wait, of the time they waited, of those shed, of those beyond a rate limit, of
answers without a status or with 500 and above; UP is no sum but 0 or 1."""


def total(row: Sequence[int], replicas: Sequence[int], field: int) -> int:
    """A figure of some replicas taken together."""
    return sum(row[1 + replica * SAMPLE_OF_A_REPLICA + field] for replica in replicas)


def increase(first: Sequence[int], last: Sequence[int], replicas: Sequence[int], field: int) -> int:
    """By how much a figure of some replicas grew between two samples."""
    return total(last, replicas, field) - total(first, replicas, field)
