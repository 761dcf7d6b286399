"""The load of a run, as a Program has it."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from archspec.errors import UsageError
from archspec.model import Duration, Factor, Flow, Load, Rate, Scenario, Start, Time
from archspec.plain_file import read_plain_file
from archspec.simulation import program
from archspec.simulation.program import FOR_EVER, ClockLoad, ClosedLoad, OpenLoad

MOST_ARRIVALS = 500_000_000
"""Of a run, on average: some minutes of work; a busy site has 300 million a day."""
LEAST_TICKS = 50
"""Of a schedule so many are told at least, since the page lets a run be longer."""
MOST_USERS = 100_000
"""Closed clients of a flow: each is kept for the whole run."""


def loads_of(scenario: Scenario | None, flows: Mapping[str, Flow]) -> dict[str, Load]:
    """The load of each flow that has any: the scenario's, else every flow's own rate, Poisson, or by the clock.

    A factor for all flows leaves those alone that come by the clock. What runs over sessions has these beside it.
    """
    load = scenario.load if scenario is not None else None
    if isinstance(load, dict):
        over = {flow.via: Load(rate=None) for id_ in load if (flow := flows.get(id_)) is not None and flow.via}
        return {id_: each for id_, each in over.items() if id_ is not None and id_ not in load} | load
    if load is None or isinstance(load, Factor):
        return {
            id_: Load(rate=None if flow.comes_by_clock else load)
            for id_, flow in flows.items()
            if flow.mean_rate is not None
        }
    return dict(load)


def level_of(flow: Flow, level: Rate | Factor | None) -> Fraction:
    """A rate per second: as written, or so many times the flow's; of what comes by the clock its mean.

    Raises:
        UsageError: a factor of a rate that the flow does not have.

    """
    if isinstance(level, Rate):
        return level.per_second
    if flow.mean_rate is None:
        raise UsageError(f"flow `{flow.id}` has no `rate`; give it one, or write its load as a rate such as `100/s`.")
    return flow.mean_rate.per_second * (level.value if level is not None else 1)


def load_of(
    number: int, flow: Flow, load: Load, folder: Path, starts: Start, duration: int
) -> OpenLoad | ClockLoad | ClosedLoad:
    """The load of a flow by its number in a run of this length; `folder` is where load files stand.

    Raises:
        UsageError: a rate is missing, there are too many clients, or a load file cannot be read.

    """
    until = _nanoseconds(load.until)
    if flow.comes_by_clock:
        deadline = _nanoseconds(flow.deadline)
        every = _nanoseconds(flow.every)
        ticks = () if every else tuple(_ticks(flow, starts, duration))
        return ClockLoad(number, ticks, every, deadline, until)
    if flow.session is not None:
        return ClosedLoad(number, _users(flow, load), None, until)
    if load.users is not None:
        if load.users > MOST_USERS:
            told = f"a run keeps at most {MOST_USERS} closed clients, and `{flow.id}` has {load.users}"
            raise UsageError(f"{told}; scale the system down, or write a rate.")
        return ClosedLoad(number, load.users, law_of(load.think) if load.think else None, until)
    return OpenLoad(
        number,
        load.shape,
        load.arrivals,
        rate=level_of(flow, load.rate),
        to=level_of(flow, load.to) if load.shape in ("ramp", "spike") else None,
        over=_nanoseconds(load.over) if load.shape == "ramp" else None,
        at=_nanoseconds(load.at) if load.shape == "spike" else None,
        for_=_nanoseconds(load.for_) if load.shape == "spike" else None,
        low=level_of(flow, load.low) if load.shape == "daily" else None,
        since=starts.of_day or None if load.shape == "daily" else None,
        curve=tuple(_read_curve(folder / (load.file or ""))) if load.shape == "file" else None,
        until=until,
    )


def _ticks(flow: Flow, starts: Start, duration: int) -> Iterator[int]:
    """Those of the run, and a few more."""
    for place, tick in enumerate(flow.ticks(starts, FOR_EVER)):
        if tick >= duration and place >= LEAST_TICKS:
            return
        yield tick


def _users(flow: Flow, load: Load) -> int:
    """How many users of a flow stay connected under a load, which may be so many times as many."""
    assert flow.session is not None
    if load.users is None and (isinstance(load.rate, Rate) or load.shape != "constant"):
        message = f"the users of `{flow.id}` stay connected, so its load is no rate"
        raise UsageError(f"{message}; write a factor such as `2x`, or `users: {flow.session.users}`.")
    factor = load.rate.value if isinstance(load.rate, Factor) else Fraction(1)
    users = load.users if load.users is not None else round(flow.session.users * factor)
    if users > MOST_USERS:
        raise UsageError(f"a run keeps at most {MOST_USERS} users, and `{flow.id}` has {users}; scale the system down.")
    return max(users, 1)


def _nanoseconds(duration: Duration | None) -> int | None:
    return duration.nanoseconds if duration is not None else None


def _read_curve(path: Path) -> list[tuple[float, float]]:
    """`seconds,rate` lines: from that second on, that many requests per second."""
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
    return rows


def check_count(loads: Iterable[OpenLoad | ClockLoad | ClosedLoad], duration: int) -> None:
    """Refuse what would keep a machine busy for hours. Raises UsageError."""
    count = sum(_expected(load, duration / 1e9) for load in loads if isinstance(load, OpenLoad))
    count += sum(duration / load.every for load in loads if isinstance(load, ClockLoad) and load.every)
    if count > MOST_ARRIVALS:
        raise UsageError(f"about {count:.0f} requests would arrive; shorten `duration` or lower the rate.")


def _expected(load: OpenLoad, seconds: float) -> float:
    """How many requests arrive until then, on average; of a day the most that may."""
    end = min(seconds, load.until / 1e9) if load.until is not None else seconds
    rate, to = float(load.rate), float(load.to or 0)
    match load.shape:
        case "ramp":
            over = (load.over or 0) / 1e9
            rising = min(end, over)
            slope = (to - rate) / over if over else 0.0
            return rate * rising + slope * rising**2 / 2 + to * max(end - over, 0)
        case "spike":
            at, lasts = (load.at or 0) / 1e9, (load.for_ or 0) / 1e9
            return rate * end + (to - rate) * min(max(end - at, 0), lasts)
        case "daily":
            return max(rate, float(load.low or 0)) * end
        case "file":
            curve = load.curve or ()
            ends = (*(second for second, _ in curve[1:]), end)
            return sum(
                max(min(until, end) - since, 0) * level for (since, level), until in zip(curve, ends, strict=True)
            )
        case _:
            return rate * end


def law_of(time: Time) -> program.Law:
    """A time as the engine has it."""
    typical = round(time.median)
    return program.Distribution(time.family.value, time.parameters, typical) if time.is_random else typical
