"""A served page renews itself in place, and says what is wrong with the spec over its last good self."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread

import pytest
from playwright.sync_api import Browser, expect

from archspec.webpage.document import diagrams_alone, page
from tests.browser.probe import Probe
from tests.webpage.example import SVG, content

pytestmark = pytest.mark.browser


class Site:
    """A page that changes, and the listeners that hear of it."""

    def __init__(self) -> None:
        self.label = "Load balancer"
        self.told = {"page": 1, "pictures": 1, "problem": "", "working": False}
        self.changed = Condition()

    def tell(self, **told: object) -> None:
        with self.changed:
            self.told = self.told | told
            self.changed.notify_all()

    def html(self, path: str) -> bytes:
        svg = SVG.replace("Load balancer", self.label)
        made = content()
        pictures = (replace(made.pictures[0], svg=svg),)
        if path.startswith("/pictures.html"):
            return diagrams_alone(pictures, int(self.told["pictures"])).encode()
        return page(replace(made, pictures=pictures), live=int(self.told["page"])).encode()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            live = self.path == "/events"
            self.send_header("Content-Type", "text/event-stream" if live else "text/html; charset=utf-8")
            self.end_headers()
            if not live:
                self.wfile.write(site.html(self.path))
                return
            with site.changed:
                while site.told["page"]:
                    self.wfile.write(f"data: {json.dumps(site.told)}\n\n".encode())
                    self.wfile.flush()
                    site.changed.wait(20)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    site.tell(page=0)
    server.shutdown()


@pytest.mark.parametrize("told", [{"page": 2, "pictures": 2}, {"pictures": 2}], ids=["the page", "the pictures"])
def test_a_save_renews_the_picture_and_keeps_what_is_looked_at(
    browser: Browser, site: Site, address: str, told: dict[str, int]
) -> None:
    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{address}#flow=watch-video&step=2")
    opened.get_by_label("Zoom in").click()
    camera = Probe(opened).steady_camera()
    opened.locator("#component-api summary").click()
    site.label = "Balancer of a new name"
    site.tell(**told)
    expect(opened.locator(".board title", has_text="Balancer of a new name")).to_have_count(1)
    expect(opened.locator("g.camera")).to_have_attribute("transform", camera)
    expect(opened.locator(".controls .at")).to_have_text(re.compile("^2 of"))
    expect(opened.locator("#component-api")).to_have_attribute("open", "")
    assert complaints == []
    opened.close()


def test_a_mistake_is_shown_over_the_last_good_page(browser: Browser, site: Site, address: str) -> None:
    opened = browser.new_page()
    opened.goto(address)
    site.tell(problem="error: `cnd` is not a kind of component")
    expect(opened.get_by_role("alert")).to_have_text("error: `cnd` is not a kind of component")
    expect(opened.locator("h1")).to_have_text("Video platform")
    site.tell(problem="")
    expect(opened.get_by_role("alert")).to_have_count(0)
    opened.close()


def test_a_page_that_was_loaded_before_the_last_save_is_renewed_as_soon_as_it_listens(
    browser: Browser, site: Site, address: str
) -> None:
    opened = browser.new_page()
    opened.route("**/events", lambda route: (site.tell(page=3, pictures=3), route.continue_()))
    site.label = "Old"
    opened.goto(address, wait_until="commit")
    site.label = "New"
    expect(opened.locator(".board title", has_text="New")).to_have_count(1)
    opened.close()


def test_a_server_that_has_gone_is_missed(browser: Browser, site: Site, address: str) -> None:
    opened = browser.new_page()
    opened.goto(address)
    expect(opened.locator(".board title", has_text="Load balancer")).to_have_count(1)
    opened.route("**/events", lambda route: route.abort())
    site.tell(page=0)
    expect(opened.get_by_role("alert")).to_contain_text("archspec does not answer")
    opened.close()


def test_it_is_said_that_the_rest_of_the_page_is_being_worked_out(browser: Browser, site: Site, address: str) -> None:
    opened = browser.new_page()
    opened.goto(address)
    site.tell(working=True)
    expect(opened.locator("html.working")).to_have_count(1)
    site.tell(working=False)
    expect(opened.locator("html.working")).to_have_count(0)
    opened.close()


def test_an_editor_that_shows_the_page_in_a_frame_hears_what_is_clicked(browser: Browser, address: str) -> None:
    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    opened.set_content(f'<iframe src="{address}" width="1100" height="750"></iframe>')
    opened.evaluate("window.heard = []; addEventListener('message', ({ data }) => heard.push(data))")
    card = opened.frame_locator("iframe").locator('.board g[data-id="lb"]').first
    card.click()
    opened.wait_for_function("heard.length > 0")
    assert opened.evaluate("heard") == [{"clicked": "lb"}]
    opened.close()
