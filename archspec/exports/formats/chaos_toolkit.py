"""A scenario as an experiment for Chaos Toolkit: the objectives as its hypothesis, a command for each fault."""

from typing import Any
from urllib.parse import urlencode

from archspec.exports import Export, Exporting, Notes, Objective, number, objectives
from archspec.exports.prediction import prediction
from archspec.model import Fault, Scenario
from archspec.values import json_text


def _write(exporting: Exporting, notes: Notes) -> str:
    architecture = exporting.architecture
    chosen = [each for each in architecture.scenarios.values() if each.faults and exporting.scenario in (None, each.id)]
    if not chosen:
        return ""
    scenario, *others = chosen
    for other in others:
        notes.add(f"scenario {other.id}", "an experiment is of one scenario; name it with --scenario")
    method = [step for fault in scenario.faults if (step := _action(exporting, fault, scenario, notes)) is not None]
    probes = [_probe(exporting, each) for each in objectives(exporting, notes)]
    if not method or not probes:
        return ""
    experiment = {
        "version": "1.0.0",
        "title": f"{architecture.name}: {scenario.id}",
        "description": f"{scenario.description or scenario.id} Foretold {prediction(exporting, scenario)}.",
        "tags": ["archspec"],
        "steady-state-hypothesis": {"title": "Every objective is met", "probes": probes},
        "method": method,
        "rollbacks": [],
    }
    return json_text(experiment)


def _probe(exporting: Exporting, objective: Objective) -> dict[str, Any]:
    """Prometheus is asked whether the objective is missed: an empty answer is a kept one."""
    query = f"({objective.errors('5m')}) / {objective.total('5m')} > {number(1 - objective.target)}"
    address = exporting.settings.chaos.prometheus.rstrip("/")
    return {
        "type": "probe",
        "name": objective.name,
        "tolerance": {"type": "jsonpath", "path": "$.data.result", "count": 0, "target": "body"},
        "provider": {"type": "http", "url": f"{address}/api/v1/query?{urlencode({'query': query})}"},
    }


def _action(exporting: Exporting, fault: Fault, scenario: Scenario, notes: Notes) -> dict[str, Any] | None:
    command = exporting.settings.chaos.actions.get(fault.target)
    if command is None:
        remedy = f'write `"{fault.target}" = "…"` in [chaos.actions]'
        notes.add(
            f"scenario {scenario.id}", f"nothing says which command makes `{fault.what}: {fault.target}`; {remedy}"
        )
        return None
    path, *arguments = command
    lasts = (fault.for_.nanoseconds if fault.for_ else scenario.duration.nanoseconds - fault.at.nanoseconds) / 1e9
    return {
        "type": "action",
        "name": f"{fault.what} {fault.target}",
        "provider": {"type": "process", "path": path, "arguments": arguments},
        "pauses": {"before": fault.at.seconds, "after": lasts},
    }


EXPORT = Export("chaos-toolkit", "a scenario for Chaos Toolkit", "chaos-toolkit.json", _write, comment=None)
