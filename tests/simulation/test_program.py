"""The Program that a system compiles to, held against its declaration."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archspec.language import load, load_text
from archspec.model import Architecture, Duration
from archspec.simulation.asked import program_of, understood
from archspec.simulation.compile import compile_system
from archspec.simulation.options import SimulationOptions
from archspec.simulation.program import Program, Request, Run, rest_text
from archspec.simulation.program_text import text_of
from tests.properties import examples
from tests.simulation.random_systems import FOLDER, THEMES, systems

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "engine" / "program.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SPECS = sorted(ROOT.glob("specs/**/architecture.*ml"))
LENGTH = Duration(10 * 10**9)


def told(program: Program) -> Any:
    return json.loads(program.to_json())


def mistakes(program: Program) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(told(program))]


def programs(architecture: Architecture, folder: Path) -> Iterator[Program]:
    """Of every flow alone, of all together, and of every scenario."""
    for flow in architecture.flows:
        run = Run(watch="everything", request=Request(0, 0))
        yield Program(compile_system(architecture, (flow,)).system, run)
    for scenario in (None, *architecture.scenarios):
        if scenario is not None or any(flow.rate for flow in architecture.flows.values()):
            asked = understood(architecture, SimulationOptions(scenario, folder=folder))
            yield program_of(asked, LENGTH.nanoseconds)


def test_the_declaration_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_system_is_told_whole_or_without_its_components() -> None:
    (program, *_) = programs(load(SPECS[0]), SPECS[0].parent)
    whole = told(program)
    del whole["system"]["components"]
    assert json.loads(f"{{{rest_text(program.system)}}}") == whole["system"]
    assert whole["version"] == program.version == 2


def test_a_run_of_which_nothing_is_said_keeps_no_more_than_its_events() -> None:
    empty = ("misses", "loads", "faults", "random_faults", "supposed", "limits", "alerts")
    plain = {"seed": "1", "sampled": True, "warm_up": 0, "watch": "events", "charts": False, "keeps_scrapes": False}
    assert json.loads(text_of(Run())) == plain | {name: [] for name in empty}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_every_program_of_a_system_is_as_declared(path: Path) -> None:
    for program in programs(load(path), path.parent):
        assert mistakes(program) == []


@pytest.mark.parametrize("theme", THEMES)
@examples(10)
@given(data=st.data())
def test_every_program_of_any_system_is_as_declared(theme: str, data: st.DataObject) -> None:
    for program in programs(load_text(data.draw(systems(theme))), FOLDER):
        assert mistakes(program) == []
