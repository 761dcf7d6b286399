"""`archspec serve` in a real browser: a save renews the page in place, a mistake is shown over the last good one."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SPEC
from tests.browser.probe import Probe

pytestmark = pytest.mark.browser


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copy(SPEC, tmp_path / "video.yaml"))


@pytest.fixture
def address(spec: Path) -> Iterator[str]:
    """Where the spec is served, on a free port."""
    command = [sys.executable, "-m", "archspec", "serve", str(spec), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    found = re.search(r"http://\S+", process.stderr.readline())
    assert found is not None
    yield found[0]
    process.send_signal(signal.SIGINT)
    process.wait(10)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(address)
    opened.wait_for_selector(".viewer-host svg")
    yield opened
    opened.close()


def test_a_save_renews_the_picture_in_place(page: Page, spec: Path) -> None:
    """The new label appears without a reload, and the zoom stays."""
    page.get_by_role("button", name="Zoom in").click()
    before = Probe(page).steady_camera()
    page.evaluate("window.notReloaded = true")
    spec.write_text(spec.read_text().replace("label: Load balancer", "label: Front door"))
    expect(page.locator(".board-picture svg")).to_contain_text("Front door")
    assert page.evaluate("window.notReloaded") is True
    expect(page.locator(".viewer-host g.camera")).to_have_attribute("transform", before)


def test_a_mistake_is_shown_over_the_last_good_page_until_it_is_mended(page: Page, spec: Path) -> None:
    """The loader's own words with line and remedy; the picture stays; the words go with the mistake."""
    good = spec.read_text()
    spec.write_text(good.replace("kind: load_balancer", "kind: load_balncer"))
    expect(page.get_by_role("alert")).to_contain_text("did you mean `load_balancer`?")
    expect(page.locator(".board-picture svg")).to_contain_text("Load balancer")
    spec.write_text(good)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_only_this_machine_is_answered(address: str) -> None:
    """A request under another host's name is refused, so that no web page can reach the server by rebinding a name."""
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    with pytest.raises(HTTPError, match="400"):
        urlopen(Request(address, headers={"Host": "evil.example"}))


def test_a_load_that_runs_goes_on_where_it_was_when_the_spec_is_saved(page: Page, address: str, spec: Path) -> None:
    page.goto(f"{address}#run=own+rates&view=deployment&set=api.cores%3D3")
    page.get_by_label("Moment of the run").fill("500")
    expect(page.locator(".clock .at")).to_have_text("30 s of 1 min")
    spec.write_text(
        spec.read_text().replace("label: Load balancer", "label: Front door").replace("cpu: 60ms", "cpu: 61ms")
    )
    expect(page.locator("main")).to_contain_text("Front door")
    expect(page.locator("html.working")).to_have_count(0)
    expect(page.locator(".clock .at")).to_have_text("30 s of 1 min")
    expect(page.locator(".views [aria-pressed=true]")).to_have_text("Where the replicas stand")
    page.locator(".clock .play").click()
    expect(page.locator(".clock .at")).to_have_text(re.compile("3[1-9]"))
