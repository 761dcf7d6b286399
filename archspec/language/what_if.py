"""Validated copies of an architecture with other values."""

from collections.abc import Mapping
from typing import Any

from archspec.language.build import build
from archspec.model.architecture import Architecture
from archspec.model.data import to_data
from archspec.model.scenario import Scenario
from archspec.model.source import SourceMap


def changed(architecture: Architecture, settings: Mapping[str, Any]) -> Architecture:
    """A copy with some values replaced: `{"api.replicas": 6, "lb -> api.timeout": "2s"}`, checked as a whole.

    Raises:
        SpecError: a setting names nothing, or the result is invalid.

    """
    return build(to_data(architecture), _copied(architecture.source), settings)


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
