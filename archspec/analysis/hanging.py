"""What is held by those who wait for a component that hangs: it takes calls, and answers none."""

from collections.abc import Iterable
from math import inf

from archspec.analysis.calls import Call
from archspec.analysis.capacity import Capacity
from archspec.analysis.passed import Demands
from archspec.analysis.station import Resource, Station
from archspec.analysis.stations import met_by
from archspec.model import Architecture, Retries, Role, Step
from archspec.model.attempts import PATIENCE

HELD = (Resource.SLOTS, Resource.INSTANCES, Resource.CONNECTIONS)
"""What a call keeps busy while it only waits."""


def busy_while_hanging(capacity: Capacity, component: str, stations: Iterable[Station]) -> list[tuple[Station, float]]:
    """Stations, each with how much of it is busy on average while a component hangs, nothing queueing.

    Calls without a timeout are left out, though each of them stays for ever.
    """
    hanging = capacity.without(component, silent=True)
    flows = [flow for flow in capacity.rates if hanging.demands[flow] is not capacity.demands[flow]]
    found = []
    for station in stations:
        more = (
            capacity.rates[flow] * (_busy(station, hanging.demands[flow]) - _busy(station, capacity.demands[flow]))
            for flow in flows
        )
        found.append((station, station.busy + sum(more)))
    return found


def most_waiting(capacity: Capacity, calls: Iterable[Call], station: Station) -> float:
    """More than a station can keep busy for calls that nobody answers: rate times the longest wait (Little's law).

    It says at once of most components that nothing is full while they hang.
    """
    passing = (call for call in calls if station.component in _on_the_way(call))
    return sum(capacity.rates[call.flow] * _longest(capacity.architecture, call) for call in passing)


def _on_the_way(call: Call) -> set[str]:
    """Whoever holds something for a call: its callers, and theirs."""
    found = set(call.visit.callers)
    for outer in call.visit.within:
        found |= {*outer.callers, *outer.step.call}
    return found


def _longest(architecture: Architecture, call: Call) -> float:
    """Seconds of one request spent on a call that nobody answers, at most on average."""
    held = _tried(call.terms.retries, (call.terms.timeout or PATIENCE).seconds) * _often(call.step)
    for outer in reversed(call.visit.within):
        retries = None
        if outer.step.call:
            if architecture.components[outer.step.call[0]].kind_of.role is Role.QUEUE:
                return inf  # the message comes again
            retries = architecture.terms(outer.caller, outer.step.call[0], outer.step).retries
        held = _tried(retries, held) * _often(outer.step)
    return held


def _often(step: Step) -> float:
    return step.times * (1.0 if step.chance is None else float(step.chance))


def _tried(retries: Retries | None, seconds: float) -> float:
    if retries is None:
        return seconds
    waits = (retries.backoff.cap(number).seconds for number in range(1, retries.attempts)) if retries.backoff else ()
    return retries.attempts * seconds + sum(waits)


def _busy(station: Station, demands: Demands) -> float:
    asked = demands.pools if station.connection else demands.places
    return met_by(station, asked.get(station.name, {})).busy
