"""Validated copies of an architecture with other values."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from archspec.language.build import build
from archspec.model import Architecture, Scenario, SourceMap
from archspec.model.change import SECTIONS
from archspec.model.data import to_data


def changed(architecture: Architecture, settings: Mapping[str, Any]) -> Architecture:
    """A copy with some values replaced: `{"api.replicas": 6, "lb -> api.timeout": "2s"}`, checked as a whole.

    Raises:
        SpecError: a setting names nothing, or the result is invalid.

    """
    return build(to_data(architecture), _copied(architecture.source), settings)


PLAYED = "played"
"""The name of a scenario with further faults; more than once in a row where the spec has that name."""


def with_faults(architecture: Architecture, scenario: str | None, faults: Sequence[Any]) -> tuple[Architecture, str]:
    """A copy with one scenario more, and its name: a scenario with further faults, or every flow's own rate with them.

    Raises:
        SpecError: a fault is invalid.

    """
    data = to_data(architecture)
    scenarios = data.setdefault("scenarios", {})
    if scenario is not None and scenario not in scenarios:
        return architecture, scenario
    known = {name for section in SECTIONS for name in data.get(section, ())}
    played = next(name for number in count(1) if (name := PLAYED * number) not in known)
    scenarios[played] = dict(scenarios[scenario]) if scenario is not None else {}
    stated = scenarios[played].get("faults", [])
    return build(data, _copied(architecture.source), {f"{played}.faults": [*stated, *faults]}), played


def in_scenario(architecture: Architecture, scenario: Scenario) -> Architecture:
    """A copy with all that a scenario sets; its scenarios set nothing any more.

    Raises:
        SpecError: a setting names nothing, or the result is invalid.

    """
    if not scenario.set:
        return architecture
    data = to_data(architecture)
    for each in data["scenarios"].values():
        each.pop("set", None)
    return build(data, _copied(architecture.source), scenario.set, ("scenarios", scenario.id, "set"))


def _copied(source: SourceMap) -> SourceMap:
    return SourceMap(dict(source.keys), dict(source.values), source.texts)
