"""The highest load that still meets every objective."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from archspec.execution.finished import SimulationOptions
from archspec.execution.load_level import at_level
from archspec.execution.results import Results
from archspec.execution.simulate import simulate
from archspec.model.architecture import Architecture

LARGEST = Fraction(1024)
SMALLEST = Fraction(1, 1024)
PRECISION = Fraction(1, 50)
MOST_REQUESTS = 5_000_000
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Tried:
    """One load that was tried, as a factor of the spec's, and what it missed."""

    level: Fraction
    rates: tuple[tuple[str, float], ...]
    """Requests offered per second, by flow."""
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capacity:
    """The edge between good and bad: objectives are met at `holds` and missed at `breaks`."""

    system: str
    seed: int
    duration: int
    holds: Tried | None
    """None: even the smallest load tried misses an objective."""
    breaks: Tried | None
    """None: no load tried misses any."""
    bottleneck: str | None
    """At `breaks`, else at `holds`."""
    tried: tuple[Tried, ...]
    """In the order of the search."""


def find_capacity(
    architecture: Architecture,
    options: SimulationOptions,
    progress: Progress | None = None,
    precision: Fraction = PRECISION,
) -> Capacity:
    """Double (or halve) the load until it breaks (or holds), then halve the gap until it is below `precision`.

    Overload counts as missed, whatever the objectives. All runs share their draws. What is found is an edge, not a
    proof: that no load below it misses an objective is assumed, as it is of every search by halves.
    """
    search = _Search(architecture, options, progress)
    low, high = Fraction(0), Fraction(0)
    level = Fraction(1)
    while not (low and high) and SMALLEST <= level <= LARGEST:
        if search.misses(level):
            high = level
            level = level / 2
        else:
            low = level
            if search.offered(level) * 2 > MOST_REQUESTS:
                break
            level = level * 2
    while low and high and (high - low) / low > precision:
        middle = (low + high) / 2
        low, high = (low, middle) if search.misses(middle) else (middle, high)
    return search.between(low, high)


class _Search:
    """The runs made so far, by load."""

    def __init__(self, architecture: Architecture, options: SimulationOptions, progress: Progress | None) -> None:
        self._architecture, self._options, self._progress = architecture, options, progress
        self._results: dict[Fraction, Results] = {}

    def misses(self, level: Fraction) -> bool:
        """Run at that load; whether an objective is missed."""
        architecture = at_level(self._architecture, self._options.scenario, level)
        self._results[level] = simulate(architecture, self._options)
        if self._progress is not None:
            self._progress(1 - 0.85 ** len(self._results))
        return bool(self._results[level].missed)

    def offered(self, level: Fraction) -> int:
        return sum(flow.offered for flow in self._results[level].flows)

    def between(self, low: Fraction, high: Fraction) -> Capacity:
        any_result = next(iter(self._results.values()))
        if self._progress is not None:
            self._progress(1.0)
        return Capacity(
            system=any_result.system,
            seed=any_result.seed,
            duration=any_result.duration,
            holds=self._tried(low) if low else None,
            breaks=self._tried(high) if high else None,
            bottleneck=self._results[high or low].bottleneck,
            tried=tuple(self._tried(level) for level in self._results),
        )

    def _tried(self, level: Fraction) -> Tried:
        results = self._results[level]
        window = (results.duration - results.warm_up) / 1e9
        rates = tuple((flow.flow, flow.offered / window) for flow in results.flows)
        return Tried(level, rates, results.missed)
