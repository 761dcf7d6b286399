"""Structurizr DSL: a C4 model with one container view."""

from collections.abc import Iterator

from archspec.model import Shape
from archspec.renderers import Direction, Scene, SceneNode, clean, detail_of, toward_cards
from archspec.renderers.renderer import FromScene, Options, Output, Renderer

_LAYOUT = {Direction.RIGHT: "lr", Direction.LEFT: "rl", Direction.DOWN: "tb", Direction.UP: "bt"}


def quoted(text: str) -> str:
    r"""The text as a DSL string. The DSL has no way to write `"`, `\` or `${`, so their nearest likeness stands in.

    >>> print(quoted('say "hi" ${x}'))
    "say 'hi' $ {x}"
    """
    return '"' + clean(text).replace('"', "'").replace("\\", "⧵").replace("${", "$ {") + '"'


def unique_titles(scene: Scene) -> dict[str, str]:
    """A name for each node by its id: C4 wants them unique, so a second `API` becomes `API (api-2)`."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for node in scene.nodes:
        name = clean(node.label) or node.id
        name = name if name.lower() not in taken else f"{name} ({node.id})"
        taken.add(name.lower())
        found[node.id] = name + (f" ×{node.replicas}" if node.replicas > 1 else "")
    return found


def _structurizr(scene: Scene, options: Options) -> Output:
    names = unique_titles(scene)
    system = clean(scene.title) or "System"
    lines = [f"workspace {quoted(system)} {quoted(scene.description)} {{", "  model {"]
    lines += ["    properties {", '      "structurizr.groupSeparator" "/"', "    }"]
    lines += [f"    {line}" for node in scene.nodes for line in _outside(scene, node, names)]
    lines += [
        f"    system = softwareSystem {quoted(f'{system} (system)')} {{",
        *_inside(scene, None, names, 3),
        "    }",
    ]
    index_of = {node.id: index for index, node in enumerate(scene.nodes)}
    for edge in _distinct(scene):
        source, target, words, tag = edge
        lines.append(f'    n{index_of[source]} -> n{index_of[target]} {quoted(words)} "" {quoted(tag)}')
    lines += ["  }", "  views {", f'    container system "{_key(scene.name)}" {quoted(scene.description)} {{']
    lines += ["      include *", f"      autoLayout {_LAYOUT[scene.direction]}", "    }", *_styles(), "  }", "}"]
    notes = ("structurizr shows people and external systems outside all groups, and no stacks of replicas.",)
    return Output(("\n".join(lines) + "\n").encode(), (*notes, *toward_cards(scene, "structurizr")))


def _key(name: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in name) or "view"


def _distinct(scene: Scene) -> Iterator[tuple[str, str, str, str]]:
    """Edges with descriptions made unique for each pair, as the DSL wants."""
    taken: set[tuple[str, str, str]] = set()
    for edge in scene.edges:
        words = clean(f"{edge.step}. {edge.label}" if edge.step else edge.label) or edge.style.value
        while (edge.source, edge.target, words) in taken:
            words += " (again)"
        taken.add((edge.source, edge.target, words))
        if edge.source != edge.target:
            yield edge.source, edge.target, words, edge.style.value


def is_outside(node: SceneNode) -> bool:
    """Whether C4 shows it beside the system: people, clients and systems of others."""
    return node.shape in (Shape.PERSON, Shape.DEVICE, Shape.CLOUD)


def _outside(scene: Scene, node: SceneNode, names: dict[str, str]) -> Iterator[str]:
    if is_outside(node):
        kind = "softwareSystem" if node.shape is Shape.CLOUD else "person"
        yield f"n{scene.nodes.index(node)} = {kind} {quoted(names[node.id])} {quoted(node.description)}"


def _inside(scene: Scene, where: str | None, names: dict[str, str], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for index, node in enumerate(scene.nodes):
        if node.boundary == where and not is_outside(node):
            texts = (names[node.id], node.description, detail_of(node), node.shape.value)
            yield f"{indent}n{index} = container {' '.join(map(quoted, texts))}"
    for boundary in scene.boundaries:
        if boundary.within == where:
            inner = list(_inside(scene, boundary.id, names, depth + 1))
            if inner:
                label = clean(boundary.label).replace("/", "⁄") or boundary.id
                yield f"{indent}group {quoted(f'{label} ({boundary.kind.value})')} {{"
                yield from inner
                yield f"{indent}}}"


def _styles() -> Iterator[str]:
    yield "    styles {"
    for tag, shape in (("store", "Cylinder"), ("cache", "Cylinder"), ("queue", "Pipe"), ("balancer", "Hexagon")):
        yield f'      element "{tag}" {{'
        yield f"        shape {shape}"
        yield "      }"
    for tag, style in (("asynchronous", "dashed"), ("telemetry", "dotted")):
        yield f'      relationship "{tag}" {{'
        yield f"        style {style}"
        yield "      }"
    yield "    }"


RENDERER = Renderer(
    "structurizr", (".dsl",), "text/x-structurizr-dsl", "the Structurizr DSL with one view", FromScene(_structurizr)
)
