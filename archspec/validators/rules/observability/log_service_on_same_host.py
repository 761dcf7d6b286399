"""Logs kept where they are written.

## What it checks

A log service and a component that logs to it stand in one group of kind `host`.

## Why

When the host fails, the log that would say why fails with it; and a server that fills its disk with records
stops itself.

## Bad

```yaml
archspec: 1
name: Its own witness
groups:
  box: {kind: host}
components:
  api: {kind: server, group: box, logs_to: logs}
  logs: {kind: log_service, group: box, retention: 30d}
  db: {kind: database}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: A witness elsewhere
groups:
  box: {kind: host}
  watch: {kind: host}
components:
  api: {kind: server, group: box, logs_to: logs}
  logs: {kind: log_service, group: watch, retention: 30d}
  db: {kind: database}
connections:
  - api -> db
```

## When to ignore it

A collector that only passes records on at once: model the service they end in.

## Source

[NIST SP 800-92: guide to computer security log management](https://csrc.nist.gov/pubs/sp/800/92/final)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity, hosts, placed_at


def check(context: Context) -> Iterator[Found]:
    """Log services by the hosts of those that ship to them."""
    architecture = context.architecture
    places = context.once(hosts)
    for service in architecture.of_kind("log_service"):
        for edge in architecture.incoming[service.id]:
            shared = sorted(places.get(service.id, frozenset()) & places.get(edge.from_, frozenset()))
            if shared:
                yield Found(
                    placed_at(service),
                    f"`{service.id}` fails together with `{edge.from_}`, which it should explain",
                    f"move it off host {shared[0]}.",
                    element=service.id,
                )
                break


RULE = Rule(
    code="OBS02",
    name="log-service-on-same-host",
    theme="observability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
