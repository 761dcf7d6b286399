"""The highest load that still meets every objective, and between which loads it lies."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from fractions import Fraction

from archspec.frozen import frozen
from archspec.model import Architecture, Duration
from archspec.simulation import FlowResult, Results, SimulationOptions, at_level
from archspec.simulation.loads import level_of, loads_of
from archspec.simulation.simulate import lengths, simulate

LARGEST = Fraction(1024)
SMALLEST = Fraction(1, 1024)
PRECISION = Fraction(1, 100)
MOST_REQUESTS = 5_000_000
EARLY = 2.0
"""An interval must be so many times as wide to decide before the run has its full length."""
Progress = Callable[[float], None]


class Verdict(Enum):
    """Whether a load meets every objective, as far as its run can tell."""

    HOLDS = "holds"
    UNSURE = "not sure either way"
    BREAKS = "misses"


@frozen
class Tried:
    """One load that was tried, as a factor of the spec's, and what it missed."""

    level: Fraction
    rates: tuple[tuple[str, float], ...]
    """Requests per second, by flow; of closed clients those that came."""
    verdict: Verdict
    missed: tuple[str, ...]
    flows: tuple[FlowResult, ...] = ()
    """What came of each flow."""


@frozen
class Capacity:
    """The edge between good and bad: objectives are surely met at `holds` and surely missed at `breaks`."""

    system: str
    seed: int
    duration: int
    """Of the run at `breaks`, else at `holds`."""
    confidence: float
    is_interval: bool
    """Whether the edge lies between the two at that confidence; else only that of these very runs does."""
    holds: Tried | None
    """None: even the smallest load tried misses an objective, or may."""
    breaks: Tried | None
    """None: no load tried surely misses any."""
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
    """Double (or halve) the load until it breaks (or holds), then halve what lies between, and what cannot be told.

    A load holds or breaks where the interval of every figure that is promised, or of one, lies on that side of the
    promise; so the two loads enclose the true edge as surely as the intervals hold. Overload breaks, whatever the
    objectives. All runs share their draws. That no load below the edge misses an objective is assumed, as it is of
    every search by halves.
    """
    search = _Search(architecture, options, progress)
    low, high = search.bracket()
    unsure: list[Fraction] = []
    while low and high and (high - low) / low > precision:
        middle = (low + high) / 2
        verdict = search.verdict(middle)
        if verdict is Verdict.UNSURE:
            unsure.append(middle)
            break
        low, high = (middle, high) if verdict is Verdict.HOLDS else (low, middle)
    if low and high and unsure:
        low = search.edge(low, unsure[0], precision, lambda verdict: verdict is Verdict.HOLDS)
        high = search.edge(unsure[0], high, precision, lambda verdict: verdict is not Verdict.BREAKS, upper=True)
    return search.between(low, high)


