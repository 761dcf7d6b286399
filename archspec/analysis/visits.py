"""What one visit of a component comes to by itself: its work, its answer, what is held meanwhile."""

from dataclasses import replace

from archspec.analysis.law import NOTHING, Fixed, Known, Law
from archspec.analysis.passed import Demand, Passed
from archspec.analysis.stated import seconds
from archspec.model import Backoff, Component, Family, Function, Running, Step, Time
from archspec.model.attempts import PROXIES, Failure, FailureCause, answered_after

NANOSECOND = 1e-9


def visit(law: Law, wait: float, component: Component) -> Demand:
    """One visit: how long it holds a slot. Where slots are not counted, about so long: nobody asks for more."""
    if isinstance(component, Function) or (isinstance(component, Running) and component.slots is not None):
        return holding(law, wait)
    return Demand(visits=1.0, held=law.centre + wait)


def holding(law: Law, wait: float) -> Demand:
    """One visit that is held so long, and while it waits."""
    return Demand(visits=1.0, held=law.mean + wait, held_squared=law.variance + law.mean**2)


def core_time(step: Step) -> Demand:
    """The core time of a step."""
    mean = seconds(step.cpu)
    if step.cpu is None or not mean:
        return Demand()
    return Demand(jobs=1.0, cpu=mean, cpu_squared=mean**2 + step.cpu.variance * NANOSECOND**2)


def own_answer(step: Step, law: Law) -> Passed:
    """What a component answers after its own work."""
    if step.status is None:
        return Passed(when_good=law)
    shares = {status: float(share) for status, share in step.status.shares}
    failures = {s: share for s, share in shares.items() if s == 429 or s >= 500}
    return Passed(
        good=sum(share for status, share in shares.items() if status < 400),
        ended=sum(share for status, share in shares.items() if 400 <= status < 500 and status != 429),
        failures={Failure(FailureCause.ERROR, status): share for status, share in failures.items()},
        when_good=law,
        when_bad=law,
    )


def handed_on(inside: Passed, component: Component) -> Passed:
    """With the failures that its caller sees where a component has not got what it needs."""
    if not inside.failures:
        return inside
    failures: dict[Failure, float] = {}
    for failure, share in inside.failures.items():
        status = answered_after(failure, is_proxy=component.kind in PROXIES)
        seen = Failure(failure.cause, status, own=False)
        failures[seen] = failures.get(seen, 0.0) + share
    return replace(inside, failures=failures)


def pause(backoff: Backoff | None, number: int) -> Law:
    """The wait after try `number`."""
    if backoff is None:
        return NOTHING
    longest = float(backoff.cap(number).nanoseconds)
    if backoff.jitter == "none":
        return Fixed(longest * NANOSECOND)
    least = longest / 2 if backoff.jitter == "equal" else 0.0
    return Known(Time(Family.UNIFORM, (least, longest), ""))
