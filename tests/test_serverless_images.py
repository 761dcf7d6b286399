"""The figures that the README of the serverless images tells."""

from pathlib import Path

import pytest

from archspec.analysis.availability import Availability
from archspec.language import load
from archspec.language.what_if import changed
from archspec.model import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import FunctionResult, Results
from archspec.simulation.simulate import simulate
from archspec.verification.values import Kept
from archspec.verification.verify import verify

SPEC = load(Path(__file__).parent.parent / "specs/serverless_images/architecture.yaml")


def run(scenario: str, changes: dict[str, int | str] | None = None, duration: str | None = None) -> Results:
    length = Duration.parse(duration) if duration else None
    return simulate(changed(SPEC, changes or {}), SimulationOptions(scenario=scenario, duration=length, seed=1))


def function(results: Results, id_: str) -> FunctionResult:
    return next(each for each in results.functions if each.function == id_)


def test_an_upload_needs_four_services() -> None:
    assert Availability(SPEC).of_flow("upload").value == pytest.approx(0.997, abs=1e-5)


@pytest.mark.parametrize(("instances", "throttled"), [(40, 2_650), (80, 57), (120, 0)])
def test_who_comes_when_no_instance_is_free_is_turned_away(instances: int, throttled: int) -> None:
    results = run("many-look", {"resize.concurrency": instances})
    assert function(results, "resize").throttled == throttled


def test_a_minute_is_too_short_for_the_alert() -> None:
    assert [change.state for change in run("many-look").alerts] == ["pending"]


def test_uploads_wait_in_the_queue() -> None:
    then, later = (run("many-upload", duration=duration).queues[0] for duration in ("3m", "6m"))
    assert (then.waiting, later.waiting, later.dead) == (2_001, 0, 0)
    assert all(each.throttled == 0 for each in run("many-upload").functions)


def test_without_the_cdn_most_are_turned_away() -> None:
    look = next(flow for flow in run("new-edge").flows if flow.flow == "look")
    assert look.success == pytest.approx(0.381, abs=0.001)


@pytest.mark.parametrize(("kept", "cold"), [("5m", 60), ("1h", 1)])
def test_by_night_most_instances_are_new(kept: str, cold: int) -> None:
    resize = function(run("at-night", {"resize.idle_after": kept}), "resize")
    assert (resize.calls, resize.cold) == (148, cold)


def test_both_promises_allow_for_what_breaks_them() -> None:
    assert [verdict.kept for verdict in verify(SPEC).flows] == [Kept.ALLOWED, Kept.ALLOWED]
