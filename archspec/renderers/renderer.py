"""What a picture format is: one frozen value per file of `formats/`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.renderers.fit import DOCS, Fit
from archspec.renderers.theme import DEFAULT, Theme

if TYPE_CHECKING:
    from archspec.model import Architecture, View
    from archspec.renderers.layout.kept import Kept
    from archspec.renderers.matrix import Matrix
    from archspec.renderers.overlay import Layer
    from archspec.renderers.placed import PlacedScene
    from archspec.renderers.scene import Scene
    from archspec.renderers.sequence import Sequence


@frozen
class Options:
    """What a caller may ask of a picture. `scale` is px of a bitmap per px of the picture; `fit` is the room that
    it has where it will be seen.
    `kept`: where cards stood before, and stay. `layer` is laid over the view. `details`: lines say protocol, timeout
    and attempts.

    `part_of_page`: an SVG becomes part of an HTML page; its ids begin with this, which no other on that page has.
    """

    scale: float = 2.0
    theme: Theme = DEFAULT
    part_of_page: str | None = None
    fit: Fit = DOCS
    kept: "Kept | None" = None
    layer: "Layer | None" = None
    details: bool = False


@frozen
class Output:
    """A file's content, and one sentence on each thing that the format could not express."""

    data: bytes
    notes: tuple[str, ...] = ()


@frozen
class FromPlacedScene:
    """A format that draws: it needs every place."""

    run: "Callable[[PlacedScene, Options], Output]"
    has_two_heads: bool = False
    """Whether what asks each other is one line with two heads; else two lines."""


@frozen
class FromScene:
    """A format of a tool that lays out by itself: it needs the content."""

    run: "Callable[[Scene, Options], Output]"


@frozen
class FromArchitecture:
    """A format that carries the model: it needs the architecture and which view of it is asked for."""

    run: "Callable[[Architecture, View, Options], Output]"


@frozen
class Renderer:
    """A format: its name, the file suffixes it is known by, and how it is made.

    `is_text`: it may go to a terminal. `overlays`: it draws readings on cards. `sequence` writes a view of kind
    sequence; without it such a view is its flow as a numbered structure. `matrix` writes a table; without it lines are
    drawn however many they are.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    summary: str
    source: FromPlacedScene | FromScene | FromArchitecture
    is_text: bool = True
    overlays: bool = False
    sequence: "Callable[[Sequence, Options], Output] | None" = None
    matrix: "Callable[[Matrix, Options], Output] | None" = None
