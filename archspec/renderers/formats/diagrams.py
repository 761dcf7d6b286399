"""A runnable Python program for the `diagrams` library, with its icons."""

from collections.abc import Iterator, Mapping

from archspec.model import Shape
from archspec.renderers import clean, detail_of, shape_icon, technology_icon, toward_cards
from archspec.renderers.renderer import FromScene, Options, Output, Renderer
from archspec.renderers.scene import Direction, EdgeStyle, Scene, SceneEdge, SceneNode

_DIRECTION = {Direction.RIGHT: "LR", Direction.LEFT: "RL", Direction.DOWN: "TB", Direction.UP: "BT"}
_LINE: Mapping[EdgeStyle, str] = {
    EdgeStyle.REQUEST: "",
    EdgeStyle.ASYNCHRONOUS: 'style="dashed"',
    EdgeStyle.TELEMETRY: 'style="dotted"',
    EdgeStyle.DELIVERY: 'penwidth="0.6"',
}
_NEAREST = {
    Shape.PERSON: ("onprem.client", "User"),
    Shape.DEVICE: ("onprem.client", "Client"),
    Shape.EDGE_NETWORK: ("onprem.network", "Internet"),
    Shape.BALANCER: ("generic.network", "Switch"),
    Shape.SERVER: ("onprem.compute", "Server"),
    Shape.WORKER: ("onprem.compute", "Server"),
    Shape.FUNCTION: ("aws.compute", "Lambda"),
    Shape.STORE: ("generic.storage", "Storage"),
    Shape.CACHE: ("generic.storage", "Storage"),
    Shape.QUEUE: ("generic.storage", "Storage"),
    Shape.CLOUD: ("onprem.network", "Internet"),
    Shape.OBSERVER: ("generic.compute", "Rack"),
    Shape.CHANNEL: ("generic.device", "Mobile"),
    Shape.DELIVERY: ("onprem.vcs", "Git"),
}


def _program(scene: Scene, options: Options) -> Output:
    classes = {node.id: _class(node) for node in scene.nodes}
    names = _names(sorted(set(classes.values())))
    lines = [
        '"""Drawn with the `diagrams` library; needs Graphviz\'s `dot`."""',
        "",
        "from diagrams import Cluster, Diagram, Edge",
        *(f"from diagrams.{module} import {_import(name, names[module, name])}" for module, name in names),
        "",
        f"with Diagram({_text(scene.title)}, filename={_file(scene.name)!r}, show=False, "
        f'direction="{_DIRECTION[scene.direction]}"):',
        *_members(scene, {id_: names[key] for id_, key in classes.items()}, None, 1),
        *_edges(scene),
    ]
    if not scene.nodes:
        lines.append("    pass")
    notes = ("diagrams shows no stacks of replicas and no step numbers apart from the text; it says the count.",)
    return Output(("\n".join(lines) + "\n").encode(), (*notes, *toward_cards(scene, "diagrams")))


def _class(node: SceneNode) -> tuple[str, str]:
    icon = technology_icon(node.technology) or shape_icon(node.shape)
    return (icon.module, icon.name) if icon else _NEAREST[node.shape]


def _names(classes: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The name each class goes by in the program: its own, unless it is taken."""
    taken = {"Cluster", "Diagram", "Edge"}
    found = {}
    for module, name in classes:
        alias = name if name not in taken else f"{name}Of{module.title().replace('.', '').replace('_', '')}"
        taken.add(alias)
        found[module, name] = alias
    return found


def _import(name: str, alias: str) -> str:
    return name if name == alias else f"{name} as {alias}"


def _members(scene: Scene, classes: Mapping[str, str], where: str | None, depth: int) -> Iterator[str]:
    indent = "    " * depth
    for index, node in enumerate(scene.nodes):
        if node.boundary == where:
            count = f" ×{node.replicas}" if node.replicas > 1 else ""
            detail = detail_of(node)
            label = (node.label or node.id) + count
            yield f"{indent}n{index} = {classes[node.id]}({_text(label, detail)})"
    for boundary in scene.boundaries:
        if boundary.within == where:
            yield f"{indent}with Cluster({_text(f'{boundary.label} ({boundary.kind.value})')}):"
            yield from list(_members(scene, classes, boundary.id, depth + 1)) or [f"{indent}    pass"]


def _edges(scene: Scene) -> Iterator[str]:
    index_of = {node.id: index for index, node in enumerate(scene.nodes)}
    for edge in scene.edges:
        yield f"    n{index_of[edge.source]} >> Edge({_edge(edge)}) >> n{index_of[edge.target]}"


def _edge(edge: SceneEdge) -> str:
    words = f"{edge.step}. {edge.label}" if edge.step else edge.label
    return ", ".join(part for part in (f"label={_text(words)}" if clean(words) else "", _LINE[edge.style]) if part)


def _text(*lines: str) -> str:
    """A Python literal that Graphviz shows as it is: backslashes doubled, never taken for HTML."""
    kept = [clean(line).replace("\\", "\\\\") for line in lines if clean(line)]
    text = "\n".join(kept)
    return repr(f" {text}" if text.startswith("<") else text)


def _file(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in name)


RENDERER = Renderer(
    "diagrams", (".diagrams.py",), "text/x-python", "a program for the Python library diagrams", FromScene(_program)
)
