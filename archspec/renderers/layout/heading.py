"""Title and description above a picture, the legend of its lines below it."""

from archspec.renderers.geometry import Box
from archspec.renderers.placed import LegendEntry
from archspec.renderers.scene import EdgeStyle, Mark, Scene, Tint
from archspec.renderers.text import Style, TextBlock, Weight, clean, shorten, width, wrap

TITLE, TITLE_LINE = Style(20, Weight.SEMIBOLD), 26.0
DESCRIPTION, DESCRIPTION_LINE = Style(13), 18.0
LEGEND, LEGEND_HEIGHT = Style(11.5), 20.0
SAMPLE, SAMPLE_GAP, ENTRY_GAP = 34.0, 8.0, 22.0
WIDTH_MIN = 320.0


def heading(scene: Scene, room: float) -> tuple[TextBlock, TextBlock]:
    """Title and description, wrapped to `room` px."""
    limit = max(room, WIDTH_MIN)
    return wrap(scene.title, limit, TITLE, 2), wrap(scene.description, min(limit, 760.0), DESCRIPTION, 3)


def legend(scene: Scene, x: float, y: float, room: float) -> tuple[LegendEntry, ...]:
    """The entries from (x, y) on, in rows of at most `room` px. A single style of lines needs no legend, but where it
    says what is usual.
    """
    usual = scene.usual
    styles = () if scene.legend == (EdgeStyle.REQUEST,) and not usual else scene.legend
    entries: list[LegendEntry] = []
    left = x
    meanings = {key.tint: key.meaning for key in scene.keys}
    every: list[EdgeStyle | Mark | Tint] = [*meanings, *scene.marks, *styles]
    for style in every:
        name = style.value
        if isinstance(style, Tint):
            name = shorten(clean(meanings[style]), max(WIDTH_MIN, room) - SAMPLE - SAMPLE_GAP, LEGEND)
        if isinstance(style, Mark):
            name = f"{style.sign} {style.value}"
        if isinstance(style, EdgeStyle) and style in usual:
            name += f": {clean(usual[style])} unless it says otherwise"
        entry = SAMPLE + SAMPLE_GAP + width(name, LEGEND)
        if left > x and left + entry > x + room:
            left, y = x, y + LEGEND_HEIGHT
        entries.append(LegendEntry(style, name, Box(left, y, entry, LEGEND_HEIGHT)))
        left += entry + ENTRY_GAP
    return tuple(entries)
