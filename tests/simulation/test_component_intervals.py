"""What is told of a component with its confidence interval."""

import pytest

from archspec.language import load_text
from archspec.model import Architecture, Duration
from archspec.simulation.component_intervals import _borders
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Estimate
from archspec.simulation.simulate import run_simulation, simulate
from archspec.simulation.studies.replications import replicate, together

SPEC = """
archspec: 1
name: One desk
components:
  user: {kind: client}
  desk: {kind: server, cores: 2, queue_limit: 100}
  metrics: {kind: metrics_service, scrape_interval: SCRAPE}
connections: [user -> desk]
flows: {ask: {from: user, rate: 50/s, steps: [{call: desk, cpu: CPU}]}}
scenarios: {even: {duration: 10s, load: {ask: {arrivals: even}}}}
"""


def desk(cpu: str = "10ms", scrape: str = "100ms") -> Architecture:
    return load_text(SPEC.replace("CPU", cpu).replace("SCRAPE", scrape))


def test_a_system_without_chance_has_intervals_without_width() -> None:
    """One of two cores is busy half of the time; nobody waits, which does not say that nobody ever will."""
    component = simulate(desk(), SimulationOptions(scenario="even")).components[0]
    never = Estimate(0.0, None, "it never happened in this run")
    assert component.intervals == (
        ("core_utilisation", Estimate(0.25, 0.0)),
        ("waiting", never),
        ("in_system", Estimate(0.5, 0.0)),
        ("probability_of_wait", never),
        ("mean_wait", never),
        ("shed_share", never),
    )


def test_few_samples_give_no_interval() -> None:
    """From 1 s to 10 s there are 18 scrapes 500 ms apart, 20 stretches are needed."""
    component = simulate(desk(scrape="500ms"), SimulationOptions(scenario="even")).components[0]
    assert component.estimate("waiting") == Estimate(0.0, None, "fewer than 20 scrape intervals")


def test_the_figures_are_those_of_the_window() -> None:
    """Those with an interval and those without are the same figures."""
    component = simulate(
        desk("exponential(30ms)"), SimulationOptions(duration=Duration(60 * 10**9), seed=3)
    ).components[0]
    values = {name: estimate.value for name, estimate in component.intervals}
    assert values == {
        "core_utilisation": component.core_utilisation,
        "waiting": component.waiting,
        "in_system": component.in_system,
        "probability_of_wait": component.probability_of_wait,
        "mean_wait": component.mean_wait,
        "shed_share": 0.0,
    }


def test_replications_give_intervals_over_the_runs() -> None:
    runs = replicate(desk("exponential(30ms)"), SimulationOptions(duration=Duration(10 * 10**9)), 3)
    found = together(runs, 0.95).components[0].estimate("mean_wait")
    assert found is not None
    waits = [run.components[0].mean_wait or 0.0 for run in runs]
    middle = sum(waits) / 3
    deviation = (sum((wait - middle) ** 2 for wait in waits) / 2) ** 0.5
    assert (found.value, found.half_width) == (
        pytest.approx(middle),
        pytest.approx(4.302653 * deviation / 3**0.5, rel=1e-6),
    )


@pytest.mark.parametrize(
    ("warm_up", "borders"),
    [(0, range(0, 101, 5)), (10, range(20, 101, 4)), (79, range(80, 101)), (80, range(80, 101)), (81, ()), (100, ())],
)
def test_the_stretches_are_the_last_twenty_alike_of_the_window(warm_up: int, borders: range) -> None:
    """Of a scrape every tenth of a second for ten seconds: 101 samples, without those before the warm-up ends."""
    options = SimulationOptions(scenario="even", warm_up=Duration(warm_up * 10**8))
    assert _borders(run_simulation(desk(), options)).times.tolist() == [place * 10**8 for place in borders]
