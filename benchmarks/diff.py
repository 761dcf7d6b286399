"""`archspec diff` of two versions of a system: wall clock with start-up, and time on the processor.

    uv run python benchmarks/diff.py [--runs 5] [--largest 1000]

The head has a replica less, a component renamed and a connection more.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import system

QUIET = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def changed(text: str) -> str:
    """The next version of a generated system."""
    head = text.replace("replicas: 3", "replicas: 2", 1).replace("db-10:", "store-10:")
    head = head.replace("to: db-10,", "to: store-10,").replace("call: db-10\n", "call: store-10\n")
    return head.replace("connections:\n", "connections:\n  - {from: user, to: cache-7, protocol: https}\n", 1)


def measured(command: list[str], runs: int) -> tuple[float, float]:
    """Median seconds of a command by the clock, and on the processor."""
    wall, busy = [], []
    for _ in range(runs + 1):  # the first warms the disk
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=QUIET)
        _, status, usage = os.wait4(process.pid, 0)
        assert os.waitstatus_to_exitcode(status) in (0, 1)
        wall.append(time.perf_counter() - start)
        busy.append(usage.ru_utime + usage.ru_stime)
    return statistics.median(wall[1:]), statistics.median(busy[1:])


def main() -> None:
    """Print a table in Markdown."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--largest", type=int, default=1_000)
    chosen = options.parse_args()
    print("| components | format | wall | processor | `lint` of one, processor |\n| ---: | --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        base, head = Path(name) / "base.yaml", Path(name) / "head.yaml"
        for size in (each for each in (100, 1_000) if each <= chosen.largest):
            base.write_text(system(size))
            head.write_text(changed(system(size)))
            lint = measured([sys.executable, "-m", "archspec", "lint", "-q", str(base)], chosen.runs)[1]
            for format_ in ("text", "svg"):
                command = [sys.executable, "-m", "archspec", "diff", str(base), str(head), "--format", format_]
                wall, busy = measured(command, chosen.runs)
                print(f"| {size:,} | {format_} | {wall:.2f} s | {busy:.2f} s | {lint:.2f} s |")


if __name__ == "__main__":
    main()
