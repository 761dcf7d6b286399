"""PlantUML component diagram: plain elements, so that no library has to be fetched."""

from collections.abc import Iterator
from typing import assert_never

from archspec.model import Shape
from archspec.renderers import FromScene, Options, Output, Renderer, clean, detail_of, numbered
from archspec.renderers.scene import BoundaryKind, Direction, EdgeStyle, Scene, SceneNode
from archspec.renderers.sequence import FrameKind, Message, MessageStyle, Sequence, outlined

_ARROW = {
    EdgeStyle.REQUEST: "-->",
    EdgeStyle.ASYNCHRONOUS: "-[dashed]->",
    EdgeStyle.TELEMETRY: "-[dotted]->",
    EdgeStyle.DELIVERY: "-[thickness=1]->",
}


def text(words: str) -> str:
    """The words with every character that PlantUML or Creole could give a meaning as a code point.

    >>> text('say "hi" <b>')
    'say <U+0022>hi<U+0022> <U+003C>b<U+003E>'
    """
    return "".join(char if char.isalnum() or char in _SAFE else f"<U+{ord(char):04X}>" for char in clean(words))


_SAFE = " ,:;()+?·×→…"


def keyword(shape: Shape) -> str:
    """PlantUML's element for our shape."""
    match shape:
        case Shape.PERSON:
            return "actor"
        case Shape.STORE | Shape.CACHE:
            return "database"
        case Shape.QUEUE:
            return "queue"
        case Shape.CLOUD | Shape.EDGE_NETWORK:
            return "cloud"
        case Shape.BALANCER:
            return "agent"
        case Shape.SERVER | Shape.WORKER | Shape.FUNCTION:
            return "node"
        case Shape.DEVICE | Shape.OBSERVER | Shape.CHANNEL:
            return "component"
        case Shape.DELIVERY:
            return "artifact"
        case _:
            assert_never(shape)


def _plantuml(scene: Scene, options: Options) -> Output:
    notes = ["plantuml shows no icons and no stacks of replicas; it says the count."]
    if scene.direction in (Direction.LEFT, Direction.UP):
        notes.append(f"plantuml cannot draw {scene.direction.value}wards; the picture runs the other way.")
    across = "left to right direction" if scene.direction.is_horizontal else "top to bottom direction"
    lines = ["@startuml", f"title {text(scene.title) or ' '}", across, *_members(scene, None, 0)]
    names = numbered(scene)
    for edge in scene.edges:
        words = text(f"{edge.step}. {edge.label}" if edge.step else edge.label).strip()
        label = f" : {words}" if words else ""
        lines.append(f"{names[edge.source]} {_ARROW[edge.style]} {names[edge.end]}{label}")
    return Output(("\n".join([*lines, "@enduml"]) + "\n").encode(), tuple(notes))


def _members(scene: Scene, where: str | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for index, node in enumerate(scene.nodes):
        if node.boundary == where:
            yield f'{indent}{keyword(node.shape)} "{_label(node)}" as n{index}'
    for index, boundary in enumerate(scene.boundaries):
        if boundary.within == where:
            kind = "node" if boundary.kind is BoundaryKind.HOST else "rectangle"
            yield f'{indent}{kind} "{text(boundary.label)} ({boundary.kind.value})" as b{index} {{'
            yield from _members(scene, boundary.id, depth + 1)
            yield f"{indent}}}"


def _label(node: SceneNode) -> str:
    count = f" ×{node.replicas}" if node.replicas > 1 else ""
    detail = text(detail_of(node))
    return text((node.label or node.id) + count) + (f"\\n{detail}" if detail else "")


def _sequence(sequence: Sequence, options: Options) -> Output:
    """A PlantUML sequence diagram."""
    lines = ["@startuml", f"title {text(sequence.title) or ' '}"]
    index_of = {participant.id: index for index, participant in enumerate(sequence.participants)}
    lines += [f'{_role(one.shape)} "{text(one.label)}" as p{index_of[one.id]}' for one in sequence.participants]
    calls, answers = {call for call, _ in sequence.activations}, {answer for _, answer in sequence.activations}

    def said(number: int, message: Message) -> Iterator[str]:
        words = " · ".join(part for part in (message.time, message.label, message.status) if part)
        arrow = _SEQUENCE_ARROW[message.style]
        if message.failed:
            arrow = f"-[#red]{arrow[1:]}"
        label = f" : {text(words)}" if text(words).strip() else ""
        yield f"p{index_of[message.source]} {arrow} p{index_of[message.target]}{label}"
        if number in calls:
            yield f"activate p{index_of[message.target]}"
        if number in answers:
            yield f"deactivate p{index_of[message.source]}"

    lines += outlined(sequence.items, said, _opened)
    return Output(("\n".join([*lines, "@enduml"]) + "\n").encode())


def _opened(kind: FrameKind, guard: str, is_first: bool) -> str:
    return f"{kind.value if is_first else 'else'} {text(guard)}"


_SEQUENCE_ARROW = {
    MessageStyle.CALL: "->",
    MessageStyle.ANSWER: "-->",
    MessageStyle.ASYNCHRONOUS: "->>",
    MessageStyle.TELEMETRY: "-->>",
}


def _role(shape: Shape) -> str:
    element = keyword(shape)
    return element if element in ("actor", "database", "queue") else "participant"


RENDERER = Renderer(
    "plantuml",
    (".puml", ".plantuml"),
    "text/x-plantuml",
    "a PlantUML diagram",
    FromScene(_plantuml),
    sequence=_sequence,
)
