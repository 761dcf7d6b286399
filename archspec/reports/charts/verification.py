"""The charts of a verification: which fault breaks which promise, and how far response times are from it then."""

from collections.abc import Iterator
from math import floor

from archspec.renderers import Tone, Unit
from archspec.renderers.charts.marks import Axis, Cell, Chart, Dot, Limit, Map, Row, Rows
from archspec.renderers.charts.scale import fitting
from archspec.values import UNKNOWN, duration, percent
from archspec.verification.telling import at_level
from archspec.verification.values import FlowVerdict, Kept, State, Tried, Verification

MOST_ROWS = 24
_TONES = {Kept.YES: Tone.GOOD, Kept.ALLOWED: Tone.NOTE, Kept.NO: Tone.BAD, Kept.UNKNOWN: Tone.LOW}
_SIGNS = {Kept.YES: "", Kept.ALLOWED: "(✗) ", Kept.NO: "✗ ", Kept.UNKNOWN: "? "}
_DEPTHS = {Kept.YES: 0.15, Kept.ALLOWED: 0.55, Kept.NO: 1.0, Kept.UNKNOWN: 0.3}
CALM = "nothing"


def fault_map(verification: Verification) -> Map | None:
    """Faults against flows: which share of the requests is answered well while it lasts, and whether that is promised.

    Faults that break nothing have no row; None where no promise is broken or unknown.
    """
    flows = [verdict for verdict in verification.flows if verdict.promises]
    tried = {verdict: {each.fault.name: each for each in verdict.tried} for verdict in flows}
    bad = dict.fromkeys(each.fault.name for verdict in flows for each in verdict.tried if each.kept is not Kept.YES)
    names = tuple(bad)[:MOST_ROWS]
    if not names:
        return None
    rows = (
        tuple(_calm(verdict) for verdict in flows),
        *(tuple(_cell(tried[verdict].get(name)) for verdict in flows) for name in names),
    )
    columns = tuple(f"{verdict.flow}{at_level(verdict)}" for verdict in flows)
    return Map("Which fault breaks which promise", "fails", "flow", (CALM, *names), columns, rows)


def _calm(verdict: FlowVerdict) -> Cell:
    kept = verdict.calm_kept or Kept.UNKNOWN
    return _told(kept, verdict.calm.success)


def _cell(tried: Tried | None) -> Cell:
    return Cell(UNKNOWN) if tried is None else _told(tried.kept, tried.success)


def _told(kept: Kept, success: float | None) -> Cell:
    return Cell(f"{_SIGNS[kept]}{percent(success, floor)}", _DEPTHS[kept], _TONES[kept], f": {kept.value}")


def time_charts(verdict: FlowVerdict) -> tuple[Chart, ...]:
    """Each percentile that is promised: with nothing down, and under the faults that come nearest to it or beyond."""
    promised = verdict.objective.percentiles if verdict.objective else {}
    charts = (_times(verdict, name, float(limit.nanoseconds)) for name, limit in promised.items())
    return tuple(chart for chart in charts if chart is not None)


def _times(verdict: FlowVerdict, name: str, limit: float) -> Rows | None:
    states = [(CALM, verdict.calm), *((each.fault.name, each.noticed) for each in verdict.tried)]
    known = list(_late(states, name))
    if not known:
        return None
    worst = sorted(known[1:], key=lambda row: -(row[1].value or 0.0))[: MOST_ROWS // 2]
    rows = tuple(Row(label, (dot,), duration(dot.value)) for label, dot in (known[0], *worst))
    values = [each for _, dot in (known[0], *worst) for each in (dot.value, dot.low, dot.high) if each is not None]
    x = Axis(f"{name} of response times while it lasts", fitting(Unit.TIME, [*values, limit]))
    return Rows(f"{name} under the worst faults", x, rows, (Limit(limit, f"promised {duration(limit)}"),))


def _late(states: list[tuple[str, State]], name: str) -> Iterator[tuple[str, Dot]]:
    """Of a state in which something piles up no time is known."""
    for label, state in states:
        for late in state.times:
            if late.percentile == name and state.grows is None:
                tone = Tone.BAD if late.value > late.promised else Tone.ONE
                yield label, Dot(name, late.value, tone, late.low, late.high)
