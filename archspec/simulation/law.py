"""The utilisation law about a run: what it foresees, where it holds."""

from collections.abc import Mapping
from math import sqrt

from archspec.analysis import Capacity, Resource
from archspec.model import Factor, Flow, Rate, Session, altered, with_fields
from archspec.simulation.loads import level_of
from archspec.simulation.log import Told
from archspec.simulation.run import Run
from archspec.simulation.samples import Figure

STRAYS = 4.0
"""Standard deviations by which the number of calls may miss what is foreseen."""
FIGURES = {Resource.CORES: Figure.CORES, Resource.SLOTS: Figure.SLOTS}


def utilisations(run: Run) -> Mapping[tuple[str, Figure], float]:
    """By component and sampled figure what is foreseen, of components that got as many calls as foreseen.

    Nothing where load or system change during the run, something is down, or clients wait for their answers. Of cores
    it is what will be; of slots the least, since waiting on the way is left out.
    """
    closed = any(load.users is not None for load in run.loads.values())
    if closed or not run.is_stationary or run.options.fail or run.has_told(Told.SCALED):
        return {}
    seconds, found = (run.duration - run.warm_up) / 1e9, {}
    for station in _capacity(run).stations:
        replicas = run.compiled.replicas_of.get(station.component, range(0))
        calls, foreseen = run.window.increase(replicas, Figure.CALLS), station.visits * seconds
        calls_per_request = max(1.0, calls / max(run.arrived, 1))
        if station.resource in FIGURES and abs(calls - foreseen) <= STRAYS * sqrt(foreseen * calls_per_request):
            found[station.component, FIGURES[station.resource]] = station.utilisation
    return found


def _capacity(run: Run) -> Capacity:
    """The architecture under the load of the run."""
    architecture = run.architecture
    for flow in run.architecture.flows.values():
        if flow.session is not None:
            architecture = with_fields(architecture, flow, session=_session(run, flow))
        elif not flow.comes_by_clock:
            architecture = with_fields(architecture, flow, rate=_rate(run, flow.id))
        elif flow.id not in run.loads:
            architecture = with_fields(architecture, flow, every=None, schedule=None, deadline=None)
    return Capacity(architecture)


def _session(run: Run, flow: Flow) -> Session | None:
    load = run.loads.get(flow.id)
    if load is None or flow.session is None:
        return None
    factor = load.rate.value if isinstance(load.rate, Factor) else 1
    return altered(flow.session, users=load.users or max(round(flow.session.users * factor), 1))


def _rate(run: Run, flow: str) -> Rate | None:
    load = run.loads.get(flow)
    return None if load is None else Rate(level_of(run.architecture.flows[flow], load.rate))
