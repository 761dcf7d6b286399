"""D2, Terrastruct's diagram language."""

from collections.abc import Iterator
from typing import assert_never

from archspec.model import Shape
from archspec.renderers import FromScene, Options, Output, Renderer, boundary_paths, clean, detail_of, dotted_paths
from archspec.renderers.scene import Direction, EdgeStyle, Scene, SceneNode

_DIRECTION = {Direction.RIGHT: "right", Direction.LEFT: "left", Direction.DOWN: "down", Direction.UP: "up"}
_LINE = {
    EdgeStyle.REQUEST: "",
    EdgeStyle.ASYNCHRONOUS: "style.stroke-dash: 5",
    EdgeStyle.TELEMETRY: "style.stroke-dash: 2",
    EdgeStyle.DELIVERY: "style.stroke-width: 1",
}


def quoted(text: str) -> str:
    r"""The text as a D2 string: double quotes, with `"`, `\` and `$` (substitutions) escaped.

    >>> print(quoted('say "hi" ${x}'))
    "say \"hi\" \${x}"
    """
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return f'"{escaped}"'


def shape_name(shape: Shape) -> str:
    """D2's shape for ours."""
    match shape:
        case Shape.PERSON:
            return "person"
        case Shape.STORE | Shape.CACHE:
            return "cylinder"
        case Shape.QUEUE:
            return "queue"
        case Shape.CLOUD | Shape.EDGE_NETWORK:
            return "cloud"
        case Shape.BALANCER:
            return "hexagon"
        case Shape.DELIVERY:
            return "package"
        case Shape.DEVICE | Shape.SERVER | Shape.WORKER | Shape.FUNCTION | Shape.OBSERVER | Shape.CHANNEL:
            return "rectangle"
        case _:
            assert_never(shape)


def _d2(scene: Scene, options: Options) -> Output:
    paths = boundary_paths(scene) | dotted_paths(scene)
    lines = [f"# {clean(scene.title)}", f"direction: {_DIRECTION[scene.direction]}", *_members(scene, None, 0)]
    for edge in scene.edges:
        words = f"{edge.step}. {edge.label}" if edge.step else edge.label
        label = f": {quoted(words)}" if clean(words).strip() else ""
        line = _LINE[edge.style]
        style = f"{'' if label else ':'} {{{line}}}" if line else ""
        lines.append(f"{paths[edge.source]} -> {paths[edge.end]}{label}{style}")
    return Output(("\n".join(lines) + "\n").encode(), ("d2 shows no icons; it says the count of replicas.",))


def _members(scene: Scene, where: str | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for index, node in enumerate(scene.nodes):
        if node.boundary == where:
            yield f"{indent}n{index}: {_label(node)} {{shape: {shape_name(node.shape)}{_multiple(node)}}}"
    for index, boundary in enumerate(scene.boundaries):
        if boundary.within == where:
            yield f"{indent}b{index}: {quoted(f'{boundary.label} ({boundary.kind.value})')} {{"
            yield from _members(scene, boundary.id, depth + 1)
            yield f"{indent}}}"


def _multiple(node: SceneNode) -> str:
    return "; style.multiple: true" if node.replicas > 1 else ""


def _label(node: SceneNode) -> str:
    count = f" ×{node.replicas}" if node.replicas > 1 else ""
    name, detail = quoted((node.label or node.id) + count), quoted(detail_of(node))
    return name if detail == '""' else f"{name[:-1]}\\n{detail[1:]}"


RENDERER = Renderer("d2", (".d2",), "text/vnd.d2", "the language of D2", FromScene(_d2))
