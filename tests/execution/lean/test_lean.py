"""The lean kernel tells the same as the other one, event for event."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from archspec.execution import compiled, simulate
from archspec.execution.evaluation import collect
from archspec.execution.finished import Run, SimulationOptions
from archspec.execution.lean.drive import LeanRun, lean_run
from archspec.language import load, load_text
from archspec.model.architecture import Architecture
from archspec.model.quantities import Duration
from tests.execution.lean.calm_systems import calm_systems

SPECS = Path(__file__).parents[3] / "specs"
SHORT = SimulationOptions(duration=Duration(5 * 10**9), seed=3)
RUN = SimulationOptions(scenario="run", seed=3)


def both(architecture: Architecture, options: SimulationOptions) -> tuple[Run, Run, list[bool]]:
    """The run as it is, the same run by the other kernel, and whether the lean one did it."""
    done: list[bool] = []

    class Watched(LeanRun):
        def run(self, *asked: Any) -> bool:
            done.append(super().run(*asked))
            return done[-1]

    def watched(*asked: Any, **how: Any) -> LeanRun | None:
        made = lean_run(*asked, **how)
        return Watched(**vars(made)) if made is not None else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulate, "lean_run", watched)
        as_it_is = simulate.run_simulation(architecture, options)
        patch.setattr(simulate, "lean_run", lambda *_, **__: None)
        other = simulate.run_simulation(architecture, replace(options, compiled=False))
    return as_it_is, other, done


def same(one: Run, other: Run) -> bool:
    """Whether two runs counted the same at every moment, and answered every request alike."""
    requests = [np.asarray(run.world.asked) for run in (one, other)]
    rows = [table.reshape(-1, 8) if table.ndim == 1 else table.T for table in requests]
    samples = one.samples == other.samples and one.first == other.first and one.last == other.last
    return samples and bool((rows[0] == rows[1]).all()) and collect(one) == collect(other)


@pytest.mark.parametrize(
    ("system", "scenario"),
    [
        ("first_server", None),
        ("lessons/retry_storm", "calm"),
        ("lessons/zone_lost", None),
        ("scaled_out", None),
        ("scaled_up", None),
        ("video_platform", None),
        ("video_platform", "evening-peak"),
    ],
)
def test_the_specs_run_lean_and_tell_the_same(system: str, scenario: str | None) -> None:
    """Whole systems at their usual load, five seconds of them."""
    one, other, done = both(load(SPECS / system / "architecture.yaml"), replace(SHORT, scenario=scenario))
    assert done == [True]
    assert same(one, other)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calm_systems())
def test_random_systems_tell_the_same(spec: str) -> None:
    """Whether they run lean to the end, meet a limit on the way or are not begun."""
    one, other, _ = both(load_text(spec), RUN)
    assert same(one, other)


def of_one_server(server: str, step: str, load: str = "1x") -> Architecture:
    """A client who asks one server."""
    return load_text(
        f"""
        archspec: 1
        name: One server
        components: {{user: {{kind: client}}, api: {{kind: server, {server}}}}}
        connections: [user -> api]
        flows: {{ask: {{from: user, rate: {"1/min" if "even" in load else "100/s"}, steps: [{{call: api, {step}}}]}}}}
        scenarios: {{run: {{load: {load}}}}}
        """
    )


@pytest.mark.parametrize(
    ("server", "step"),
    [
        pytest.param("cores: 1, queue_limit: 3", "cpu: exponential(9ms)", id="a full queue for a core"),
        pytest.param("slots: 1, queue_limit: 3", "takes: exponential(9ms)", id="a full queue for a slot"),
        pytest.param("cores: 1", "cpu: exponential(9ms), timeout: 20ms, optional: true", id="a time-out passed over"),
        pytest.param("rate_limit: {rate: 50/s, burst: 10}", "takes: 1ms", id="a refusal"),
        pytest.param("cores: 1, scaling: {min: 1, max: 3, metric: cpu, target: 20%}", "cpu: 9ms", id="a scaler"),
    ],
)
def test_what_meets_a_limit_is_left_to_the_other_kernel(server: str, step: str) -> None:
    """The lean run gives up, and the result is that of the other kernel."""
    one, other, done = both(of_one_server(server, step), replace(SHORT, duration=Duration(20 * 10**9)))
    assert done == [False]
    assert same(one, other)


@pytest.mark.parametrize(("takes", "seconds"), [("9s", 5), ("9s", 20), ("5s", 20), ("5s", 5), ("4s", 5)])
def test_a_first_caller_who_gives_up_changes_nothing_else(takes: str, seconds: int) -> None:
    """One request at 0 with a time-out of 5 s, answered before, at and after that, before and after the end."""
    architecture = of_one_server("cores: 1", f"takes: {takes}, timeout: 5s", "{ask: {arrivals: even}}")
    options = SimulationOptions(scenario="run", duration=Duration(seconds * 10**9), warm_up=Duration(0))
    one, other, done = both(architecture, options)
    assert done == [True]
    assert same(one, other)
    assert dict(collect(one).flows[0].failed) == ({"timeout": 1} if takes == "9s" else {})


def test_a_component_may_ask_itself() -> None:
    """Both calls end with the same work, and both are counted."""
    text = """
    archspec: 1
    name: Itself
    components: {user: {kind: client}, api: {kind: server, cores: 4}}
    connections: [user -> api]
    flows: {ask: {from: user, rate: 50/s, steps: [{call: api, steps: [{call: api, cpu: 1ms}]}]}}
    """
    one, other, done = both(load_text(text), SHORT)
    assert done == [True]
    assert same(one, other)
    assert collect(one).components[0].calls == 2 * len(one.world.asked[0])


def test_a_time_out_inside_that_is_due_at_the_end_is_not_overlooked() -> None:
    """One request at 0, whose inner call has a time-out that is due at the end, and is answered later."""
    text = """
    archspec: 1
    name: Inner
    components: {user: {kind: client}, api: {kind: server}, db: {kind: database}}
    connections: [user -> api, {from: api, to: db, timeout: 5s}]
    flows: {ask: {from: user, rate: 1/min, steps: [{call: api, steps: [{call: db, takes: 9s}]}]}}
    scenarios: {run: {load: {ask: {arrivals: even}}, duration: 5s, warm_up: 0s}}
    """
    one, _, done = both(load_text(text), SimulationOptions(scenario="run"))
    assert done == [False]
    assert dict(collect(one).flows[0].failed) == {"timeout": 1}


def test_lost_messages_are_given_up_by_the_first_caller() -> None:
    """Lost on the way there and back, before the balancer and behind it: the balancer's calls are stuck for ever."""
    text = """
    archspec: 1
    name: Lossy
    components:
      user: {kind: client}
      lb: {kind: load_balancer}
      api: {kind: server, replicas: 2, cores: 1, slots: 4}
    connections:
      - {from: user, to: lb, latency: exponential(2ms), loss: 5%, timeout: 1s}
      - {from: lb, to: api, loss: 5%}
    flows: {ask: {from: user, rate: 20/s, steps: [{call: lb, steps: [{call: api, cpu: exponential(2ms)}]}]}}
    """
    one, other, done = both(load_text(text), replace(SHORT, duration=Duration(60 * 10**9)))
    assert done == [True]
    assert same(one, other)
    assert dict(collect(one).flows[0].failed)["timeout"] > 100


@pytest.mark.parametrize("step", ["status: 500", "status: {503: 1%}", "status: {404: 1%}"])
def test_what_may_fail_is_not_begun(step: str) -> None:
    """A status that is drawn, or that is a failure, is nothing for the lean kernel."""
    _, _, done = both(of_one_server("cores: 1", step), SHORT)
    assert done == []


@pytest.mark.skipif(not compiled.is_available(), reason="the extra `fast` is not installed")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calm_systems())
def test_compiled_it_tells_the_same(spec: str) -> None:
    """From the same source, over arrays."""
    one, other, _ = both(load_text(spec), replace(RUN, compiled=True))
    assert same(one, other)
