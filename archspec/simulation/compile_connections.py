"""A connection as the engine runs it: where it leads, and what it states in vain when it delivers."""

from collections.abc import Iterable, Iterator, Mapping

from archspec.model import Architecture, CircuitBreaker, Component, Connection, HealthCheck
from archspec.model.nearness import site_of
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


_INSTEAD = {
    "timeout": "`visibility_timeout` on `{queue}` says when a message is delivered again",
    "retries": "`max_deliveries` on `{queue}` says how often a message is delivered",
    "circuit_breaker": "a message is handed to whoever has a slot free",
    "max_wait": "a message waits in `{queue}`",
    "prefer": "a message is handed to whoever has a slot free",
    "max_concurrent": "`slots` of `{worker}` say how many messages it works on at once",
}
"""What a delivery does not have, because workers pull; and what stands for it."""


def unused_by_deliveries(link: Connection, architecture: Architecture) -> list[str]:
    """What the connection of a queue and its worker states in vain; `defaults` are meant for calls, not for it."""
    queue, worker = link.from_, link.to
    stated = [
        name
        for name in _INSTEAD
        if (value := getattr(link, name)) is not None and value is not architecture.connection_defaults.get(name)
    ]
    return [
        f"`{name}` of `{link.name}` is not used: {_INSTEAD[name].format(queue=queue, worker=worker)}" for name in stated
    ]


def sites_of(architecture: Architecture, component: Component) -> tuple[program.Site, ...]:
    """Where its copies stand: after as many as it has zones they begin again."""
    zones = max(1, len(architecture.zones_of(component)))
    sites = (site_of(architecture, component, copy) for copy in range(1, zones + 1))
    return tuple(program.Site(site.zone, site.region) for site in sites)


def preferring_nobody(architecture: Architecture, connections: Iterable[Connection]) -> Iterator[str]:
    """The connections that prefer who is near their caller, of whom nobody knows where it stands: in a sentence."""
    for link in connections:
        if link.prefer is None:
            continue
        caller = architecture.components[link.from_]
        copies = range(1, max(1, len(architecture.zones_of(caller))) + 1)
        if not any(site_of(architecture, caller, copy).knows(link.prefer) for copy in copies):
            where = "zone or region" if link.prefer == "same_zone" else "region"
            told = f"nothing says in which {where} `{caller.id}` stands"
            yield f"`prefer` of `{link.name}` is not used: {told}; give it a `group`"
