"""Sequence diagrams: who says what to whom, in the order of time, in the style of the other pictures."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from archspec.frozen import frozen
from archspec.model import Shape


class MessageStyle(Enum):
    """How an arrow is drawn."""

    CALL = "call"  # solid, full head
    ANSWER = "answer"  # dashed, thin
    ASYNCHRONOUS = "asynchronous"  # dashed in the colour of messages
    TELEMETRY = "telemetry"  # dotted


@frozen
class Participant:
    """A column. `shape` and `technology` choose its icon."""

    id: str
    label: str
    shape: Shape
    technology: str = ""


@frozen
class Message:
    """An arrow. `time` stands at the left edge, `status` beside the label; `failed` draws it as a failure."""

    source: str
    target: str
    label: str
    time: str = ""
    status: str = ""
    style: MessageStyle = MessageStyle.CALL
    failed: bool = False


class FrameKind(Enum):
    """What a frame says of the messages in it, in the words of UML."""

    OPT = "opt"  # perhaps
    ALT = "alt"  # one section of several
    PAR = "par"  # all sections at once
    LOOP = "loop"  # more than once
    BREAK = "break"  # instead of all that would follow round it


@frozen
class Section:
    """A part of a frame. `guard` says when it happens, or how often."""

    guard: str
    items: tuple["Message | Frame", ...]


@frozen
class Frame:
    """Messages in a box. Only `alt` and `par` have more than one section."""

    kind: FrameKind
    sections: tuple[Section, ...]


Item = Message | Frame


@frozen
class Sequence:
    """A sequence diagram. Messages name participants; both are drawn in the order given."""

    name: str
    title: str
    participants: tuple[Participant, ...]
    items: tuple[Item, ...]
    description: str = ""

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages from the top down, those in frames too."""
        return tuple(messages_of(self.items))

    @property
    def activations(self) -> tuple[tuple[int, int], ...]:
        """Who is at work from which message until which: the numbers of calls and of their answers, from 0."""
        return tuple(_activations(self.items, 0))


def messages_of(items: Iterable[Item]) -> Iterator[Message]:
    """All messages from the top down, those in frames too."""
    for item in items:
        if isinstance(item, Message):
            yield item
        else:
            for section in item.sections:
                yield from messages_of(section.items)


def _activations(items: tuple[Item, ...], number: int) -> Iterator[tuple[int, int]]:
    """A call and its answer stand in the same section: what answers elsewhere is said instead of another answer."""
    waiting: list[tuple[int, Message]] = []
    for item in items:
        if isinstance(item, Frame):
            for section in item.sections:
                yield from _activations(section.items, number)
                number += len(tuple(messages_of(section.items)))
            continue
        if item.style is MessageStyle.CALL and item.source != item.target:
            waiting.append((number, item))
        if item.style is MessageStyle.ANSWER:
            ends = (item.target, item.source)
            asked = next((call for call in reversed(waiting) if (call[1].source, call[1].target) == ends), None)
            if asked:
                waiting.remove(asked)
                yield asked[0], number
        number += 1


def outlined(
    items: Iterable[Item],
    said: Callable[[int, Message], Iterable[str]],
    opened: Callable[[FrameKind, str, bool], str],
    first: int = 0,
    indent: str = "",
) -> Iterator[str]:
    """The lines of a format of lines: those of each message, by its number from `first` on; those of each frame from
    `opened` (its kind, a section's guard, whether that section is the frame's first) until `end`.
    """
    number = first
    for item in items:
        if isinstance(item, Message):
            yield from (f"{indent}{line}" for line in said(number, item))
            number += 1
            continue
        for index, section in enumerate(item.sections):
            yield f"{indent}{opened(item.kind, section.guard, index == 0)}".rstrip()
            yield from outlined(section.items, said, opened, number, f"{indent}  ")
            number += len(tuple(messages_of(section.items)))
        yield f"{indent}end"
