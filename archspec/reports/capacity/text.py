"""How much load a system bears, for people."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from archspec.model.quantities import Duration
from archspec.reports.calls import wrapped
from archspec.reports.report import Report, Subject
from archspec.reports.screen import PAPER, Ink, Screen
from archspec.simulation.studies.search import Capacity, Tried
from archspec.values import percent


def text(capacity: Capacity, screen: Screen = PAPER) -> str:
    """Between which loads the highest lies that holds, why the upper one breaks, and what was tried."""
    title = f"{capacity.system} · runs of up to {Duration(capacity.duration)} · seed {capacity.seed}"
    lines = [screen.paint(Ink.BOLD, title), ""]
    if capacity.holds is None:
        lines.append(screen.paint(Ink.BAD, "no load tried surely meets every objective"))
    else:
        lines.append(screen.paint(Ink.GOOD, f"objectives are met up to {_load(capacity.holds, ROUND_FLOOR)}"))
    if capacity.breaks is None:
        lines.append("no load tried surely misses one")
    else:
        lines.append(f"and missed from {_load(capacity.breaks, ROUND_CEILING)} on:")
        lines += [f"  {screen.paint(Ink.BAD, sentence)}" for sentence in capacity.breaks.missed]
    if capacity.holds is not None and capacity.breaks is not None:
        lines += wrapped([_between(capacity)], screen)
    is_known = capacity.holds is not None or capacity.breaks is not None
    if not is_known and capacity.is_interval:
        lines += wrapped(
            ["no run was long enough to be sure; with --duration each is judged by its figures as they are"]
        )
    if capacity.bottleneck:
        where = "there" if is_known else "at the load of the spec"
        lines += ["", screen.paint(Ink.BOLD, "bottleneck"), f"  {where}, {capacity.bottleneck}"]
    lines += ["", screen.paint(Ink.BOLD, "tried")]
    for tried in sorted(capacity.tried, key=lambda tried: tried.level):
        lines.append(f"  {_load(tried, ROUND_HALF_EVEN)}: {tried.verdict.value}")
    return "\n".join(lines) + "\n"


def _between(capacity: Capacity) -> str:
    if capacity.is_interval:
        return f"between the two the edge lies, at {percent(capacity.confidence)}; longer runs bring them closer"
    return (
        "that is the edge of these very runs, without an interval: for one leave out --duration and a scenario whose "
        "length is given or in which something changes"
    )


def _load(tried: Tried, rounding: str) -> str:
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


REPORT = Report("text", Subject.CAPACITY, (".txt",), text, text)
