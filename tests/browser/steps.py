"""A run as a play: one step for each question, each answer and each piece of own work, in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from tests.browser.run_content import CallContent, RunContent


class StepKind(Enum):
    """What happens in a step."""

    ASK = "ask"
    ANSWER = "answer"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class StepContent:
    """One moment of a run; `call` is the index of the call that it belongs to."""

    call: int
    kind: StepKind
    at: int


def steps(run: RunContent) -> tuple[StepContent, ...]:
    """The steps of a run. At the same moment a question stands before those that it leads to, and its answer after."""
    return tuple(sorted(_nested(run.calls), key=lambda step: step.at))


def _nested(calls: tuple[CallContent, ...]) -> Iterator[StepContent]:
    """Each call, then what is below it in the tree, then its answer."""
    waiting: list[int] = []
    for index, call in enumerate(calls):
        while waiting and calls[waiting[-1]].depth >= call.depth:
            yield _answer(calls, waiting.pop())
        if call.caller == call.callee:
            yield StepContent(index, StepKind.WORK, call.start)
            continue
        yield StepContent(index, StepKind.ASK, call.start)
        if call.heard:
            waiting.append(index)
    while waiting:
        yield _answer(calls, waiting.pop())


def _answer(calls: tuple[CallContent, ...], index: int) -> StepContent:
    return StepContent(index, StepKind.ANSWER, calls[index].end)
