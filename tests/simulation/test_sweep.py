"""Sweeps: what is run, that where it runs makes no difference, and that a stopped one goes on."""

from fractions import Fraction
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.language.dump import dump
from archspec.model import Duration
from archspec.simulation import Estimate
from archspec.simulation.studies.replications import seed_of
from archspec.simulation.studies.sweep import on_cluster, on_cores, run_task, sweep
from archspec.simulation.studies.sweep_plan import (
    Asked,
    Task,
    Variant,
    double_faults,
    single_faults,
    tasks_of,
    with_faults,
)
from archspec.simulation.studies.sweep_table import Line, axes_of, lines_of

SPEC = """
archspec: 1
name: Two zones
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  user: {kind: client}
  lb: {kind: load_balancer, health_check: {interval: 1s, unhealthy_after: 2}}
  api: {kind: server, cores: 1, replicas: 3, zones: [zone-a, zone-b]}
  logs: {kind: log_service}
connections: [user -> lb -> api]
flows:
  ask: {from: user, rate: 20/s, steps: [{call: lb, steps: [{call: api, cpu: exponential(5ms)}]}]}
"""


def tasks(*faults: tuple[str, ...], replications: int = 1, loads: tuple[int, ...] = (1,)) -> tuple[Task, ...]:
    variant = Variant((), dump(load_text(SPEC)))
    asked = Asked(duration=Duration(2 * 10**9), replications=replications)
    return tasks_of([variant], [Fraction(load) for load in loads], faults or ((),), asked)


def test_alike_replicas_fail_once() -> None:
    """api-1 and api-3 stand in the same zone; logs are in no flow's way."""
    assert single_faults(load_text(SPEC)) == (
        (),
        ("lb-1",),
        ("api-1",),
        ("api-2",),
        ("api",),
        ("zone-a",),
        ("zone-b",),
    )


def test_pairs_are_every_two_and_two_alike() -> None:
    pairs = double_faults(load_text(SPEC))
    assert len(pairs) == 7 + 1 + 6 * 5 // 2
    assert ("api-1", "api-3") in pairs
    assert ("api-1", "zone-b") in pairs


def test_a_fault_begins_a_quarter_in() -> None:
    architecture, scenario = with_faults(load_text(SPEC), None, Duration(8 * 10**9), ("api-1",))
    fault = architecture.scenarios[scenario].faults[0]
    assert (fault.at.seconds, fault.for_, fault.fail) == (2, None, "api-1")


def test_replications_have_the_same_seeds_at_every_point() -> None:
    """So that points compare request by request."""
    assert [(float(task.point.load), task.seed) for task in tasks(replications=2, loads=(1, 2))] == [
        (1, 1),
        (1, seed_of(1, 1)),
        (2, 1),
        (2, seed_of(1, 1)),
    ]


def test_cores_and_order_make_no_difference() -> None:
    """Two processes give what one gives, in the order of the tasks."""
    asked = tasks((), ("api-1",), ("zone-a",), replications=2)
    assert sweep(asked, on_cores(2)) == sweep(asked, on_cores(1))


def test_a_stopped_sweep_goes_on_where_it_was(tmp_path: Path) -> None:
    """Three runs are there; only the fourth is run, and a damaged one again."""
    asked = tasks(replications=4)
    whole = sweep(asked, on_cores(1))
    sweep(asked[:3], on_cores(1), tmp_path)
    (tmp_path / f"{asked[1].key}.json").write_text("{")
    run: list[int] = []

    def counting(left: object) -> object:
        run.extend(task.replication for task in left)  # type: ignore[attr-defined]
        return map(run_task, left)  # type: ignore[call-overload]

    assert sweep(asked, counting, tmp_path) == whole  # type: ignore[arg-type]
    assert run == [1, 3]


def test_another_load_is_another_run() -> None:
    """What is kept of one sweep serves another only where all of the task is the same."""
    same, other = tasks(), (*tasks(loads=(2,)), *tasks(("api-1",)), tasks(replications=2)[1])
    assert tasks(replications=2)[0].key == same[0].key
    assert len({task.key for task in (*same, *other)}) == 4


def test_another_curve_in_a_load_file_is_another_run(tmp_path: Path) -> None:
    """What the file says belongs to the task, not what it is called; one that is not there is no key's concern."""
    scenario = "scenarios:\n  curve: {duration: 2s, load: {ask: {shape: file, file: rates.csv}}}\n"
    variant, asked = Variant((), dump(load_text(SPEC + scenario))), Asked(scenario="curve", folder=tmp_path)
    keys = [tasks_of([variant], [Fraction(1)], ((),), asked)[0].key]
    for curve in ("0,10", "0,20", "0,10"):
        (tmp_path / "rates.csv").write_text(f"seconds,rate\n{curve}\n")
        keys.append(tasks_of([variant], [Fraction(1)], ((),), asked)[0].key)
    assert len(set(keys)) == 3
    assert keys[1] == keys[3]
    (task,) = tasks_of([variant], [Fraction(1)], ((),), asked)
    assert run_task(task).flows[0].offered > 0


def test_lines_are_means_over_replications() -> None:
    asked = tasks(replications=3, loads=(1, 2))
    outcomes = sweep(asked, on_cores(1))
    lines = lines_of(asked, outcomes)
    mean = lines[0].figure("mean")
    assert mean is not None
    assert mean.value == pytest.approx(sum(run.flows[0].mean or 0 for run in outcomes[:3]) / 3)
    assert axes_of(lines) == (("load", ("1x", "2x")),)


@pytest.mark.parametrize(("overloaded", "value"), [(0, 20.0), (1, None), (2, None)])
def test_a_time_of_an_overload_is_no_figure_and_a_share_is_one(overloaded: int, value: float | None) -> None:
    figures = tuple((name, Estimate(20.0, None)) for name in ("mean", "p50", "p99", "success", "throughput"))
    line = Line(tasks()[0].point, "ask", figures, overloaded, 0)
    assert [line.value(name) for name, _ in figures] == [value, value, value, 20.0, 20.0]
    assert [line.grows(name) for name, _ in figures] == [overloaded > 0] * 3 + [False] * 2


def test_a_cluster_that_does_not_answer_says_so() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match="no Dask scheduler answers at"):
        list(on_cluster("tcp://127.0.0.1:9")(tasks()))
