"""How many requests per second the simulation runs, beside SimPy and AsyncFlow on the same systems, in one run.

    uv run --all-extras python benchmarks/simulation.py [--quick] [--long] [SYSTEM ...]

What the systems are, and what each side models and keeps, `benchmarks/peers/*.py` say. Figures are requests per second
of processor time, each the median of five runs of about a second, archspec's from reading the spec to the last figure,
all without start-up. AsyncFlow runs in an environment of its own that uv makes, with the Python that the variable
ASYNCFLOW_PYTHON names (default: 3.12). `--quick` takes one short run of each and leaves AsyncFlow out.

Then whole commands in processes of their own, wall clock and memory: a million requests through the video platform,
without and with the loss of a zone; with `--long` also ten million, and a simulated day.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from peers import archspec_models, simpy_models
from peers.found import Found
from peers.simpy_three_hops import three_hops

HERE = Path(__file__).parent
VIDEO = HERE.parent / "specs" / "video_platform" / "architecture.yaml"
ASYNCFLOW = "asyncflow-sim==0.1.1"


@dataclass(frozen=True, slots=True)
class System:
    """One system on each side; `rate` in requests per second of simulated time."""

    name: str
    rate: int
    spec: Callable[[int], str]
    """For a run of so many seconds."""
    simpy: simpy_models.Model
    least: float
    """So many times SimPy's rate is wanted."""
    is_asyncflows: bool = True
    least_asyncflow: float = 0.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: runs of each, and processor seconds of each run."""

    runs: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One side: requests per second of processor time; the mean time and the share of good answers that it found."""

    rate: float
    mean: float
    good: float


def hops(name: str, rate: int, patience: int, least: float, *, is_down: bool = False) -> System:
    """Three hops, of which AsyncFlow has no like."""
    model = three_hops(patience / 1000, is_down_now_and_then=is_down)

    def spec(seconds: int) -> str:
        return archspec_models.three_hops(rate, patience, seconds if is_down else 0)

    return System(name, rate, spec, model, least, is_asyncflows=False)


def row(name: str, count: int, cores: int, rate: int, least: float) -> System:
    """Servers asked one after the other."""
    spec = archspec_models.row_of_servers(count, cores, rate)
    return System(name, rate, lambda _: spec, simpy_models.row_of_servers(count, cores), least)


def two_servers(name: str, loss: str, share: float) -> System:
    """AsyncFlow's own example."""
    spec = archspec_models.two_servers(loss)
    return System(name, 40, lambda _: spec, simpy_models.two_servers(share), 22, least_asyncflow=90)


