"""How long `archspec lint` takes, start-up included, and how it grows with the system.

    python benchmarks/lint.py [--runs 5] [SIZE…]

Each size is generated (see generate.py), linted with all rules (`--select all`) in a process of its own, and the
median wall time and the peak memory are shown, with a bar that is drawn to a common scale per component. With
LIKEC4=/path/to/likec4 the same number of elements and relations is given to `likec4 validate` in the same run.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

from generate import system

from archspec.loading import load_text

SIZES = (15, 100, 1000, 10000)


@dataclass(frozen=True)
class Measure:
    """Median wall time in seconds, and the largest resident memory in MB."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str], runs: int, cwd: Path) -> Measure:
    """Run a command several times after once for a warm disk."""
    times = []
    peak = 0.0
    for turn in range(runs + 1):
        start = perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)} failed with status {process.returncode}")
        if turn:
            times.append(perf_counter() - start)
        peak = max(peak, kilobytes(usage) / 1024)
    return Measure(median(times), peak)


def kilobytes(usage: resource.struct_rusage) -> float:
    """Peak resident memory; macOS counts it in bytes."""
    return usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss


def likec4(spec: str) -> str:
    """The same elements and relations in LikeC4's language."""
    architecture = load_text(spec)
    lines = ["specification { element node }", "model {"]
    lines += [f"  {id_.replace('-', '_')} = node '{id_}'" for id_ in architecture.components]
    lines += [f"  {c.from_.replace('-', '_')} -> {c.to.replace('-', '_')}" for c in architecture.connections]
    return "\n".join([*lines, "}", "views { view index { include * } }"]) + "\n"


def main(arguments: list[str]) -> None:
    """Measure every size and print a table with bars."""
    runs = int(arguments[arguments.index("--runs") + 1]) if "--runs" in arguments else 5
    sizes = [int(word) for word in arguments if word.isdecimal() and word != str(runs)] or list(SIZES)
    peer = os.environ.get("LIKEC4")
    print(f"{'components':>10}  {'archspec':>10}  {'memory':>8}  {'LikeC4':>10}  time per 1,000 components")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            text = system(size)
            (folder / "spec.yaml").write_text(text)
            command = [sys.executable, "-m", "archspec", "lint", "spec.yaml", "--select", "all", "--fail-on", "never"]
            own = measure(command, runs, folder)
            other = ""
            if peer:
                (folder / "spec.c4").write_text(likec4(text))
                (folder / "spec.yaml").unlink()
                other = f"{measure([peer, 'validate', '.'], 1, folder).seconds:.2f} s"
            bar = "█" * round(own.seconds / size * 1000 * 10)
            print(f"{size:>10}  {own.seconds:>8.2f} s  {own.megabytes:>5.0f} MB  {other or '–':>10}  {bar[:60]}")


if __name__ == "__main__":
    main(sys.argv[1:])
