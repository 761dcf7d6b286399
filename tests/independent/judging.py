"""Simulators written by themselves, from textbooks and docs/engine.md, that judge archspec's: both must find the same.

Both run the same system over the same length from the same empty state, with several seeds. A figure agrees where its
two means are no further apart than four standard errors of their difference (chance does that once in a thousand
times), and the errors are small enough to see what the test is for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

from archspec.language import load_text
from archspec.model import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import ComponentResult, FlowResult, Results
from archspec.simulation.simulate import simulate

Figures = Mapping[str, float]
"""What one run found, by name."""
Simulator = Callable[[int], Figures]
"""A run with a seed."""
ERRORS = 4.0


@dataclass(frozen=True)
class Estimate:
    """A figure over several seeds."""

    mean: float
    standard_error: float


def run(spec: str, seconds: float, seed: int, scenario: str | None = None) -> Results:
    """A run of archspec's, nothing of it left out as warm-up."""
    options = SimulationOptions(
        scenario=scenario, duration=Duration(round(seconds * 1e9)), warm_up=Duration(0), seed=seed
    )
    return simulate(load_text(spec), options)


def flow(results: Results) -> FlowResult:
    """What came of the only flow."""
    (found,) = results.flows
    return found


def mean_ms(results: Results) -> float:
    """The mean response time of the only flow, in milliseconds."""
    latency = flow(results).latency
    assert latency is not None
    return latency.mean.value / 1e6


def component(results: Results, name: str) -> ComponentResult:
    """What came of a component."""
    return next(found for found in results.components if found.component == name)


def assert_agree(ours: Simulator, theirs: Simulator, seeds: int, within: float) -> None:
    """Both find the same figures; `within` is the largest share of a figure by which chance may hide a difference."""
    one, other = _estimates(ours, seeds), _estimates(theirs, seeds)
    assert one.keys() == other.keys()
    told = []
    for name, mine in one.items():
        judge = other[name]
        error = ERRORS * sqrt(mine.standard_error**2 + judge.standard_error**2)
        difference = abs(mine.mean - judge.mean)
        words = f"{name}: {mine.mean:.6g} here, {judge.mean:.6g} there, {error:.3g} allowed"
        if difference > error + 1e-9 * abs(judge.mean):
            told.append(f"{words}: they differ")
        if error > within * abs(judge.mean):
            told.append(f"{words}: too rough to tell")
    assert not told, "\n".join(told)


def _estimates(simulator: Simulator, seeds: int) -> dict[str, Estimate]:
    runs = [simulator(seed) for seed in range(1, seeds + 1)]
    return {
        name: Estimate(fmean(found := [run[name] for run in runs]), sqrt(variance(found) / seeds)) for name in runs[0]
    }
