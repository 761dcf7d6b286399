"""Views as pictures of the page and as files beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from archspec.model.architecture import Architecture
from archspec.model.view import View
from archspec.renderers import build_scene, renderers, sequence_of, views
from archspec.renderers.renderer import FromPlacedScene, Options, Output
from archspec.renderers.scene import Scene
from archspec.webpage.content import File, Picture
from archspec.webpage.gathering.placing import Placing

SVG = {"svg": Options()}
FORMATS = SVG | {"png": Options(scale=2.0)}
DEEPEST = 24
"""Groups that are drawn from within; a person who needs more draws them by name."""
MOST_INSIDE = 250
"""Cards of a picture from within a group; one with more takes long, and nobody can read it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and the files that show the same: content by path. `boxes` are groups drawn as one box in it; `notes`
    say what a file could not show.
    """

    picture: Picture
    files: dict[str, bytes]
    boxes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def gallery(
    architecture: Architecture,
    say: Callable[[str], None],
    placing: Placing,
    formats: Mapping[str, Options] = FORMATS,
) -> Iterator[Drawn]:
    """Every view, then from within every group that one of them draws as one box."""
    waiting: list[str] = []
    for found in every_view(architecture, say, placing, formats):
        waiting += found.boxes
        yield found
    seen: set[str] = set()
    while waiting and len(seen) < DEEPEST:
        group = waiting.pop(0)
        if group in seen:
            continue
        seen.add(group)
        view = _within(architecture, group)
        if not _shows_more(build_scene(architecture, view), group):
            continue
        found = drawn(architecture, view, placing, formats)
        waiting += found.boxes
        yield replace(found, picture=replace(found.picture, inside=group))


def every_view(
    architecture: Architecture,
    say: Callable[[str], None],
    placing: Placing,
    formats: Mapping[str, Options],
) -> Iterator[Drawn]:
    """Every view of the spec."""
    for view in views(architecture) if architecture.components else ():
        say(f"drawing {view.id}")
        yield drawn(architecture, view, placing, formats)


def _shows_more(scene: Scene, group: str) -> bool:
    """Whether a picture from within a group shows more than its box, and not more than can be drawn in good time."""
    boxes = [node.id for node in scene.nodes if node.members]
    is_one_box = len(scene.nodes) == len(boxes) == 1
    return group not in boxes and not is_one_box and 0 < len(scene.nodes) <= MOST_INSIDE


def _within(architecture: Architecture, group: str) -> View:
    about = architecture.groups[group]
    name = next(name for name in (f"inside-{group}", f"from-within-{group}") if name not in architecture.views)
    return View.model_construct(
        id=name, title_=about.title, description=about.description, include=(f"group:{group}",), direction="right"
    )


def drawn(architecture: Architecture, view: View, placing: Placing, formats: Mapping[str, Options] = FORMATS) -> Drawn:
    """One view: for the page, and as files in these formats."""
    if view.kind == "sequence" and architecture.flows:
        return _sequence(architecture, view, formats)
    from archspec.renderers.svg.diagram import draw

    scene = build_scene(architecture, view)
    placed = placing(scene)
    written = {}
    for name, options in formats.items():
        source = renderers()[name].source
        if isinstance(source, FromPlacedScene):
            written[f"views/{view.id}.{name}"] = source.run(placed, options)
    boxes = tuple(node.id for node in scene.nodes if node.members)
    return _drawn(view, draw(placed, with_font=False), written, scene.notes, boxes)


def _sequence(architecture: Architecture, view: View, formats: Mapping[str, Options]) -> Drawn:
    from archspec.renderers.sequence import draw_sequence

    sequence = sequence_of(architecture, view)
    written = {}
    for name, options in formats.items():
        draw = renderers()[name].sequence
        if draw:
            written[f"views/{view.id}.{name}"] = draw(sequence, options)
    return _drawn(view, draw_sequence(sequence, with_font=False), written)


def _drawn(
    view: View, svg: str, written: Mapping[str, Output], remarks: tuple[str, ...] = (), boxes: tuple[str, ...] = ()
) -> Drawn:
    picture = Picture(
        id=view.id,
        title=view.title,
        description=view.description or "",
        svg=svg,
        files=tuple(File(path.rpartition(".")[2].upper(), path) for path in written),
        remarks=remarks,
    )
    notes = tuple(f"{path}: {note}" for path, made in written.items() for note in made.notes)
    return Drawn(picture, {path: made.data for path, made in written.items()}, boxes, notes)
