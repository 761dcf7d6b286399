"""Pictures of an architecture. Everything heavy is imported by the function that needs it."""

from typing import TYPE_CHECKING, assert_never

from archspec.errors import UsageError
from archspec.language.suggestions import named

if TYPE_CHECKING:
    from archspec.model import Architecture, View
    from archspec.renderers.fit import Fit
    from archspec.renderers.layout.kept import Kept
    from archspec.renderers.matrix import Matrix
    from archspec.renderers.placed import PlacedScene
    from archspec.renderers.renderer import Options, Output, Renderer
    from archspec.renderers.scene import Scene
    from archspec.renderers.sequence import Sequence

FORMATS = ("archspec.renderers.formats", "archspec.webpage.formats")
"""Where formats stand: what writes the whole page stands higher, so that it is found by name, as an extension is."""


def renderers() -> "dict[str, Renderer]":
    """Every format by name, sorted; other distributions add theirs by the entry point `archspec.renderers`."""
    from archspec.discovery import discover
    from archspec.renderers.renderer import Renderer

    return discover(FORMATS, Renderer, lambda one: one.name, "archspec.renderers")


def renderer_for(name: str | None, file: str | None = None) -> "Renderer":
    """The format of this name, else the one that the file's suffix tells, else SVG.

    Raises:
        UsageError: there is no such format, or no format has this suffix.

    >>> renderer_for(None, "picture.mmd").name
    'mermaid'

    """
    found = renderers()
    if name is not None:
        return named("format", name, found)
    if file is None or "." not in file:
        return found["svg"]
    for one in found.values():
        if file.lower().endswith(one.suffixes):
            return one
    known = ", ".join(suffix for one in found.values() for suffix in one.suffixes)
    raise UsageError(f"no format writes {file!r}; name one with --format, or end the file with one of {known}.")


def views(architecture: "Architecture") -> "tuple[View, ...]":
    """The views of a spec, or sensible ones where it has none."""
    from archspec.renderers.scenes.default_views import views as found

    return found(architecture)


def find_view(architecture: "Architecture", name: str | None) -> "View":
    """The view of this name, the first one without a name; `flow-<id>` gives a flow step by step, `sequence-<id>` its
    sequence diagram.

    Raises:
        UsageError: there is no such view.

    """
    from archspec.renderers.scenes.default_views import flow_view, sequence_view

    known = {view.id: view for view in views(architecture)}
    if name is None:
        return next(iter(known.values()))
    if name not in known:
        for flow in architecture.flows:
            known |= {
                f"flow-{flow}": flow_view(architecture, flow),
                f"sequence-{flow}": sequence_view(architecture, flow),
            }
    return named("view", name, known)


def build_scene(architecture: "Architecture", view: "View") -> "Scene":
    """What the view shows; its `notes` are for the reader of the command's messages."""
    from archspec.renderers.scene_builder import build_scene as build

    return build(architecture, view)


def sequence_of(architecture: "Architecture", view: "View") -> "Sequence":
    """Every way that the first flow which the view names (else the spec's first) can go.

    The architecture must have a flow.
    """
    from dataclasses import replace

    from archspec.renderers.flow_sequence import flow_sequence

    named = (selector.removeprefix("flow:") for selector in view.include if selector.startswith("flow:"))
    flow = next((name for name in named if name in architecture.flows), next(iter(architecture.flows)))
    made = flow_sequence(architecture, architecture.flows[flow])
    return replace(made, name=view.id, title=view.title, description=view.description or "")


def matrix_of(architecture: "Architecture", view: "View", scene: "Scene") -> "Matrix | None":
    """The scene of a view as a table, where cards and lines would be too many to be read; None where they are not."""
    from dataclasses import replace

    from archspec.renderers.matrix import dependency_matrix, is_dense
    from archspec.renderers.scene_builder import notes_of
    from archspec.renderers.scenes.standing import is_crowded, standing

    if view.kind == "deployment" and is_crowded(architecture, view):
        made = standing(architecture, view, scene)
        shown = [id_ for row in made.rows for id_ in row.holds or (row.id,)]
        return replace(made, scene=replace(scene, notes=notes_of(architecture, view, shown)))
    return dependency_matrix(scene) if is_dense(scene) else None


def place(scene: "Scene", fit: "Fit | None" = None, kept: "Kept | None" = None) -> "PlacedScene":
    """The scene laid out, to be legible where it has so much room: without a word on that, in a column of docs. What
    `kept` knows of stays where it was.
    """
    from archspec.renderers.fit import DOCS
    from archspec.renderers.layout.place import place as found

    return found(scene, fit or DOCS, kept)


def render(
    renderer: "Renderer", architecture: "Architecture", view: "View", options: "Options | None" = None
) -> "Output":
    """The view in this format, with notes on what the scene or the format had to leave out.

    Raises:
        UsageError: the format cannot show the layer that is asked for.

    """
    from dataclasses import replace

    from archspec.renderers.overlay import laid_over
    from archspec.renderers.renderer import FromArchitecture, FromPlacedScene, FromScene, Options, Output
    from archspec.renderers.scenes.both_ways import both_ways

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


def _told(scene: "Scene") -> "Scene":
    """The scene with all that is known of a line in its label, for formats that have one text for each line."""
    from dataclasses import replace

    edges = (replace(edge, label=", ".join(part for part in (edge.label, *edge.facts) if part)) for edge in scene.edges)
    return replace(scene, edges=tuple(edges))


def _uncovered(options: "Options", what: str) -> tuple[str, ...]:
    layer = (f"`{options.layer.name}` is laid over cards, and this view is {what}.",) if options.layer else ()
    return (*layer, f"details stand on lines, and this view is {what}.") if options.details else layer
