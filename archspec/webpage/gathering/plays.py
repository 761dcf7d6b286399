"""What the page runs whole loads of: a Program for every flow at its own rate, and one for each scenario."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.model import Alert, Architecture, Fault, Objective
from archspec.simulation import SimulationOptions, is_stationary
from archspec.simulation.alerts import alerts_of
from archspec.simulation.asked import Asked, program_of, understood
from archspec.simulation.program import System, rest_text
from archspec.simulation.program_text import text_of
from archspec.webpage.gathering.knobs import knobs

FREE = 60 * 10**9
"""Nanoseconds of a run of which nobody says how long it is."""


class Systems:
    """Texts of systems, each part once: the components, and the rest; most flows and scenarios share one or both."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._known: dict[tuple[object, ...], int] = {}

    def components(self, system: System) -> int:
        """Where the components of a system stand among all parts."""
        return self._number(system.components, text_of)

    def number(self, system: System) -> tuple[int, int]:
        """Where the two parts of a system stand among all."""
        return self.components(system), self._number(system[1:], lambda _: rest_text(system))

    def _number(self, part: tuple[Any, ...], text: Callable[[tuple[Any, ...]], str]) -> int:
        if part not in self._known:
            self._known[part] = self._texts.setdefault(text(part), len(self._texts))
        return self._known[part]

    @property
    def parts(self) -> list[str]:
        """All of them."""
        return list(self._texts)


def plays(architecture: Architecture, systems: Systems) -> list[dict[str, Any]]:
    """Every run that can be asked for by name; `viewer/src/simulation/plays.ts` says the same in TypeScript."""
    wanted = [None, *architecture.scenarios]
    return [play for id_ in wanted for play in _play(architecture, id_, systems)]


def _play(architecture: Architecture, scenario: str | None, systems: Systems) -> Iterator[dict[str, Any]]:
    """None where it cannot be run: `archspec simulate` says why."""
    folder = Path(next(iter(architecture.source.texts), ".")).parent
    try:
        asked = understood(architecture, SimulationOptions(scenario=scenario, folder=folder))
        program = program_of(asked, _duration(asked))
    except UsageError:
        return
    taken = {" ".join(name.split()) for name in architecture.scenarios[scenario].set} if scenario else set()
    evaluated, _ = alerts_of(asked.architecture, asked.compiled, tuple(asked.loads))
    yield {
        "scenario": scenario,
        "description": (asked.scenario.description if asked.scenario else None) or "",
        "system": systems.number(program.system),
        "run": json.loads(text_of(program.run)),
        "stationary": is_stationary(asked.options, asked.scenario, asked.loads, asked.architecture.flows),
        "warm_up": asked.scenario.warm_up.nanoseconds if asked.scenario and asked.scenario.warm_up else None,
        "faults": [_fault(fault) for fault in asked.scenario.faults] if asked.scenario else [],
        "flows": [_flow(asked, id_) for id_ in asked.loads],
        "alerts": [_alert(architecture.alerts[id_]) for id_ in evaluated],
        "knobs": list(knobs(asked, program.run.loads, taken)),
    }


def _duration(asked: Asked) -> int:
    scenario = asked.scenario
    return scenario.duration.nanoseconds if scenario and scenario.said("duration") else FREE


def _flow(asked: Asked, id_: str) -> dict[str, Any]:
    objective: Objective | None = asked.architecture.flows[id_].objective
    success = float(objective.success) if objective and objective.success else None
    percentiles = objective.percentiles if objective else {}
    return {
        "id": id_,
        "success": success,
        "percentiles": {name: limit.nanoseconds for name, limit in percentiles.items()},
    }


def _alert(alert: Alert) -> dict[str, Any]:
    """In the order in which the engine numbers them."""
    return {"id": alert.id, "told": list(alert.notify), "description": alert.description or ""}


def _fault(fault: Fault) -> dict[str, Any]:
    """In words and times, for the line of time."""
    until = fault.at.nanoseconds + fault.for_.nanoseconds if fault.for_ is not None else None
    return {"what": fault.what, "target": fault.target, "at": fault.at.nanoseconds, "until": until}
