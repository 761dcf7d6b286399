"""How often a run forgets: what its figures can say depends on that more than on how many requests it has.

A queue that has grown stays long for a while. Of M/M/c the while is known, its relaxation time: what happens now is
felt over ρ / (1 - √ρ)² further arrivals at a utilisation of ρ, 72 at 80% and 342 at 90% (P. M. Morse, Operations
Research 3, 1955; E. A. van Doorn, Stochastic Monotonicity, 1981). With places
for K calls only it is ρ / (1 + ρ - 2·√ρ·cos(π / (K + 1))). Arrivals that cluster, or work that varies more than an
exponential one, make it longer; that is left to what the batches of a run say themselves.
"""

from collections.abc import Iterator
from math import cos, inf, pi, sqrt

from archspec.execution.finished import Run
from archspec.execution.layout import COMPONENT_QUEUE_LIMIT, LOG_DEPLOY, LOG_SCALED
from archspec.execution.resources import Resource, Use, parts_of, resources_of, uses_of
from archspec.execution.sample_rows import CALLS, increase
from archspec.execution.statistics import Window

CHANGES = "the load or what serves it changes during the run (--replications gives intervals)"


def windows_of(run: Run) -> tuple[Window, ...]:
    """For each flow, what can be seen of it in the window of a run."""
    flows = range(len(run.compiled.names.flows))
    if is_changing(run):
        return tuple(Window(why=CHANGES) for _ in flows)
    found = [Window() for _ in flows]
    for component, uses in uses_of(run).items():
        for spans, slowest in _of_component(run, component, uses):
            for use in uses:
                if use.waits and spans < found[use.flow].spans:
                    found[use.flow] = Window(spans, slowest)
    return tuple(found)


def window_of_component(run: Run, component: int) -> Window:
    """What can be seen of a component, by its offset."""
    if is_changing(run):
        return Window(why=CHANGES)
    uses = uses_of(run).get(component, [])
    return Window(*min(_of_component(run, component, uses), default=(inf, "")))


def is_changing(run: Run) -> bool:
    """Whether the run has faults, deploys, a load that changes, or replicas that came or went."""
    return not run.is_stationary or any(entry[1] in (LOG_SCALED, LOG_DEPLOY) for entry in run.world.log)


def _of_component(run: Run, component: int, uses: list[Use]) -> Iterator[tuple[float, str]]:
    """How often each resource forgets within the window, and how busy it is in words."""
    blind, places = all(use.blind for use in uses), _places(run, component, uses)
    for resource in resources_of(run, component):
        for name, replicas in parts_of(run, component, blind=blind):
            share = resource.utilisation(run, replicas)
            calls = increase(run.first, run.last, replicas, CALLS)
            if share and calls:
                yield calls / relaxation(share, places), _words(resource, name, share)


def _places(run: Run, component: int, uses: list[Use]) -> int:
    """How many calls can wait at a component: as many as it lets, or as there are clients; -1 without limit."""
    loads = [run.loads[run.compiled.names.flows[use.flow]] for use in uses]
    if all(load.users is not None for load in loads):
        return sum(load.users or 0 for load in loads)
    return run.compiled.program.components[component + COMPONENT_QUEUE_LIMIT]


def relaxation(share: float, places: int = -1) -> float:
    """The relaxation time of a queue in arrivals, with so many places to wait or (-1) without limit.

    >>> round(relaxation(0.8)), round(relaxation(0.9)), relaxation(1.0), round(relaxation(1.0, 10), 1)
    (72, 342, inf, 14.7)
    """
    if places >= 0:
        return share / (1 + share - 2 * sqrt(share) * cos(pi / (places + 2)))
    return share / (1 - sqrt(share)) ** 2 if share < 1 else inf


def _words(resource: Resource, name: str, share: float) -> str:
    return f"the {resource.name} of `{name}` {share:.0%} busy"
