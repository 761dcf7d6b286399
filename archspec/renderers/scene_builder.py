"""Architecture and View to Scene: the only place where pictures meet the model."""

from collections.abc import Sequence
from typing import assert_never

from archspec.language import listed
from archspec.model import Architecture, View
from archspec.renderers.scene import Direction, Scene
from archspec.renderers.scenes.collapse import collapsed
from archspec.renderers.scenes.delivery import delivery
from archspec.renderers.scenes.deployment import deployment, spread
from archspec.renderers.scenes.fold import READABLE, readable
from archspec.renderers.scenes.observability import observability
from archspec.renderers.scenes.selection import selected, without_lines
from archspec.renderers.scenes.structure import Parts, structure

NAMED = 6
"""How many components a note names."""


def build_scene(architecture: Architecture, view: View, *, limit: int | None = READABLE) -> Scene:
    """What the view shows. Above `limit` cards groups are collapsed, and a note says so; None never does.

    A view of kind `sequence` gives its flow as a numbered structure; `sequence_of` gives the messages.
    """
    nodes, edges, boundaries = _parts(architecture, view)
    told = spread(edges) if view.kind == "deployment" else ""
    scene = Scene(
        name=view.id,
        title=view.title,
        nodes=nodes,
        edges=without_lines(architecture, view, edges),
        boundaries=boundaries,
        description=" ".join(part for part in (view.description, told) if part),
        direction=Direction(view.direction),
        notes=notes_of(architecture, view, [node.id for node in nodes]),
    )
    known = {boundary.id for boundary in boundaries}
    asked = [group for group in view.collapse if group in known]
    scene = collapsed(scene, asked) if asked else scene
    return readable(scene, limit, _looked_into(architecture, view)) if limit is not None else scene


def _looked_into(architecture: Architecture, view: View) -> frozenset[str]:
    """The groups that a view names, and all round them: who asks for a group wants to see more than its box."""
    named = [selector.removeprefix("group:") for selector in view.include]
    return frozenset(group.id for id_ in named if id_ in architecture.groups for group in architecture.enclosing(id_))


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


def notes_of(architecture: Architecture, view: View, shown: Sequence[str]) -> tuple[str, ...]:
    """Remarks on a view that shows these components or replicas."""
    if not shown:
        return (f"view {view.id} shows nothing: none of its selectors chooses a component.",)
    left_out = _left_out(architecture, view, shown)
    if not left_out:
        return ()
    return (f"view {view.id} leaves out {listed(left_out, NAMED)}; `include` says what a view shows.",)


def _left_out(architecture: Architecture, view: View, shown: Sequence[str]) -> list[str]:
    """The components that a view of the whole does not show though nobody said so."""
    if view.include or view.kind in ("observability", "delivery"):
        return []
    gone = selected(architecture, view.exclude) | {id_.partition(".")[0] for id_ in shown}
    return [id_ for id_ in architecture.components if id_ not in gone]
