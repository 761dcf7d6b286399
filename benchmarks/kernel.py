"""How fast the general kernel is by itself, plain and compiled, and how long compiling takes.

    uv run --all-extras python benchmarks/kernel.py

The lean kernel, which takes over where no limit is met, is left out. Compiling starts from an empty cache. Requests
per second of processor time, of the run alone: the spec is read before, the results are worked out after. Best of
three runs; the last line is a whole `simulate`, results and all, of a million requests, with its largest memory.
"""

import os
import tempfile
import time
from pathlib import Path

from peers import archspec_models

from archspec.execution import simulate
from archspec.execution.finished import SimulationOptions
from archspec.language import load, load_text
from archspec.model.architecture import Architecture
from archspec.model.quantities import Duration

VIDEO = Path(__file__).parent.parent / "specs/video_platform/architecture.yaml"
MILLION = 292
"""Seconds in which the video platform's own rates make a million requests."""
MEGABYTE = 2**20


def seconds_of(architecture: Architecture, seconds: int, *, fast: bool) -> tuple[int, float]:
    """How many requests came, and the processor time of the run."""
    options = SimulationOptions(duration=Duration(seconds * 10**9), compiled=fast)
    begun = time.process_time()
    run = simulate.run_simulation(architecture, options)
    return sum(len(flow.at) for flow in run.requests), time.process_time() - begun


def rate(architecture: Architecture, seconds: int, *, fast: bool) -> float:
    """Requests per second of processor time."""
    runs = [seconds_of(architecture, seconds, fast=fast) for _ in range(3)]
    return max(requests / spent for requests, spent in runs)


def main() -> None:
    simulate.lean_run = lambda *_, **__: None  # type: ignore[assignment]
    systems = {
        "M/M/4": load_text(archspec_models.row_of_servers(1, 4, 3200)),
        "five hops": load_text(archspec_models.row_of_servers(5, 1, 800)),
        "video platform": load(VIDEO),
    }
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        print(f"compiling: {seconds_of(systems['M/M/4'], 1, fast=True)[1]:.1f} s of processor time")
        for name, system in systems.items():
            plain, fast = rate(system, 2, fast=False), rate(system, 100, fast=True)
            print(f"{name}: plain {plain:,.0f}/s, compiled {fast:,.0f}/s")
        begun = time.process_time()
        options = SimulationOptions(duration=Duration(MILLION * 10**9), warm_up=Duration(0), compiled=True)
        offered = sum(flow.offered for flow in simulate.simulate(systems["video platform"], options).flows)
        spent = time.process_time() - begun
    print(f"{offered:,} requests of the video platform, results and all: {spent:.2f} s, {largest_memory():,.0f} MiB")


def largest_memory() -> float:
    """The most memory that this process has had, in MiB (Linux)."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


if __name__ == "__main__":
    main()
