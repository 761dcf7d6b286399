"""The page in the frame that a notebook shows."""

from pathlib import Path

from playwright.sync_api import expect

import archspec
from tests.browser.conftest import Open

COLD = Path(__file__).parents[2] / "docs" / "examples" / "cold-cache.yaml"


def test_the_page_works_in_a_notebooks_frame(open_page: Open, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><body>{archspec.page(COLD)._repr_html_()}", encoding="utf-8")
    probe = open_page(file=notebook)
    frame = probe.page.frame_locator("iframe")
    frame.locator(".results button").first.click()
    expect(frame.locator(".controls .at")).to_have_text("0 of 2")
    assert probe.complaints == []
