"""Roles and their colours: written as attributes for light pages and simple viewers, as CSS for dark ones."""

from collections.abc import Mapping
from dataclasses import field

from archspec.frozen import frozen
from archspec.renderers import FAMILY, Colour
from archspec.renderers.assets import asset

Paint = dict[str, str | float | None]
"""Attributes of an element."""
SWITCHED_TO_DARK = ":is([data-theme=dark],[data-bs-theme=dark],[data-md-color-scheme=slate])"
SWITCHED_TO_LIGHT = (
    ":is([data-theme=light],[data-bs-theme=light],[data-md-color-scheme]:not([data-md-color-scheme=slate]))"
)
"""What themes of documentation write on the page: Furo and PyData, MkDocs, Material."""


@frozen(slots=False)
class Palette:
    """Hands out the attributes of a role and remembers the roles used, for the style sheet.

    With `adapts` false no class is written: the picture stays light everywhere. With `in_page` it is part of a page,
    and follows that page's own switch between light and dark where there is one.
    """

    adapts: bool = True
    in_page: bool = False
    used: dict[str, Mapping[str, Colour]] = field(default_factory=dict)

    def paint(self, role: str, **colours: Colour) -> Paint:
        """Attributes that give a property its colour, `fill=` and `stroke=` say; `role` is a CSS class."""
        attributes: Paint = {name: colour.light for name, colour in colours.items()}
        if not self.adapts:
            return attributes
        self.used[role] = colours
        return {"class": f"as-{role}", **attributes}

    def style_sheet(self, *, with_font: bool) -> str:
        """The CSS of all roles used so far."""
        fonts = font_faces() if with_font else ""
        if not self.in_page:
            return f"{fonts}@media (prefers-color-scheme:dark){{{self._dark()}}}"
        system = self._dark(after=f":not({SWITCHED_TO_LIGHT} *)")
        return f"{fonts}@media (prefers-color-scheme:dark){{{system}}}{self._dark(before=f'{SWITCHED_TO_DARK} ')}"

    def _dark(self, before: str = "", after: str = "") -> str:
        return "".join(
            f"{before}.as-{role}{after}{{{';'.join(f'{name}:{colour.dark}' for name, colour in colours.items())}}}"
            for role, colours in sorted(self.used.items())
        )


def both(one: Paint, other: Paint) -> Paint:
    """What is painted in two roles, of which each gives a property of its own."""
    found = one | other
    return found | {"class": f"{one['class']} {other['class']}"} if "class" in one and "class" in other else found


def font_faces() -> str:
    """CSS that carries the bundled font's ASCII letters in itself."""
    from base64 import b64encode

    return "".join(
        f"@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,"
        f"{b64encode(asset(f'fonts/Inter-{name}.woff2')).decode()}) format('woff2')}}"
        for weight, name in ((400, "Regular"), (600, "SemiBold"))
    )


def font_attributes() -> Mapping[str, str]:
    """Attributes of the root that every text inherits."""
    return {"font-family": FAMILY, "font-size": "12", "font-kerning": "none"}
