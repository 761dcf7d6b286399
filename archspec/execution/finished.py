"""A run that is over: what was asked, and the state it ended in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archspec.execution.program import Compiled
from archspec.execution.requests import Requests, requests_of
from archspec.execution.state import World
from archspec.model.architecture import Architecture
from archspec.model.kinds.metrics_service import MetricsService
from archspec.model.quantities import Duration
from archspec.model.scenario import Load, Scenario

SCRAPE = 15 * 10**9


@dataclass(frozen=True, slots=True)
class SimulationOptions:
    """How to run: everything that is None comes from the scenario, else from the defaults."""

    scenario: str | None = None
    duration: Duration | None = None
    warm_up: Duration | None = None
    seed: int = 1
    confidence: float = 0.95
    keep_requests: bool = False
    """Keep every request, call and piece of work in the results and the log."""
    compiled: bool = False
    """Run the compiled kernel: the same figures, some ten times faster after the first time."""
    folder: Path = Path()
    """Where the spec stands: load files are beside it."""
    precision: float | None = None
    """Run until every figure asked for is within this share of itself; None: 5%, where nobody says how long to run."""


@dataclass(frozen=True)
class Run:
    """A run as it ended: the program, the last state of its world, and what was asked."""

    architecture: Architecture
    compiled: Compiled
    world: World
    options: SimulationOptions
    scenario: Scenario | None
    loads: Mapping[str, Load]
    """By flow, in the order of its numbers."""
    duration: int
    warm_up: int
    first: list[int]
    """The sample at the end of the warm-up."""
    last: list[int]
    """The sample at the end."""
    ending: str | None = None
    """What ended it, in a sentence, where nobody said how long it is."""

    @property
    def is_stationary(self) -> bool:
        """Whether neither the load nor what serves it was made to change during the run."""
        return is_stationary(self.scenario, self.loads)

    @cached_property
    def requests(self) -> tuple[Requests, ...]:
        """The requests of each flow."""
        return requests_of(self.world, len(self.compiled.names.flows))

    @cached_property
    def samples(self) -> list[list[int]]:
        """All samples, a row each, as `sampling` notes them."""
        flat, width = self.world.samples, len(self.last)
        return [flat[place : place + width] for place in range(0, len(flat), width)]


def is_stationary(scenario: Scenario | None, loads: Mapping[str, Load]) -> bool:
    """Whether loads are constant to the end, and nothing fails or is deployed on the way."""
    if scenario is not None and (scenario.faults or scenario.random_faults):
        return False
    return all(load.shape == "constant" and load.until is None for load in loads.values())


def scrape_interval(architecture: Architecture) -> tuple[int, int]:
    """How often metrics are scraped and rules evaluated: as the first metrics service says, else every 15 s."""
    for component in architecture.components.values():
        if isinstance(component, MetricsService):
            scrape = component.scrape_interval.nanoseconds
            evaluation = component.evaluation_interval
            return scrape, evaluation.nanoseconds if evaluation else scrape
    return SCRAPE, SCRAPE
