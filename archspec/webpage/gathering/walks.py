"""What the page needs to walk and break requests by itself; `viewer/src/` says the same in TypeScript."""

import json
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from archspec.analysis import Cause, Structures, Variable, variables
from archspec.analysis.outages import shares_failing
from archspec.model import Architecture, Caching, Flow, LogService, Running
from archspec.renderers import clean
from archspec.renderers.flow_sequence import flow_sequence
from archspec.renderers.sequence import Item, Message
from archspec.simulation.compile import compile_system
from archspec.simulation.faults import supposed_down, supposed_slow
from archspec.simulation.names import Compiled, Place
from archspec.simulation.program_text import plain
from archspec.simulation.trace import Tracer
from archspec.values import percent
from archspec.webpage import BreakingContent, PartContent, PartKind
from archspec.webpage.gathering.alert_rules import alert_rules
from archspec.webpage.gathering.plays import Systems, plays

T = TypeVar("T")


def walks(structures: Structures, parts: tuple[PartContent, ...], tracers: Iterable[Tracer]) -> str:
    """Every flow and every part that can be broken, as JSON; empty where there is no flow."""
    architecture = structures.architecture
    compiled = {tracer.flow: tracer.compiled for tracer in tracers}
    if not compiled:
        return ""
    any_flow = next(iter(compiled.values()))  # components have the same numbers in all of them
    systems = Systems()
    told = {
        "whole": systems.number(compile_system(architecture, tuple(compiled)).system),
        "flows": {id_: _flow(structures, id_, each, parts, systems) for id_, each in compiled.items()},
        "plays": plays(architecture, systems),
        "numbers": any_flow.numbers,
        "supposed": {part.id: _supposed(architecture, any_flow, part) for part in parts},
        "observers": {each.id: _observers(each) for each in _all(architecture, Running)},
        "derived": {each.id: list(each.metrics_to) for each in _all(architecture, LogService)},
        "phrases": {str(status.value): status.phrase for status in HTTPStatus},
    }
    told["systems"] = systems.parts
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _all(architecture: Architecture, kind: type[T]) -> Iterator[T]:
    return (each for each in architecture.components.values() if isinstance(each, kind))


def _supposed(architecture: Architecture, compiled: Compiled, part: PartContent) -> list[Any]:
    if part.kind is PartKind.SLOW:
        return [plain(supposed_slow(architecture, compiled, part.id))]
    return [plain(supposed_down(architecture, compiled, name, noticed=True)) for name in part.both or (part.id,)]


def _flow(
    structures: Structures,
    id_: str,
    compiled: Compiled,
    parts: tuple[PartContent, ...],
    systems: Systems,
) -> dict[str, Any]:
    architecture, felt = structures.architecture, breaking(structures, id_, parts)
    return {
        "components": systems.components(compiled.system),
        "request": clean(architecture.flows[id_].request or ""),
        "places": [_place(place) for place in compiled.places],
        "met": felt.met,
        "caches": felt.caches,
        "failing": None if felt.failing is None else dict(felt.failing),
        "ways": ways(architecture, architecture.flows[id_]),
        "rules": list(alert_rules(architecture, id_, parts)),
    }


def _place(place: Place) -> dict[str, Any]:
    step = place.step
    return {
        "parent": place.parent,
        "role": place.role,
        "caller": place.caller,
        "does": clean(step.does or ""),
        "stated": step.cpu is not None or step.takes is not None,
        "optional": step.optional,
        "waits": step.wait,
    }


def _observers(component: Running) -> dict[str, list[str]]:
    return {
        "logs": list(component.logs_to),
        "metrics": list(component.metrics_to),
        "errors": list(component.errors_to),
    }


def breaking(structures: Structures, flow: str, parts: tuple[PartContent, ...]) -> BreakingContent:
    """Of one flow; the page walks its requests itself."""
    architecture = structures.architecture
    shares = zip(parts, failing(structures, flow, parts), strict=True)
    told = ((part.id, share_in_words(share)) for part, share in shares if part.kind is not PartKind.SLOW)
    return BreakingContent(
        met=_met(architecture, flow),
        caches=_caches(architecture, flow),
        failing=tuple((part, words) for part, words in told if words != "none"),
    )


def _met(architecture: Architecture, flow: str) -> tuple[str, ...]:
    """The components whose failure may be felt: those called, and the copies that may answer for them."""
    called = {id_: None for visit in architecture.walk(flow) for id_ in visit.step.call}
    components = architecture.components.values()
    copies = {each.id: None for each in components if getattr(each, "replica_of", None) in called}
    return tuple(called | copies)


def _caches(architecture: Architecture, flow: str) -> tuple[int, ...]:
    """The caches on the way that have something to ask on a miss."""
    missing = {id_ for visit in architecture.walk(flow) if visit.step.on_miss for id_ in visit.step.call}
    components = enumerate(architecture.components.values())
    return tuple(number for number, each in components if each.id in missing and isinstance(each, Caching))


def failing(structures: Structures, flow: str, parts: Sequence[PartContent]) -> tuple[float | None, ...]:
    """For each part the share of a flow's requests that fail while it is down.

    None for a slow part, or where it is not known.
    """
    needed = structures.of_flow(flow)
    named: dict[str, list[Variable]] = {}
    for variable in variables(needed):
        if variable.is_part:
            for name in _names(variable):
                named.setdefault(name, []).append(variable)
    lost = [[variable for name in part.both or (part.id,) for variable in named.get(name, ())] for part in parts]
    shares = shares_failing(needed, lost)
    return tuple(
        None if part.kind is PartKind.SLOW else share if down else 0.0
        for part, down, share in zip(parts, lost, shares, strict=True)
    )


def _names(variable: Variable) -> set[str]:
    """What takes it down: the group or replica that it is, or the component that it is a replica of."""
    return {variable.name, variable.owner} if variable.cause is Cause.REPLICA else {variable.name}


def share_in_words(share: float | None) -> str:
    """How many requests, for a table.

    >>> share_in_words(1.0), share_in_words(0.1), share_in_words(0.0004), share_in_words(0.0), share_in_words(None)
    ('all', '10%', '0.04%', 'none', '')
    """
    if share is None:
        return ""
    if share >= 1 - 1e-9:
        return "all"
    return percent(share) if share > 1e-9 else "none"


def ways(architecture: Architecture, flow: Flow) -> list[Any]:
    """Messages as `[from, to, label, status, style, failed]`, frames as `{"kind": …, "sections": [[guard, items]]}`."""
    return [_item(each) for each in flow_sequence(architecture, flow).items]


def _item(item: Item) -> Any:
    if isinstance(item, Message):
        words = [clean(item.label), clean(item.status)]
        return [item.source, item.target, *words, item.style.value, item.failed]
    sections = [[clean(each.guard), [_item(one) for one in each.items]] for each in item.sections]
    return {"kind": item.kind.value, "sections": sections}
