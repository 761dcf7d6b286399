"""What went wrong in a run, and which alerts told of it: rows over its time, and bands behind its other charts."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from archspec.frozen import frozen
from archspec.renderers import Axis, Bar, Row, Rows, Span, Tone, Unit
from archspec.renderers.charts.scale import exactly
from archspec.reports import Simulation
from archspec.simulation import AlertChange, Results

IN_THE_RUN = "time in the run"
MOST_BANDS = 12
"""Stretches of an alert that are drawn behind charts; more would be a wall."""


@frozen
class Happened:
    """The stretches of a run's faults, and of its alerts from the moment they fire."""

    spans: tuple[Span, ...]
    rows: Rows | None
    """None where nothing happened."""


def time_axis(results: Results) -> Axis:
    """The whole run."""
    return Axis(IN_THE_RUN, exactly(Unit.TIME, 0.0, float(results.duration), 6))


def happened(simulation: Simulation) -> Happened:
    """Faults of the scenario in the order written, then alerts in the order in which they were first pending."""
    faults = tuple(_faults(simulation))
    alerts = tuple(_alerts(simulation.results))
    rows = [Row(f"{span.tag}  {span.name}", (_bar(_FAULTS[span.tone], span),)) for span in faults]
    rows += [
        Row(name, tuple(_bar(_STATES[span.tone], span) for span in alerts if span.name == name))
        for name in dict.fromkeys(change.alert for change in simulation.results.alerts)
    ]
    firing = tuple(span for span in alerts if span.tone is Tone.NOTE)
    spans = (*faults, *(firing if len(firing) <= MOST_BANDS else ()))
    chart = Rows("Faults and alerts", time_axis(simulation.results), tuple(rows)) if rows else None
    return Happened(spans, chart)


_FAULTS = {Tone.BAD: "fault", Tone.ONE: "deploy"}
_STATES = {Tone.LOW: "pending", Tone.NOTE: "firing"}


def _bar(name: str, span: Span) -> Bar:
    return Bar(name, span.end, span.tone, start=span.start)


def _faults(simulation: Simulation) -> Iterator[Span]:
    for number, each in enumerate(simulation.faults):
        tag = ascii_uppercase[number] if number < len(ascii_uppercase) else ""
        yield Span(float(each.start), float(each.end), each.name, Tone.ONE if each.is_deploy else Tone.BAD, tag)


def _alerts(results: Results) -> Iterator[Span]:
    by_alert: dict[str, list[AlertChange]] = {}
    for change in results.alerts:
        by_alert.setdefault(change.alert, []).append(change)
    for name, changes in by_alert.items():
        ends = [*(float(change.at) for change in changes[1:]), float(results.duration)]
        yield from _stretches(name, changes, ends)


def _stretches(name: str, changes: Sequence[AlertChange], ends: Sequence[float]) -> Iterator[Span]:
    tones = {state: tone for tone, state in _STATES.items()}
    for change, end in zip(changes, ends, strict=True):
        if change.state in tones:
            yield Span(float(change.at), end, name, tones[change.state], strip=True)
