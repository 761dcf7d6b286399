"""What analyze says of load is what a run does: cores to the figure, slots and connections inside the printed range."""

from math import sqrt
from pathlib import Path

import pytest

from archspec.analysis.capacity import Capacity
from archspec.analysis.station import Resource, Station
from archspec.language import load
from archspec.model import Architecture, Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import ComponentResult
from archspec.simulation.simulate import simulate
from tests.analysis.loaded_systems import loaded_system

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*/architecture.yaml"))
CARRIED = 0.8
"""Below this utilisation queues are short enough for figures of the mean."""


def strays(architecture: Architecture, requests: int, *, compiled: bool = False) -> list[str]:
    """The stations that a run of about so many requests keeps busy otherwise than said.

    By more than 1% and four standard errors: of the number of its jobs, which are random, and of their times; those of
    one request come together, so that the number of requests counts.
    """
    capacity = Capacity(architecture)
    rate = sum(capacity.rates.values())
    if not rate or max((station.peak for station in capacity.stations), default=1.0) > CARRIED:
        return []
    seconds = requests / rate
    options = SimulationOptions(duration=Duration(round(seconds * 1e9)), seed=7)
    results = {result.component: result for result in simulate(architecture, options).components}
    found = []
    for station in capacity.stations:
        result = results.get(station.component)
        if station.resource in (Resource.CONNECTIONS, Resource.PLACES) or result is None:
            continue
        most = capacity.busy_most[station.name, station.resource] / station.size
        error = 0.01 + 4 * sqrt((1 + station.use.variation) / (0.9 * seconds * min(station.use.rate, rate)))
        if not station.utilisation * (1 - error) <= _ran(station, result) <= most * (1 + error):
            said = f"{station.utilisation:.4f} to {most:.4f}"
            found.append(
                f"{station.name} {station.resource.word}: {said}, ran {_ran(station, result):.4f} ± {error:.1%}"
            )
    return found


def _ran(station: Station, result: ComponentResult) -> float:
    share = result.core_utilisation if station.resource is Resource.CORES else result.slot_utilisation
    return share or 0.0


@pytest.mark.parametrize("seed", range(5))
def test_a_random_system_is_as_busy_as_said(seed: int) -> None:
    assert strays(loaded_system(seed), 3_000) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100))
def test_a_random_system_is_as_busy_as_said_in_a_long_run(seed: int) -> None:
    assert strays(loaded_system(seed), 100_000) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_a_spec_is_as_busy_as_said(path: Path) -> None:
    assert strays(load(path), 100_000) == []
