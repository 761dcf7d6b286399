"""A balancer, queue, topic or cache with nothing behind it.

## What it checks

A load balancer that asks nobody, a queue or topic with exactly one neighbour (producers and no consumer, or the other
way round), and a CDN without origin: no `caches`, no outgoing connection, no `on_miss`. A worker that pulls
from its queue counts as its consumer, and a dead-letter queue needs none. A warning where flows publish to a topic and
say nothing of what one of its subscribers does with a message: then it gets none. A component that stands in no
connection at all is STR03.

## Why

These kinds only pass on what others do. With nothing behind them every request ends there, or every message
piles up.

## Bad

```yaml
archspec: 1
name: Jobs that nobody does
components:
  app: {kind: client}
  api: {kind: server}
  jobs: {kind: queue}
connections:
  - app -> api: https
  - api -> jobs
```

## Good

```yaml
archspec: 1
name: Jobs and a worker
components:
  app: {kind: client}
  api: {kind: server}
  jobs: {kind: queue}
  coder: {kind: worker}
connections:
  - app -> api: https
  - api -> jobs
  - jobs -> coder
```

## When to ignore it

When the part behind it belongs to another team's spec: name it as `external` instead.

## Source

[Hohpe and Woolf, Message Channel: one end puts in, the other takes
out](https://www.enterpriseintegrationpatterns.com/patterns/messaging/MessageChannel.html)
"""

from collections.abc import Iterator

from archspec.model import PULLERS, Architecture
from archspec.validators import Context, Found, Request, Rule, RuleSet, Severity, calls, requests


def check(context: Context) -> Iterator[Found]:
    """Balancers, queues and CDNs, each by its own question."""
    architecture = context.architecture
    known = context.once(requests)
    dead_letters = {getattr(queue, "dead_letter", None) for queue in architecture.of_kind("queue", "topic")}
    for component in architecture.of_kind("load_balancer", "queue", "topic", "cdn"):
        id_ = component.id
        asked, asking = known.at(id_), known.of(id_)
        if not asked and not asking:
            continue
        match component.kind:
            case "load_balancer" if not asking:
                yield _nothing(id_, f"`{id_}` balances nothing", f"add `- {id_} -> <server>`.")
            case "queue" | "topic" if id_ not in dead_letters:
                yield from _one_sided(architecture, id_, asked, asking)
                yield from _unnamed(context, id_, asking)
            case "cdn" if not asking and not _has_misses(context, id_):
                yield _nothing(id_, f"`{id_}` has no origin to fetch from", "set `caches` to where its files are.")


def _one_sided(architecture: Architecture, id_: str, asked: list[Request], asking: list[Request]) -> Iterator[Found]:
    neighbours = {r.link.from_ for r in asked} | {r.link.to for r in asking}
    if len(neighbours) == 1:
        (only,) = neighbours
        consumes = bool(asking) or architecture.components[only].kind in PULLERS
        have, lack = ("a consumer", "producer") if consumes else ("producers", "consumer")
        arrow = f"- <server> -> {id_}" if consumes else f"- {id_} -> worker"
        yield _nothing(id_, f"{architecture.components[id_].kind} `{id_}` has {have} but no {lack}", f"add `{arrow}`.")


def _unnamed(context: Context, id_: str, asking: list[Request]) -> Iterator[Found]:
    """Subscribers of a topic that flows publish to, of whose work no flow says anything."""
    published = [call for call in context.once(calls) if id_ in call.callees]
    if context.architecture.components[id_].kind != "topic" or not published:
        return
    named = {step.call[0] for call in published for step in call.visit.step.steps if step.call}
    for request in asking:
        if request.link.to not in named:
            yield Found(
                request.path,
                f"`{request.link.to}` subscribes to `{id_}`, but no flow says what it does with a message",
                f"add a step under the call of `{id_}`: `{{call: {request.link.to}, takes: …}}`.",
                element=request.link.to,
                severity=Severity.WARNING,
            )


def _has_misses(context: Context, cache: str) -> bool:
    return any(call.visit.step.on_miss for call in context.once(calls) if cache in call.callees)


def _nothing(id_: str, message: str, remedy: str) -> Found:
    return Found(("components", id_), message, remedy, at_key=True)


RULE = Rule(
    code="STR07",
    name="nothing-behind",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
