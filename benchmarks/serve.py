"""From save to the new picture in the browser, for `archspec serve`: median of twenty saves in real Chromium.

    uv run python benchmarks/serve.py [--saves 20]

The spec is `specs/video_platform` (17 components); each save changes a label, and the clock stops when the label
stands in the picture that is looked at.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

SPEC = Path(__file__).parent.parent / "specs" / "video_platform" / "architecture.yaml"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SEEN = "label => [...document.querySelectorAll('.viewer-host svg text')].some(t => t.textContent.includes(label))"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--saves", type=int, default=20)
    saves = options.parse_args().saves
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        spec = Path(folder) / "architecture.yaml"
        text = SPEC.read_text()
        spec.write_text(text)
        command = [sys.executable, "-m", "archspec", "serve", str(spec), "--port", "0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        found = re.search(r"http://\S+", server.stderr.readline() if server.stderr else "")
        assert found is not None
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.goto(found[0])
        page.wait_for_selector(".viewer-host svg")
        taken = []
        for number in range(saves):
            label = f"Balancer {number}"
            start = time.perf_counter()
            spec.write_text(text.replace("label: Load balancer", f"label: {label}"))
            page.wait_for_function(SEEN, arg=label, polling=5)
            taken.append(time.perf_counter() - start)
            page.wait_for_timeout(1500)
        browser.close()
        server.terminate()
    low, high = min(taken), max(taken)
    print(f"median of {saves} saves: {statistics.median(taken):.3f} s (from {low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main()
