"""From save to the new picture in the browser, for `archspec serve`: the median of twenty saves in real Chromium.

    uv run python benchmarks/serve.py [--saves 20] [--apart 1.2] [system ...]

Three systems: 15 components; 100 components with 10 flows of 73 calls each; 300 components. Each save gives the user
another name, which every view shows, so that no picture can be kept; the clock stops when the name stands in the
picture that is looked at. Saves come every 1.2 s, before all that a page says has been worked out.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import system
from playwright.sync_api import Page, sync_playwright

SYSTEMS = {"15": (15, 1), "100-with-10-flows": (100, 10), "300": (300, 1)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SEEN = "name => [...document.querySelectorAll('.viewer-host svg text')].some(t => t.textContent === name)"
USER = "user: {kind: client}"
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("systems", nargs="*", default=list(SYSTEMS))
    options.add_argument("--saves", type=int, default=20)
    options.add_argument("--apart", type=float, default=1.2)
    chosen = options.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in chosen.systems:
            with tempfile.TemporaryDirectory() as folder:
                spec = Path(folder) / "architecture.yaml"
                text = system(*SYSTEMS[name])
                spec.write_text(text)
                taken, busy = served(browser.new_page(), spec, text, chosen.saves, chosen.apart)
            low, middle, high = min(taken), statistics.median(taken), max(taken)
            print(
                f"{name}: median of {chosen.saves} saves {middle:.3f} s (from {low:.3f} to {high:.3f}); "
                f"processor time of the server {busy / chosen.saves:.3f} s a save"
            )
        browser.close()


def served(page: Page, spec: Path, text: str, saves: int, apart: float) -> tuple[list[float], float]:
    """Seconds from each save to its picture, and the server's processor time for all of them."""
    command = [sys.executable, "-m", "archspec", "serve", str(spec), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    found = re.search(r"http://\S+", server.stderr.readline() if server.stderr else "")
    assert found is not None
    page.goto(found[0])
    page.wait_for_selector(".viewer-host svg")
    before, taken = processor_time(server.pid), []
    for number in range(saves):
        name = f"User {number:02}"
        start = time.perf_counter()
        spec.write_text(text.replace(USER, USER.replace("}", f", label: {name}}}")))
        page.wait_for_function(SEEN, arg=name, polling=5, timeout=120_000)
        taken.append(time.perf_counter() - start)
        page.wait_for_timeout(max(0.0, apart - taken[-1]) * 1000)
    busy = processor_time(server.pid) - before
    page.close()
    server.terminate()
    server.wait(20)
    return taken, busy


def processor_time(process: int) -> float:
    """Seconds that a process has computed, with those of the kernel for it (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
