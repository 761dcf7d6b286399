"""The compiled kernel tells the same as the plain one."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.errors import MissingExtraError
from archspec.execution import compiled
from archspec.execution.evaluation import collect
from archspec.execution.finished import SimulationOptions
from archspec.execution.simulate import run_simulation
from archspec.loading import load_text
from tests.execution.random_systems import systems

FOLDER = Path(__file__).parent / "cases"
CASES = [
    *json.loads((FOLDER / "reference.json").read_text(encoding="utf-8"))["cases"],
    *yaml.safe_load((FOLDER / "own.yaml").read_text(encoding="utf-8")),
]
SLOW = pytest.mark.skipif(
    not compiled.is_available() or "ARCHSPEC_SLOW_TESTS" not in os.environ,
    reason="compiling takes minutes: set ARCHSPEC_SLOW_TESTS, and install the extra `fast`",
)


@SLOW
@pytest.mark.parametrize(
    ("spec", "scenario"),
    [
        pytest.param(case["spec"], run["scenario"], id=f"{case['id']}-{run['scenario']}")
        for case in CASES
        for run in case["runs"]
        if run["do"] == "simulate"
    ],
)
def test_plain_and_compiled_agree_event_for_event(spec: str, scenario: str) -> None:
    """The same log, the same requests, the same results."""
    options = SimulationOptions(scenario=scenario, keep_requests=True)
    architecture = load_text(spec)
    plain = run_simulation(architecture, options)
    fast = run_simulation(architecture, replace(options, compiled=True))
    assert fast.world.log == plain.world.log
    assert collect(fast) == collect(plain)


@SLOW
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(systems(), st.integers(0, 2**32))
def test_they_agree_on_any_system(spec: str, seed: int) -> None:
    """Event for event, whatever fails, is deployed or scales."""
    options = SimulationOptions(scenario="run", seed=seed, keep_requests=True, folder=FOLDER)
    architecture = load_text(spec)
    plain = run_simulation(architecture, options)
    fast = run_simulation(architecture, replace(options, compiled=True))
    assert fast.world.log == plain.world.log
    assert collect(fast) == collect(plain)


def test_no_two_functions_of_the_kernel_share_a_name() -> None:
    """They are compiled into one namespace."""
    names = [name for module in compiled.kernel_modules() for name, _ in compiled._own_functions(module)]
    assert sorted(set(names)) == sorted(names)


def test_without_numba_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pip install` with what is in the brackets."""
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    compiled._functions.cache_clear()
    with pytest.raises(MissingExtraError, match="fast"):
        compiled._functions()
