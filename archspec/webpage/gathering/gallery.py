"""Views as pictures of the page and as files beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from archspec.frozen import frozen
from archspec.model import Architecture, View
from archspec.renderers import Matrix, SceneNode, build_scene, matrix_of, renderers, sequence_of, views
from archspec.renderers.renderer import FromPlacedScene, Options, Output
from archspec.renderers.scenes.both_ways import both_ways
from archspec.webpage import File, Picture, Placing

SVG = {"svg": Options()}
FORMATS = SVG | {"png": Options(scale=2.0)}
DEEPEST = 40
"""Boxes that are drawn from within; a person who needs more draws them by name."""


@frozen
class Drawn:
    """A picture and the files that show the same: content by path. `boxes` are groups drawn as one box in it; `notes`
    say what a file could not show.
    """

    picture: Picture
    files: dict[str, bytes]
    boxes: tuple[SceneNode, ...] = ()
    notes: tuple[str, ...] = ()


def gallery(
    architecture: Architecture,
    say: Callable[[str], None],
    placing: Placing,
    formats: Mapping[str, Options] = FORMATS,
) -> Iterator[Drawn]:
    """Every view, then from within every group that one of them draws as one box, for the page and as SVG alone."""
    waiting: list[SceneNode] = []
    for found in every_view(architecture, say, placing, formats):
        waiting += found.boxes
        yield found
    seen: set[str] = set()
    while waiting and len(seen) < DEEPEST:
        box = waiting.pop(0)
        if box.id in seen:
            continue
        seen.add(box.id)
        found = drawn(architecture, _within(architecture, box), placing, SVG)
        waiting += found.boxes
        yield replace(found, picture=replace(found.picture, inside=box.id))


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


def _within(architecture: Architecture, box: SceneNode) -> View:
    """What a box stands for, which is always more than one card."""
    name = next(name for name in (f"inside-{box.id}", f"from-within-{box.id}") if name not in architecture.views)
    about = architecture.groups.get(box.id)
    held = tuple(dict.fromkeys(id_.partition(".")[0] for id_ in box.holds))
    return View.model_construct(
        id=name,
        title_=box.label,
        description=about.description if about else None,
        include=(f"group:{box.id}",) if about else held,
        direction="right",
    )


def drawn(architecture: Architecture, view: View, placing: Placing, formats: Mapping[str, Options] = FORMATS) -> Drawn:
    """One view: for the page, and as files in these formats."""
    if view.kind == "sequence" and architecture.flows:
        return _sequence(architecture, view, formats)
    from archspec.renderers import draw

    scene = build_scene(architecture, view)
    matrix = matrix_of(architecture, view, scene)
    if matrix:
        return _table(view, matrix, formats)
    placed = placing(both_ways(scene))
    written = {}
    for name, options in formats.items():
        source = renderers()[name].source
        if isinstance(source, FromPlacedScene):
            written[f"views/{view.id}.{name}"] = source.run(placed, options)
    return _drawn(view, draw(placed, with_font=False), written, scene.notes, _boxes(scene.nodes))


def _boxes(nodes: tuple[SceneNode, ...]) -> tuple[SceneNode, ...]:
    return tuple(node for node in nodes if node.members > 1)


def _table(view: View, matrix: Matrix, formats: Mapping[str, Options]) -> Drawn:
    from archspec.renderers import draw_matrix

    written = {}
    for name, options in formats.items():
        draw = renderers()[name].matrix
        if draw:
            written[f"views/{view.id}.{name}"] = draw(matrix, options)
    return _drawn(view, draw_matrix(matrix, with_font=False), written, matrix.scene.notes, _boxes(matrix.rows))


def _sequence(architecture: Architecture, view: View, formats: Mapping[str, Options]) -> Drawn:
    from archspec.renderers import draw_sequence

    sequence = sequence_of(architecture, view)
    written = {}
    for name, options in formats.items():
        draw = renderers()[name].sequence
        if draw:
            written[f"views/{view.id}.{name}"] = draw(sequence, options)
    return _drawn(view, draw_sequence(sequence, with_font=False), written)


def _drawn(
    view: View,
    svg: str,
    written: Mapping[str, Output],
    remarks: tuple[str, ...] = (),
    boxes: tuple[SceneNode, ...] = (),
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
