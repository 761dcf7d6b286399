"""A view of an architecture in a format, whatever the format needs for it."""

from dataclasses import replace
from typing import assert_never

from archspec.errors import UsageError
from archspec.model import Architecture, View
from archspec.renderers.flow_sequence import flow_sequence
from archspec.renderers.layout.place import place
from archspec.renderers.matrix import Matrix, dependency_matrix, is_dense
from archspec.renderers.overlay import laid_over
from archspec.renderers.registry import renderers
from archspec.renderers.renderer import FromArchitecture, FromPlacedScene, FromScene, Options, Output, Renderer
from archspec.renderers.scene import Scene
from archspec.renderers.scene_builder import build_scene, notes_of
from archspec.renderers.scenes.both_ways import both_ways
from archspec.renderers.scenes.standing import is_crowded, standing
from archspec.renderers.sequence import Sequence


def render(renderer: Renderer, architecture: Architecture, view: View, options: Options | None = None) -> Output:
    """The view in this format, with notes on what the scene or the format had to leave out.

    Raises:
        UsageError: the format cannot show the layer that is asked for.

    """
    chosen = options or Options()
    source = renderer.source
    if chosen.layer and not renderer.overlays:
        able = ", ".join(one.name for one in renderers().values() if one.overlays)
        raise UsageError(f"{renderer.name} shows no overlays; choose one of {able}.")
    if isinstance(source, FromArchitecture):
        return source.run(architecture, view, chosen)
    if view.kind == "sequence" and renderer.sequence and architecture.flows:
        made = renderer.sequence(sequence_of(architecture, view), chosen)
        return Output(made.data, (*_uncovered(chosen, "a sequence diagram"), *made.notes))
    scene = build_scene(architecture, view)
    matrix = matrix_of(architecture, view, scene) if renderer.matrix else None
    if matrix and renderer.matrix:
        scene, output = matrix.scene, renderer.matrix(matrix, chosen)
        output = Output(output.data, (*_uncovered(chosen, "a table"), *output.notes))
    elif isinstance(source, FromScene):
        output = source.run(_told(scene) if chosen.details else scene, chosen)
    elif isinstance(source, FromPlacedScene):
        scene = laid_over(scene, chosen.layer) if chosen.layer else scene
        scene = replace(scene, with_facts=chosen.details)
        shown = both_ways(scene) if source.has_two_heads else scene
        output = source.run(place(shown, chosen.fit, chosen.kept), chosen)
    else:
        assert_never(source)
    return Output(output.data, (*scene.notes, *output.notes))


def sequence_of(architecture: Architecture, view: View) -> Sequence:
    """Every way that the first flow which the view names (else the spec's first) can go.

    The architecture must have a flow.
    """
    named = (selector.removeprefix("flow:") for selector in view.include if selector.startswith("flow:"))
    flow = next((name for name in named if name in architecture.flows), next(iter(architecture.flows)))
    made = flow_sequence(architecture, architecture.flows[flow])
    return replace(made, name=view.id, title=view.title, description=view.description or "")


def matrix_of(architecture: Architecture, view: View, scene: Scene) -> Matrix | None:
    """The scene of a view as a table, where cards and lines would be too many to be read; None where they are not."""
    if view.kind == "deployment" and is_crowded(architecture, view):
        made = standing(architecture, view, scene)
        shown = [id_ for row in made.rows for id_ in row.holds or (row.id,)]
        return replace(made, scene=replace(scene, notes=notes_of(architecture, view, shown)))
    return dependency_matrix(scene) if is_dense(scene) else None


def _told(scene: Scene) -> Scene:
    """The scene with all that is known of a line in its label, for formats that have one text for each line."""
    edges = (replace(edge, label=", ".join(part for part in (edge.label, *edge.facts) if part)) for edge in scene.edges)
    return replace(scene, edges=tuple(edges))


def _uncovered(options: Options, what: str) -> tuple[str, ...]:
    layer = (f"`{options.layer.name}` is laid over cards, and this view is {what}.",) if options.layer else ()
    return (*layer, f"details stand on lines, and this view is {what}.") if options.details else layer
