"""Pictures of a small shop: in every format that is text, and each view as SVG, as looked at and found right."""

import re

import pytest

from archspec.language import load
from archspec.renderers import find_view, render, renderers
from archspec.renderers.fit import find_fit
from archspec.renderers.renderer import Options
from archspec.renderers.themes import find_theme
from tests.conftest import ROOT, Golden

SHOP = load(ROOT / "tests/renderers/shop.yaml")
TEXT = [each.name for each in renderers().values() if each.is_text and each.name not in ("html", "svg")]
VIEWS = ["all", "folded", "zones", "told", "watched", "shipped", "flow-buy", "sequence-look"]
OPTIONS = {
    "details": Options(details=True),
    "print": Options(theme=find_theme("print")),
    "high-contrast": Options(theme=find_theme("high-contrast")),
    "slide": Options(fit=find_fit("slide")),
    "narrow": Options(fit=find_fit("400")),
    "part": Options(part_of_page="one"),
}


def drawn(view: str, format_: str, options: Options) -> str:
    """A picture without fonts and icons, and below it what the format cannot show."""
    made = render(renderers()[format_], SHOP, find_view(SHOP, view), options)
    text = re.sub(r"base64,[A-Za-z0-9+/=]*", "base64,", made.data.decode())
    return re.sub(r"(</g>|</text>|/>|</style>)", r"\1\n", text) + "".join(f"\nnote: {note}" for note in made.notes)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_drawn_as_before(view: str, golden: Golden) -> None:
    golden(f"tests/renderers/expected/shop/{view}.svg.txt", drawn(view, "svg", Options()))


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_changes_what_it_changed(name: str, golden: Golden) -> None:
    golden(f"tests/renderers/expected/shop/all-{name}.svg.txt", drawn("all", "svg", OPTIONS[name]))


@pytest.mark.parametrize("name", TEXT)
def test_a_format_writes_what_it_wrote(name: str, golden: Golden) -> None:
    golden(f"tests/renderers/expected/shop/all.{name}.txt", drawn("all", name, Options()))


@pytest.mark.parametrize("name", ["mermaid", "plantuml"])
def test_a_sequence_is_written_as_it_was(name: str, golden: Golden) -> None:
    golden(f"tests/renderers/expected/shop/told.{name}.txt", drawn("told", name, Options()))
