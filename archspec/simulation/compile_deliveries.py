"""What a connection from a queue to its worker states in vain: a delivery is no call."""

from archspec.model import Architecture, Connection

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