class _Search:
    """The runs made so far, by load."""

    def __init__(self, architecture: Architecture, options: SimulationOptions, progress: Progress | None) -> None:
        self._architecture, self._options, self._progress = architecture, options, progress
        self._results: dict[Fraction, tuple[Results, Verdict]] = {}
        self._is_open = len(lengths(architecture, options)) > 1

    def bracket(self) -> tuple[Fraction, Fraction]:
        """A load that holds and one that breaks; 0 for one that is not found."""
        low, high, level = Fraction(0), Fraction(0), Fraction(1)
        while not (low and high) and SMALLEST <= level <= LARGEST:
            verdict = self.verdict(level)
            if verdict is Verdict.HOLDS or (verdict is Verdict.UNSURE and high == 0 and low != 0):
                low = level if verdict is Verdict.HOLDS else low
                if self._offered(level) * 2 > MOST_REQUESTS and not self._is_open:
                    break
                level = level * 2
            elif verdict is Verdict.BREAKS and low:
                high = level
            else:
                high = level if verdict is Verdict.BREAKS else high
                level = level / 2
        return low, high

    def edge(
        self,
        low: Fraction,
        high: Fraction,
        precision: Fraction,
        is_below: Callable[[Verdict], bool],
        *,
        upper: bool = False,
    ) -> Fraction:
        """Where verdicts change between two loads: the last of those below, or (`upper`) the first above."""
        while (high - low) / high > precision:
            middle = (low + high) / 2
            low, high = (middle, high) if is_below(self.verdict(middle)) else (low, middle)
        return high if upper else low

    def verdict(self, level: Fraction) -> Verdict:
        """Run at that load, shortly if that is enough."""
        architecture = at_level(self._architecture, self._options.scenario, level)
        looks = lengths(architecture, self._options)
        for length in (looks[0], looks[-1]):
            options = replace(self._options, duration=Duration(length))
            results = simulate(architecture, options)
            verdict = _verdict(results, 1.0 if length == looks[-1] else EARLY, by_value=not self._is_open)
            self._results[level] = results, verdict
            if verdict is not Verdict.UNSURE:
                break
        if self._progress is not None:
            self._progress(1 - 0.85 ** len(self._results))
        return verdict

    def between(self, low: Fraction, high: Fraction) -> Capacity:
        if self._progress is not None:
            self._progress(1.0)
        results, _ = self._results[high or low] if high or low else next(iter(self._results.values()))
        return Capacity(
            system=results.system,
            seed=results.seed,
            duration=results.duration,
            confidence=self._options.confidence,
            is_interval=self._is_open,
            holds=self._tried(low) if low else None,
            breaks=self._tried(high) if high else None,
            bottleneck=results.bottleneck,
            tried=tuple(self._tried(level) for level in self._results),
        )

    def _offered(self, level: Fraction) -> int:
        return sum(flow.offered for flow in self._results[level][0].flows)

    def _tried(self, level: Fraction) -> Tried:
        results, verdict = self._results[level]
        window = (results.duration - results.warm_up) / 1e9
        came = {flow.flow: flow.offered / window for flow in results.flows}
        rates = tuple({**came, **self._rates(level)}.items())
        return Tried(level, rates, verdict, results.missed, results.flows)

    def _rates(self, level: Fraction) -> dict[str, float]:
        """The rates of the loads that have one and keep it."""
        architecture = at_level(self._architecture, self._options.scenario, level)
        scenario = architecture.scenarios.get(self._options.scenario or "")
        loads = loads_of(scenario, dict(architecture.flows))
        return {
            flow: float(level_of(architecture.flows[flow], load.rate))
            for flow, load in loads.items()
            if load.users is None and load.shape == "constant" and load.until is None
        }


def _verdict(results: Results, wide: float, *, by_value: bool) -> Verdict:
    """Of all that is promised together; `by_value` takes a figure without interval for what it is."""
    if results.overloads or any(flow.overloaded for flow in results.flows):
        return Verdict.BREAKS
    found = [verdict for flow in results.flows for verdict in _verdicts(flow, wide, by_value=by_value)]
    for verdict in (Verdict.BREAKS, Verdict.UNSURE):
        if verdict in found:
            return verdict
    return Verdict.HOLDS


def _verdicts(flow: FlowResult, wide: float, *, by_value: bool) -> list[Verdict]:
    """Of each figure that is promised; a run in which nothing failed keeps every promise of success."""
    found = []
    objective = flow.objective
    if objective is None:
        return []
    estimates = dict(flow.latency.percentiles) if flow.latency is not None else {}
    for name, promised in objective.percentiles.items():
        estimate = estimates.get(name)
        if estimate is None or (estimate.half_width is None and not by_value):
            found.append(Verdict.UNSURE if flow.latency is None or not by_value else Verdict.HOLDS)
            continue
        half = (estimate.half_width or 0.0) * wide
        found.append(_beside(estimate.value - half, estimate.value + half, promised.nanoseconds))
    if objective.success is not None and flow.success is not None and flow.success < 1:
        limits, share, promise = flow.success_interval, flow.success, float(objective.success)
        if limits is None or limits.low is None or limits.high is None:
            found.append(Verdict.UNSURE if not by_value else _beside(1 - share, 1 - share, 1 - promise))
        else:
            low, high = share - wide * (share - limits.low), share + wide * (limits.high - share)
            found.append(_beside(1 - high, 1 - low, 1 - promise))
    return found


def _beside(low: float, high: float, promised: float) -> Verdict:
    """On which side of the most that is promised an interval lies."""
    if high <= promised:
        return Verdict.HOLDS
    return Verdict.BREAKS if low > promised else Verdict.UNSURE
