"""Connections as the page shows them: who asks whom, how, how often, and what hangs on it."""

from collections.abc import Iterator

from archspec.model import Architecture, Connection, Step
from archspec.values import between, rate
from archspec.webpage import ConnectionContent, Fact, Known
from archspec.webpage.gathering.wording import facts_of, shown

Calls = dict[str, list[Step]]
"""The steps that call over a connection, by flow."""
TERMS = {"protocol": "not stated", "timeout": "none: waits for ever", "retries": "none"}
"""On what terms calls are made, and what it means for those that are where the spec says nothing."""


def connection_contents(architecture: Architecture, known: Known) -> tuple[ConnectionContent, ...]:
    """Every connection, written or implied, with the flows whose calls go over it."""
    calls: dict[str, Calls] = {}
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for callee in architecture.asked_by(visit.caller, visit.step) if visit.step.call else ():
                name = architecture.link(visit.caller, callee, visit.step.via).name
                calls.setdefault(name, {}).setdefault(flow, []).append(visit.step)
    return tuple(_connection(each, calls.get(each.name, {}), known) for each in architecture.edges)


def _connection(each: Connection, calls: Calls, known: Known) -> ConnectionContent:
    return ConnectionContent(
        name=each.name,
        source=each.from_,
        target=each.to,
        facts=(
            *_load(each, calls, known),
            *_terms(each, calls),
            *_steps(calls),
            *facts_of(each, ("from_", "to", "label", "to_group", *TERMS)),
        ),
        flows=tuple(calls),
        findings=known.findings_of(each.name),
        standing=known.standing_of(each.name),
    )


def _load(each: Connection, calls: Calls, known: Known) -> Iterator[Fact]:
    rates = known.capacity.rates
    if any(flow in rates for flow in calls):
        without = sum(flow not in rates for flow in calls)
        note = "without the flows that have no rate" if without else ""
        yield Fact("Calls", between(rate, *known.capacity.calls(each.name)), note)


def _terms(each: Connection, calls: Calls) -> Iterator[Fact]:
    for name, silent in TERMS.items():
        said = shown(getattr(each, name))
        if said or calls:
            yield Fact(name.capitalize(), said or silent)


def _steps(calls: Calls) -> Iterator[Fact]:
    """What single steps say otherwise."""
    for name in ("timeout", "retries"):
        found = {(flow, shown(getattr(step, name))) for flow, steps in calls.items() for step in steps}
        words = [f"{value} in {flow}" for flow, value in sorted(found) if value]
        if words:
            yield Fact(f"{name.capitalize()} of steps", "; ".join(words))
