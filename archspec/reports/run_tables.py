"""What a run tells of components, queues and alerts, as the rows of tables."""

from collections.abc import Sequence

from archspec.frozen import frozen
from archspec.simulation import Results
from archspec.values import UNKNOWN, busy, duration, number, percent

COMPONENTS = ("component", "calls", "cores", "slots", "waiting", "mean wait", "shed", "errors", "refused", "retries")
QUEUES = ("queue", "published", "done", "dead", "waiting", "in work", "deliveries")
SUBSCRIPTIONS = (
    *("topic", "subscriber", "published", "done", "dead", "expired", "waiting", "in work"),
    *("mean lag", "most lag", "mean delay", "longest", "busy"),
)
POOLS = ("pool", "asked", "got", "refused", "gone", "waiting", "busy", "most waiting", "mean wait", "p99 wait")
JOBS = ("job", "due", "done", "failed", "overdue", "running", "overlaps", "restarts", "most at once")
SESSIONS = (
    *("sessions", "users", "connected", "handshaking", "waiting", "opened", "ended", "dropped"),
    *("on average", "at least", "handshakes/s", "below 99%"),
)
FUNCTIONS = ("function", "calls", "warm", "cold", "cold share", "throttled", "refused", "most at once", "busy", "idle")
ALERTS = ("alert", "at", "state", "told")


@frozen
class RunTable:
    """A table; the first `keys` columns say what a row is about."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    keys: int = 1


def run_tables(results: Results) -> dict[str, RunTable]:
    """Every table of a run by its heading, also those without rows."""
    return {
        "components": RunTable(COMPONENTS, _component_rows(results)),
        "jobs": RunTable(JOBS, _job_rows(results)),
        "sessions": RunTable(SESSIONS, _session_rows(results)),
        "pools": RunTable(POOLS, _pool_rows(results)),
        "functions": RunTable(FUNCTIONS, _function_rows(results)),
        "queues": RunTable(QUEUES, _queue_rows(results)),
        "subscriptions": RunTable(SUBSCRIPTIONS, _subscription_rows(results), keys=2),
        "alerts": RunTable(ALERTS, _alert_rows(results)),
    }


def _component_rows(results: Results) -> list[list[str]]:
    """A row for each component; `waiting` is the mean number of calls that do."""
    return [
        [
            each.component,
            str(each.calls),
            busy(each.core_utilisation),
            busy(each.slot_utilisation),
            "<0.01" if 0 < each.waiting < 0.01 else number(each.waiting),
            duration(each.mean_wait),
            str(each.shed + each.rate_limited),
            str(each.errors),
            str(each.refused + each.reset + each.lost),
            str(each.retries_in),
        ]
        for each in results.components
    ]


def _queue_rows(results: Results) -> list[list[str]]:
    """A row for each message queue, at the end."""
    return [
        [each.queue, *map(str, (each.published, each.done, each.dead, each.waiting, each.in_work, each.deliveries))]
        for each in results.queues
    ]


def _subscription_rows(results: Results) -> list[list[str]]:
    """A row for each subscriber of a topic; a delay is from publication to done."""
    return [
        [
            *(each.topic, each.subscriber),
            *map(str, (each.published, each.done, each.dead, each.expired, each.waiting, each.in_work)),
            *(number(each.mean_lag), str(each.most_lag), duration(each.mean_delay), duration(each.longest_delay)),
            busy(each.busy),
        ]
        for each in results.subscriptions
    ]


def _pool_rows(results: Results) -> list[list[str]]:
    """A row for each connection whose callers wait for a place; waits are those of calls that got one."""
    return [
        [
            each.connection,
            *map(str, (each.asked, each.got, each.refused, each.gone, each.waiting)),
            *(busy(each.busy), str(each.most_waiting), duration(each.mean_wait), duration(each.p99_wait)),
        ]
        for each in results.pools
    ]


def _job_rows(results: Results) -> list[list[str]]:
    """A row for each flow that comes by the clock."""
    return [
        [
            each.flow,
            *map(str, (each.ticks, each.done, each.failed, each.overdue, each.running)),
            *map(str, (each.overlaps, each.restarts, each.most_running)),
        ]
        for each in results.jobs
    ]


def _session_rows(results: Results) -> list[list[str]]:
    """A row for each flow whose users stay connected; the last figure is the longest that fewer than 99% were."""
    return [
        [
            each.flow,
            *map(str, (each.users, each.connected, each.handshaking, each.waiting)),
            *map(str, (each.opened, each.ended, each.dropped)),
            *map(percent, (each.mean_connected, each.least_connected)),
            str(each.most_handshakes),
            f"{duration(each.longest_below)}{' so far' if each.is_below else ''}",
        ]
        for each in results.sessions
    ]


def _function_rows(results: Results) -> list[list[str]]:
    """A row for each function; `busy` and `idle` are its instances at the end, those that start among the busy ones."""
    return [
        [
            each.function,
            *map(str, (each.calls, each.warm, each.cold)),
            busy(each.cold_share),
            *map(str, (each.throttled, each.refused + each.lost, each.most, each.busy + each.starting, each.idle)),
        ]
        for each in results.functions
    ]


def _alert_rows(results: Results) -> list[list[str]]:
    """A row for each change of an alert."""
    return [[each.alert, duration(each.at), each.state, ", ".join(each.told) or UNKNOWN] for each in results.alerts]
