"""The simulation against queueing theory, at length: the cases of the tests, with as many requests as it takes.

    uv run --all-extras python benchmarks/queueing.py [--scale FACTOR] [CASE ...]

Every figure of every case is estimated from three seeds. One agrees in a seed when the exact value lies in the run's
99% interval and the interval's half-width is under 3% of the value; a figure agrees when it does so in two of three
seeds. `--scale 0.1` runs a tenth of the requests.
"""

import argparse
import sys
from pathlib import Path
from time import process_time
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from archspec.simulation.results import Estimate  # noqa: E402 - as below
from tests.simulation.queueing import agrees, figures, run  # noqa: E402 - the tests stand beside the package, not in it

CASES = ROOT / "tests" / "simulation" / "cases" / "queueing.yaml"
SEEDS = (1, 2, 3)


def measured(case: dict[str, Any], scale: float) -> bool:
    """Run a case, print a row for each of its figures, and say whether all agree."""
    begun = process_time()
    runs = [figures(case, run(case, case["requests"] * scale, seed)) for seed in SEEDS]
    took = process_time() - begun
    every = True
    for name, exact in case["exact"].items():
        estimates = [found[name] for found in runs]
        good = [agrees(estimate, exact) for estimate in estimates]
        every = every and sum(good) >= 2
        words = " | ".join(cell(estimate, exact, yes) for estimate, yes in zip(estimates, good, strict=True))
        verdict = "agrees" if sum(good) >= 2 else "**differs**"
        print(f"| {case['id']} | {name} | {exact:.6g} | {words} | {verdict} |", flush=True)
    rate = case["requests"] * scale * len(SEEDS) / took
    print(f"{case['id']}: {rate:,.0f} requests per second of processor time", file=sys.stderr, flush=True)
    return every


def cell(estimate: Estimate, exact: float, yes: bool) -> str:
    """A measured value, its half-width in per cent of the exact one, and a mark where it does not agree."""
    if estimate.half_width is None:
        return f"{estimate.value:.5g} ({estimate.why}) ✗"
    return f"{estimate.value:.5g} ± {estimate.half_width / exact:.2%}{'' if yes else ' ✗'}"


def main() -> int:
    """Run the cases; 1 where one does not agree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("cases", nargs="*")
    asked = parser.parse_args()
    print("| case | figure | exact | seed 1 | seed 2 | seed 3 | |")
    print("| --- | --- | --: | --: | --: | --: | --- |")
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    chosen = [case for case in cases if not asked.cases or case["id"] in asked.cases]
    verdicts = [measured(case, asked.scale) for case in chosen]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
