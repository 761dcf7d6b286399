"""Title and description above a picture, the legend below it."""

from dataclasses import replace
from typing import assert_never

from archspec.renderers import BoundaryKind, Box, EdgeStyle, Mark, Scene, Tint
from archspec.renderers.placed import LegendEntry, Told
from archspec.renderers.silhouette import Family, family
from archspec.renderers.text import Style, TextBlock, Weight, clean, shorten, width, wrap

TITLE, TITLE_LINE = Style(20, Weight.SEMIBOLD), 26.0
DESCRIPTION, DESCRIPTION_LINE = Style(13), 18.0
LEGEND, LEGEND_HEIGHT = Style(11.5), 20.0
SAMPLE, SWATCH, SAMPLE_GAP, ENTRY_GAP = 34.0, 26.0, 8.0, 20.0
WIDTH_MIN = 320.0


def heading(scene: Scene, room: float) -> tuple[TextBlock, TextBlock]:
    """Title and description, wrapped to `room` px."""
    limit = max(room, WIDTH_MIN)
    return wrap(scene.title, limit, TITLE, 2), wrap(scene.description, min(limit, 760.0), DESCRIPTION, 3)


def legend(scene: Scene, x: float, y: float, room: float) -> tuple[LegendEntry, ...]:
    """The entries from (x, y) on, in rows of at most `room` px: cards, then frames and lines. What has nothing beside
    it to be told from needs no word: cards of one family, and lines of one style that has no usual label.
    """
    parts = [[_entry(scene, told, max(WIDTH_MIN, room)) for told in part] for part in _told(scene)]
    every = [entry for part in parts for entry in part]
    if sum(entry.box.width for entry in every) + ENTRY_GAP * (len(every) - 1) <= room:
        parts = [every]
    found: list[LegendEntry] = []
    for part in parts:
        left = x
        for entry in part:
            if left > x and left + entry.box.width > x + room:
                left, y = x, y + LEGEND_HEIGHT
            found.append(replace(entry, box=entry.box.moved(left, y)))
            left += entry.box.width + ENTRY_GAP
        y += LEGEND_HEIGHT if part else 0.0
    return tuple(found)


def _entry(scene: Scene, told: Told, room: float) -> LegendEntry:
    before = sample_width(told) + SAMPLE_GAP
    name = shorten(clean(_name(scene, told)), room - before, LEGEND)
    return LegendEntry(told, name, Box(0, 0, before + width(name, LEGEND), LEGEND_HEIGHT))


def sample_width(told: Told) -> float:
    """How broad the sample of an entry is, in px."""
    return SAMPLE if isinstance(told, EdgeStyle | Mark) else SWATCH


def _told(scene: Scene) -> list[list[Told]]:
    families = {family(node) for node in scene.nodes}
    lines = () if scene.legend == (EdgeStyle.REQUEST,) and not scene.usual else scene.legend
    frames = {boundary.kind for boundary in scene.boundaries if boundary.mark is None}
    return [
        [*(key.tint for key in scene.keys), *scene.marks],
        [kind for kind in Family if kind in families and len(families) > 1],
        [*(kind for kind in BoundaryKind if kind in frames), *lines],
    ]


def _name(scene: Scene, style: Told) -> str:
    match style:
        case Tint():
            meanings = {key.tint: key.meaning for key in scene.keys}
            return meanings[style]
        case Mark():
            return f"{style.sign} {style.value}"
        case EdgeStyle():
            usual = scene.usual.get(style)
            lines = [edge for edge in scene.edges if edge.style is style]
            alike = f"{sum(edge.label == usual for edge in lines)} of {len(lines)}"
            return f"{style.value}: {usual} unless it says otherwise ({alike})" if usual else style.value
        case Family() | BoundaryKind():
            return str(style.value)
        case _:
            assert_never(style)
