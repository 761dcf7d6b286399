"""The docs' site in a real browser: it is found by its search, and asks nobody else."""

import functools
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served, once it is built."""
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=300)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_no_page_asks_another_host_and_nothing_is_missing(address: str, browser: Browser) -> None:
    page = browser.new_page()
    hosts: set[str] = set()
    missing: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    for name in ("index", "tutorial", "cookbook", "gallery", "commands", "rules/index"):
        page.goto(f"{address}/{name}.html", wait_until="networkidle")
    page.close()
    assert hosts == {urlsplit(address).netloc}
    assert [url for url in missing if not url.endswith("/favicon.ico")] == []


def test_the_search_finds_a_rule(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}/index.html")
    page.locator(".md-search__input").fill("single-point-of-failure")
    expect(page.locator(".md-search-result__item").first).to_contain_text("single-point-of-failure", timeout=30_000)
    page.close()


def test_every_recipe_is_drawn(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}/cookbook.html")
    expect(page.locator("h2").nth(20)).to_be_attached()
    recipes = "[...document.querySelectorAll('h2')].length"
    assert page.evaluate(f"document.querySelectorAll('figure.archspec svg').length >= {recipes}")
    page.close()
