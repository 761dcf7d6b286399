"""Going through the pictures: Back, double clicks, the small map, saving, a frame in another page."""

import re
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def test_back_leads_to_what_was_looked_at_before(open_page: Open) -> None:
    probe = open_page()
    probe.find(".views button:nth-child(3)").click()
    probe.find(".results button").click()
    probe.shows(".player h3", "Watch a video")
    probe.page.go_back()
    probe.shows(".side h3", "Flows")
    probe.page.go_back()
    probe.shows(".views [aria-pressed=true]", "From the viewer to the video")
    probe.page.go_forward()
    probe.shows(".views [aria-pressed=true]", "Who watches what")


def test_steps_of_a_flow_are_no_places_to_go_back_to(open_page: Open) -> None:
    probe = open_page()
    probe.find(".results button").click()
    for _ in range(3):
        probe.find("button[aria-label='Step on']").click()
    probe.page.go_back()
    probe.shows(".side h3", "Flows")


def test_a_double_click_fills_the_board_with_a_group(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-group=data] text").dblclick()
    expect(probe.camera()).to_have_attribute("transform", re.compile(r"scale\((1\.[3-9]|2)"))
    expect(probe.find(".board g[data-id=metadata]")).to_be_in_viewport()


def test_the_small_map_is_there_while_a_part_is_out_of_sight_and_leads_to_it(open_page: Open) -> None:
    probe = open_page()
    start = probe.steady_camera()
    expect(probe.find(".minimap")).to_be_hidden()
    for _ in range(4):
        probe.find("button[aria-label='Zoom in']").click()
    expect(probe.find(".minimap")).to_be_visible()
    expect(probe.page.locator(".minimap .card")).to_have_count(8)
    zoomed = probe.steady_camera()
    probe.find(".minimap").click(position={"x": 10, "y": 10})
    expect(probe.camera()).not_to_have_attribute("transform", zoomed)
    probe.find("text=Fit").click()
    expect(probe.camera()).to_have_attribute("transform", start)
    expect(probe.find(".minimap")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_saved_as_it_is_now(open_page: Open, tmp_path: Path, scheme: str) -> None:
    probe = open_page("#down=api", scheme=scheme)
    for choice, name in (("As SVG", "overview.svg"), ("As PNG", "overview.png")):
        probe.find(".menu summary").click()
        with probe.page.expect_download() as download:
            probe.find(f"text={choice}").click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
    root = etree.fromstring((tmp_path / "overview.svg").read_bytes())
    api = next(each for each in root.iter(f"{SVG}g") if each.get("data-id") == "api")
    card = next(each for each in api.iter(f"{SVG}rect") if each.get("stroke-dasharray", "none") != "none")
    assert card.get("fill") == {"light": "rgb(253, 226, 224)", "dark": "rgb(76, 22, 19)"}[scheme]
    ids = {each.get("id") for each in root.iter()}
    assert {each.get("href")[1:] for each in root.iter(f"{SVG}use")} <= ids
    assert (tmp_path / "overview.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "overview.png").stat().st_size > 50_000
    assert probe.complaints == []


def test_in_a_frame_of_another_page_the_pictures_are_alone(open_page: Open) -> None:
    probe = open_page("?embed#view=deployment", width=900)
    expect(probe.find(".aside")).to_be_hidden()
    expect(probe.find("#flows")).to_be_hidden()
    box = "(({width, height}) => [width, height])(document.querySelector('.viewer').getBoundingClientRect())"
    probe.gives(box, [900, 900])
    expect(probe.find("text=Open the page")).to_have_attribute("href", re.compile(r"index\.html#view=deployment$"))
    probe.passes("wide")


def test_a_phone_shows_the_whole_picture(open_page: Open) -> None:
    probe = open_page(width=390)
    inside = """[...document.querySelectorAll(".board g[data-id]")].every((card) => {
      const [box, board] = [card.getBoundingClientRect(), document.querySelector(".board").getBoundingClientRect()];
      return box.left >= board.left && box.right <= board.right && box.top >= board.top && box.bottom <= board.bottom;
    })"""
    probe.gives(inside, True)


def test_a_group_folds_in_place_and_unfolds(open_page: Open) -> None:
    probe = open_page("#flow=watch-video&step=2")
    where = "document.querySelector('.board g[data-id=api] .as-card').getBoundingClientRect().x"
    before = probe.page.evaluate(where)
    probe.find(".board g[data-group=data] [data-fold]").click()
    expect(probe.page.locator(".board .cover text")).to_have_text(["Data network", "3 components"])
    expect(probe.find(".board g[data-id=sessions]")).to_be_hidden()
    expect(probe.page.locator(".board .cover > path")).to_have_count(3)
    probe.gives(where, before)
    probe.find("button[aria-label='Step on']").click()
    expect(probe.find(".board .cover.now")).to_be_visible()
    expect(probe.page).to_have_url(re.compile("fold=data"))
    probe.find(".board .cover").click()
    probe.shows(".details h3", "Data network")
    probe.find("text=Unfold it").click()
    expect(probe.page.locator(".board .cover")).to_have_count(0)
    expect(probe.find(".board g[data-id=sessions]")).to_be_visible()


def test_a_folded_group_is_as_busy_as_the_busiest_in_it(open_page: Open) -> None:
    probe = open_page("#fold=region&run=own+rates&for=5000ms")
    probe.page.get_by_label("Speed").select_option("Fastest")
    expect(probe.find(".figures tr[data-figures]")).to_be_visible(timeout=60_000)
    expect(probe.find(".board .cover .load-words")).to_have_text(re.compile(r"^[34]\d%"))
    assert probe.complaints == []
