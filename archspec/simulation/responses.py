"""Requests of a flow that arrived within the window of a run, as the engine counts them in constant memory."""

from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.simulation.engine import Engine, Question
from archspec.simulation.log import CAUSES
from archspec.simulation.percentiles import Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]


class Outcome(IntEnum):
    """What is counted of the requests of a flow: of the window, but for the last."""

    OFFERED = 0
    OK = 1
    DEGRADED = 2
    IN_FLIGHT = 3
    """At the end."""
    HALFWAY = 4
    """In flight in the middle of the window."""
    SINCE_HALF = 5
    """Of these, in flight at the end too."""
    ARRIVED = 6
    """In the whole run."""


WIDTH = len(Outcome) + len(CAUSES)
"""What is told of a flow: its outcomes, and how many requests failed by each cause."""


SEEN = 3
"""What is sampled of a flow, before how many answers took no longer than some times: good, bad, and the median."""


@frozen
class Answers:
    """What the scrapes of a run saw of the answers of a flow, a number for each."""

    times: list[int]
    """When, in nanoseconds."""
    good: list[int]
    """So far."""
    bad: list[int]
    medians: list[int]
    """Of the response times of the good ones since the sample before; -1 of none."""
    within: dict[int, list[int]]
    """By response time, how many good ones so far took no longer."""


def answers_of(table: "Table", limits: tuple[tuple[int, ...], ...]) -> Iterator[Answers]:
    """The samples of each flow, by the response times of which they count; a row has its moment, then flow by flow."""
    times, *flows = table.T.tolist()
    columns = iter(flows)
    for of_flow in limits:
        good, bad, medians = islice(columns, SEEN)
        yield Answers(times, good, bad, medians, {limit: next(columns) for limit in of_flow})


@frozen(slots=False)
class Responses:
    """Response times in nanoseconds of the requests of one flow that ended well, or that failed."""

    engine: Engine
    flow: int
    good: bool

    @cached_property
    def _summary(self) -> list[float]:
        return self.engine.ask(Question.SUMMARY, self.flow, good=self.good)

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self._summary[0])

    @property
    def mean(self) -> float:
        """0 of nothing."""
        return self._summary[1]

    @property
    def is_exact(self) -> bool:
        """Whether percentiles are times that occurred; else they lie up to a thousandth above."""
        return self._summary[2] == 1

    def quantile(self, share: float) -> float:
        """The percentile of a share by nearest rank."""
        return self.engine.ask(Question.PERCENTILE, self.flow, good=self.good, value=share)[0]

    def batch_means(self) -> list[float]:
        """The means of 20 batches in order of arrival; empty where there are too few."""
        return self.engine.ask(Question.MEANS, self.flow, good=self.good)

    def beyond(self, value: float) -> tuple[list[float], list[float]]:
        """Of 20 batches the shares of times above a value, and of those not below it; empty where there are too few."""
        found = self.engine.ask(Question.BEYOND, self.flow, good=self.good, value=value)
        return found[: len(found) // 2], found[len(found) // 2 :]

    def tally(self) -> Tally:
        """Between which times lie how many: what several runs are put together from."""
        found = iter(map(int, self.engine.ask(Question.TALLY, self.flow, good=self.good)))
        return tuple(zip(found, found, found, strict=True))
