"""Reports as pages in Chromium: no message, no request, no script of a spec; words that can be read on a phone.

They are read at once: a page without a script is done when it is loaded.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

import archspec
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

VIDEO = Path(__file__).parents[2] / "specs" / "video_platform" / "architecture.yaml"
COMMANDS = {
    "run": ("simulate", VIDEO, "--scenario", "zone-loss"),
    "sweep": ("sweep", VIDEO, "--load", "1x,2x,3x,4x", "--set", "api.replicas=4,6", "--duration", "2s"),
    "compared": ("simulate", VIDEO, "--compare", "api.replicas=4,6", "--duration", "2s", "--replications", "3"),
    "analysis": ("analyze", VIDEO),
    "trace": ("trace", VIDEO, "watch-video"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reports")
    for name, arguments in COMMANDS.items():
        command = [sys.executable, "-m", "archspec", *map(str, arguments), "-q", "-o", str(made / f"{name}.html")]
        assert subprocess.run(command, check=False).returncode == 0
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_fits_its_window_and_says_nothing(
    name: str, width: int, scheme: str, open_page: Open, folder: Path
) -> None:
    """It is no wider than the window, and the words of its charts are 10 px high at least."""
    probe = open_page(width=width, scheme=scheme, file=folder / f"{name}.html")
    assert probe.page.evaluate("document.documentElement.scrollWidth") == width
    heights = (
        "[...document.querySelectorAll('figure.chart>svg')].map(svg =>"
        " 11 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"
    )
    assert [height for height in probe.page.evaluate(heights) if height < 10] == []
    assert probe.complaints == []


def test_the_figures_of_a_chart_open_without_a_script(open_page: Open, folder: Path) -> None:
    probe = open_page(file=folder / "run.html", scripts=False)
    chart = probe.page.locator("figure", has_text="Response times over time").first
    chart.locator("summary").click()
    expect(chart.locator("thead")).to_have_text("time in the runp50p99")


def test_dark_charts_have_a_dark_ground(open_page: Open, folder: Path) -> None:
    probe = open_page(scheme="dark", file=folder / "run.html")
    style = "getComputedStyle(document.querySelector"
    assert probe.page.evaluate(f"{style}('figure')).backgroundColor") == "rgb(13, 17, 23)"
    assert probe.page.evaluate(f"{style}('figure text')).fill") == "rgb(154, 168, 186)"


def test_a_notebook_shows_a_result_with_its_charts(open_page: Open, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><body>{archspec.analyze(VIDEO)._repr_html_()}", encoding="utf-8")
    probe = open_page(file=notebook)
    frame = probe.page.frame_locator("iframe")
    expect(frame.locator("figcaption strong").first).to_have_text("Availability, by its nines")
    assert probe.complaints == []
