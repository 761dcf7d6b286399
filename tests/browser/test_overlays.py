"""Overlays as switches over any view."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def test_an_overlay_writes_on_the_cards_what_it_knows_and_explains_its_tints(open_page: Open) -> None:
    probe = open_page()
    probe.page.get_by_role("combobox", name="Overlay").select_option("utilisation")
    expect(probe.find(".board g[data-id=api] .reading text")).to_have_text("cores 37.1%")
    probe.marks(".board g[data-id].tint-good", "api", "lb", "metadata", "sessions", "titles")
    probe.shows(".legend", "how busy the fullest resource of each is\nbusy below 70%")
    probe.has_hash("#view=overview&overlay=utilisation")
    probe.find(".views button:nth-child(4)").click()
    expect(probe.page.locator(".board g[data-id^='api.'] .reading text").first).to_have_text("cores 37.1%")
    probe.page.get_by_role("combobox", name="Overlay").select_option("")
    expect(probe.page.locator(".board .reading")).to_have_count(0)


@pytest.mark.parametrize("name", ["availability", "latency", "owner"])
def test_every_overlay_that_has_something_to_say_is_offered(open_page: Open, name: str) -> None:
    probe = open_page(f"#overlay={name}", scheme="dark")
    expect(probe.find(".board g[data-id=api] .reading text")).to_have_text(
        {"availability": "15.7 s / year", "latency": "64.2% of the time", "owner": "Video team"}[name]
    )
    probe.passes("pale")
    assert probe.complaints == []


def test_a_load_that_runs_takes_the_place_of_an_overlay(open_page: Open) -> None:
    probe = open_page("#overlay=owner&run=own+rates")
    expect(probe.page.locator(".board .reading")).to_have_count(0)
    expect(probe.page.get_by_role("combobox", name="Overlay")).to_be_disabled()
