"""What the page needs to walk requests by itself; `viewer/src/engine/walks.ts` says the same in TypeScript."""

import json
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any, TypeVar

from archspec.analysis import Structures
from archspec.model import Architecture, LogService, Running
from archspec.renderers import clean
from archspec.simulation.compile import compile_system
from archspec.simulation.faults import supposed_down, supposed_slow
from archspec.simulation.names import Compiled, Place
from archspec.simulation.program_text import plain
from archspec.simulation.trace import Tracer
from archspec.webpage import PartContent, PartKind
from archspec.webpage.gathering.alert_rules import alert_rules
from archspec.webpage.gathering.breaks import breaking
from archspec.webpage.gathering.plays import Systems, plays
from archspec.webpage.gathering.ways import ways

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
