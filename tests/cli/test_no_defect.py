"""On no system does a command come to a place that its authors thought cannot be reached (exit status 3)."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.cli.main import run
from tests.simulation.random_features import featured
from tests.simulation.random_jobs import scheduled
from tests.simulation.random_sessions import connected
from tests.simulation.random_systems import systems

COMMANDS = (
    "lint --select production -f sarif",
    "analyze -f html",
    "trace -f html",
    "simulate --duration 2s -f html",
    "verify --duration 2s -f html",
    "plan",
    "plan --load 3x -f html",
    "sweep --load 1x,2x --faults all --duration 1s",
    "render -f svg",
    "render -f likec4",
    "export prometheus-tests --duration 2s",
    "export grafana",
    "export k6",
)


def promising(text: str) -> dict[str, Any]:
    """The same system, in which every second flow promises something."""
    spec: dict[str, Any] = yaml.safe_load(text)
    for flow in list(spec["flows"].values())[::2]:
        if "rate" in flow:
            flow.setdefault("objective", {"success": "90%", "p99": "500ms"})
        elif "schedule" in flow or "every" in flow:
            flow.setdefault("objective", {"success": "90%"})
    return spec


@pytest.mark.slow
@settings(max_examples=10)
@given(st.one_of(featured(), scheduled(), connected(), systems()).map(promising))
def test_no_command_ends_with_a_defect_of_archspec(
    tmp_path_factory: pytest.TempPathFactory, spec: dict[str, Any]
) -> None:
    path: Path = tmp_path_factory.mktemp("any") / "architecture.yaml"
    path.write_text(json.dumps(spec))
    for command in COMMANDS:
        name, *options = command.split()
        flow = [next(iter(spec["flows"]))] if name == "trace" else []
        status = run([name, str(path), *flow, *options, "--quiet"])
        assert status in (0, 1, 2), command
