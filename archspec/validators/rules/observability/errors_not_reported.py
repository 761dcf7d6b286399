"""A server whose exceptions nobody groups.

## What it checks

Once somebody speaks of errors (an error monitor, any `errors_to`): a server without `errors_to`.

## Why

The same exception from two servers is one cause. The monitor shows that only for those that report to it.

## Bad

```yaml
archspec: 1
name: One of two reports
components:
  shop: {kind: server, errors_to: sentry}
  stock: {kind: server}
  sentry: {kind: error_monitor}
connections:
  - shop -> stock
```

## Good

```yaml
archspec: 1
name: Both report
components:
  shop: {kind: server, errors_to: sentry}
  stock: {kind: server, errors_to: sentry}
  sentry: {kind: error_monitor}
connections:
  - shop -> stock
```

## When to ignore it

A server of somebody else's making that has no such hook.

## Source

[Sentry: issue grouping](https://docs.sentry.io/concepts/data-management/event-grouping/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Servers without an edge to an error monitor."""
    if not context.subjects.errors:
        return
    architecture = context.architecture
    monitors = {monitor.id for monitor in architecture.of_kind("error_monitor")}
    for server in architecture.of_kind("server", "identity_provider", "service_registry"):
        if not any(edge.to in monitors for edge in architecture.outgoing[server.id]):
            yield Found(
                ("components", server.id),
                f"exceptions of `{server.id}` reach nobody",
                f"add `errors_to: {min(monitors, default='<error monitor>')}`.",
                at_key=True,
            )


RULE = Rule(
    code="OBS07",
    name="errors-not-reported",
    theme="observability",
    severity=Severity.INFO,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)
