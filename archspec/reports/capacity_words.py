"""The answer of a search for the highest load, in sentences without their ends."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from archspec.model import Duration
from archspec.simulation.studies.search import Capacity, Tried
from archspec.values import percent


def runs(capacity: Capacity) -> str:
    """What was run."""
    return f"runs of up to {Duration(capacity.duration)} · seed {capacity.seed}"


def holds(capacity: Capacity) -> str:
    """Up to which load promises are kept."""
    if capacity.holds is None:
        return "no load tried surely meets every objective"
    return f"objectives are met up to {load(capacity.holds, ROUND_FLOOR)}"


def breaks(capacity: Capacity) -> str:
    """From which load on they are not."""
    if capacity.breaks is None:
        return "no load tried surely misses one"
    return f"and missed from {load(capacity.breaks, ROUND_CEILING)} on"


def remarks(capacity: Capacity) -> list[str]:
    """How sure that is."""
    if capacity.holds is not None and capacity.breaks is not None:
        return [_between(capacity)]
    if capacity.holds is None and capacity.breaks is None and capacity.is_interval:
        return ["no run was long enough to be sure; with --duration each is judged by its figures as they are"]
    return []


def bottleneck(capacity: Capacity) -> str | None:
    """What gives way, and at which load."""
    is_known = capacity.holds is not None or capacity.breaks is not None
    where = "there" if is_known else "at the load of the spec"
    return f"{where}, {capacity.bottleneck}" if capacity.bottleneck else None


def _between(capacity: Capacity) -> str:
    if capacity.is_interval:
        return f"between the two the edge lies, at {percent(capacity.confidence)}; longer runs bring them closer"
    return (
        "that is the edge of these very runs, without an interval: for one leave out --duration and a scenario whose "
        "length is given or in which something changes"
    )


def load(tried: Tried, rounding: str = ROUND_HALF_EVEN) -> str:
    """The rates to three digits; the flow is named where there are several."""
    rates = [(flow, _digits(rate, rounding)) for flow, rate in tried.rates]
    return f"{rates[0][1]}/s" if len(rates) == 1 else ", ".join(f"{flow} {rate}/s" for flow, rate in rates)


def _digits(rate: float, rounding: str) -> str:
    """Three digits that mean something.

    >>> _digits(53.177, ROUND_FLOOR), _digits(1234.5, ROUND_CEILING), _digits(0.01, ROUND_FLOOR)
    ('53.1', '1,240', '0.0100')
    """
    if rate == 0:
        return "0"
    exact = Decimal(repr(rate))
    return f"{exact.quantize(Decimal(1).scaleb(exact.adjusted() - 2), rounding=rounding):,f}"
