"""Colours, light and dark, by role. Text on its ground meets WCAG AA (4.5:1); no meaning hangs on hue alone."""

from functools import cached_property

from archspec.frozen import frozen
from archspec.model import Shape
from archspec.renderers.scene import BoundaryKind, EdgeStyle, Mark, Tint

OUTLINE = 0.55
"""How strong a family's colour is on the outline of its cards."""


@frozen
class Colour:
    """One colour for a light page, one for a dark page."""

    light: str
    dark: str


@frozen
class Tone:
    """A family's pale ground and strong ink."""

    ground: Colour
    ink: Colour


@frozen(slots=False)
class Theme:
    """The palette of a picture."""

    name: str
    page: Colour
    card: Colour
    layer: Colour
    border: Colour
    text: Colour
    faint_text: Colour
    plate: Colour
    plate_border: Colour
    badge: Colour
    badge_text: Colour
    people: Tone
    network: Tone
    compute: Tone
    data: Tone
    external: Tone
    observation: Tone
    channel: Tone
    delivery: Tone
    request: Colour
    asynchronous: Colour
    changed: Colour
    good: Tone
    bad: Tone

    def tone(self, shape: Shape) -> Tone:
        """The family of a shape."""
        return self._tones[shape]

    def outline(self, shape: Shape) -> Colour:
        """The colour of a card's outline: its family's ink, weakened by the page's."""
        ink = self.tone(shape).ink
        return Colour(_between(ink.light, self.card.light), _between(ink.dark, self.card.dark))

    @cached_property
    def _tones(self) -> dict[Shape, Tone]:
        return {
            Shape.PERSON: self.people,
            Shape.DEVICE: self.people,
            Shape.EDGE_NETWORK: self.network,
            Shape.BALANCER: self.network,
            Shape.SERVER: self.compute,
            Shape.WORKER: self.compute,
            Shape.FUNCTION: self.compute,
            Shape.STORE: self.data,
            Shape.CACHE: self.data,
            Shape.QUEUE: self.data,
            Shape.CLOUD: self.external,
            Shape.OBSERVER: self.observation,
            Shape.CHANNEL: self.channel,
            Shape.DELIVERY: self.delivery,
        }

    def line(self, style: EdgeStyle) -> Colour:
        """The colour of an edge."""
        return {
            EdgeStyle.REQUEST: self.request,
            EdgeStyle.ASYNCHRONOUS: self.asynchronous,
            EdgeStyle.TELEMETRY: self.observation.ink,
            EdgeStyle.DELIVERY: self.delivery.ink,
        }[style]

    def tint(self, tint: Tint) -> Tone:
        """The colours of what an overlay says."""
        tone: Tone = getattr(self, tint.value)
        return tone

    def mark(self, mark: Mark) -> Colour:
        """The colour of what differs between two versions."""
        return {Mark.ADDED: self.good.ink, Mark.REMOVED: self.bad.ink, Mark.CHANGED: self.changed}[mark]

    def frame(self, kind: BoundaryKind) -> Colour:
        """The colour of a boundary's outline and ground."""
        return {
            BoundaryKind.SYSTEM: self.request,
            BoundaryKind.TEAM: self.people.ink,
            BoundaryKind.NETWORK: self.network.ink,
            BoundaryKind.CLUSTER: self.compute.ink,
            BoundaryKind.PROVIDER: self.external.ink,
            BoundaryKind.REGION: self.people.ink,
            BoundaryKind.ZONE: self.data.ink,
            BoundaryKind.HOST: self.request,
            BoundaryKind.PIPELINE: self.delivery.ink,
        }[kind]


def _between(ink: str, paper: str) -> str:
    """The colour at `OUTLINE` of the way from paper to ink, both in six hexadecimal digits.

    >>> _between("#000000", "#ffffff")
    '#737373'
    """
    both = [(int(ink[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(OUTLINE * one + (1 - OUTLINE) * other):02x}" for one, other in both)


def _tone(ground: str, ink: str, dark_ground: str, dark_ink: str) -> Tone:
    return Tone(Colour(ground, dark_ground), Colour(ink, dark_ink))


DEFAULT = Theme(
    name="default",
    page=Colour("#ffffff", "#0d1117"),
    card=Colour("#ffffff", "#171e29"),
    layer=Colour("#eef2f7", "#10161f"),
    border=Colour("#c3cedb", "#3d4a5c"),
    text=Colour("#0f172a", "#e8eef5"),
    faint_text=Colour("#4b5a6e", "#a3b1c2"),
    plate=Colour("#ffffff", "#0d1117"),
    plate_border=Colour("#d8e0e9", "#333f4f"),
    badge=Colour("#334155", "#cbd7e4"),
    badge_text=Colour("#ffffff", "#0f172a"),
    people=_tone("#edf1f6", "#46566b", "#263140", "#b9c6d6"),
    network=_tone("#e1effd", "#0b5cab", "#11304f", "#7fbdff"),
    compute=_tone("#ebe8fd", "#553bc9", "#2b2556", "#b7aaff"),
    data=_tone("#def4ea", "#0a6b4d", "#0f3a2d", "#62d8ad"),
    external=_tone("#fcefd7", "#855000", "#3f2d0d", "#f0be6a"),
    observation=_tone("#fbe6f2", "#9c2169", "#45193a", "#f69bcb"),
    channel=_tone("#fde7df", "#a83610", "#47210f", "#ffab8c"),
    delivery=_tone("#dcf2f6", "#0b6074", "#0d3a45", "#76d4e9"),
    request=Colour("#46566b", "#a9b7c8"),
    asynchronous=Colour("#6a35d0", "#bda6ff"),
    changed=Colour("#a35400", "#f5b041"),
    good=_tone("#d9f2e6", "#0a6b4d", "#0f3a2d", "#62d8ad"),
    bad=_tone("#fde2e0", "#b3261e", "#4c1613", "#ff9d94"),
)
