"""When something was wrong in a run: its scenario's faults and deploys, and what was down all the time."""

from archspec.frozen import frozen
from archspec.model import Fault
from archspec.simulation.log import Told
from archspec.simulation.run import Run


@frozen
class FaultStretch:
    """What a fault is, in words, and from when to when it lasts, in nanoseconds."""

    name: str
    start: int
    end: int
    is_deploy: bool = False


def fault_stretches(run: Run) -> tuple[FaultStretch, ...]:
    """In the order written, without those that the run does not reach. Random faults are not told."""
    down = (*run.options.fail, *run.options.just_failed)
    faults = run.scenario.faults if run.scenario is not None else ()
    return (
        *(FaultStretch(f"{name} fails", 0, run.duration) for name in down),
        *(_stretch(run, fault) for fault in faults if fault.at.nanoseconds < run.duration),
    )


def _stretch(run: Run, fault: Fault) -> FaultStretch:
    start = fault.at.nanoseconds
    if fault.deploy is not None:
        return FaultStretch(f"deploy {fault.target}", start, _deployed(run, start), is_deploy=True)
    by = f" by {fault.by}" if fault.by is not None else ""
    end = run.duration if fault.for_ is None else min(run.duration, start + fault.for_.nanoseconds)
    return FaultStretch(f"{fault.what} {fault.target}{by}", start, end)


def _deployed(run: Run, start: int) -> int:
    """When the last replica had moved; the end of the run where none has."""
    return max((time for time, what, *_ in run.log if what == Told.DEPLOY and time >= start), default=run.duration)
