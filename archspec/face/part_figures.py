"""What a simulation tells of what keeps or holds: queues, subscriptions, pools, jobs, sessions and functions.

Times are in seconds, rates per second, shares between 0 and 1.
"""

from archspec.frozen import frozen


@frozen
class QueueFigures:
    """One message queue at the end: published = done + dead + waiting + in_work, always."""

    queue: str
    published: int
    done: int
    dead: int
    waiting: int
    in_work: int
    deliveries: int


@frozen
class SubscriptionFigures:
    """One subscriber of a topic: published = done + dead + expired + waiting + in_work, always.

    `mean_lag` messages wait on average, `most_lag` at the most, `oldest` is how long the first of those waits that do
    at the end; a delay is from publication to done. `busy` is the share of `cap`, what can be in work at once.
    """

    topic: str
    subscriber: str
    published: int
    done: int
    dead: int
    expired: int
    waiting: int
    in_work: int
    deliveries: int
    mean_lag: float
    most_lag: int
    oldest: float
    mean_delay: float | None
    longest_delay: float | None
    cap: float | None
    busy: float | None


@frozen
class PoolFigures:
    """A connection whose callers wait for one of its places: asked = got + refused + waiting + gone, always.

    `refused` waited for as long as they may, `gone` died with the replica at which they waited. `busy` is the share of
    the places that is taken; waits are those of calls that got one.
    """

    connection: str
    asked: int
    got: int
    refused: int
    waiting: int
    gone: int
    busy: float | None
    mean_waiting: float
    most_waiting: int
    mean_wait: float | None
    p99_wait: float | None


@frozen
class JobFigures:
    """A flow that comes by the clock: ticks = done + failed + overdue + running, always.

    `overdue` were not done by their deadline; `overlaps` are ticks at which one before was not over; `restarts` are
    those of runs that had failed.
    """

    flow: str
    ticks: int
    done: int
    failed: int
    overdue: int
    running: int
    overlaps: int
    restarts: int
    most_running: int


@frozen
class SessionFigures:
    """The users of a flow with a session: users = connected + handshaking + waiting, always.

    So is opened = connected + ended + dropped. `mean_connected` and `least_connected` are shares of the users;
    `most_handshakes` are those of one second; `longest_below` is how long (s) fewer than 99% were connected.
    """

    flow: str
    users: int
    connected: int
    handshaking: int
    waiting: int
    opened: int
    ended: int
    dropped: int
    mean_connected: float
    least_connected: float
    most_handshakes: int
    longest_below: float
    is_below: bool


@frozen
class FunctionFigures:
    """A function over the whole run: calls = warm + cold + throttled + refused + lost; its instances at the end are
    `busy`, `starting` or `idle`, and there were `most` at once. `cold_share` is of those served.
    """

    function: str
    calls: int
    warm: int
    cold: int
    throttled: int
    refused: int
    lost: int
    most: int
    busy: int
    starting: int
    idle: int
    cold_share: float | None
