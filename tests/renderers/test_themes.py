"""Themes: built in, of one's own, and readable."""

from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.renderers.theme import Colour
from archspec.renderers.themes import AA, THEMES, contrast, faint_pairs, find_theme


@pytest.mark.parametrize("name", THEMES)
def test_text_of_a_built_in_theme_meets_level_aa(name: str) -> None:
    """Every text stands out from every ground it can stand on, light and dark."""
    assert faint_pairs(THEMES[name]) == []


@pytest.mark.parametrize("name", THEMES)
def test_ink_of_a_family_meets_level_aa_on_its_ground(name: str) -> None:
    """Glyphs and lines of each family stand out from the family's ground."""
    theme = THEMES[name]
    families = (theme.people, theme.network, theme.compute, theme.data, theme.external, theme.good, theme.bad)
    assert all(
        contrast(f.ink.light, f.ground.light) >= AA and contrast(f.ink.dark, f.ground.dark) >= AA for f in families
    )


def test_a_theme_of_ones_own_changes_what_it_names(tmp_path: Path) -> None:
    """A TOML file extends a built-in theme."""
    file = tmp_path / "ours.toml"
    file.write_text('extends = "print"\ntext = "#222222"\npage = {dark = "#101010"}\ncompute = {ink = "#333333"}\n')
    theme = find_theme(str(file))
    assert (theme.name, theme.text, theme.page) == ("ours", Colour("#222222", "#222222"), Colour("#ffffff", "#101010"))
    assert (theme.compute.ink.light, theme.compute.ground.light) == ("#333333", "#ffffff")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('txet = "#000000"', "a theme has no `txet`; did you mean `text`?"),
        ('text = "black"', "`black` is not a colour; write six hexadecimal digits"),
        ('compute = "#000000"', "compute is a family of colours; write it as {ground = …, ink = …}."),
        ('extends = "dark"', "`extends` does not name a theme; it may be `default`, `print`, `high-contrast`."),
        ("text = ", "is not TOML"),
    ],
)
def test_a_wrong_theme_says_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    """Each mistake is named with its remedy."""
    file = tmp_path / "ours.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=message.replace("{", r"\{").replace("?", r"\?")):
        find_theme(str(file))


def test_an_unknown_theme_is_answered_with_the_known_ones() -> None:
    """A typing error is recognised."""
    with pytest.raises(UsageError, match="did you mean `high-contrast`"):
        find_theme("high_contrast")


def test_a_faint_theme_is_noted() -> None:
    """A theme of one's own that nobody can read is told so."""
    from dataclasses import replace

    pale = replace(THEMES["default"], text=Colour("#cccccc", "#e8eef5"))
    assert faint_pairs(pale)[0] == "text on page (light) has a contrast of 1.6, under 4.5."
