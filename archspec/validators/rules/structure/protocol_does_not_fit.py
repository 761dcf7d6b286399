"""A protocol that the other end does not speak.

## What it checks

The protocol of a connection and the technology (or, where none is written, the kind) of the component that
answers are both in a table of known pairs, and this pair is not among them: http to postgresql, amqp to
redis. Words that are in no table are not judged.

## Why

Such a connection cannot work as written: either the arrow goes to the wrong component, or a part that
translates was left out.

## Bad

```yaml
archspec: 1
name: Asking a database by http
components:
  api: {kind: server}
  db: {kind: database, technology: postgresql}
connections:
  - api -> db: http
```

## Good

```yaml
archspec: 1
name: Asking it in its own tongue
components:
  api: {kind: server}
  db: {kind: database, technology: postgresql}
connections:
  - api -> db: postgresql
```

## When to ignore it

A database with a gateway built in (such as PostgREST): name that as the technology.

## Source

[PostgreSQL: frontend/backend protocol](https://www.postgresql.org/docs/current/protocol.html)
"""

from collections.abc import Iterator

from archspec.model import Component, Connection
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_SQL = ("jdbc", "odbc", "sql")
_BROKER = ("amqp", "amqps", "mqtt", "mqtts", "stomp", "http", "https")
_SPEAKS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("postgresql", "postgres"), ("postgresql", "postgres", "pgwire", *_SQL)),
    **dict.fromkeys(("mysql", "mariadb"), ("mysql", "mariadb", *_SQL)),
    **dict.fromkeys(("redis", "valkey"), ("redis", "rediss", "resp", "redis-streams")),
    "memcached": ("memcached", "memcache"),
    **dict.fromkeys(("mongodb", "mongo"), ("mongodb", "mongo")),
    "cassandra": ("cql", "cassandra"),
    "rabbitmq": ("amqp", "amqps", "rabbitmq", *_BROKER),
    "kafka": ("kafka",),
    "nats": ("nats",),
    **dict.fromkeys(("elasticsearch", "opensearch"), ("http", "https")),
}
"""What is known to be spoken by a technology, the name that remedies give first."""

_NEVER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("database", "data_warehouse"), ("amqp", "amqps", "mqtt", "mqtts", "stomp", "kafka", "smtp", "memcached")
    ),
    "cache": ("amqp", "amqps", "mqtt", "mqtts", "stomp", "kafka", "smtp", "postgresql", "mysql"),
    "topic": ("postgresql", "mysql", "mongodb", "cql", "memcached"),
    "queue": ("postgresql", "mysql", "mongodb", "cql", "memcached"),
    "object_store": ("amqp", "amqps", "kafka", "postgresql", "mysql", "redis", "smtp"),
}
"""What no product of a kind speaks, whatever its technology; asked only where none is written."""

_KNOWN = {word for words in _SPEAKS.values() for word in words} | {"http", "https", "grpc", "ws", "wss", "smtp", "ftp"}


def check(context: Context) -> Iterator[Found]:
    """Written protocols against what answers (of a queue or topic: also where it delivers)."""
    components = context.architecture.components
    for connection in context.architecture.connections:
        ends = [components[connection.to]]
        is_queue = components[connection.from_].kind == "queue"
        if is_queue or context.architecture.is_pulled(connection.from_, connection.to):
            ends.append(components[connection.from_])
        for protocol in connection.protocol:
            for end in ends:
                yield from _judge(connection, protocol, end)


def _judge(connection: Connection, protocol: str, end: Component) -> Iterator[Found]:
    word = protocol.lower()
    path = ("connections", connection.name, "protocol")
    if end.technology:
        speaks = _SPEAKS.get(end.technology.lower())
        if speaks and word in _KNOWN and word not in speaks:
            message = f"`{end.id}` is {end.technology}, which does not speak {protocol}"
            yield Found(path, message, f"write `{speaks[0]}`.")
    elif word in _NEVER.get(end.kind, ()):
        message = f"`{end.id}` is a {end.kind}, which does not speak {protocol}"
        yield Found(path, message, "name what it does speak, or the part between them.")


RULE = Rule(
    code="STR08",
    name="protocol-does-not-fit",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