WATCHED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs a command and tells its peak of memory. Whoever starts it has to be small: a process begins with the peak of
the one that it came from."""

ENOUGH_TO_AGREE = 60_000
"""Requests of each side."""
PATIENT = "three hops, 600 ms"
SYSTEMS = (
    row("M/M/4", 1, 4, 3200, 24),
    row("five hops", 5, 1, 800, 22),
    two_servers("two servers", "0%", 0.0),
    two_servers("two servers, 1% lost", "1%", 0.01),
    hops("three hops", 3000, 60, 40),
    hops(PATIENT, 3000, 600, 40),
    hops("three hops, one down", 3000, 60, 40, is_down=True),
    hops("three hops, collapsing", 9000, 60, 30),
)


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("systems", nargs="*", metavar="SYSTEM")
    asked = parser.parse_args()
    effort = Effort(1, 0.2) if asked.quick else Effort(5, 1.0)
    print("| system | SimPy | AsyncFlow | archspec | x SimPy | wanted | x AsyncFlow | wanted |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    found = {}
    for system in SYSTEMS:
        if not asked.systems or system.name in asked.systems:
            sides = found[system.name] = measure(system, effort, has_asyncflow=not asked.quick)
            print(f"| {cells(system, sides)} |", flush=True)
    print("\nMean response time in ms and share of good answers over the same time (the same system, if they agree):")
    for system in SYSTEMS:
        if system.name in found:
            print(f"- {system.name}: {agreement(system, found[system.name])}")
    if "three hops" in found and PATIENT in found:
        ratio = found["three hops"]["archspec"].rate / found[PATIENT]["archspec"].rate
        print(f"\nTime-outs after 60 ms instead of 600: {ratio:.2f} of the speed (wanted: at least half)")
    if not asked.systems:
        commands(is_quick=asked.quick, is_long=asked.long)


def measure(system: System, effort: Effort, *, has_asyncflow: bool) -> dict[str, Measured]:
    """Each side of one system; those that cannot run here are left out."""
    sides = {
        "SimPy": median_of(lambda seconds: simpy_models.run(system.simpy, system.rate, seconds), system.rate, effort),
        "archspec": median_of(lambda seconds: archspec_models.run(system.spec(seconds), seconds), system.rate, effort),
    }
    asyncflow = None
    if has_asyncflow and system.is_asyncflows:
        asyncflow = with_asyncflow(system.name, max(5, ceil(12_000 / system.rate)), effort.runs)
    return sides if asyncflow is None else {**sides, "AsyncFlow": asyncflow}


def agreement(system: System, sides: dict[str, Measured]) -> str:
    """What each side finds in a time of which all have the same: a system that collapses is another one later on."""
    seconds = ceil(ENOUGH_TO_AGREE / system.rate)
    found = {
        "SimPy": simpy_models.run(system.simpy, system.rate, seconds),
        "archspec": archspec_models.run(system.spec(seconds), seconds),
    }
    words = [f"{side} {one.mean * 1000:.2f}, {one.good / one.requests:.2%}" for side, one in found.items()]
    others = [f"{side} {one.mean * 1000:.2f}, {one.good:.2%}" for side, one in sides.items() if side not in found]
    return "; ".join(words + others)


def median_of(run: Callable[[int], Found], rate: int, effort: Effort) -> Measured:
    """The median of the rates of some runs, each long enough to take about as long as asked.

    The first run, of a moment, has whatever is made once made: imports, the engine's native code.
    """
    seconds = max(1, ceil(1_000 / rate))
    run(seconds)
    while (took := timed(run, seconds)[0]) < effort.seconds / 2:
        seconds = ceil(seconds * min(10, max(2, effort.seconds / took)))
    runs = [timed(run, seconds) for _ in range(effort.runs)]
    first = runs[0][1]
    return Measured(median(found.requests / took for took, found in runs), first.mean, first.good / first.requests)


def timed(run: Callable[[int], Found], seconds: int) -> tuple[float, Found]:
    """Processor time of a run, and what it found."""
    begun = process_time()
    found = run(seconds)
    return process_time() - begun, found


def with_asyncflow(system: str, seconds: int, count: int) -> Measured | None:
    """The median of some runs of AsyncFlow in its own environment; None where that cannot be made."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        print("no uv, so no AsyncFlow", file=sys.stderr)
        return None
    python = os.environ.get("ASYNCFLOW_PYTHON", "3.12")
    command = [uv, "run", "--isolated", "--no-project", "--python", python, "--with", ASYNCFLOW, "python"]
    script = [str(HERE / "peers" / "asyncflow_models.py"), system, str(seconds)]
    runs: list[dict[str, Any]] = []
    for _ in range(count):
        done = subprocess.run([*command, *script], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"no AsyncFlow: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    good = median(run["answered"] / run["requests"] for run in runs)
    return Measured(
        median(run["requests"] / run["processor"] for run in runs), median(run["mean"] for run in runs), good
    )


def cells(system: System, sides: dict[str, Measured]) -> str:
    """The cells of one system."""
    ours, simpy, asyncflow = sides["archspec"], sides["SimPy"], sides.get("AsyncFlow")
    return " | ".join(
        (
            system.name,
            f"{simpy.rate:,.0f}",
            f"{asyncflow.rate:,.0f}" if asyncflow else "",
            f"{ours.rate:,.0f}",
            f"{ours.rate / simpy.rate:.1f}",
            f"{system.least:g}",
            f"{ours.rate / asyncflow.rate:.1f}" if asyncflow else "",
            f"{system.least_asyncflow:g}" if asyncflow and system.least_asyncflow else "",
        )
    )


def commands(*, is_quick: bool, is_long: bool) -> None:
    """The video platform as a user runs it: the whole command with start-up, after it has run once."""
    count = 100_000 if is_quick else 1_000_000
    usual, zone_loss = ((), ("--scenario", "zone-loss"))
    asked = [
        ("usual load", usual, seconds_for(count, usual)),
        ("a zone lost and back", zone_loss, seconds_for(count, zone_loss)),
    ]
    if is_long:
        asked += [("ten times as many", usual, seconds_for(10 * count, usual)), ("a day", usual, 86_400)]
    print()
    for name, arguments, seconds in asked:
        requests, took, memory = command(*arguments, "--duration", f"{seconds}s")
        print(
            f"Video platform, {name}: {requests:,} in {took:.2f} s of wall clock, {memory:.0f} MB at most", flush=True
        )


def seconds_for(count: int, arguments: tuple[str, ...]) -> int:
    """How long a run has so many requests, at the rates that a minute of it shows."""
    offered, _, _ = command(*arguments, "--duration", "60s")
    return ceil(60 * count / offered) + 1


def command(*arguments: str) -> tuple[int, float, float]:
    """`archspec simulate` in a process of its own: requests, wall clock in seconds, peak memory in MB."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    line = [sys.executable, "-m", "archspec", "simulate", str(VIDEO), *arguments, "--format", "json", "--quiet"]
    begun = perf_counter()
    watched = [sys.executable, "-c", WATCHED, *line]
    done = subprocess.run(watched, env=environment, capture_output=True, text=True, check=False)
    took = perf_counter() - begun
    if done.returncode:
        raise SystemExit(f"archspec simulate failed with {done.returncode}: {done.stderr}")
    offered = sum(flow["offered"] for flow in json.loads(done.stdout)["flows"].values())
    return offered, took, int(done.stderr.split()[-1]) / 1024


if __name__ == "__main__":
    main()
