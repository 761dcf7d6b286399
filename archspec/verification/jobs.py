"""Jobs by the clock: run with each part away that they need, from the moment they are due until it is repaired."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from archspec.analysis.availability import Availability
from archspec.model.architecture import Architecture
from archspec.model.flow import Flow
from archspec.model.quantities import Duration
from archspec.model.scenario import Fault, Load, Scenario
from archspec.model.schedule import Start
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.values import duration, listing

MOST_PARTS = 20
SECOND = 10**9


def jobs_tried(architecture: Architecture, seed: int) -> Iterator[str]:
    """A sentence on each flow that comes by the clock, in the order written."""
    found = Availability(architecture)
    for flow in architecture.flows.values():
        if not flow.comes_by_clock:
            continue
        job = found.of_flow(flow.id).job
        if flow.deadline is None or job is None:
            yield f"`{flow.id}` comes by the clock and does not begin anew: `archspec analyze` says how often it fails"
            continue
        owners = dict.fromkeys(point.part.owner for point in found.of_flow(flow.id).single_points)
        known = {owner: job.repairs[owner] for owner in list(owners)[:MOST_PARTS] if owner in job.repairs}
        yield _told(flow, known, {part for part in known if not _is_done(architecture, flow, part, known[part], seed)})


def _told(flow: Flow, known: Mapping[str, float], late: set[str]) -> str:
    if not known:
        return f"`{flow.id}` comes by the clock, and nothing says how long what it cannot do without takes to repair"
    if late:
        parts = listing(f"`{part}` (for {duration(known[part] * 1e9)})" for part in known if part in late)
        return f"`{flow.id}` is not done by its deadline when, from the moment it is due, {parts} is away"
    parts = listing(f"`{part}`" for part in known)
    away = "is away for its" if len(known) == 1 else "is away for its own"
    each = parts if len(known) == 1 else f"any of {parts}"
    return f"`{flow.id}` is done by its deadline even if {each} {away} mean repair, from the moment it is due"


def _is_done(architecture: Architecture, flow: Flow, part: str, repair: float, seed: int) -> bool:
    assert flow.deadline is not None
    due = next(flow.schedule.minutes_from(Start.first())) if flow.schedule is not None else Start.first().minute
    scenario = Scenario(
        id="due",
        starts=Start(due),
        duration=Duration(flow.deadline.nanoseconds + SECOND),
        load={flow.id: Load(until=Duration(1))},
        faults=(Fault(fail=part, for_=Duration(round(repair * SECOND))),),
    )
    asked = replace(architecture, scenarios={"due": scenario})
    (result,) = simulate(asked, SimulationOptions("due", seed=seed)).jobs
    return result.done == 1
