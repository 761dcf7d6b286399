"""How a call is tried, and who may be asked: what a run and a figure both need to know of a call, said once.

The engine has the same rules; `tests/simulation/test_attempts.py` compares the two.
"""

from enum import StrEnum

from archspec.frozen import frozen
from archspec.model.architecture import Architecture, CallTerms
from archspec.model.component import Algorithm, Component, HealthCheck, Running
from archspec.model.connection import Access
from archspec.model.flow import Flow
from archspec.model.kind import Role
from archspec.model.quantities import Duration

PATIENCE = Duration(60 * 10**9)
"""After which who asks from outside gives up, if no timeout is stated (nginx proxy_read_timeout, AWS ALB idle)."""
BALANCERS = ("load_balancer", "gateway", "dns")
"""Kinds that choose among their targets by their own algorithm."""
CHECKERS = ("load_balancer", "gateway")
"""Of these, the kinds that learn of a death by health checks alone."""
PROXIES = (*BALANCERS, "cdn")
"""Kinds that hand the status of a failed callee on."""
RETRIED_STATUSES = (429, 502, 503, 504)


class FailureCause(StrEnum):
    """Why an attempt failed, in the order in which the engine numbers them from 1."""

    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    SHED = "shed"
    RATE_LIMITED = "rate_limited"
    NO_REPLICA = "no_replica"
    BREAKER_OPEN = "breaker_open"
    BULKHEAD = "bulkhead"
    ERROR = "error"
    POOL = "pool"
    DEADLINE = "deadline"
    NO_SESSION = "no_session"
    THROTTLED = "throttled"


SURELY_NOT_PROCESSED = (
    FailureCause.REFUSED,
    FailureCause.NO_REPLICA,
    FailureCause.SHED,
    FailureCause.RATE_LIMITED,
    FailureCause.THROTTLED,
)
"""Trying again after these does no harm, whatever the request does."""
NEVER_RETRIED = (FailureCause.BREAKER_OPEN, FailureCause.BULKHEAD, FailureCause.POOL, FailureCause.NO_SESSION)


@frozen
class Failure:
    """How one attempt failed, as its caller sees it: `status` is None where no answer came.

    `own` is false where the callee answered because a call of its own had failed: the request was processed.
    """

    cause: FailureCause
    status: int | None
    own: bool = True


@frozen
class Attempts:
    """How often a call is tried, how long one attempt may take, and after what it is tried again.

    `most` counts the first attempt. Without a `timeout` a lost message is never tried again: it is waited for for
    ever, or until the `patience` of the flow's own caller is at its end, and with it the request.
    """

    most: int
    timeout: Duration | None
    idempotent: bool
    patience: Duration | None = None

    @property
    def waits_for_ever(self) -> bool:
        """Whether silence hangs whoever made the call."""
        return self.timeout is None and self.patience is None

    def tries_again_after(self, failure: Failure) -> bool:
        """Whether a failure is of a kind that is tried again, while there are attempts left."""
        gives_up = failure.cause is FailureCause.TIMEOUT and self.timeout is None
        if failure.own and (failure.cause in NEVER_RETRIED or gives_up):
            return False
        if self.idempotent:
            return failure.status in RETRIED_STATUSES or (failure.own and failure.status is None)
        return failure.own and (failure.cause in SURELY_NOT_PROCESSED or failure.status == 429)


def attempts_of(terms: CallTerms, flow: Flow, *, is_first: bool) -> Attempts:
    """How a call of this flow is tried; `is_first` is one of its own caller outside, who is not patient for ever.

    What comes by the clock is: nobody waits in front of it.
    """
    stated = terms.retries.idempotent if terms.retries else None
    return Attempts(
        most=terms.retries.attempts if terms.retries else 1,
        timeout=terms.timeout,
        idempotent=flow.method not in ("POST", "PATCH") if stated is None else stated,
        patience=PATIENCE if is_first and not flow.comes_by_clock else None,
    )


def answered_after(failure: Failure, *, is_proxy: bool) -> int:
    """The status that a component answers when a call that it required has failed."""
    if is_proxy and failure.status is not None:
        return failure.status
    if failure.status == 504 or (failure.status is None and failure.cause is FailureCause.TIMEOUT):
        return 504
    return 503 if failure.status in (429, 503) else 502


def health_check(architecture: Architecture, caller: str, callee: str) -> HealthCheck | None:
    """What takes a dead replica of the callee out of a balancer's choice: the balancer's own check, else the callee's.

    A check that a component states of itself is a readiness probe: the platform takes what fails it off everybody's
    list, as Kubernetes does. None where nobody looks, or the caller is no load balancer or gateway.
    """
    asks, answers = architecture.components[caller], architecture.components[callee]
    if asks.kind not in CHECKERS:
        return None
    stated = (each.health_check for each in (asks, answers) if isinstance(each, Running))
    return next((check for check in stated if isinstance(check, HealthCheck)), None)


def asks_primary(callee: Component, access: Access) -> bool:
    """Whether a call is answered by a store's primary alone (or by who took over): writes, unless somebody runs it."""
    is_store = callee.kind_of.role in (Role.STORE, Role.CACHE) and isinstance(callee, Running)
    return is_store and access == "write" and not callee.kind_of.provided


def list_algorithm(architecture: Architecture, caller: str) -> Algorithm:
    """How a caller picks one of several components: a balancer by its own algorithm, anybody else in turn."""
    component = architecture.components[caller]
    balances = component.kind in BALANCERS and isinstance(component, Running)
    return component.chooses_by if balances and isinstance(component, Running) else "round_robin"


def replica_algorithm(architecture: Architecture, caller: str, callee: str) -> Algorithm:
    """How a replica of a component is picked: by a balancer that asks, else by the component's own algorithm.

    A balancer's own is for its targets: of its replicas whoever is no balancer takes the next in turn, as a name with
    several addresses gives them out.
    """
    asks, answers = architecture.components[caller], architecture.components[callee]
    chooser = asks if asks.kind in BALANCERS and isinstance(asks, Running) else answers
    if chooser is answers and answers.kind in BALANCERS:
        return "round_robin"
    return chooser.chooses_by if isinstance(chooser, Running) else "round_robin"
