"""Start-up and linting, wall clock with start-up, beside LikeC4's own check of the same models.

    uv run python benchmarks/lint.py [--runs 5] [--largest 10000]

LikeC4 is taken from `tests/tools/node_modules` (see `.ci/run`); without it its column stays empty. It checks syntax
and references of the model that `archspec render --format likec4` writes; archspec checks these and all rules.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import system

ROOT = Path(__file__).parent.parent
LIKEC4 = ROOT / "tests" / "tools" / "node_modules" / ".bin" / "likec4"
ARCHSPEC = [sys.executable, "-m", "archspec"]
FLOOR = """
import typer, yaml
from pydantic import BaseModel
class Model(BaseModel):
    name: str
app = typer.Typer()
@app.command()
def main(path: str = "x") -> None:
    Model(name=path)
app()
"""
"""What no command of these three libraries can be below: one model, one command."""
QUIET = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def median_of(command: list[str], runs: int) -> tuple[float, float]:
    """Median wall seconds of a command, and the largest memory of any of them in MB."""
    taken, memory = [], 0.0
    for _ in range(runs + 1):  # the first warms the disk
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=QUIET)
        _, _, usage = os.wait4(process.pid, 0)
        taken.append(time.perf_counter() - start)
        memory = max(memory, usage.ru_maxrss / 1024)
    return statistics.median(taken[1:]), memory


def likec4_of(spec: Path, folder: Path, runs: int) -> float | None:
    """Median wall seconds of `likec4 validate` on the same model, or None where LikeC4 is not installed."""
    if not LIKEC4.exists():
        return None
    model = folder / spec.stem
    model.mkdir()
    command = [*ARCHSPEC, "render", "-q", str(spec), "--format", "likec4", "-o", str(model / "model.c4")]
    subprocess.run(command, check=True, env=QUIET)
    return median_of([str(LIKEC4), "validate", str(model)], runs)[0]


def main() -> None:
    """Print a table in Markdown, with a bar for the growth."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--largest", type=int, default=10_000)
    chosen = options.parse_args()
    print("| model | archspec lint | memory | likec4 validate | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    floor = median_of([sys.executable, "-c", FLOOR], chosen.runs)[0]
    print(f"| the floor: PyYAML, one model, one typer app | {floor:.3f} s | | | |")
    print(f"| `--version` | {median_of([*ARCHSPEC, '--version'], chosen.runs)[0]:.3f} s | | | |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        specs = [ROOT / "specs" / "video_platform" / "architecture.yaml"]
        for size in (n for n in (100, 1_000, 10_000) if n <= chosen.largest):
            spec = folder / f"{size}.yaml"
            spec.write_text(system(size))
            specs.append(spec)
        grown = []
        for spec in specs:
            seconds, memory = median_of([*ARCHSPEC, "lint", "-q", str(spec)], chosen.runs)
            peer = likec4_of(spec, folder, min(chosen.runs, 3)) if spec.stem != "10000" else None
            label = "video platform" if spec.stem == "architecture" else f"{spec.stem} components"
            told = f"{peer:.2f} s | {peer / seconds:.1f}x" if peer else " | "
            print(f"| {label} | {seconds:.2f} s | {memory:.0f} MB | {told} |")
            if spec.stem != "architecture":
                grown.append((int(spec.stem), seconds))
    print("\nGrowth, milliseconds for each component:\n")
    for size, seconds in grown:
        each = 1000 * seconds / size
        print(f"    {size:>6}  {each:5.2f} ms  {'█' * max(1, round(each * 10))}")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
