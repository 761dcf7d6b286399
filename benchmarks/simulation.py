"""How many requests per second the simulation runs, beside SimPy and AsyncFlow on the same systems, in one run.

    uv run --all-extras --with simpy python benchmarks/simulation.py [scale]

The systems: M/M/4, five hops in a row, and AsyncFlow's own example of two servers behind a balancer, without and with
the 1% of messages that it loses by default; what each side models and keeps, `benchmarks/peers/*.py` say. Figures are
requests per second of processor time, each the median of three runs, archspec's with reading the spec, all without
start-up and compiling (the compiled kernel has run before). AsyncFlow runs in an environment of its own that uv makes,
with the Python that the variable ASYNCFLOW_PYTHON names (default: 3.12).

Beside them the limit: a binary heap in C that does nothing but take the earliest event and put a later one. And a
million requests through the video platform, compiled, in a process of its own: wall clock and memory. `scale`
multiplies the length of all runs, about a second.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from peers import archspec_models, simpy_models

from archspec.execution import compiled

HERE = Path(__file__).parent
ASYNCFLOW = "asyncflow-sim==0.1.1"
RUNS = 3
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class System:
    """One system on each side; `rate` in requests per second of simulated time."""

    name: str
    rate: int
    spec: str
    simpy: simpy_models.Model


@dataclass(frozen=True, slots=True)
class Measured:
    """One side: requests per second of processor time, and the mean response time it found, in seconds."""

    rate: float
    mean: float


SYSTEMS = (
    System("M/M/4", 3200, archspec_models.row_of_servers(1, 4, 3200), simpy_models.row_of_servers(1, 4)),
    System("five hops", 800, archspec_models.row_of_servers(5, 1, 800), simpy_models.row_of_servers(5, 1)),
    System("two servers", 40, archspec_models.two_servers("0%"), simpy_models.two_servers(0.0)),
    System("two servers, 1% lost", 40, archspec_models.two_servers("1%"), simpy_models.two_servers(0.01)),
)


def main(scale: float) -> None:
    """Measure everything and print it."""
    print("| system | SimPy | AsyncFlow | plain | x SimPy | x AsyncFlow | compiled | x SimPy | x AsyncFlow |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: | --: |")
    means = []
    for system in SYSTEMS:
        sides = measure(system, scale)
        print(f"| {system.name} | {row(sides)} |", flush=True)
        words = ", ".join(f"{side} {found.mean * 1000:.2f}" for side, found in sides.items())
        means.append(f"{system.name}: {words}")
    print("\nMean response time, ms (the same system, if they agree): " + "; ".join(means))
    heap()
    video_platform()


def measure(system: System, scale: float) -> dict[str, Measured]:
    """Each side of one system; those that cannot run here are left out."""

    def with_simpy(seconds: int) -> tuple[int, float]:
        return simpy_models.run(system.simpy, system.rate, seconds)

    def plain(seconds: int) -> tuple[int, float]:
        return archspec_models.run(system.spec, seconds, fast=False)

    def fast(seconds: int) -> tuple[int, float]:
        return archspec_models.run(system.spec, seconds, fast=True)

    sides = {
        "SimPy": median_of(with_simpy, system.rate, scale),
        "AsyncFlow": with_asyncflow(system.name, max(5, ceil(12_000 * scale / system.rate))),
        "plain": median_of(plain, system.rate, scale),
        "compiled": median_of(fast, system.rate, scale) if compiled.is_available() else None,
    }
    return {side: found for side, found in sides.items() if found is not None}


def median_of(run: Callable[[int], tuple[int, float]], rate: int, scale: float) -> Measured:
    """The median of the rates of some runs, each long enough to take about a second.

    The first run, of a moment, has whatever is made once made: imports, the compiled kernel.
    """
    seconds = max(5, ceil(1_000 / rate))
    run(seconds)
    while (took := timed(run, seconds)[0]) < scale / 2:
        seconds = ceil(seconds * min(10, max(2, scale / took)))
    runs = [timed(run, seconds) for _ in range(RUNS)]
    return Measured(median(requests / took for took, requests, _ in runs), runs[0][2])


def timed(run: Callable[[int], tuple[int, float]], seconds: int) -> tuple[float, int, float]:
    """Processor time of a run, how many requests it had, and their mean response time."""
    begun = process_time()
    requests, mean = run(seconds)
    return process_time() - begun, requests, mean


def with_asyncflow(system: str, seconds: int) -> Measured | None:
    """The median of some runs of AsyncFlow in its own environment; None where that cannot be made."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        print("no uv, so no AsyncFlow", file=sys.stderr)
        return None
    python = os.environ.get("ASYNCFLOW_PYTHON", "3.12")
    command = [uv, "run", "--isolated", "--no-project", "--python", python, "--with", ASYNCFLOW, "python"]
    script = [str(HERE / "peers" / "asyncflow_models.py"), system, str(seconds)]
    runs: list[dict[str, Any]] = []
    for _ in range(RUNS):
        done = subprocess.run([*command, *script], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"no AsyncFlow: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return Measured(median(run["requests"] / run["processor"] for run in runs), median(run["mean"] for run in runs))


def row(sides: dict[str, Measured]) -> str:
    """The cells of one system."""
    cells = [_rate(sides.get("SimPy")), _rate(sides.get("AsyncFlow"))]
    for side in ("plain", "compiled"):
        cells.append(_rate(sides.get(side)))
        for peer in ("SimPy", "AsyncFlow"):
            ours, theirs = sides.get(side), sides.get(peer)
            cells.append(f"{ours.rate / theirs.rate:.1f}" if ours and theirs else "")
    return " | ".join(cells)


def _rate(found: Measured | None) -> str:
    return f"{found.rate:,.0f}" if found else ""


def heap() -> None:
    """What a binary heap in C does, with few events pending and with many."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        print("no C compiler, so no limit")
        return
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "heap"
        subprocess.run([compiler, "-O2", "-o", program, HERE / "peers" / "heap.c"], check=True)
        words = []
        for pending in (100, 1_000, 100_000):
            done = [json.loads(subprocess.check_output([program, str(pending), "10000000"])) for _ in range(RUNS)]
            rate = median(run["events"] / run["processor"] for run in done)
            words.append(f"{rate / 1e6:.1f} million with {pending:,} pending")
    print(f"\nThe limit, a binary heap in C, events per second: {', '.join(words)}")


def video_platform() -> None:
    """A million requests, compiled, as a user runs them: the whole command with start-up, after it has run once."""
    if not compiled.is_available():
        return
    spec = HERE.parent / "specs" / "video_platform" / "architecture.yaml"
    one, _ = command(spec, "1s")
    seconds = ceil(MILLION / one["offered"]) + 1
    found, (took, memory) = command(spec, f"{seconds}s")
    print(f"\nVideo platform: {found['offered']:,} requests in {took:.2f} s, {memory:.0f} MB at most")


def command(spec: Path, duration: str) -> tuple[dict[str, int], tuple[float, float]]:
    """`archspec simulate --fast` in a process of its own: requests, wall clock in seconds, peak memory in MB."""
    arguments = ["simulate", str(spec), "--fast", "--duration", duration, "--format", "json", "--quiet"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "archspec", *arguments], env=environment, stdout=subprocess.PIPE)
    assert child.stdout is not None
    written = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    took = perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"archspec simulate failed with {child.returncode}")
    flows = json.loads(written)["flows"]
    return {"offered": sum(flow["offered"] for flow in flows.values())}, (took, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
