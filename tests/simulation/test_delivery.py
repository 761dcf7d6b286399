"""A change on its way to the servers."""

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.reports.delivery.json import data as data_of
from archspec.reports.delivery.tree import delivery
from archspec.simulation.delivery import StageState, trace_pipeline

SPEC = """
archspec: 1
name: Shop
components:
  dev:      {kind: person}
  code:     {kind: code_repository}
  registry: {kind: artifact_registry}
  slack:    {kind: notification_channel}
  api:      {kind: server, replicas: 3, needs: 2, drain_time: 10s, boot_time: 20s}
pipelines:
  release:
    source: code
    trigger: push to main
    by: dev
    notify: [slack]
    stages:
      - {name: unit tests, kind: test, takes: 4m}
      - {name: package, kind: package, artifact: registry, takes: 1m}
      - {name: production, kind: deploy, targets: [api], strategy: STRATEGY, max_unavailable: 1, rollback: automatic}
"""
SECOND = 10**9


def spec(strategy: str = "rolling") -> str:
    return SPEC.replace("STRATEGY", strategy)


def test_a_rolling_deploy_replaces_one_replica_after_the_other() -> None:
    """Each drains 10 s and boots 20 s; two of three serve, as many as needed."""
    walked = trace_pipeline(load_text(spec()), "release")
    steps = [
        (step.replicas, step.leaves // SECOND, step.back // SECOND, step.serving, step.interrupts)
        for step in walked.stages[2].steps
    ]
    assert steps == [
        (("api-1",), 300, 330, 2, False),
        (("api-2",), 330, 360, 2, False),
        (("api-3",), 360, 390, 2, False),
    ]
    assert walked.deployed


def test_a_failed_test_stops_the_change() -> None:
    """Nothing after it runs, nothing is deployed, the channel hears of it."""
    walked = trace_pipeline(load_text(spec()), "release", ("unit tests",))
    assert [stage.state for stage in walked.stages] == [StageState.FAILED, StageState.SKIPPED, StageState.SKIPPED]
    assert (walked.deployed, walked.notes, walked.notified) == (False, ("nothing is deployed",), ("slack",))


def test_recreating_takes_all_replicas_out_at_once() -> None:
    """The component serves nobody meanwhile, and the stage says so."""
    stage = trace_pipeline(load_text(spec("recreate")), "release").stages[2]
    assert [(step.replicas, step.serving) for step in stage.steps] == [(("api-1", "api-2", "api-3"), 0)]
    assert stage.notes == ("`api` serves nobody while its replicas are replaced",)


def test_a_canary_is_watched_before_the_rest_follows() -> None:
    """The first is back at 330 s, watched for another boot time, the second leaves at 350 s."""
    steps = trace_pipeline(load_text(spec("canary")), "release").stages[2].steps
    assert [step.leaves // SECOND for step in steps] == [300, 350, 380]


def test_blue_and_green_switch_at_once() -> None:
    """A second set boots 20 s, then all traffic moves."""
    steps = trace_pipeline(load_text(spec("blue_green")), "release").stages[2].steps
    assert [(step.leaves // SECOND, step.serving) for step in steps] == [(320, 3)]


def test_a_failed_deploy_says_what_follows() -> None:
    """`rollback: automatic` is what the reader wants to know."""
    stage = trace_pipeline(load_text(spec()), "release", ("production",)).stages[2]
    assert stage.notes == ("the first replicas fail on the new version and are rolled back by themselves",)
    assert len(stage.steps) == 1


@pytest.mark.parametrize(("pipeline", "fail"), [("relase", ()), ("release", ("unit test",))])
def test_unknown_names_are_refused_with_advice(pipeline: str, fail: tuple[str, ...]) -> None:
    """The nearest name is suggested."""
    with pytest.raises(UsageError, match="did you mean"):
        trace_pipeline(load_text(spec()), pipeline, fail)


def test_the_walk_is_written_for_a_terminal() -> None:
    """Stages with their signs, and how it ends."""
    text = delivery(trace_pipeline(load_text(spec()), "release", ("unit tests",)))
    lines = text.splitlines()
    assert lines[0] == "release  dev → code · push to main"
    assert lines[2].split() == ["✗", "unit", "tests", "test", "0", "ms", "to", "4", "min", "failed"]
    assert lines[-1] == "unit tests failed; nothing is deployed; slack hears of it"


def test_the_walk_is_written_as_json() -> None:
    """Times in seconds."""
    data = data_of(trace_pipeline(load_text(spec()), "release"))
    assert (data["deployed"], data["stages"][2]["steps"][0]["back_s"]) == (True, 330.0)
