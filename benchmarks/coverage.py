"""How often a printed interval holds the truth: at 95%, over many seeds, at three lengths of run.

    uv run --all-extras python benchmarks/coverage.py [--seeds 400] [SYSTEM ...]

M/M/1 at 80% and M/M/4 at 90% have their truth from queueing theory, the web shop from 6 million requests. Rates are
such that half an hour has 100,000 requests. Of the intervals that are printed at least 90% must hold the truth, and at
half an hour at least 90% of the seeds must print one.
"""

import argparse
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[0] = str(ROOT)

from archspec.model import Architecture, Duration  # noqa: E402 - as above
from archspec.simulation.options import SimulationOptions  # noqa: E402 - the tests stand beside the package, not in it
from archspec.simulation.studies.replications import replicate, together  # noqa: E402 - as above
from tests.simulation import coverage  # noqa: E402 - as above

LENGTHS = {60: "1 min", 300: "5 min", 1800: "30 min"}
TRUTH_RUNS, TRUTH_SECONDS = 3, 36_000
"""Three runs of ten hours have 6 million requests of the flow that is looked at."""


def system(name: str) -> tuple[Architecture, str, Mapping[str, float]]:
    """A system, the flow that is looked at, and its true figures."""
    match name:
        case "M/M/1":
            return coverage.queue(1, Fraction(4, 5)), "ask", coverage.truth_of_queue(1, 0.8)
        case "M/M/4":
            return coverage.queue(4, Fraction(9, 10)), "ask", coverage.truth_of_queue(4, 0.9)
        case _:
            shop = coverage.web_shop()
            options = SimulationOptions(duration=Duration(TRUTH_SECONDS * 10**9), seed=10**6)
            whole = together(replicate(shop, options, TRUTH_RUNS), 0.95)
            figures = coverage.figures_of(next(f for f in whole.flows if f.flow == coverage.ASKED_OF_SHOP))
            return shop, coverage.ASKED_OF_SHOP, {name: figures[name].value for name in ("mean", *coverage.SHARES)}


def main() -> int:
    """Count; 1 where too few intervals hold or are printed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=400)
    parser.add_argument("systems", nargs="*", default=["M/M/1", "M/M/4", "web shop"])
    asked = parser.parse_args()
    print("| system | length | figure | truth, ms | printed | of those held | median width | |")
    print("| --- | --: | --- | --: | --: | --: | --: | --- |")
    every = True
    for name in asked.systems:
        architecture, flow, truth = system(name)
        for seconds, length in LENGTHS.items():
            seeds = range(1, asked.seeds + 1)
            found = coverage.count(architecture, flow, truth, seconds, seeds)
            for figure, counted in found.items():
                good = is_good(counted, longest=seconds == max(LENGTHS))
                every = every and good
                print(
                    f"| {name} | {length} | {figure} | {truth[figure] / 1e6:.5g} | {cells(counted)} | {word(good)} |",
                    flush=True,
                )
    return 0 if every else 1


def is_good(counted: coverage.Counted, *, longest: bool) -> bool:
    """Whether enough of the printed intervals hold, and enough are printed where runs are longest."""
    holds = counted.held >= 0.9 * counted.printed
    return holds and (counted.printed >= 0.9 * counted.seeds or not longest)


def cells(counted: coverage.Counted) -> str:
    """How many are printed, how many of those hold, and how wide they are."""
    printed = f"{counted.printed / counted.seeds:.1%}"
    if counted.width is None:
        return f"{printed} | | "
    return f"{printed} | {counted.held / counted.printed:.1%} | ± {counted.width:.1%}"


def word(good: bool) -> str:
    """The verdict on a row."""
    return "good" if good else "**too few**"


if __name__ == "__main__":
    sys.exit(main())
