"""Jobs by the clock: one run of each, with every part away in turn from the moment it is due until it is repaired."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import floor

from archspec.analysis import Availability
from archspec.analysis.jobs import Job
from archspec.model import Architecture, Duration, Flow, Load, Scenario, Start
from archspec.model import Fault as Strikes
from archspec.simulation import SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.values import duration, percent
from archspec.verification.faults import single_faults
from archspec.verification.values import Fault, FlowVerdict, Kept, State, Tried

SECOND = 10**9
LONGER = 3
"""Times its mean work, after which a run of a job without a deadline is not expected any more."""
PATIENCE = 120
"""Seconds more, which such a run is waited for at least."""
Command = Callable[[State, Fault | None], str]


def jobs_tried(architecture: Architecture, seed: int, command: Command) -> Iterator[FlowVerdict]:
    """A verdict on each flow that comes by the clock and promises a deadline or a success, in the order written.

    Other flows are left aside, so that nothing keeps a run waiting but itself.
    """
    found = Availability(architecture)
    for flow in architecture.flows.values():
        job = found.of_flow(flow.id).job
        promises = flow.deadline is not None or (flow.objective is not None and flow.objective.success is not None)
        if job is not None and promises:
            in_time = found.of_flow(flow.id).in_time
            yield _Trial(architecture, flow, job, seed, command).verdict(in_time.share if in_time else None)


class _Trial:
    def __init__(self, architecture: Architecture, flow: Flow, job: Job, seed: int, command: Command) -> None:
        self.architecture, self.flow, self.seed, self.command = architecture, flow, seed, command
        objective = flow.objective
        self.promised = float(objective.success) if objective and objective.success is not None else None
        start = Start.first()
        due = next(flow.schedule.minutes_from(start)) if flow.schedule is not None else start.minute
        self.starts, self.until_due = Start(due), (due - start.minute) * 60 * SECOND
        patient = round((job.work * LONGER + PATIENCE) * SECOND)
        self.length = flow.deadline.nanoseconds if flow.deadline is not None else patient

    def verdict(self, said: float | None) -> FlowVerdict:
        """Its promise as it is, and with each part away; `said` is the share in time by analyze."""
        calm = self._state(None)
        kept = Kept.YES if calm.ok else Kept.NO
        faults = single_faults(self.architecture, [self.flow.id]) if calm.ok else ()
        tried = self._settled(tuple(map(self._tried, faults)))
        why = () if calm.ok else (f"one run {self._fails}, though nothing is away",)
        if self.promised is not None and said is not None and said < self.promised and not why:
            why = (f"analyze computes {percent(said, floor)}, since some repairs take longer than their mean",)
        verdicts = [kept, *([Kept.UNKNOWN] if why else []), *(each.kept for each in tried)]
        order = (Kept.NO, Kept.UNKNOWN, Kept.ALLOWED, Kept.YES)
        return FlowVerdict(
            self.flow.id,
            Fraction(1),
            self.flow.objective,
            calm,
            kept,
            why,
            tried,
            next(each for each in order if each in verdicts),
            None,
            said,
            self.command(calm, None),
            self.flow.deadline,
        )

    @property
    def _fails(self) -> str:
        return (
            "fails" if self.flow.deadline is None else f"is not done within {duration(self.flow.deadline.nanoseconds)}"
        )

    def _tried(self, fault: Fault) -> Tried:
        """Away for its mean repair; where nothing says how long that is, until it is too late."""
        state, why, kept = self._state(fault), tuple[str, ...](), Kept.YES
        if not state.ok and fault.repair is None and self.flow.deadline is not None:
            kept, why = Kept.UNKNOWN, ("nothing says how long that takes to repair",)
        elif not state.ok:
            lasts = "" if fault.repair is None else f"for {duration(fault.repair * SECOND)} "
            kept, why = Kept.NO, (f"{lasts}from the moment it is due a run {self._fails}",)
        return Tried(fault, state, (), 0.0, None, (), (), kept, why, self.command(state, fault))

    def _settled(self, tried: tuple[Tried, ...]) -> tuple[Tried, ...]:
        """What breaks a run is allowed for, where all of it together is away no more often than runs may fail."""
        chances = [each.fault.chance for each in tried if each.kept is Kept.NO]
        known = [chance for chance in chances if chance is not None]
        if self.promised is None or len(known) < len(chances) or sum(known) > 1 - self.promised:
            return tried
        return tuple(replace(each, kept=Kept.ALLOWED) if each.kept is Kept.NO else each for each in tried)

    def _state(self, fault: Fault | None) -> State:
        scenario = Scenario(
            id="due",
            starts=self.starts,
            duration=Duration(self.length + SECOND),
            load={self.flow.id: Load(until=Duration(1))},
            faults=(self._strikes(fault),) if fault is not None else (),
        )
        asked = replace(self.architecture, scenarios={"due": scenario})
        (result,) = simulate(asked, SimulationOptions("due", seed=self.seed)).jobs
        failed = () if result.done else (("deadline" if self.flow.deadline else "error", 1),)
        return State(1, result.done, failed, (), None, length=self.until_due + self.length + SECOND)

    def _strikes(self, fault: Fault) -> Strikes:
        (part,) = fault.parts
        lasts = Duration(round(fault.repair * SECOND)) if fault.repair is not None else None
        return Strikes(partition=part, for_=lasts) if "->" in part else Strikes(fail=part, for_=lasts)
