"""When requests arrive (engine contract, section 8)."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.errors import UsageError
from archspec.execution.program import Draw
from archspec.execution.randomness import Philox
from archspec.model.flow import Flow
from archspec.model.quantities import Factor, Rate
from archspec.model.scenario import Load, Scenario
from archspec.model.times import Family, Time
from archspec.plain_file import read_plain_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Times = NDArray[np.int64]

DAY = 86400.0
MOST_ARRIVALS = 200_000_000
LOT = 8192
"""So many arrivals at once are placed on a curve: few enough to stay in a processor's cache."""
Curve = Callable[["Floats"], "Floats"]


def loads_of(scenario: Scenario | None, flows: dict[str, Flow]) -> dict[str, Load]:
    """The load of each flow that has any: the scenario's, else every flow's own rate, Poisson."""
    load = scenario.load if scenario is not None else None
    if load is None or isinstance(load, Factor):
        return {id_: Load(rate=load) for id_, flow in flows.items() if flow.rate is not None}
    return dict(load)


def level_of(flow: Flow, level: Rate | Factor | None) -> Fraction:
    """A rate per second: as written, or so many times the flow's.

    Raises:
        UsageError: a factor of a rate that the flow does not have.

    """
    if isinstance(level, Rate):
        return level.per_second
    if flow.rate is None:
        raise UsageError(f"flow `{flow.id}` has no `rate`; give it one, or write its load as a rate such as `100/s`.")
    return flow.rate.per_second * (level.value if level is not None else 1)


def arrival_times(flow: Flow, load: Load, duration: int, seed: int, folder: Path) -> "Times":
    """The moments, in nanoseconds, at which the requests of an open flow arrive, in order: all before `duration`."""
    end = min(duration, load.until.nanoseconds) if load.until is not None else duration
    rate = level_of(flow, load.rate)
    if load.shape == "constant" and load.arrivals == "even":
        times = _evenly(rate, end)
    else:
        times = _by_cumulative_rate(flow, load, rate, end, seed, folder)
    return times[: times.searchsorted(end)]


