"""The simulation against queueing theory, at length: the cases of the tests, with as many requests as it takes.

    uv run --all-extras python benchmarks/queueing.py [seconds] [case …]

A case agrees when, in at least two of three seeds, the exact value lies in the 99% interval of 20 batches and the
interval's half-width is under 2% of the value. Figures without an interval (waits, lengths, shares) are compared over
the three seeds: their mean within 2%.
"""

import sys
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.execution.queueing import figure, run  # noqa: E402 - the tests stand beside the package, not in it

CASES = ROOT / "tests" / "execution" / "cases" / "queueing.yaml"
SEEDS = (1, 2, 3)


def agrees(case: dict[str, Any], seconds: int) -> tuple[bool, str]:
    """Whether a case agrees, and its figures in words."""
    runs = [run(case, seconds, seed, fast=True) for seed in SEEDS]
    values = [figure(case, results) for results in runs]
    exact = case["exact"]
    words = ", ".join(f"{value:.4f}" for value in values)
    if case["figure"] != "mean_response":
        return abs(mean(values) / exact - 1) < 0.02, words
    inside = 0
    for results in runs:
        assert results.flows[0].latency is not None
        estimate = results.flows[0].latency.mean
        half = None if estimate.half_width is None else estimate.half_width / 1e6
        inside += half is not None and abs(estimate.value / 1e6 - exact) <= half < 0.02 * exact
    return inside >= 2, f"{words} ({inside} of 3 intervals hold it)"


def main(seconds: int, wanted: list[str]) -> None:
    """Run the cases and say which agree."""
    for case in yaml.safe_load(CASES.read_text(encoding="utf-8")):
        if not wanted or case["id"] in wanted:
            good, words = agrees(case, seconds)
            print(f"{'agrees' if good else 'DIFFERS':8} {case['id']:16} exact {case['exact']:.4f}: {words}", flush=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(int(arguments[0]) if arguments and arguments[0].isdigit() else 2500, [a for a in arguments if not a.isdigit()])
