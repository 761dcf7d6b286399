"""How to run, and what of it the architecture says."""

from collections.abc import Mapping
from pathlib import Path

from archspec.frozen import frozen
from archspec.model import Architecture, Duration, Flow, Load, MetricsService, Scenario, Start

SCRAPE = 15 * 10**9
STEADY = 10**9
"""What comes by the clock every second or more often is as steady as even arrivals; the rest changes the load."""


@frozen
class SimulationOptions:
    """How to run: everything that is None comes from the scenario, else from the defaults."""

    scenario: str | None = None
    duration: Duration | None = None
    warm_up: Duration | None = None
    seed: int = 1
    confidence: float = 0.95
    keep_requests: bool = False
    """Keep every request, call and piece of work in the results and the log."""
    charts: bool = False
    """Keep figures over time, for a chart."""
    buckets: tuple[int, ...] = ()
    """Response times in nanoseconds of which each sample is to know how many good answers took no longer."""
    keep_scrapes: bool = False
    """Keep every sample of a long run, as a metrics service does."""
    folder: Path = Path()
    """Where the spec stands: load files are beside it."""
    precision: float | None = None
    """Run until every figure asked for is within this share of itself; None: 5%, where nobody says how long to run."""
    fail: tuple[str, ...] = ()
    """What has been down for long when the run begins, so that everybody knows who can: `--fail` of a trace."""
    just_failed: tuple[str, ...] = ()
    """What goes down at its beginning, when nobody has noticed yet."""


def starts_of(scenario: Scenario | None) -> Start:
    """When a run begins."""
    return Start.first() if scenario is None or scenario.starts is None else scenario.starts


def is_stationary(
    options: SimulationOptions, scenario: Scenario | None, loads: Mapping[str, Load], flows: Mapping[str, Flow]
) -> bool:
    """Whether loads are constant to the end, and nothing fails, is noticed or is deployed on the way."""
    if options.just_failed or (scenario is not None and (scenario.faults or scenario.random_faults)):
        return False
    return all(
        load.shape == "constant" and load.until is None and _is_steady(flows[flow]) for flow, load in loads.items()
    )


def _is_steady(flow: Flow) -> bool:
    return not flow.comes_by_clock or (flow.every is not None and flow.every.nanoseconds <= STEADY)


def scrape_interval(architecture: Architecture) -> tuple[int, int]:
    """How often metrics are scraped and rules evaluated: as the first metrics service says, else every 15 s."""
    for component in architecture.components.values():
        if isinstance(component, MetricsService):
            scrape = component.scrape_interval.nanoseconds
            evaluation = component.evaluation_interval
            return scrape, evaluation.nanoseconds if evaluation else scrape
    return SCRAPE, SCRAPE
