"""LikeC4, a language and tool for architecture models."""

from collections.abc import Iterator
from typing import assert_never

from archspec.model import Shape
from archspec.renderers import FromScene, Options, Output, Renderer, boundary_paths, clean, detail_of, dotted_paths
from archspec.renderers.scene import Direction, EdgeStyle, Scene, SceneNode

_RANK = {
    Direction.RIGHT: "LeftRight",
    Direction.LEFT: "RightLeft",
    Direction.DOWN: "TopBottom",
    Direction.UP: "BottomTop",
}
_LINE = {
    EdgeStyle.REQUEST: "solid",
    EdgeStyle.ASYNCHRONOUS: "dashed",
    EdgeStyle.TELEMETRY: "dotted",
    EdgeStyle.DELIVERY: "solid",
}


def quoted(text: str) -> str:
    r"""The text as a LikeC4 string: in single quotes, with quotes and backslashes escaped.

    >>> print(quoted("it's"))
    'it\'s'
    """
    return "'" + clean(text).replace("\\", "\\\\").replace("'", "\\'") + "'"


def shape_name(shape: Shape) -> str:
    """LikeC4's shape for ours."""
    match shape:
        case Shape.PERSON:
            return "person"
        case Shape.DEVICE:
            return "browser"
        case Shape.STORE:
            return "storage"
        case Shape.CACHE:
            return "cylinder"
        case Shape.QUEUE:
            return "queue"
        case (
            Shape.EDGE_NETWORK
            | Shape.BALANCER
            | Shape.SERVER
            | Shape.WORKER
            | Shape.FUNCTION
            | Shape.CLOUD
            | Shape.OBSERVER
            | Shape.CHANNEL
            | Shape.DELIVERY
        ):
            return "rectangle"
        case _:
            assert_never(shape)


def _likec4(scene: Scene, options: Options) -> Output:
    paths = dotted_paths(scene)
    shapes = sorted({node.shape.name.lower() for node in scene.nodes})
    lines = ["specification {", "  element boundary"]
    lines += [f"  element {name} {{ style {{ shape {shape_name(Shape[name.upper()])} }} }}" for name in shapes]
    lines += [f"  relationship {style.value} {{ line {_LINE[style]} }}" for style in scene.legend]
    lines += ["}", "model {", *_members(scene, None, 1)]
    ends = boundary_paths(scene) | paths
    for edge in scene.edges:
        words = f"{edge.step}. {edge.label}" if edge.step else edge.label
        title = f" {quoted(words)}" if clean(words).strip() else ""
        lines.append(f"  {paths[edge.source]} -[{edge.style.value}]-> {ends[edge.end]}{title}")
    shown = [*boundary_paths(scene).values(), *paths.values()]
    lines += [
        "}",
        "views {",
        "  view index {",
        f"    title {quoted(scene.title)}",
        f"    include {', '.join(shown)}" if shown else "",
    ]
    lines += [f"    autoLayout {_RANK[scene.direction]}", "  }", "}"]
    return Output(("\n".join(lines) + "\n").encode(), ("likec4 shows no replicas; its title says the count.",))


def _members(scene: Scene, where: str | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for index, node in enumerate(scene.nodes):
        if node.boundary == where:
            yield f"{indent}n{index} = {node.shape.name.lower()} {quoted(_title(node))} {{"
            if detail_of(node):
                yield f"{indent}  technology {quoted(detail_of(node))}"
            if clean(node.description).strip():
                yield f"{indent}  description {quoted(node.description)}"
            yield f"{indent}}}"
    for index, boundary in enumerate(scene.boundaries):
        if boundary.within == where:
            yield f"{indent}b{index} = boundary {quoted(f'{boundary.label} ({boundary.kind.value})')} {{"
            yield from _members(scene, boundary.id, depth + 1)
            yield f"{indent}}}"


def _title(node: SceneNode) -> str:
    return (node.label or node.id) + (f" ×{node.replicas}" if node.replicas > 1 else "")


RENDERER = Renderer("likec4", (".c4", ".likec4"), "text/x-likec4", "a LikeC4 model with one view", FromScene(_likec4))
