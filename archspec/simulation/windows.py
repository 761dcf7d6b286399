"""How often a run forgets: what its figures can say depends on that more than on how many requests it has.

A queue that has grown stays long for a while. Of M/M/c the while is known, its relaxation time: what happens now is
felt over ρ / (1 - √ρ)² further arrivals at a utilisation of ρ, 72 at 80% and 342 at 90% (P. M. Morse, Operations
Research 3, 1955; E. A. van Doorn, Stochastic Monotonicity, 1981). With places
for K calls only it is ρ / (1 + ρ - 2·√ρ·cos(π / (K + 1))). Arrivals that cluster, or work that varies more than an
exponential one, make it longer; that is left to what the batches of a run say themselves.
"""

from collections.abc import Iterator
from math import cos, inf, pi, sqrt

from archspec.simulation.log import Told
from archspec.simulation.resources import Resource, Use, parts_of, resources_of, uses_of
from archspec.simulation.run import Run
from archspec.simulation.samples import Figure
from archspec.simulation.statistics import Window
from archspec.values import busy

CHANGES = "the load or what serves it changes during the run (--replications gives intervals)"


def windows_of(run: Run) -> tuple[Window, ...]:
    """For each flow, what can be seen of it in the window of a run."""
    if is_changing(run):
        return tuple(Window(why=CHANGES) for _ in run.flows)
    found = [Window() for _ in run.flows]
    for component, uses in uses_of(run).items():
        for spans, slowest in _of_component(run, component, uses):
            for use in uses:
                if use.waits and spans < found[use.flow].spans:
                    found[use.flow] = Window(spans, slowest)
    return tuple(found)


def window_of_component(run: Run, component: int, uses: list[Use]) -> Window:
    """What can be seen of a component, by its number and the ways in which calls come to it."""
    if is_changing(run):
        return Window(why=CHANGES)
    return Window(*min(_of_component(run, component, uses), default=(inf, "")))


def is_changing(run: Run) -> bool:
    """Whether the run has faults, deploys, a load that changes, or replicas that came or went."""
    return not run.is_stationary or run.has_told(Told.SCALED, Told.DEPLOY)


def _of_component(run: Run, component: int, uses: list[Use]) -> Iterator[tuple[float, str]]:
    """How often each resource forgets within the window, and how busy it is in words."""
    blind, places = all(use.blind for use in uses), _places(run, component, uses)
    for resource in resources_of(run.compiled.system.components[component]):
        for name, replicas in parts_of(run.compiled, component, blind=blind):
            share = resource.utilisation(run, replicas)
            calls = run.window.increase(replicas, Figure.CALLS)
            if share and calls:
                yield calls / relaxation(share, places), _words(resource, name, share)


def _places(run: Run, component: int, uses: list[Use]) -> int | None:
    """How many calls can wait at a component: as many as it lets, or as there are clients; None without limit."""
    users = [run.loads[run.flows[use.flow]].users for use in uses]
    closed = [count for count in users if count is not None]
    return sum(closed) if len(closed) == len(users) else run.compiled.system.components[component].queue_limit


def relaxation(share: float, places: int | None = None) -> float:
    """The relaxation time of a queue in arrivals, with so many places to wait or (None) without limit.

    >>> round(relaxation(0.8)), round(relaxation(0.9)), relaxation(1.0), round(relaxation(1.0, 10), 1)
    (72, 342, inf, 14.7)
    """
    if places is not None:
        return share / (1 + share - 2 * sqrt(share) * cos(pi / (places + 2)))
    return share / (1 - sqrt(share)) ** 2 if share < 1 else inf


def _words(resource: Resource, name: str, share: float) -> str:
    return f"the {resource.name} of `{name}` {busy(share)} busy"
