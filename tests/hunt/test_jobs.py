"""What `analyze` and `lint` say of jobs by the clock, and what a run of the same file shows."""

import json
from collections.abc import Iterator

import pytest

from archspec.analysis.availability import Availability
from archspec.language import load_text
from archspec.model import Architecture
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.validators import Severity
from archspec.validators.run import judge
from tests.hunt.jobs import PARTS, random_job

PAUSE = 6 * 60 + 60
"""Seconds: the longest between two starts, and what noticing takes."""


def contradictions(architecture: Architecture) -> Iterator[str]:
    """What a run refutes: of each part that is away for as long as its repair takes, and of each replica for good."""
    found = Availability(architecture).of_flow("night")
    job, findings = found.job, judge(architecture).findings
    assert job is not None
    points = {point.part.owner for point in found.single_points}
    errors = {finding.element for finding in findings if finding.code == "AVL01" and finding.severity is Severity.ERROR}
    is_impossible = any(finding.code == "RES16" for finding in findings)
    if is_impossible == is_done(architecture, "calm"):
        yield f"RES16 {'speaks' if is_impossible else 'is silent'}, and with everything up it is otherwise"
    if is_impossible:
        return
    for id_ in PARTS:
        is_in_time = job.room > job.repairs[id_] + 60 + PAUSE
        if is_in_time and not is_done(architecture, f"no-{id_}"):
            yield f"`{id_}` is back within the room, and the night fails"
        if id_ in errors and job.repairs[id_] < job.room:
            yield f"`{id_}` is back within the room, and AVL01 calls it an error"
        if f"one-{id_}" not in architecture.scenarios:
            continue
        survives = is_done(architecture, f"one-{id_}")
        if survives and id_ in points:
            yield f"`{id_}` is a single point, and the night succeeds without it"
        if not survives and id_ not in points and job.room > PAUSE:
            yield f"`{id_}` has a spare, and the night fails without one"


def is_done(architecture: Architecture, scenario: str) -> bool:
    """Whether the job is done by its deadline."""
    (job,) = simulate(architecture, SimulationOptions(scenario=scenario)).jobs
    return job.done == 1


@pytest.mark.parametrize("seed", range(12))
def test_no_run_of_a_random_job_contradicts_what_is_said_of_it(seed: int) -> None:
    assert list(contradictions(load_text(json.dumps(random_job(seed))))) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12, 112))
def test_no_run_of_a_hundred_more_jobs_does(seed: int) -> None:
    assert list(contradictions(load_text(json.dumps(random_job(seed))))) == []
