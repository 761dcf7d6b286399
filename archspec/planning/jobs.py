"""What a plan says of jobs that come by the clock, which it leaves out."""

from collections.abc import Iterator

from archspec.analysis import Station
from archspec.analysis.busiest import Busy, busiest
from archspec.model import Architecture
from archspec.values import count, listing, number


def jobs_left_out(architecture: Architecture) -> Iterator[str]:
    """That they are left out, and what is asked for more than it has while they are in work."""
    jobs = [f"`{id_}`" for id_, flow in architecture.flows.items() if flow.comes_by_clock]
    if jobs:
        yield f"{listing(jobs)}: by the clock, and in no run of the plan"
    said = set[str]()
    for busy in busiest(architecture):
        for station in map(busy.capacity.at_most, busy.capacity.stations):
            if station.peak > 1 and not station.is_assumed and station.name not in said:
                said.add(station.name)
                yield _too_small(station, busy)


def _too_small(station: Station, busy: Busy) -> str:
    in_work = ((job, busy.runs[job]) for job in busy.capacity.jobs_at(station) if job in busy.runs)
    runs = listing(f"{count(number_, 'run')} of `{job}`" for job, number_ in in_work) or "jobs"
    asked = f"{number(station.peak * station.each)} {station.resource.word} of {number(station.each)}"
    return f"with {runs} in work a replica of `{station.name}` is asked for {asked}: what meets it takes longer"
