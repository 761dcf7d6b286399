"""The worked cases: every figure exact."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.simulation.observed import observe

FOLDER = Path(__file__).parent / "cases"
REFERENCE = json.loads((FOLDER / "reference.json").read_text(encoding="utf-8"))["cases"]
OWN = yaml.safe_load((FOLDER / "own.yaml").read_text(encoding="utf-8"))


def runs() -> list[Any]:
    return [
        pytest.param(case["spec"], run, id=f"{case['id']}-{number}")
        for case in (*REFERENCE, *OWN)
        for number, run in enumerate(case["runs"], start=1)
    ]


@pytest.mark.parametrize(("spec", "run"), runs())
def test_a_worked_case_comes_out_exactly(spec: str, run: dict[str, Any]) -> None:
    """Every figure that the case expects is the one observed."""
    observed = observe(spec, run)
    expected = {name: observed[name] if value == observed[name] else value for name, value in run["expect"].items()}
    if "work_of" in expected:
        expected["work_of"] = {**observed["work_of"], **expected["work_of"]}
    assert {name: observed[name] for name in expected} == expected
