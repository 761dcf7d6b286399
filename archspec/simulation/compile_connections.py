"""A connection as the engine runs it."""

from collections.abc import Mapping

from archspec.model import CircuitBreaker, Connection, HealthCheck
from archspec.simulation import program


def connection(link: Connection, numbers: Mapping[str, int], check: HealthCheck | None) -> program.Connection:
    """A connection; `check` is how its caller looks after whom it asks."""
    return program.Connection(
        from_=numbers[link.from_],
        to=numbers[link.to],
        name=link.name_,
        max_concurrent=link.max_concurrent,
        max_wait=link.max_wait.nanoseconds if link.max_wait is not None else None,
        prefer=link.prefer,
        loss=float(link.loss.value) if link.loss else 0.0,
        breaker=_breaker(link.circuit_breaker) if link.circuit_breaker else None,
        check=_check(check) if check else None,
    )


def _breaker(breaker: CircuitBreaker) -> program.Breaker:
    return program.Breaker(
        opens_after=breaker.opens_after.value,
        over=breaker.over.nanoseconds,
        min_calls=breaker.min_calls,
        half_open_after=breaker.half_open_after.nanoseconds,
        probes=breaker.probes,
    )


def _check(check: HealthCheck) -> program.Check:
    return program.Check(
        phase=check.phase.nanoseconds if check.phase is not None else None,
        interval=check.interval.nanoseconds,
        timeout=check.timeout.nanoseconds,
        unhealthy_after=check.unhealthy_after,
        healthy_after=check.healthy_after,
    )
