"""What must hold of every system, load and fault."""

from dataclasses import asdict
from math import isnan
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.cli.trace_formats.json import json
from archspec.cli.trace_formats.mermaid import mermaid
from archspec.cli.trace_formats.tree import tree
from archspec.cli.trace_formats.waterfall import waterfall
from archspec.execution.finished import SimulationOptions
from archspec.execution.simulate import simulate
from archspec.execution.trace import trace
from archspec.execution.trace_model import TraceOptions
from archspec.loading import load_text
from tests.execution.random_systems import systems

ANY_SYSTEM = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def numbers(value: Any) -> list[float]:
    """Every float inside plain data."""
    if isinstance(value, dict):
        return [number for inner in value.values() for number in numbers(inner)]
    if isinstance(value, (list, tuple)):
        return [number for inner in value for number in numbers(inner)]
    return [value] if isinstance(value, float) else []


@ANY_SYSTEM
@given(systems())
def test_a_run_loses_no_request_call_or_message(spec: str) -> None:
    """The run ends, its sums hold (a DefectError otherwise), no figure is NaN, and the same seed repeats it."""
    architecture = load_text(spec)
    results = simulate(architecture, SimulationOptions(scenario="run", seed=3, keep_requests=True))
    assert not any(isnan(number) for number in numbers(asdict(results)))
    assert simulate(architecture, SimulationOptions(scenario="run", seed=3, keep_requests=True)) == results


@ANY_SYSTEM
@given(systems(), st.sampled_from([(), ("api",), ("zone-a",), ("lb", "db")]), st.booleans())
def test_a_trace_ends_and_every_format_writes_it(spec: str, fail: tuple[str, ...], sample: bool) -> None:
    """One request is walked to its end, whatever has failed, and can be written."""
    result = trace(load_text(spec), "ask", TraceOptions(fail=fail, sample=sample))
    for write in (tree, waterfall, json, mermaid):
        assert write(result).endswith("\n")
