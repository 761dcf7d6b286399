"""A scene in the words of C4's macros, which Mermaid and C4-PlantUML share: `Container(n0, "API", "Server", "…")`."""

from collections.abc import Callable, Iterator
from typing import assert_never

from archspec.model import Shape
from archspec.renderers.card import detail_of
from archspec.renderers.scene import Scene, SceneNode
from archspec.renderers.text import clean

Quote = Callable[[str], str]


def macro(shape: Shape) -> str:
    """C4's element for our shape: people and other systems stand for themselves, the rest are containers."""
    match shape:
        case Shape.PERSON | Shape.DEVICE:
            return "Person"
        case Shape.CLOUD:
            return "System_Ext"
        case Shape.STORE | Shape.CACHE:
            return "ContainerDb"
        case (
            Shape.QUEUE
            | Shape.EDGE_NETWORK
            | Shape.BALANCER
            | Shape.SERVER
            | Shape.WORKER
            | Shape.FUNCTION
            | Shape.OBSERVER
            | Shape.CHANNEL
            | Shape.DELIVERY
        ):
            return "Container"
        case _:
            assert_never(shape)


def lines(scene: Scene, quote: Quote) -> Iterator[str]:
    """Elements within their boundaries, then relations; `quote` makes a text safe, quotation marks included."""
    yield from _members(scene, None, 0, quote)
    index_of = {node.id: index for index, node in enumerate(scene.nodes)}
    for edge in scene.edges:
        words = clean(f"{edge.step}. {edge.label}" if edge.step else edge.label) or edge.style.value
        yield f"Rel(n{index_of[edge.source]}, n{index_of[edge.target]}, {quote(words)})"


def _members(scene: Scene, where: str | None, depth: int, quote: Quote) -> Iterator[str]:
    indent = "  " * depth
    for index, node in enumerate(scene.nodes):
        if node.boundary == where:
            yield f"{indent}{macro(node.shape)}({', '.join([f'n{index}', *map(quote, _texts(node))])})"
    for index, boundary in enumerate(scene.boundaries):
        if boundary.within == where:
            inner = list(_members(scene, boundary.id, depth + 1, quote))
            if inner:
                names = f"{quote(boundary.label or boundary.id)}, {quote(boundary.kind.value)}"
                yield f"{indent}Boundary(b{index}, {names}) {{"
                yield from inner
                yield f"{indent}}}"


def _texts(node: SceneNode) -> tuple[str, ...]:
    count = f" ×{node.replicas}" if node.replicas > 1 else ""
    name = (clean(node.label) or node.id) + count
    about = clean(node.description)
    return (name, detail_of(node), about) if macro(node.shape).startswith("Container") else (name, about)
