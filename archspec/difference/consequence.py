"""What a change does to one figure."""

from enum import StrEnum

from archspec.errors import Span
from archspec.frozen import frozen


class Effect(StrEnum):
    """Which way a figure goes. What was not known before, or is not any more, is neither better nor worse."""

    WORSE = "worse"
    BETTER = "better"
    OTHER = "other"
    NOW_KNOWN = "now known"
    NOT_KNOWN = "no longer known"


class Figure(StrEnum):
    """What is compared."""

    OBJECTIVE = "objective"
    AVAILABILITY = "availability"
    DOWNTIME = "downtime a year"
    SINGLE_POINT = "single point of failure"
    CUT_SETS = "minimal cut sets of 1 and 2 parts"
    FULL_AT = "full at"
    WITHOUT_REPLICA = "full at, a replica lost"
    WITHOUT_ZONE = "full at, a zone lost"
    UTILISATION = "utilisation"
    BOTTLENECK = "bottleneck"
    LATENCY = "time of a request without load"
    RUN_SUCCESS = "success in runs"
    RUN_P50 = "p50 in runs"
    RUN_P99 = "p99 in runs"
    FIRES = "alert that fires in runs"
    ALERT = "alert"
    TOLD = "who is told"
    WATCHED = "alerts on the flow"


@frozen
class Consequence:
    """One figure of one subject (a flow, a component, an alert) in the base and in the head, as people read it.

    `base_value` and `head_value` are the same as numbers, where they are one: shares, requests per second, hours,
    seconds, counts. `span` is where the head says what the subject is.
    """

    figure: Figure
    subject: str
    base: str
    head: str
    verdict: Effect
    base_value: float | None = None
    head_value: float | None = None
    span: Span | None = None
