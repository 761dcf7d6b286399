"""Two arrows that run between the same cards, there and back, as one line with two heads."""

from collections.abc import Mapping
from dataclasses import replace

from archspec.renderers import EdgeStyle, Scene, SceneEdge

Ends = tuple[str, str, EdgeStyle, bool]


def both_ways(scene: Scene) -> Scene:
    """The scene with one edge for each pair of equal ones in opposite directions. Steps of a flow, marks of a change,
    named connections and arrows to frames stay by themselves: each says something of its own.
    """
    plain: Mapping[Ends, int] = {_ends(edge): index for index, edge in enumerate(scene.edges) if _is_plain(edge)}
    found: dict[int, SceneEdge] = dict(enumerate(scene.edges))
    for (source, target, style, muted), index in plain.items():
        back = plain.get((target, source, style, muted))
        if back is not None and index < back:
            found[index] = _joined(scene.edges[index], scene.edges[back])
            del found[back]
    return replace(scene, edges=tuple(found.values()))


def _is_plain(edge: SceneEdge) -> bool:
    return not (edge.is_loop or edge.step or edge.mark or edge.name or edge.frame)


def _ends(edge: SceneEdge) -> Ends:
    return edge.source, edge.target, edge.style, edge.muted


def _joined(there: SceneEdge, back: SceneEdge) -> SceneEdge:
    count = there.count + back.count
    words = dict.fromkeys(edge.label.partition("×")[0].strip() for edge in (there, back))
    label = next(iter(words)) if len(words) == 1 else ""
    is_counted = there.count > 1 or back.count > 1
    said, answered = (edge.description or edge.label for edge in (there, back))
    return replace(
        there,
        label=f"{label} ×{count}".strip() if is_counted else ", ".join(word for word in words if word),
        description="; ".join(filter(None, (said, answered and f"back: {answered}"))),
        facts=tuple(dict.fromkeys((*there.facts, *back.facts))),
        count=count,
        is_both_ways=True,
    )
