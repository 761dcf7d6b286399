"""How much room a picture has where it will be seen: its words are as small as it must be made to go in."""

from archspec.errors import UsageError
from archspec.frozen import frozen

NAME_SIZE = 14.0
"""px of the names on cards, where a picture is shown as large as it is."""


@frozen
class Fit:
    """A place for pictures, in px. Without a height it may be scrolled."""

    width: float
    height: float | None = None

    def text(self, width: float, height: float) -> float:
        """How large the names on the cards are, in px, when a picture of this size is made to go in.

        >>> DOCS.text(1720, 600)
        7.0
        >>> DOCS.text(400, 900)
        14.0
        """
        scale = min(1.0, self.width / max(width, 1.0))
        if self.height is not None:
            scale = min(scale, self.height / max(height, 1.0))
        return NAME_SIZE * scale


DOCS, SCREEN, SLIDE = Fit(860.0), Fit(1440.0), Fit(1280.0, 720.0)
PLACES = {"docs": DOCS, "screen": SCREEN, "slide": SLIDE}
NARROWEST, WIDEST = 200.0, 20_000.0


def find_fit(text: str) -> Fit:
    """The place of this name, or of this many px.

    Raises:
        UsageError: it is neither.

    >>> find_fit("1000")
    Fit(width=1000.0, height=None)

    """
    if text in PLACES:
        return PLACES[text]
    try:
        width = float(text)
    except ValueError:
        width = 0.0
    if not NARROWEST <= width <= WIDEST:
        names = ", ".join(PLACES)
        widths = f"{NARROWEST:.0f} to {WIDEST:.0f} px"
        raise UsageError(f"--fit does not know {text!r}; give one of {names}, or a width of {widths}.")
    return Fit(width)
