"""The page in a real browser: quiet, legible, complete at every width, with and without JavaScript."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, build

pytestmark = pytest.mark.browser

WIDTHS = (1440, 1024, 768, 390, 320)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_its_window_without_a_complaint(open_page: Open, width: int) -> None:
    probe = open_page(width=width)
    for scheme in ("light", "dark"):
        probe.page.emulate_media(color_scheme=scheme)
        probe.passes("wide")
    assert probe.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_legible(open_page: Open, scheme: str) -> None:
    probe = open_page("#flow=server-timeout&step=4&down=api", scheme=scheme)
    probe.passes("pale")


@pytest.mark.parametrize("check", ["unnamed", "headings", "doubled"])
def test_a_screen_reader_finds_its_way(open_page: Open, check: str) -> None:
    open_page("#show=api").passes(check)


def test_everything_is_there_without_javascript(open_page: Open) -> None:
    probe = open_page(scripts=False)
    probe.shows(
        "#diagrams .tab-label",
        "From the viewer to the video",
        "From the developer to the servers",
        "Who watches what",
        "Where the replicas stand",
    )
    probe.find("#diagrams .tab-label:nth-of-type(2)").click()
    expect(probe.find("figure[data-view=delivery] svg")).to_be_visible()
    expect(probe.find("figure[data-view=overview] svg")).to_be_hidden()


def test_a_press_on_a_key_changes_the_panel_without_javascript(open_page: Open) -> None:
    probe = open_page(scripts=False)
    probe.find("#view-tab-1").focus()
    probe.press("ArrowRight")
    expect(probe.find("figure[data-view=delivery] svg")).to_be_visible()


def test_paper_shows_every_panel_and_no_controls(open_page: Open) -> None:
    probe = open_page()
    probe.find("#flow-watch-video").scroll_into_view_if_needed()
    expect(probe.find("#flow-watch-video .waterfall")).to_be_visible()
    probe.page.emulate_media(media="print")
    probe.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(probe.find(".viewer")).to_be_hidden()
    expect(probe.find("figure[data-view=deployment] svg")).to_be_visible()
    expect(probe.find("#flow-watch-video .code")).to_be_visible()
    expect(probe.find(".aside")).to_be_hidden()


def test_a_link_to_a_folded_component_opens_it(open_page: Open) -> None:
    probe = open_page("#component-api")
    expect(probe.find("#component-api .facts")).to_be_visible()


def test_the_reader_chooses_light_or_dark(open_page: Open) -> None:
    probe = open_page()
    ground = "getComputedStyle(document.body).backgroundColor"
    probe.find(".scheme").click()
    probe.gives(ground, "rgb(246, 248, 250)")
    probe.find(".scheme").click()
    probe.gives(ground, "rgb(9, 13, 19)")
    probe.gives("getComputedStyle(document.querySelector('.board .as-card')).fill", "rgb(23, 30, 41)")


def test_hostile_texts_stay_texts(open_page: Open, tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>]]>\"'"
    spec = tmp_path / "hostile.yaml"
    spec.write_text(
        f"archspec: 1\nname: &bad {json.dumps(hostile)}\ndescription: *bad\n"
        "components:\n  a: {kind: client, label: *bad, description: *bad}\n"
        "  b: {kind: server, label: *bad, technology: *bad, links: {x: 'javascript:alert(3)'}}\n"
        "flows:\n  f: {title: *bad, from: a, request: *bad, steps: [{call: b, does: *bad}]}\n"
    )
    assert build(spec, tmp_path / "out") == 0
    probe = open_page(file=tmp_path / "out/index.html")
    probe.shows("h1", hostile)
    probe.find(".results button").click()
    probe.find("button[aria-label='Step on']").click()
    assert probe.complaints == []
    expect(probe.page.locator("[href^='javascript']")).to_have_count(0)


def test_the_page_is_below_a_megabyte(page_file: Path) -> None:
    assert page_file.stat().st_size < 1_000_000
