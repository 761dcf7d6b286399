"""What a change does to capacity and head room, and to the time of a request that nothing delays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from archspec.analysis import SaturationReport, StationReport
from archspec.difference.availability import Reports
from archspec.difference.consequence import Consequence, Effect, Figure
from archspec.errors import UsageError
from archspec.language import Names
from archspec.model import Architecture, Flow
from archspec.simulation.trace import response_times
from archspec.values import UNKNOWN, busy, duration, factor, rate

NOTABLE = 0.05
"""A change of a figure by less than this part of it is not told."""


def capacities(reports: Reports) -> Iterator[Consequence]:
    """By flow how far it may grow, by component how busy it is, and what is full first."""
    flows = reports.names.get("flows", {})
    base = {flows.get(flow.flow, flow.flow): flow for flow in reports.base.load.flows}
    head = {flow.flow: flow for flow in reports.head.load.flows}
    for name, now in head.items():
        if name in base:
            yield from _limits(name, base[name], now)
    yield from _stations(reports)


def _limits(name: str, base: SaturationReport, head: SaturationReport) -> Iterator[Consequence]:
    """How far a flow may grow, judged as a multiple of its rate, and by whether that rate itself is served."""
    for figure, was, now in (
        (Figure.FULL_AT, base.saturates_at, head.saturates_at),
        (Figure.WITHOUT_REPLICA, base.without_replica, head.without_replica),
        (Figure.WITHOUT_ZONE, base.without_zone, head.without_zone),
    ):
        room = _room(was, base.rate), _room(now, head.rate)
        verdict = _verdict(*room, more_is_better=True)
        if None not in room and (_serves(room[0])) is not _serves(room[1]):
            verdict = Effect.BETTER if _serves(room[1]) else Effect.WORSE
        told = _told(figure, name, *room, factor, verdict)
        yield from (replace(each, base=_limit(was, room[0]), head=_limit(now, room[1])) for each in told)


def _room(limit: float | None, rate_: float) -> float | None:
    return None if limit is None or not rate_ else limit / rate_


def _serves(room: float | None) -> bool:
    return room is not None and room >= 1


def _limit(limit: float | None, room: float | None) -> str:
    return f"{rate(limit)} ({factor(room)} the load)" if room is not None else rate(limit)


def _stations(reports: Reports) -> Iterator[Consequence]:
    components = reports.names.get("components", {})
    base = {(_renamed(each.component, components), each.resource): each for each in reports.base.load.stations}
    head = {(each.component, each.resource): each for each in reports.head.load.stations}
    for (component, resource), now in head.items():
        was = base.get((component, resource))
        if was is not None:
            verdict = _verdict(was.utilisation, now.utilisation, more_is_better=False)
            if verdict in (Effect.WORSE, Effect.BETTER) and (was.utilisation < 1) is (now.utilisation < 1):
                verdict = Effect.OTHER  # how far it may grow is judged by flow
            subject = f"{component} {resource}"
            yield from _told(Figure.UTILISATION, subject, was.utilisation, now.utilisation, busy, verdict)
    first = [_named(report.load.bottleneck) for report in (reports.base, reports.head)]
    before = _renamed(first[0], components)
    if before != first[1] and UNKNOWN not in first:
        yield Consequence(Figure.BOTTLENECK, reports.head.name, before, first[1], Effect.OTHER)


def _named(station: StationReport | None) -> str:
    return f"{station.component} {station.resource}" if station else UNKNOWN


def _renamed(words: str, names: Mapping[str, str]) -> str:
    return " ".join(names.get(word, word) for word in words.split(" "))


def latencies(base: Architecture, head: Architecture, names: Names) -> Iterator[Consequence]:
    """By flow: one request through an empty system, every random time at its median."""
    flows = names.get("flows", {})
    was = {flows.get(id_, id_): id_ for id_ in base.flows}
    both = [(was[id_], id_) for id_ in head.flows if id_ in was]
    times = _walked(base, tuple(old for old, _ in both)), _walked(head, tuple(new for _, new in both))
    for id_, flow in head.flows.items():
        if id_ in was:
            before, after = times[0].get(was[id_]), times[1].get(id_)
            verdict = _verdict(before, after, more_is_better=False)
            yield from _told(Figure.LATENCY, id_, _seconds(before), _seconds(after), _in_seconds, verdict)
            yield from _promise(id_, base.flows[was[id_]], before, flow, after)


def _walked(architecture: Architecture, flows: tuple[str, ...]) -> dict[str, int | None]:
    try:
        return response_times(architecture, flows)
    except UsageError:  # it is too large to be walked
        return {}


def _promise(name: str, old: Flow, before: int | None, new: Flow, after: int | None) -> Iterator[Consequence]:
    """Promised percentiles that even half of such requests cannot keep."""
    if before is None or after is None or new.objective is None:
        return
    kept = old.objective.percentiles if old.objective else {}
    for percentile, limit in new.objective.percentiles.items():
        was = percentile in kept and before > kept[percentile].nanoseconds
        now = after > limit.nanoseconds
        if was is not now:
            missed, open_ = (f"{word} {percentile} of {limit}" for word in ("misses", "may keep"))
            told = (open_, missed) if now else (missed, open_)
            yield Consequence(Figure.OBJECTIVE, name, *told, verdict=Effect.WORSE if now else Effect.BETTER)


def _verdict(was: float | None, now: float | None, *, more_is_better: bool) -> Effect:
    if was is None or now is None:
        return Effect.NOW_KNOWN if was is None else Effect.NOT_KNOWN
    change = (now - was) / was if was else (0.0 if not now else 1.0)
    if abs(change) < NOTABLE:
        return Effect.OTHER
    return Effect.BETTER if (change > 0) is more_is_better else Effect.WORSE


def _told(
    figure: Figure,
    subject: str,
    was: float | None,
    now: float | None,
    spelled: Callable[[float | None], str],
    verdict: Effect,
) -> Iterator[Consequence]:
    """The figure where it differs by as much as is worth a line."""
    before, after = spelled(was), spelled(now)
    if before == after or (was is None and now is None):
        return
    is_small = was is not None and now is not None and abs(now - was) < NOTABLE * abs(was)
    if not (is_small and verdict is Effect.OTHER):
        yield Consequence(figure, subject, before, after, verdict, was, now)


def _seconds(nanoseconds: int | None) -> float | None:
    return None if nanoseconds is None else nanoseconds / 1e9


def _in_seconds(value: float | None) -> str:
    return duration(None if value is None else value * 1e9)
