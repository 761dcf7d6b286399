"""The page's style sheet: our own files joined, the font, and the colours of dark pictures."""

from collections.abc import Mapping

from archspec.renderers import font_faces
from archspec.renderers.assets import asset

SHEETS = ("tokens", "base", "layout", "parts", "tables", "sections", "print")


def style_sheet(dark_rules: Mapping[str, str]) -> str:
    """All CSS of the page. `dark_rules`: declarations by selector for pictures on a dark page."""
    sheets = "\n".join(asset(f"page/{name}.css").decode() for name in SHEETS)
    viewer = asset("viewer.css").decode()
    return "\n".join((font_faces(), sheets, viewer, dark_style(dark_rules)))


def dark_style(rules: Mapping[str, str]) -> str:
    """The dark colours where the system asks for them, and where the reader chose them."""
    by_system = "".join(f':root:not([data-theme="light"]) {name}{{{body}}}' for name, body in rules.items())
    by_choice = "".join(f':root[data-theme="dark"] {name}{{{body}}}' for name, body in rules.items())
    return f"@media screen and (prefers-color-scheme:dark){{{by_system}}}@media screen{{{by_choice}}}"
