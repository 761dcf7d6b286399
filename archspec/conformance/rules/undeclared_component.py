"""A service or store that traces show and the spec does not know.

## What it checks

A service that sends spans, or is asked in at least three traces and one in a thousand, leads to no component: neither
by its name nor by another name of its process, nor by the map `names` in the section `[traces]` of `archspec.toml`.
Services that match `ignore` there are passed over. `archspec drift --fix` writes the component.

## Why

A system that has grown a part that nobody has drawn is judged as if it had none.

## Bad

```yaml
archspec: 1
name: Shop without its mailer
components:
  browser: {kind: client}
  shop: {kind: server}
connections:
  - browser -> shop
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
```

## Good

```yaml
archspec: 1
name: Shop
components:
  browser: {kind: client}
  shop: {kind: server}
  mailer: {kind: server}
connections:
  - browser -> shop -> mailer
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - call: mailer
```

## When to ignore it

For helpers that are no part of the system, by `ignore = ["otel-*"]` in `[traces]`.

## Source

[FINOS TraderX, issue 127: a model gets out of sync](https://github.com/finos/traderX/issues/127)
"""

import re
from collections import Counter
from collections.abc import Iterator

from archspec.conformance.judge import compared
from archspec.language import Addition
from archspec.model.field_types import ID_PATTERN
from archspec.observation import Party
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_KINDS = {"redis": "cache", "memcached": "cache", "elasticsearch": "search_index"}
_QUEUES = ("kafka", "rabbitmq", "message_queue", "sqs", "aws_sqs", "activemq", "pulsar", "nats", "jms")


def check(context: Context) -> Iterator[Found]:
    """Names that lead to no component."""
    seen = compared(context)
    sending = {Party(name) for name in seen.observation.services}
    traces: Counter[Party] = Counter()
    for (caller, caller_id), (callee, callee_id), edge in seen.parties:
        for party, id_ in ((caller, caller_id), (callee, callee_id)):
            if id_ is None and party.name is not None:
                traces[party] = max(traces[party], edge.traces)
    for root in seen.roots:
        party = root.node.key.callee
        if party.name is not None and seen.names.component(party) is None and not seen.is_ignored(party):
            traces[party] = max(traces[party], root.traces)
    for party, count in sorted(traces.items()):
        if count < seen.enough:
            continue
        near = seen.names.alike(party)
        doing = "sends spans" if party in sending else "is asked"
        yield Found(
            ("components",),
            f"`{party.name}` {doing} in {count} traces, and no component is called so",
            f'if it is `{near}`, write `names = {{"{party.name}" = "{near}"}}` into [traces] of archspec.toml; '
            "else add it."
            if near
            else "add it, or pass it over with `ignore` in [traces] of archspec.toml.",
            element=str(party.name),
            at_key=True,
            adds=None if near else _addition(party, sending),
        )


def _addition(party: Party, sending: set[Party]) -> Addition | None:
    name = str(party.name)
    fits = re.fullmatch(ID_PATTERN, name) is not None
    return Addition(("components", name), f"{{kind: {_kind(party, sending)}}}") if fits else None


def _kind(party: Party, sending: set[Party]) -> str:
    if party.system in _QUEUES:
        return "queue"
    if party.system is not None:
        return _KINDS.get(party.system, "database")
    return "server" if party in sending else "external"


RULE = Rule(
    code="DRF02",
    name="undeclared-component",
    theme="drift",
    severity=Severity.ERROR,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
)
