"""A picture inside a page of documentation follows that page's own switch between light and dark."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from archspec.language import load_text
from archspec.renderers import find_view, render, renderer_for
from archspec.renderers.renderer import Options
from archspec.renderers.theme import DEFAULT
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

SPEC = "{archspec: 1, name: Tiny, components: {api: {kind: server}}}"


@pytest.mark.parametrize(
    ("body", "system", "shown"),
    [
        ("", "light", "light"),
        ("", "dark", "dark"),
        ('data-theme="auto"', "light", "light"),
        ('data-theme="auto"', "dark", "dark"),
        ('data-theme="light"', "dark", "light"),
        ('data-theme="dark"', "light", "dark"),
        ('data-bs-theme="light"', "dark", "light"),
        ('data-bs-theme="dark"', "light", "dark"),
        ('data-md-color-scheme="default"', "dark", "light"),
        ('data-md-color-scheme="slate"', "light", "dark"),
        ('data-md-color-scheme="slate"', "dark", "dark"),
    ],
)
def test_the_page_s_switch_wins_over_the_system(
    open_page: Open, tmp_path: Path, body: str, system: str, shown: str
) -> None:
    architecture = load_text(SPEC)
    made = render(renderer_for("svg"), architecture, find_view(architecture, None), Options(part_of_page="a-1"))
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><html><body {body}><figure>{made.data.decode()}</figure></body></html>")
    colour = DEFAULT.page.dark if shown == "dark" else DEFAULT.page.light
    fill = f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"
    expect(open_page(scheme=system, file=file).find("svg .as-page")).to_have_css("fill", fill)
