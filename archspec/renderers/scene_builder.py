"""Architecture and View to Scene: the only place where pictures meet the model."""

from typing import assert_never

from archspec.model.architecture import Architecture
from archspec.model.view import View
from archspec.renderers.scene import Direction, Scene
from archspec.renderers.scenes.collapse import READABLE, collapsed, readable
from archspec.renderers.scenes.delivery import delivery
from archspec.renderers.scenes.deployment import deployment
from archspec.renderers.scenes.observability import observability
from archspec.renderers.scenes.structure import Parts, structure


def build_scene(architecture: Architecture, view: View, *, limit: int | None = READABLE) -> Scene:
    """What the view shows. Above `limit` cards groups are collapsed, and a note says so; None never does.

    A view of kind `sequence` gives its flow as a numbered structure; `sequence_of` gives the messages.
    """
    nodes, edges, boundaries = _parts(architecture, view)
    scene = Scene(
        name=view.id,
        title=view.title,
        nodes=nodes,
        edges=edges,
        boundaries=boundaries,
        description=view.description or "",
        direction=Direction(view.direction),
        notes=_notes(view, nodes),
    )
    known = {boundary.id for boundary in boundaries}
    asked = [group for group in view.collapse if group in known]
    scene = collapsed(scene, asked) if asked else scene
    return readable(scene, limit) if limit is not None else scene


def _parts(architecture: Architecture, view: View) -> Parts:
    match view.kind:
        case "structure" | "sequence":
            return structure(architecture, view)
        case "observability":
            return observability(architecture, view)
        case "delivery":
            return delivery(architecture, view)
        case "deployment":
            return deployment(architecture, view)
        case _:
            assert_never(view.kind)


def _notes(view: View, nodes: tuple[object, ...]) -> tuple[str, ...]:
    if nodes:
        return ()
    return (f"view {view.id} shows nothing: none of its selectors chooses a component.",)
