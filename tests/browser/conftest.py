"""A real Chromium and a real page. Where there is no Chromium, these tests say so and are skipped."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.probe import Probe

SPEC = Path(__file__).parent / "video.yaml"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

Open = Callable[..., Probe]


def build(spec: Path, folder: Path) -> int:
    """The exit status of a build, in a process of its own: the tests' thread already runs the browser's loop."""
    return subprocess.run([sys.executable, "-m", "archspec", "build", spec, "-o", folder, "-q"], check=False).returncode


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    if shutil.which("chromium") is None:
        pytest.skip("there is no chromium here: install it to test the page in a real browser")
    with sync_playwright() as started:
        yield started


PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a video platform."""
    folder = tmp_path_factory.mktemp("page")
    assert build(SPEC, folder) == 0
    return folder / "index.html"


@pytest.fixture
def open_page(browser: Browser, page_file: Path) -> Iterator[Open]:
    """Opens the page: with a hash, a width, light or dark, with or without JavaScript."""
    opened: list[Page] = []

    def open_(
        address: str = "", width: int = 1440, scheme: str = "light", *, scripts: bool = True, file: Path | None = None
    ) -> Probe:
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        opened.append(page)
        probe = Probe(page)
        page.goto(f"{(file or page_file).as_uri()}{address}")
        if scripts:
            page.evaluate(PAINTED)  # keys are listened to from the first picture on
        return probe

    yield open_
    for page in opened:
        page.close()
