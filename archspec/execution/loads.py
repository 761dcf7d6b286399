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

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DAY = 86400.0
MOST_ARRIVALS = 200_000_000
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


def arrivals_of(flow: Flow, load: Load, duration: int, seed: int, folder: Path) -> list[int]:
    """The moments, in nanoseconds, at which the requests of an open flow arrive: all before `duration`."""
    end = min(duration, load.until.nanoseconds) if load.until is not None else duration
    rate = level_of(flow, load.rate)
    if load.shape == "constant" and load.arrivals == "even":
        return _evenly(rate, end)
    return _by_cumulative_rate(flow, load, rate, end, seed, folder)


def _evenly(rate: Fraction, end: int) -> list[int]:
    """Arrival k at round(k / rate), never a running sum."""
    if rate == 0:
        return []
    per, scale = rate.denominator * 10**9, rate.numerator
    count = -(-end * scale // per)
    _check_count(count)
    times = [_half_even(k * per, scale) for k in range(count)]
    while times and times[-1] >= end:
        times.pop()
    return times


def _half_even(numerator: int, denominator: int) -> int:
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def _check_count(count: float) -> None:
    if count > MOST_ARRIVALS:
        raise UsageError(f"about {count:.0f} requests would arrive; shorten `duration` or lower the rate.")


def _by_cumulative_rate(flow: Flow, load: Load, rate: Fraction, end: int, seed: int, folder: Path) -> list[int]:
    """Arrival k where the cumulative rate reaches k (even), or the sum of k + 1 unit exponentials (Poisson)."""
    import numpy as np

    curve = _cumulative(flow, load, float(rate), folder)
    seconds = end / 1e9
    expected = float(curve(np.array([seconds]))[0])
    _check_count(expected)
    evenly = load.arrivals == "even"
    marks = np.arange(np.floor(expected) + 1) if evenly else _poisson_marks(flow.id, expected, seed)
    if load.shape == "constant":
        times = marks / float(rate) if rate else marks[:0]
    else:
        times = _inverse(curve, marks[marks <= expected], seconds)
    nanoseconds = np.rint(times * 1e9).astype(np.int64)
    arrivals: list[int] = nanoseconds[nanoseconds < end].tolist()
    return arrivals


def _poisson_marks(flow: str, expected: float, seed: int) -> "Floats":
    import numpy as np

    unit = Time(Family.EXPONENTIAL, (1e9,), "exponential(1s)")
    source = Philox((Draw(f"flows.{flow}#arrival", time=unit),), seed, 16)
    gaps: list[Floats] = []
    total, block = 0.0, 0
    while total <= expected:
        gaps.append(np.array(source.block(0, 0, block), dtype=np.float64) / 1e9)
        total += float(gaps[-1].sum())
        block += 1
    marks: Floats = np.cumsum(np.concatenate(gaps))
    return marks


def _inverse(curve: Curve, marks: "Floats", end: float) -> "Floats":
    """Where the rising curve reaches each mark, by bisection to below a nanosecond."""
    import numpy as np

    low, high = np.zeros_like(marks), np.full_like(marks, end)
    for _ in range(70):
        middle = (low + high) / 2
        below = curve(middle) < marks
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return high


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
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"cannot read the load file {path.name}: {error.strerror}; put it beside the spec.") from error
    for number, line in enumerate(lines, start=1):
        cells = line.split(",")
        try:
            second, rate = float(cells[0]), float(cells[1])
        except (ValueError, IndexError):
            if number == 1 or not line.strip():
                continue
            raise UsageError(f"{path.name}:{number} is not `seconds,rate`; write two numbers.") from None
        if not (0 <= second < 1e9 and 0 <= rate < 1e9) or (rows and second <= rows[-1][0]):
            raise UsageError(f"{path.name}:{number}: seconds must rise from 0 and rates must not be negative.")
        rows.append((second, rate))
    if not rows:
        raise UsageError(f"{path.name} has no line `seconds,rate`; add one.")
    return np.array([second for second, _ in rows]), np.array([rate for _, rate in rows])
