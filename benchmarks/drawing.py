"""How long a picture takes: archspec's SVG of 10, 100 and 1,000 components against LikeC4's DOT.

    python benchmarks/drawing.py

The systems are random (1.4 connections a component, ten components a group) and the same on every run.
`all` shows every component; the default view collapses its groups above 40. LikeC4 takes part where its
command `likec4` is found (or named by the variable LIKEC4); its time holds its start-up, since it cannot
be called otherwise. Medians of five runs (LikeC4: one).
"""

import os
import random
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from archspec.language import load_text
from archspec.model import Architecture, View
from archspec.renderers import renderers, views
from archspec.renderers.layout.place import place
from archspec.renderers.renderer import FromScene, Options
from archspec.renderers.scene import Scene
from archspec.renderers.scene_builder import build_scene
from archspec.renderers.svg.diagram import draw

RUNS = 5


def main() -> None:
    likec4 = os.environ.get("LIKEC4") or shutil.which("likec4")
    start = perf_counter()
    draw(place(build_scene(*pictured(system(2)))))
    print(f"start of the layout engine, first picture: {perf_counter() - start:.2f} s\n")
    print("| components | archspec, all, s | archspec, default view, s | LikeC4's DOT, s |")
    print("|--:|--:|--:|--:|")
    for count in (10, 100, 1000):
        architecture = system(count)
        everything = median(lambda made=architecture: draw(place(build_scene(*pictured(made), limit=None))))
        default = median(lambda made=architecture: draw(place(build_scene(*pictured(made)))))
        peer = f"{likec4_seconds(architecture, likec4):.1f}" if likec4 else "not found"
        print(f"| {count} | {everything:.2f} | {default:.2f} | {peer} |", flush=True)


def system(count: int) -> Architecture:
    chance = random.Random(count)
    lines = ["archspec: 1", "name: Many", "groups:"]
    lines += [f"  g{index}: {{kind: team}}" for index in range((count + 9) // 10)]
    lines += ["components:"]
    lines += [f"  c{index}: {{kind: server, group: g{index // 10}}}" for index in range(count)]
    pairs = {(chance.randrange(max(0, index - 20), index), index) for index in range(1, count)}
    while len(pairs) < min(1.4 * count, count * (count - 1) / 2):
        source = chance.randrange(count - 1)
        pairs.add((source, min(count - 1, source + chance.randrange(1, 20))))
    lines += ["connections:", *(f"  - c{source} -> c{target}: https" for source, target in sorted(pairs))]
    return load_text("\n".join(lines))


def pictured(architecture: Architecture) -> tuple[Architecture, View]:
    return architecture, views(architecture)[0]


def median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return statistics.median(times)


def likec4_seconds(architecture: Architecture, command: str) -> float:
    source = renderers()["likec4"].source
    assert isinstance(source, FromScene)
    scene: Scene = build_scene(*pictured(architecture), limit=None)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "model.c4").write_bytes(source.run(scene, Options()).data)
        start = perf_counter()
        call = [command, "gen", "dot", "-o", f"{folder}/out", folder]
        subprocess.run(call, check=True, capture_output=True, timeout=600)
        return perf_counter() - start


if __name__ == "__main__":
    main()
