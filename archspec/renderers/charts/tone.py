"""Colours of charts by what they mean, for light and for dark; and the style sheet of every chart."""

from enum import Enum


class Tone(Enum):
    """What a mark means. Lines differ by their dashes too, for whoever sees no colours."""

    ONE = "one"
    TWO = "two"
    THREE = "three"
    FOUR = "four"
    FIVE = "five"
    GOOD = "good"
    BAD = "bad"
    NOTE = "note"
    LOW = "low"


SERIES = (Tone.ONE, Tone.TWO, Tone.THREE, Tone.FOUR, Tone.FIVE)
"""For things that have no meaning of their own, in order."""
_COLOURS = {
    Tone.ONE: ("#0b5cab", "#7fbdff"),
    Tone.TWO: ("#a04100", "#ffa657"),
    Tone.THREE: ("#7b3fb5", "#cda3ff"),
    Tone.FOUR: ("#0a6b6b", "#5fd6cf"),
    Tone.FIVE: ("#8c2f6b", "#ff9bd2"),
    Tone.GOOD: ("#0a6b4d", "#62d8ad"),
    Tone.BAD: ("#b3261e", "#ff9d94"),
    Tone.NOTE: ("#855000", "#f0be6a"),
    Tone.LOW: ("#526074", "#9aa8ba"),
}
_DASHES = {Tone.TWO: "5 2", Tone.THREE: "2 2", Tone.FOUR: "8 2 2 2", Tone.FIVE: "1 2", Tone.BAD: "4 2"}
INK, GROUND, GRID = ("#0f172a", "#e8eef5"), ("#ffffff", "#0d1117"), ("#dde3ea", "#2b3645")
STEPS = (0.06, 0.16, 0.28, 0.4, 0.5, 0.88, 0.94, 1.0)
"""How much of the colour each step of a map has; none lies between, where neither light nor dark words are legible."""
DARK_FROM = 5
"""The first step on which words are in the colour of the ground."""


def style_sheet() -> str:
    """The rules of all charts, in plain colours, so that other tools than browsers read them too."""
    return "\n".join((*_FORMS, *_coloured(0), f"@media(prefers-color-scheme:dark){{{''.join(_coloured(1))}}}"))


_FORMS = (
    ".chart text{font:11px system-ui,'Segoe UI',Arial,sans-serif}.chart .end{text-anchor:end}"
    ".chart .middle{text-anchor:middle}.chart .strong{font-weight:600}",
    ".chart .line{fill:none;stroke:currentColor;stroke-width:1.7;stroke-linejoin:round}.chart .bar{fill:currentColor}"
    ".chart .band{fill:currentColor;fill-opacity:.13}.chart .strip{fill:currentColor;fill-opacity:.5}"
    ".chart .whisker{stroke:currentColor;stroke-width:1.5;fill:none}"
    ".chart .limit{stroke:currentColor;stroke-width:1.4;stroke-dasharray:6 3}"
    ".chart .hover{fill:transparent}.chart .over{paint-order:stroke;stroke-width:3;stroke-linejoin:round}",
    *(f".chart .line.{tone.value}{{stroke-dasharray:{dash}}}" for tone, dash in _DASHES.items()),
    *(f".chart .step{number}{{fill-opacity:{share:g}}}" for number, share in enumerate(STEPS)),
)


def _coloured(scheme: int) -> list[str]:
    return [
        f".chart text{{fill:{INK[scheme]}}}.chart .soft{{fill:{_COLOURS[Tone.LOW][scheme]}}}",
        f".chart .ground,.chart .turned{{fill:{GROUND[scheme]}}}.chart .grid{{stroke:{GRID[scheme]};fill:none}}"
        f".chart .over{{stroke:{GROUND[scheme]}}}",
        *(f".chart .{tone.value}{{color:{colours[scheme]}}}" for tone, colours in _COLOURS.items()),
    ]
