"""What the page tells of what is clicked, and what lights up under the pointer."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, build
from tests.conftest import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a system that lint objects to."""
    folder = tmp_path_factory.mktemp("shop")
    assert build(ROOT / "specs/sock_shop/architecture.yaml", folder) == 1
    return folder / "index.html"


def test_a_click_on_a_line_tells_its_calls_and_on_what_terms_they_are_made(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-source=lb][data-target=api]").click(force=True)
    probe.shows(".details h3", "Load balancer → API")
    probe.shows(".details dt", "Calls", "Protocol", "Timeout", "Retries")
    probe.shows(".details dd", "430/s\nwithout the flows that have no rate", "https", "2s", "none")
    probe.shows(".details .chips button", "Watch a video", "Sign in", "Video not found", "Server timeout")


def test_a_line_tells_how_many_calls_go_over_it_while_a_load_runs(open_page: Open) -> None:
    probe = open_page("#run=own+rates&show=lb+-%3E+api")
    expect(probe.find(".details .about-text")).to_have_text(re.compile(r"^[345]\d\d calls/s now$"))


def test_a_card_tells_what_fails_with_it(open_page: Open) -> None:
    probe = open_page("#show=videos")
    probe.shows(".needed .of", "Watch a video", "Fetch a segment")
    probe.shows(".needed .alone", "all requests fail with videos-1 alone", "3% of requests fail with videos-1 alone")
    probe = open_page("#show=lb")
    probe.shows(".needed b", "lb-1 + lb-2", "lb-1 + zone-b", "zone-a + lb-2")


def test_findings_stand_on_the_cards_and_in_a_list_that_leads_to_them(open_page: Open, shop: Path) -> None:
    probe = open_page(file=shop)
    expect(probe.find(".board g[data-id=orders] .findings-badge.error text")).to_have_text("1")
    expect(probe.find(".board g[data-id=orders] .touch")).to_have_attribute(
        "aria-label", "orders, server, java; 1 finding"
    )
    probe.shows(".found-list summary .count", "13")
    probe.find(".found-list summary").click()
    probe.page.locator(".found-list button", has_text="orders").first.click()
    probe.shows(".details h3", "orders")
    probe.shows(".details .found a", "AVL01")


def test_the_pointer_on_a_card_lights_those_that_it_talks_with_and_its_flows(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-id=api]").hover()
    probe.marks(".board g[data-id].far", "edge", "viewer")
    probe.shows(".results .far .title", "Fetch a segment")
    probe.find(".side h3").hover()
    probe.marks(".board g[data-id].far")


def test_the_pointer_on_a_flow_lights_its_way(open_page: Open) -> None:
    probe = open_page()
    probe.page.locator(".results li", has_text="Fetch a segment").hover()
    probe.marks(".board g[data-id]:not(.far)", "edge", "videos", "viewer")
    probe.gives("[...document.querySelectorAll('.board g.near')].map(e => e.dataset.target).sort()", ["edge", "videos"])
