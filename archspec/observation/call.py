"""Calls: what a trace comes to when the spans of one service are taken together."""

from typing import NamedTuple

from archspec.observation.attributes import Face
from archspec.observation.span import Party


class Call(NamedTuple):
    """One call, from both sides as far as both sent spans. Times are in nanoseconds.

    `own` is what the callee needed for itself: its span less what it asked meanwhile and less its wait in a queue,
    where the span tells that. `lag` is the asking side's span less the answering side's: the way there and back.
    Either is None where a side sent no span, where nothing tells the time, or where the call was given up.
    """

    callee: Party
    operation: str
    sent: int
    settled: int
    own: int | None
    lag: int | None
    asked: Face | None
    """The face of the asking side's span; None where there is none."""
    answered: Face | None
    """The face of the answering side's span; None where only the caller tells of the call."""
    message: bool
    """Whether it is a message that a consumer took, rather than a question."""
    skewed: bool
    """Whether the clocks of both sides disagree, so that its times say nothing beside its siblings'."""
    failed: bool
    """Whether either side says that it failed."""
    status: int | None
    """What the callee answered, else what the caller got."""
    calls: "tuple[Call, ...]"


class Tree(NamedTuple):
    """A call that nobody asked for within its trace.

    `caller` is who sent a message that is taken here, where that is told. `torn` says that its span names a parent
    which is missing, so that it is no beginning.
    """

    root: Call
    caller: Party | None
    torn: bool
