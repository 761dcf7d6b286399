"""Every figure of a run and of traces of one system, as they were read and found right; some of them by hand."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from archspec.language import load, load_text
from archspec.language.dump import dump
from archspec.model import Architecture, Duration
from archspec.simulation.asked import program_of, understood
from archspec.simulation.delivery import trace_pipeline
from archspec.simulation.evaluation import collect
from archspec.simulation.law import utilisations
from archspec.simulation.options import SimulationOptions
from archspec.simulation.resources import parts_of, resources_of, uses_of
from archspec.simulation.results import Results
from archspec.simulation.run import Run
from archspec.simulation.sampled_traces import sampled_traces
from archspec.simulation.scraped import families
from archspec.simulation.simulate import run_simulation
from archspec.simulation.studies.comparison import compare
from archspec.simulation.studies.replications import run_often
from archspec.simulation.studies.sweep import run_task
from archspec.simulation.studies.sweep_plan import Asked as SweepAsked
from archspec.simulation.studies.sweep_plan import Variant, tasks_of
from archspec.simulation.studies.sweep_table import lines_of
from archspec.simulation.timeline import failures_of, fault_stretches, load_timeline, timeline
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import TraceOptions
from tests.conftest import Golden

FOLDER = Path(__file__).parent
MS = 10**6
LISTS = ("components", "replicas", "choosers", "connections", "connection_names", "pools", "queues", "passed_over")
HOUR = 3600 * 10**9
ONE_SLOT = (FOLDER / "every.yaml").read_text("utf-8").replace("slots: 6", "slots: 1")


@pytest.fixture(scope="module")
def system() -> Architecture:
    return load(str(FOLDER / "every.yaml"))


@pytest.fixture(scope="module")
def run(system: Architecture) -> Run:
    options = SimulationOptions(
        "run", charts=True, keep_requests=True, keep_scrapes=True, buckets=(20 * MS, 100 * MS), seed=1
    )
    return run_simulation(system, options)


@pytest.fixture(scope="module")
def results(run: Run) -> Results:
    return collect(run)


def spelled(value: object) -> str:
    """A value on a line; of a dataclass what is not empty, floats to nine digits."""
    if is_dataclass(value):
        told = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "times"}
        return (
            "{" + ", ".join(f"{name}: {spelled(each)}" for name, each in told.items() if each not in (None, ())) + "}"
        )
    if isinstance(value, (tuple, list)):
        return "[" + " ".join(map(spelled, value)) + "]"
    if isinstance(value, (float, Fraction)):
        return f"{float(value):.9g}"
    return str(value.value if isinstance(value, Enum) else value)


def told(found: object, depth: int = 0) -> Iterator[str]:
    """A dataclass field by field, a list item by item."""
    margin = "  " * depth
    for field in fields(found):  # type: ignore[arg-type]
        value = getattr(found, field.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield f"{margin}{field.name}:"
            yield from (f"{margin}  {spelled(each)}" for each in value)
        elif is_dataclass(value) and depth == 0:
            yield f"{margin}{field.name}:"
            yield from told(value, 1)
        else:
            yield f"{margin}{field.name}: {spelled(value)}"


def test_a_run_tells_what_was_read_and_found_right(results: Results, golden: Golden) -> None:
    kept = [line for line in told(results) if "stored in" not in line and " delivery " not in line]
    golden(FOLDER / "expected/results.txt", "\n".join(line for line in kept if "number: " not in line) + "\n")


def test_a_run_over_time_tells_what_was_read_and_found_right(run: Run, results: Results, golden: Golden) -> None:
    lines = [spelled(each) for each in fault_stretches(run)]
    loads, shown = load_timeline(run), timeline(run)
    assert [*failures_of("ask", shown)] == ["refused", "reset", "error"]
    for series in (*results.series, *shown, *loads.busy, *loads.waiting):
        lines += [f"{series.name} {series.unit} {len(series.times)}", f"  {spelled(series.values)}"]
    golden(FOLDER / "expected/timeline.txt", "\n".join(lines) + "\n")


def test_a_run_is_scraped_as_was_read_and_found_right(run: Run, golden: Golden) -> None:
    lines = []
    for family in families(run):
        lines.append(f"{family.name} {family.kind} {family.unit}: {family.about}")
        lines += [f"  {dict(each.labels)} {spelled(each.values)}" for each in family.series]
    golden(FOLDER / "expected/scraped.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("uniform", [False, True])
def test_requests_worth_a_look_are_told_whole(run: Run, uniform: bool, golden: Golden) -> None:
    lines = []
    for sampled in sampled_traces(run, 5, uniform=uniform):
        lines += [f"at {sampled.at}", *(f"  {line}" for line in told(sampled.trace))]
    golden(FOLDER / "expected" / f"sampled-{'evenly' if uniform else 'notable'}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("flow", ["ask", "tell", "tidy", "talk"])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("well", TraceOptions()),
        ("without", TraceOptions(miss=("cache",), fail=("api-2", "thumb"))),
        ("surprised", TraceOptions(miss=("cache",), just_failed=("db", "api-1", "chat"))),
        ("slowly", TraceOptions(miss=("cache",), slow=("db=5x", "api -> cache=20ms", "chat=1s"))),
        ("by chance", TraceOptions(sample=True, seed=7, number=3)),
    ],
)
def test_a_trace_tells_what_was_read_and_found_right(
    system: Architecture, flow: str, name: str, options: TraceOptions, golden: Golden
) -> None:
    golden(FOLDER / "expected/traces" / f"{flow} {name}.txt", "\n".join(told(trace(system, flow, options))) + "\n")


@pytest.mark.parametrize(
    ("spec", "scenario", "options"),
    [
        ("every", "run", {}),
        ("compiled", "all", {"fail": ("hook", "api -> thumb"), "just_failed": ("gw", "edge -> hook"), "seed": -7}),
        ("compiled", "day", {"keep_requests": True, "charts": True, "keep_scrapes": True, "buckets": (5 * MS,)}),
        ("compiled", "twice", {"warm_up": Duration(7)}),
        ("compiled", None, {}),
    ],
)
def test_a_system_compiles_to_what_was_read_and_found_right(
    spec: str, scenario: str | None, options: dict[str, Any], golden: Golden
) -> None:
    asked = understood(load(str(FOLDER / f"{spec}.yaml")), SimulationOptions(scenario, **options))
    program = json.loads(program_of(asked, HOUR).to_json())
    parts = program["run"] if spec == "compiled" and scenario != "all" else program
    golden(FOLDER / "expected/programs" / f"{spec} {scenario}.txt", "\n".join(laid_out(parts)) + "\n")


def test_a_sweep_tells_what_was_read_and_found_right(system: Architecture, golden: Golden) -> None:
    variants = [Variant((), dump(system)), Variant((("api.slots", "1"),), dump(load_text(ONE_SLOT)))]
    loads, asked = (Fraction(1), Fraction(3, 2)), SweepAsked("run", replications=2, duration=Duration(6 * 10**9))
    tasks = tasks_of(variants, loads, ((), ("api-1", "db")), asked)
    outcomes = [run_task(task) for task in tasks]
    lines = [f"{task.point.values} {task.seed} {task.warm_up}" for task in tasks]
    lines += [spelled(outcome.flows) for outcome in outcomes]
    lines += [spelled(line) for line in lines_of(tasks, outcomes)]
    golden(FOLDER / "expected/sweep.txt", "\n".join(lines) + "\n")


def test_runs_put_together_and_beside_each_other_tell_what_was_read_and_found_right(
    system: Architecture, golden: Golden
) -> None:
    options = SimulationOptions("run", duration=Duration(6 * 10**9), warm_up=Duration(0))
    found, _ = run_often(system, options, 3)
    kept = [line for line in told(found) if "number: " not in line and "message " not in line]
    golden(FOLDER / "expected/together.txt", "\n".join(kept) + "\n")
    comparison = compare([("as it is", system), ("one slot", load_text(ONE_SLOT))], options, 3)
    golden(FOLDER / "expected/comparison.txt", "\n".join(told(comparison)) + "\n")


@pytest.mark.parametrize("failed", ["", "unit", "first", "rest", "last"])
def test_a_walk_through_a_pipeline_tells_what_was_read_and_found_right(failed: str, golden: Golden) -> None:
    compiled = load(str(FOLDER / "compiled.yaml"))
    lines = [*told(trace_pipeline(compiled, "careful", (failed,) if failed else ()))]
    if not failed:
        for strategy in ("release", "careful"):
            walk = trace_pipeline(compiled, strategy)
            lines += ["", f"{strategy}: {walk.end_ns} {walk.deployed}"]
            lines += [f"{step.component} {step.interrupts}" for stage in walk.stages for step in stage.steps]
    golden(FOLDER / "expected/pipelines" / f"{failed or 'all well'}.txt", "\n".join(lines) + "\n")


def test_what_stays_as_it_is_tells_what_was_read_and_found_right(golden: Golden) -> None:
    """Of a minute: intervals, assumptions, overloads, and what is busiest."""
    run = run_simulation(load(str(FOLDER / "compiled.yaml")), SimulationOptions("steady"))
    kept = [line for line in told(collect(run)) if "message " not in line]
    kept += [f"{place} {spelled(share)}" for place, share in utilisations(run).items()]
    kept += [f"{run.compiled.components[number]} {spelled(uses)}" for number, uses in uses_of(run).items()]
    golden(FOLDER / "expected/steady.txt", "\n".join(kept) + "\n")


def test_the_names_of_a_compiled_system_are_those_that_were_read_and_found_right(golden: Golden) -> None:
    asked = understood(load(str(FOLDER / "compiled.yaml")), SimulationOptions())
    names = asked.compiled
    lines = [f"{name}: {spelled(getattr(names, name))}" for name in LISTS]
    lines += [f"{id_}: {replicas}, kept {spelled(names.kept_for(id_))}" for id_, replicas in names.replicas_of.items()]
    lines += [f"copies: {names.copies}", *names.assumed(sampled=True), "", *names.assumed(sampled=False)]
    for number, component in enumerate(names.system.components):
        lines.append(f"{component.id}: {spelled(resources_of(component))}")
        lines += [f"  {blind} {part}" for blind in (True, False) for part in parts_of(names, number, blind=blind)]
    golden(FOLDER / "expected/names.txt", "\n".join(lines) + "\n")


def laid_out(part: Any, margin: str = "") -> Iterator[str]:
    """JSON with what is short on one line."""
    for name, value in part.items() if isinstance(part, dict) else enumerate(part):
        text = json.dumps(value)
        if isinstance(value, (dict, list)) and len(text) > 150:
            yield f"{margin}{name}:"
            yield from laid_out(value, f"{margin}  ")
        else:
            yield f"{margin}{name}: {text}"
