"""Mermaid flowchart, which GitHub, GitLab and many wikis draw by themselves."""

from collections.abc import Iterator
from typing import assert_never

from archspec.model import Shape
from archspec.renderers import FromScene, Options, Output, Renderer, clean, detail_of, numbered
from archspec.renderers.scene import Direction, EdgeStyle, Mark, Scene, SceneNode
from archspec.renderers.sequence import FrameKind, Message, MessageStyle, Sequence, outlined

_DIRECTION = {Direction.RIGHT: "LR", Direction.LEFT: "RL", Direction.DOWN: "TB", Direction.UP: "BT"}
_ARROW = {
    EdgeStyle.REQUEST: "-->",
    EdgeStyle.ASYNCHRONOUS: "-.->",
    EdgeStyle.TELEMETRY: "-.->",
    EdgeStyle.DELIVERY: "-->",
}
_MESSAGE = {
    MessageStyle.CALL: "->>",
    MessageStyle.ANSWER: "-->>",
    MessageStyle.ASYNCHRONOUS: "-)",
    MessageStyle.TELEMETRY: "--)",
}
_ENTITIES = {'"': "#quot;", "&": "#amp;", "<": "#lt;", ">": "#gt;"} | {
    char: f"#{ord(char)};" for char in "#`\\*_~{}%$;:"
}
_MARKED = {
    Mark.ADDED: "stroke:#1a7f37,stroke-width:3px",
    Mark.REMOVED: "stroke:#cf222e,stroke-width:3px,stroke-dasharray:6 5",
    Mark.CHANGED: "stroke:#bf8700,stroke-width:3px",
}
_LINE_STYLE = {EdgeStyle.TELEMETRY: "stroke-dasharray:1 4", EdgeStyle.DELIVERY: "stroke-width:1px"}


def quoted(text: str) -> str:
    """The text in quotes, each character with a meaning in Mermaid, HTML or Markdown as an entity.

    >>> quoted('say "hi" <b>#1</b>')
    '"say #quot;hi#quot; #lt;b#gt;#35;1#lt;/b#gt;"'
    """
    return f'"{entities(text)}"'


def entities(text: str) -> str:
    """The text, each character with a meaning in Mermaid, HTML or Markdown as an entity."""
    return "".join(_ENTITIES.get(char, char) for char in clean(text))


def brackets(shape: Shape) -> tuple[str, str]:
    """What surrounds a node's text."""
    match shape:
        case Shape.PERSON | Shape.DEVICE:
            return "([", "])"
        case Shape.STORE | Shape.CACHE:
            return "[(", ")]"
        case Shape.QUEUE:
            return "[[", "]]"
        case Shape.BALANCER | Shape.EDGE_NETWORK:
            return "{{", "}}"
        case Shape.SERVER | Shape.WORKER | Shape.FUNCTION | Shape.CLOUD:
            return "[", "]"
        case Shape.OBSERVER | Shape.CHANNEL | Shape.DELIVERY:
            return "(", ")"
        case _:
            assert_never(shape)


def _mermaid(scene: Scene, options: Options) -> Output:
    lines = [f"flowchart {_DIRECTION[scene.direction]}", *_members(scene, None, 1), *_edges(scene), *_marks(scene)]
    notes = ("mermaid shows no icons and no stacks of replicas; it says the count.",)
    return Output((_head(scene.title) + "\n".join(lines) + "\n").encode(), notes)


def _head(title: str) -> str:
    """The title in front of a diagram, as a quoted YAML text."""
    quoted_title = clean(title).replace("\\", "\\\\").replace('"', '\\"')
    return f'---\ntitle: "{quoted_title}"\n---\n' if quoted_title else ""


def _members(scene: Scene, where: str | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for index, node in enumerate(scene.nodes):
        if node.boundary == where:
            opening, closing = brackets(node.shape)
            yield f"{indent}n{index}{opening}{_label(node)}{closing}"
    for index, boundary in enumerate(scene.boundaries):
        if boundary.within == where:
            yield f"{indent}subgraph b{index}[{quoted(f'{boundary.label} ({boundary.kind.value})')}]"
            yield from _members(scene, boundary.id, depth + 1)
            yield f"{indent}end"


def _label(node: SceneNode) -> str:
    count = f" ×{node.replicas}" if node.replicas > 1 else ""
    sign = f"{node.mark.sign} " if node.mark else ""
    name, detail = quoted(sign + (node.label or node.id) + count), quoted(detail_of(node))
    return name if detail == '""' else f"{name[:-1]}<br>{detail[1:]}"


def _edges(scene: Scene) -> Iterator[str]:
    names = numbered(scene)
    for edge in scene.edges:
        words = f"{edge.step}. {edge.label}" if edge.step else edge.label
        label = f"|{quoted(words)}|" if clean(words) else ""
        yield f"  {names[edge.source]} {_ARROW[edge.style]}{label} {names[edge.end]}"
    for style, line in _LINE_STYLE.items():
        numbers = [str(number) for number, edge in enumerate(scene.edges) if edge.style is style]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} {line}"


def _marks(scene: Scene) -> Iterator[str]:
    """What stands out in a picture of two versions; signs in the labels say the same without colours."""
    for mark in scene.marks:
        nodes = [f"n{number}" for number, node in enumerate(scene.nodes) if node.mark is mark]
        edges = [str(number) for number, edge in enumerate(scene.edges) if edge.mark is mark]
        if nodes:
            yield f"  classDef {mark.value} {_MARKED[mark]}"
            yield f"  class {','.join(nodes)} {mark.value}"
        if edges:
            yield f"  linkStyle {','.join(edges)} {_MARKED[mark]}"


def _sequence(sequence: Sequence, options: Options) -> Output:
    return Output(written_sequence(sequence).encode())


def written_sequence(sequence: Sequence) -> str:
    """A Mermaid sequence diagram; every text as entities, since Mermaid has no quotes there."""
    index_of = {participant.id: index for index, participant in enumerate(sequence.participants)}
    lines = ["sequenceDiagram"]
    for participant in sequence.participants:
        name = entities(participant.label or participant.id)
        lines.append(f"  participant p{index_of[participant.id]} as {name or NOTHING}")
    calls, answers = {call for call, _ in sequence.activations}, {answer for _, answer in sequence.activations}

    def said(number: int, message: Message) -> Iterator[str]:
        words = " · ".join(clean(word) for word in (message.label, message.status, message.time) if clean(word))
        turn = "+" if number in calls else "-" if number in answers else ""
        ends = f"p{index_of[message.source]}{_arrow(message)}{turn}p{index_of[message.target]}"
        yield f"{ends}: {entities(words) or NOTHING}"

    lines += outlined(sequence.items, said, _opened, indent="  ")
    return _head(sequence.title) + "\n".join(lines) + "\n"


def _arrow(message: Message) -> str:
    """A cross where it fails; that a failure is reported is no failure."""
    if not message.failed or message.style is MessageStyle.TELEMETRY:
        return _MESSAGE[message.style]
    return "--x" if message.style is MessageStyle.ANSWER else "-x"


NOTHING = "#8203;"
"""In place of words that Mermaid cannot do without."""


def _opened(kind: FrameKind, guard: str, is_first: bool) -> str:
    further = "and" if kind is FrameKind.PAR else "else"
    return f"{kind.value if is_first else further} {entities(guard) or NOTHING}"


RENDERER = Renderer(
    "mermaid",
    (".mmd", ".mermaid"),
    "text/vnd.mermaid",
    "a Mermaid flowchart or sequence diagram",
    FromScene(_mermaid),
    sequence=_sequence,
)
