"""A flow as a sequence: as it was walked, and every way that it can go."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def test_every_way_of_a_flow_stands_in_frames(open_page: Open) -> None:
    probe = open_page("#flow-watch-video")
    probe.find("#flow-watch-video .tab-label >> text=Every way").click()
    frames = "#flow-watch-video .sequence .frame-of"
    expect(probe.page.locator(f"{frames} .kind")).to_have_text(["par", "opt", "break", "loop"])
    expect(probe.page.locator(f"{frames} .guard")).to_have_text(
        ["[miss, 10% of calls]", "[fails for good]", "[until answered, at most 2 attempts, 400 ms each]"]
    )
    inside = f"""[...document.querySelectorAll("{frames} .box")].every((box, index, all) => {{
      const [outer, inner] = [all[0].getBoundingClientRect(), box.getBoundingClientRect()];
      return inner.left >= outer.left && inner.right <= outer.right && inner.bottom <= outer.bottom;
    }})"""
    probe.gives(inside, True)


def test_the_names_of_those_who_take_part_stay_in_sight(open_page: Open) -> None:
    probe = open_page("#flow-watch-video")
    probe.find("#flow-watch-video .tab-label >> text=Every way").click()
    probe.find("#flow-watch-video .sequence").evaluate("box => { box.scrollTop = 300; }")
    expect(probe.find("#flow-watch-video .sequence .heads span")).to_be_in_viewport()
    apart = """(box => box.querySelector(".heads").getBoundingClientRect().top - box.getBoundingClientRect().top)(
      document.querySelector("#flow-watch-video .sequence"))"""
    probe.gives(apart, 0)