def _evenly(rate: Fraction, end: int) -> "Times":
    """Arrival k at round(k / rate), never a running sum; the last may be at the end itself."""
    import numpy as np

    if rate == 0:
        return np.zeros(0, dtype=np.int64)
    whole, part = divmod(rate.denominator * 10**9, rate.numerator)
    scale = rate.numerator
    count = -(-end * scale // (rate.denominator * 10**9))
    _check_count(count)
    if max(count * (part + 1), 2 * scale) >= 2**63:  # beyond numpy's whole numbers
        return np.array([round(k / rate * 10**9) for k in range(count)], dtype=np.int64)
    k = np.arange(count, dtype=np.int64)
    times = k * part // scale
    rest = 2 * (k * part - times * scale)
    times += k * whole
    times += (rest > scale) | ((rest == scale) & (times % 2 == 1))
    return times


def _check_count(count: float) -> None:
    if count > MOST_ARRIVALS:
        raise UsageError(f"about {count:.0f} requests would arrive; shorten `duration` or lower the rate.")


def _by_cumulative_rate(flow: Flow, load: Load, rate: Fraction, end: int, seed: int, folder: Path) -> "Times":
    """Arrival k where the cumulative rate reaches k (even), or the sum of k + 1 unit exponentials (Poisson)."""
    import numpy as np

    curve = _cumulative(flow, load, float(rate), folder)
    seconds = end / 1e9
    expected = float(curve(np.array([seconds]))[0])
    _check_count(expected)
    evenly = load.arrivals == "even"
    marks = np.arange(np.floor(expected) + 1) if evenly else _poisson_marks(flow.id, expected, seed)
    if load.shape == "constant":
        times = np.divide(marks, float(rate), out=marks) if rate else marks[:0]
    else:
        times = _inverse(curve, marks[: marks.searchsorted(expected, side="right")], seconds)
    times *= 1e9
    nanoseconds: Times = np.rint(times, out=times).astype(np.int64)
    return nanoseconds


def _poisson_marks(flow: str, expected: float, seed: int) -> "Floats":
    """The sums of 1, 2, … unit exponentials, until beyond `expected`."""
    import numpy as np

    unit = Time(Family.EXPONENTIAL, (1e9,), "exponential(1s)")
    source = Philox((Draw(f"flows.{flow}#arrival", time=unit),), seed, 16)
    gaps: list[Floats] = []
    total, block = 0.0, 0
    while total <= expected:
        gaps.append(source.values(0, 0, block) / 1e9)
        total += float(gaps[-1].sum())
        block += 1
    marks: Floats = np.concatenate(gaps)
    return np.cumsum(marks, out=marks)


def _inverse(curve: Curve, marks: "Floats", end: float) -> "Floats":
    """Where the rising curve reaches each mark, by bisection to the last bit.

    The first halvings, the same for all, are looked up; the rest goes through the marks in lots that fit a cache.
    """
    import numpy as np

    grid = np.array([0.0, end])
    for _ in range(12):
        halved = np.empty(2 * len(grid) - 1)
        halved[::2], halved[1::2] = grid, (grid[:-1] + grid[1:]) / 2
        grid = halved
    place = np.clip(np.searchsorted(np.maximum.accumulate(curve(grid)), marks), 1, len(grid) - 1)
    lows, highs = grid[place - 1], grid[place]
    for first in range(0, len(marks), LOT):
        low, high, mark = (values[first : first + LOT] for values in (lows, highs, marks))
        for _ in range(70):
            middle = (low + high) / 2
            if np.all((middle == low) | (middle == high)):
                break
            below = curve(middle) < mark
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        highs[first : first + LOT] = high
    return highs


def _cumulative(flow: Flow, load: Load, rate: float, folder: Path) -> Curve:
    """Λ(t): how many requests are expected by second t."""
    import numpy as np

    match load.shape:
        case "constant":
            return lambda t: rate * t
        case "ramp":
            assert load.over is not None
            to, over = float(level_of(flow, load.to)), max(load.over.seconds, 1e-9)

            def ramp(t: "Floats") -> "Floats":
                rising = np.minimum(t, over)
                return rate * rising + (to - rate) * rising**2 / (2 * over) + to * np.maximum(t - over, 0.0)

            return ramp
        case "spike":
            assert load.at is not None
            assert load.for_ is not None
            to, at, lasts = float(level_of(flow, load.to)), load.at.seconds, load.for_.seconds
            return lambda t: rate * t + (to - rate) * np.clip(t - at, 0.0, lasts)
        case "daily":
            low = float(level_of(flow, load.low))
            turn = 2 * np.pi / DAY
            return lambda t: low * t + (rate - low) * (t - np.sin(turn * t) / turn) / 2
        case "file":
            seconds, rates = _read_curve(folder / (load.file or ""))
            sums = np.concatenate([[0.0], np.cumsum(np.diff(seconds) * rates[:-1])])

            def stepwise(t: "Floats") -> "Floats":
                which = np.clip(np.searchsorted(seconds, t, side="right") - 1, 0, len(rates) - 1)
                past: Floats = sums[which] + np.maximum(t - seconds[which], 0.0) * rates[which]
                return past

            return stepwise


def _read_curve(path: Path) -> tuple["Floats", "Floats"]:
    """`seconds,rate` lines: from that second on, that many requests per second."""
    import numpy as np

    rows: list[tuple[float, float]] = []
    try:
        lines = read_plain_file(path, within=None).decode().splitlines()  # where it may lie is asked at loading
    except UnicodeDecodeError:
        raise UsageError(f"the load file {path.name} is not UTF-8 text; save it as lines `seconds,rate`.") from None
    except OSError as error:
        raise UsageError(f"cannot read the load file {path.name}: {error.strerror}; put it beside the spec.") from error
    for number, line in enumerate(lines, start=1):
        try:
            second, rate = map(float, line.split(","))
        except ValueError:
            if number == 1 or not line.strip():
                continue
            raise UsageError(f"{path.name}:{number} is not `seconds,rate`; write two numbers.") from None
        if not (0 <= second < 1e9 and 0 <= rate < 1e9) or (rows and second <= rows[-1][0]):
            raise UsageError(f"{path.name}:{number}: seconds must rise from 0 and rates must not be negative.")
        rows.append((second, rate))
    if not rows:
        raise UsageError(f"{path.name} has no line `seconds,rate`; add one.")
    return np.array([second for second, _ in rows]), np.array([rate for _, rate in rows])
