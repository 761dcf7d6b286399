"""The runs of all flows as JSON, small: most differ in a call or two, so that calls, emissions and words are shared.

`viewer/src/wire.ts` reads it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from archspec.renderers.text import clean
from archspec.values import duration
from archspec.webpage.flow_content import AlarmContent, CallContent, EmissionContent, EmissionKind, RunContent
from archspec.webpage.steps import StepContent, StepKind, steps

T = TypeVar("T", bound=Hashable)
UNKNOWN = -1
"""In place of a length or moment in nanoseconds."""


@dataclass
class Pool(Generic[T]):
    """Every different value once; whoever shares one names it by number."""

    tell: Callable[[T], Any]
    told: list[Any] = field(default_factory=list)
    numbers: dict[T, int] = field(default_factory=dict)

    def number(self, value: T) -> int:
        """The number of the value, which is told when it is met first."""
        if value not in self.numbers:
            told = self.tell(value)
            self.numbers[value] = len(self.told)
            self.told.append(told)
        return self.numbers[value]


class RunPool:
    """Hands out the numbers of runs, and tells them all at the end."""

    def __init__(self) -> None:
        self._runs: Pool[RunContent] = Pool(self._run)
        self._calls: Pool[CallContent] = Pool(self._call)
        self._emissions: Pool[EmissionContent] = Pool(self._emission)
        self._alarms: Pool[AlarmContent] = Pool(self._alarm)
        self._words: Pool[str] = Pool(clean)
        self._times: dict[int, str] = {}

    def number(self, run: RunContent) -> int:
        """The number that flows name the run by."""
        return self._runs.number(run)

    def told(self) -> dict[str, Any]:
        """Everything that the numbers stand for; times are lengths and moments in words, by nanoseconds."""
        return {
            "runs": self._runs.told,
            "calls": self._calls.told,
            "emissions": self._emissions.told,
            "alarms": self._alarms.told,
            "words": self._words.told,
            "times": self._times,
        }

    def _time(self, nanoseconds: int, *, known: bool) -> int:
        """A length or moment, whose words are told once; one that nobody knows is `UNKNOWN`, which has none."""
        if not known:
            return UNKNOWN
        self._times[nanoseconds] = duration(nanoseconds)
        return nanoseconds

    def _run(self, run: RunContent) -> list[Any]:
        return [
            self._words.number(run.answer),
            run.tone.value,
            self._time(run.duration, known=run.timed),
            [self._calls.number(call) for call in run.calls],
            [self._step(step, run) for step in steps(run)],
            [self._emissions.number(each) for each in run.emissions],
            [self._alarms.number(each) for each in run.alarms],
        ]

    def _step(self, step: StepContent, run: RunContent) -> list[int]:
        return [step.call, list(StepKind).index(step.kind), self._time(step.at, known=run.timed)]

    def _call(self, call: CallContent) -> list[Any]:
        names = (call.caller, call.callee, call.replica, call.title, call.answer)
        return [
            call.depth,
            *(self._words.number(name) for name in names),
            call.tone.value,
            call.start,
            call.end,
            [self._words.number(note) for note in call.notes],
            self._time(call.end - call.start, known=call.timed),
        ]

    def _emission(self, each: EmissionContent) -> list[int]:
        words = (self._words.number(word) for word in (each.source, each.target, each.text))
        return [list(EmissionKind).index(each.kind), self._time(each.at, known=each.timed), *words]

    def _alarm(self, each: AlarmContent) -> list[str]:
        return [each.sentence, each.brief]
