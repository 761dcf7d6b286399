"""A flow whose traces take another course than its steps.

## What it checks

Branches of a `parallel` step that never go on at once; steps in a row of which two overlap, or change their order; a
call that should have come at least ten times and came elsewhere only; a call that the flow does not make there, in at
least three traces and one in a hundred. Order is judged from the asking side's clock, and only where each of the two
was called once.

## Why

Two calls of 50 ms are 50 ms at once and 100 ms in a row: latency, time-outs and load follow from the order of steps.

## Bad

```yaml
archspec: 1
name: Shop that asks at once
components:
  browser: {kind: client}
  shop: {kind: server}
  prices: {kind: server}
  stock: {kind: server}
connections:
  - browser -> shop
  - shop -> [prices, stock]
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - parallel:
              - {call: prices, takes: 4ms}
              - {call: stock, takes: 6ms}
```

## Good

```yaml
archspec: 1
name: Shop that asks one after the other
components:
  browser: {kind: client}
  shop: {kind: server}
  prices: {kind: server}
  stock: {kind: server}
connections:
  - browser -> shop
  - shop -> [prices, stock]
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - {call: prices, takes: 4ms}
          - {call: stock, takes: 6ms}
```

## When to ignore it

Where a flow shows the usual course on purpose and the traces hold a rare one.

## Source

[Jaeger: client spans and the order of operations](https://www.jaegertracing.io/docs/latest/architecture/terminology/)
"""

from collections.abc import Iterator
from itertools import combinations

from archspec.conformance.comparison import Comparison, FlowSeen, Place
from archspec.conformance.expected import in_order
from archspec.conformance.judge import compared
from archspec.conformance.seen import wanted_and_missing
from archspec.model import Path
from archspec.observation import Order
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Steps that go otherwise."""
    seen = compared(context)
    for flow in seen.judged:
        yield from _orders(seen, flow)
        yield from _surplus(seen, flow)
    for flow, place in wanted_and_missing(seen):
        expected = place.expected
        if any((expected.performer, callee) in seen.edges for callee in expected.callees):
            yield Found(
                expected.path,
                f"`{expected.performer}` asks `{expected.callee}` in none of {place.turns} turns of this step",
                "take the step out, or give it the `chance` that it has.",
                element=flow.flow.id,
            )


def _surplus(seen: Comparison, flow: FlowSeen) -> Iterator[Found]:
    told = set()
    for extra in flow.surplus:
        enough = max(3.0, 0.01 * flow.traces)
        connected = seen.architecture.connection(extra.caller, extra.callee) is not None
        if not connected or extra.node.traces < enough or (extra.caller, extra.callee, extra.near) in told:
            continue
        told.add((extra.caller, extra.callee, extra.near))
        path: Path = extra.near.path if extra.near is not None else ("flows", flow.flow.id)
        yield Found(
            path,
            f"`{extra.caller}` asks `{extra.callee}` here in {extra.node.traces} of {flow.traces} traces, "
            f"and no step of `{flow.flow.id}` does",
            "add the step.",
            element=flow.flow.id,
            at_key=extra.near is None,
        )


def _orders(seen: Comparison, flow: FlowSeen) -> Iterator[Found]:
    levels: dict[tuple[int, ...], list[Place]] = {}
    for place in flow.places:
        if len(place.nodes) == 1 and place.alone and place.expected.times == 1 and len(place.parents) == 1:
            levels.setdefault(tuple(id(parent) for parent in place.parents), []).append(place)
    for places in levels.values():
        at_once: dict[Path, list[tuple[Place, Place, Order]]] = {}
        for one, two in combinations(places, 2):
            order = _order(one, two)
            if order is None or order.together < seen.settings.min_traces:
                continue
            wanted = in_order(one.expected, two.expected)
            if wanted is False:
                at_once.setdefault(_parallel(one, two), []).append((one, two, order))
            elif wanted:
                yield from _in_a_row(flow, one, two, order)
        for path, pairs in at_once.items():
            yield from _at_once(flow, path, pairs)


def _order(one: Place, two: Place) -> Order | None:
    """How the two stood, as the first of them saw it."""
    orders = one.parents[0].orders
    first, second = one.nodes[0].key, two.nodes[0].key
    if (first, second) in orders:
        return orders[first, second]
    turned = orders.get((second, first))
    return turned and Order(turned.together, turned.second_before, turned.first_before, turned.overlapped)


def _parallel(one: Place, two: Place) -> Path:
    shared = next(at for at, (a, b) in enumerate(zip(one.expected.path, two.expected.path, strict=False)) if a != b)
    return one.expected.path[:shared]


def _in_a_row(flow: FlowSeen, one: Place, two: Place, order: Order) -> Iterator[Found]:
    often = max(3.0, 0.05 * order.together)
    first, second = one.expected.callee, two.expected.callee
    if order.overlapped >= often:
        said = f"go on at once in {order.overlapped} of {order.together} traces, and stand in a row"
    elif order.second_before >= often:
        said = f"come the other way round in {order.second_before} of {order.together} traces"
    else:
        return
    yield Found(
        two.expected.path,
        f"`{first}` and `{second}` {said}",
        "put them under `parallel`, or into the order that they have.",
        element=flow.flow.id,
        related=((one.expected.path, "stands before it"),),
    )


def _at_once(flow: FlowSeen, path: Path, pairs: list[tuple[Place, Place, Order]]) -> Iterator[Found]:
    if not all(order.together in (order.first_before, order.second_before) for _, _, order in pairs):
        return
    count = min(order.together for _, _, order in pairs)
    named = dict.fromkeys(place.expected.callee for one, two, _ in pairs for place in (one, two))
    yield Found(
        path,
        f"{', '.join(f'`{each}`' for each in named)} never go on at once in {count} traces, and stand under `parallel`",
        "write them one after the other.",
        element=flow.flow.id,
        at_key=True,
    )


RULE = Rule(
    code="DRF05",
    name="differing-steps",
    theme="drift",
    severity=Severity.WARNING,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
)
