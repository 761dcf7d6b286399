"""The engine against queueing theory: short runs, so the intervals are wide; `benchmarks/queueing.py` has the long."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.simulation.queueing import figures, holds, run

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "queueing.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_the_interval_of_a_short_run_holds_the_exact_value(case: dict[str, Any]) -> None:
    """At 99% for a fixed seed, for every figure that theory gives."""
    found = figures(case, run(case, max(case["requests"] // 250, 600), seed=2))
    assert [name for name, exact in case["exact"].items() if not holds(found[name], exact)] == []
