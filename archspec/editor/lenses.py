"""What stands above each flow, to be clicked: walk a request of it, run it; and beside components what follows."""

from collections.abc import Mapping

from archspec.analysis import Capacity
from archspec.editor.hover import capacity_of, placement
from archspec.editor.snapshot import Snapshot
from archspec.frozen import frozen
from archspec.language import Occurrence, named
from archspec.model import Architecture
from archspec.reports.trace.tree import tree
from archspec.simulation.trace import trace
from archspec.values import busy, duration

RUN = "10s"
"""How long a run from the editor lasts, in simulated time."""


@frozen
class Measured:
    """The promise that a flow comes nearest to breaking, or breaks most, and what became of it, in nanoseconds."""

    percentile: str
    value: float
    promised: int

    @property
    def share(self) -> float:
        """How much of what is promised it takes."""
        return self.value / max(self.promised, 1)

    @property
    def text(self) -> str:
        """`p99 214 ms of 300 ms`."""
        return f"{self.percentile} {duration(self.value)} of {duration(self.promised)}"


def declared(known: Snapshot, section: str, file: str) -> list[Occurrence]:
    """The elements of a section that a file declares, in the order of its text."""
    return [each for each in known.declarations if each.section == section and each.span.file == file]


def traced(system: Architecture, flow: str) -> str:
    """One request of a flow, as `archspec trace` shows it."""
    named("flow", flow, system.flows)
    return tree(trace(system, flow))


def simulated(system: Architecture) -> tuple[str, Mapping[str, Measured]]:
    """A short run of all flows: a line for each that states a rate, and what was measured of each promise."""
    import archspec

    made = archspec.simulate(system, duration=RUN, jobs=1)
    measured: dict[str, Measured] = {}
    told = []
    for run in made.flows:
        objective = system.flows[run.flow].objective
        promised = objective.percentiles if objective else {}
        for percentile, most in promised.items():
            seconds = getattr(run.latency, percentile.replace(".", "_"), None)
            if seconds is not None:
                here = Measured(percentile, seconds * 1e9, most.nanoseconds)
                measured[run.flow] = max(measured.get(run.flow, here), here, key=lambda each: each.share)
        p99 = run.latency.p99
        latency = f"p99 {duration(p99 * 1e9)}" if p99 is not None else "no answer"
        told.append(f"{run.flow}: {run.ok} of {run.offered} ok, {latency}")
    return "\n".join([f"{RUN} simulated, seed 1", *told]), measured


def hints(known: Snapshot, system: Architecture, file: str) -> list[tuple[Occurrence, str]]:
    """Beside each component of a file where its replicas stand, and how busy its busiest resource is."""
    capacity: Capacity = capacity_of(known, system)
    found = []
    for each in declared(known, "components", file):
        peaks = [station.peak for station in capacity.stations if station.component == each.name]
        told = [placement(system, system.components[each.name]), f"{busy(max(peaks))} busy" if peaks else ""]
        if text := ", ".join(filter(None, told)):
            found.append((each, text))
    return found
