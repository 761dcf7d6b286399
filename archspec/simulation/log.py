"""The engine's log: rows of (time, what happened, and four numbers that say to whom); -1 is nobody."""

from enum import IntEnum

from archspec.model import FailureCause

ROW = 6
Entry = tuple[int, ...]
CAUSES = ("", *(cause.value for cause in FailureCause))
"""Causes of failure by their number; 0 is none."""


class Told(IntEnum):
    """What happened, with what the four numbers of its row say. A queue is one of `Compiled.queues`."""

    ARRIVAL = 0
    """Request, flow, its number, replica."""
    SENT = 1
    """Attempt, context, operation, replica."""
    ATTEMPT = 2
    """Attempt, which try, request, connection."""
    ARRIVED = 3
    """Attempt, replica."""
    QUEUED = 4
    """Attempt, replica, for what (a slot or a core)."""
    WORKED = 5
    """Attempt, replica, with what, since."""
    OWN = 6
    """Context, operation, with what, since."""
    CACHE = 7
    """Attempt, whether it hit."""
    ANSWERED = 8
    """Attempt, status, cause, whether the failure arose there."""
    HEARD = 9
    """Attempt, status, cause."""
    BACKOFF = 10
    """Operation, context, wait, request."""
    LOST = 11
    """Attempt, whether on the way back."""
    RESPONSE = 12
    """Request, status, cause, whether degraded."""
    PUBLISHED = 13
    """Queue, message, context."""
    DELIVERED = 14
    """Queue, message, which delivery."""
    DELIVERY = 15
    """Queue, message, which delivery, whether done."""
    FALLBACK = 16
    """Operation, context."""
    WAITS = 17
    """Attempt, replica, the copy that it waits for."""
    POOLED = 18
    """Operation, context, how long it waited for a place, request."""
    BREAKER = 19
    """Connection, state, replica. From here on: what is told of a run of any length."""
    BELIEF = 20
    """Chooser (0: the platform, then the replicas of balancers), replica, whether it is believed up."""
    FAULT = 21
    """Fault, whether it begins."""
    DEAD = 22
    """Queue, message, the component that takes dead letters."""
    SCALED = 23
    """Component, replicas."""
    DEPLOY = 24
    """Replica, which move."""
    RESTARTED = 25
    """Flow, its number, which time, the cause for which it failed before."""
