"""A program as the lean kernel runs it: instructions, the draws they ask for, and what is open at each of them."""

from dataclasses import dataclass
from enum import Enum

from archspec.execution.lean.code import Instruction


class Shape(Enum):
    """What becomes of a drawn number before the kernel sees it."""

    AS_IT_IS = "as it is"
    AT_SPEED = "at the speed of the cores"
    OUT = "half of it, rounded down"
    BACK = "the other half"
    SHARE = "one of equal parts"
    CLIENT = "by the client"


@dataclass(frozen=True, slots=True)
class Column:
    """One number that every request of a flow has drawn for it."""

    draw: int
    occurrence: int
    shape: Shape = Shape.AS_IT_IS
    over: int = 1
    """AT_SPEED: time · over / under; SHARE: of how many parts; CLIENT: of how many replicas; the first `under` work."""
    under: int = 1


@dataclass(frozen=True, slots=True)
class Wait:
    """What a token that waits at an instruction has open, outermost first."""

    inside: tuple[tuple[int, int], ...]
    """Stations it is in, with the frame of its coming in."""
    asked: tuple[tuple[int, int, int, int], ...]
    """Calls that can time out: frame, time-out, whether sent before it came in, whether it may be late."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A program as instructions."""

    instructions: list[Instruction]
    branches: list[int]
    starts: list[int]
    columns: list[list[Column]]
    """Of each flow."""
    depth: int
    waits: list[Wait]
    """Of each instruction."""
