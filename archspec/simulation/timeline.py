"""A run over time, in equal intervals: what charts show."""

from collections import Counter
from collections.abc import Iterator, Sequence

from archspec.simulation.engine import View
from archspec.simulation.log import CAUSES
from archspec.simulation.results import Series
from archspec.simulation.run import Run

FIGURES = (("offered", "/s"), ("ok", "/s"), ("failed", "/s"), ("p50", "ns"), ("p99", "ns"))
"""What is told of each flow and interval: counts, then response times, -1 of none."""


def timeline(run: Run) -> tuple[Series, ...]:
    """Per flow: requests offered, answered well and failed per second, and p50 and p99 of the good answers.

    Behind them, of each flow whose requests failed, how many did per second by each cause that occurred. An answer
    counts in the interval in which it came, a request offered in that in which it arrived. Of a run that was to be
    drawn (`SimulationOptions.charts`).
    """
    rows = run.engine.rows(View.SHOWN, 1 + len(FIGURES) * len(run.flows))
    times = [row[0] for row in rows]
    seconds = [max((end - start) / 1e9, 1e-9) for start, end in zip([0, *times], times, strict=False)]
    found = []
    for number, id_ in enumerate(run.flows):
        for place, (name, unit) in enumerate(FIGURES, start=1 + len(FIGURES) * number):
            values = [row[place] for row in rows]
            if unit == "ns":
                shown = tuple(None if value < 0 else float(value) for value in values)
            else:
                shown = tuple(value / time for value, time in zip(values, seconds, strict=True))
            found.append(Series(f"{id_} {name}", unit, tuple(times), shown))
        found += _failures(run, number, times, seconds)
    return tuple(found)


def failures_of(flow: str, series: Sequence[Series]) -> dict[str, Series]:
    """By cause, those of a timeline that tell why the requests of a flow failed."""
    begin = f"{flow} failed "
    return {each.name.removeprefix(begin): each for each in series if each.name.startswith(begin)}


def _failures(run: Run, flow: int, times: Sequence[int], seconds: Sequence[float]) -> Iterator[Series]:
    rows = [row for row in run.engine.rows(View.FAILURES, 4) if row[1] == flow]
    counts = Counter({(end, cause): count for end, _, cause, count in rows})
    for cause in sorted({cause for _, cause in counts}):
        shown = tuple(counts[end, cause] / time for end, time in zip(times, seconds, strict=True))
        yield Series(f"{run.flows[flow]} failed {CAUSES[cause]}", "/s", tuple(times), shown)
