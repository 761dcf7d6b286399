"""The report as tables, which text and Markdown lay out each in its way; two reports side by side in one table."""

from collections.abc import Callable
from math import ceil, floor

from archspec.analysis import HOURS_PER_YEAR, MONTHS, FlowReport, HitReport, ResponseReport, StationReport, SystemReport
from archspec.analysis.parts import INSTANCE_LIMIT
from archspec.frozen import frozen
from archspec.reports.report import Analysis
from archspec.values import (
    UNKNOWN,
    availability,
    between,
    busy,
    count,
    downtime,
    duration,
    factor,
    hours,
    number,
    percent,
    rate,
)

ARROW = " → "
COSTS_SHOWN = 3
CUTS_SHOWN = 4

Row = tuple[str, ...]
Rows = Callable[[SystemReport], list[tuple[Row, Row]]]


@frozen
class Table:
    """A table with a heading, and remarks below it. The first `keys` columns are text, the others figures."""

    heading: str
    columns: Row
    keys: int
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()


NOTEWORTHY = 1e-6
"""Smaller shares are not told."""


def tables(analysis: Analysis) -> tuple[Table, ...]:
    """The tables of a report; with `changed` each cell that differs reads `base → changed`."""
    base, changed = analysis.base, analysis.changed
    last = changed or base
    found = [
        _table("Availability", ("flow",), _AVAILABILITY, _availability, base, changed, _availability_remarks(last)),
        _table("Jobs by the clock", ("flow",), _JOBS, _jobs, base, changed, _job_remarks(last)),
        _table("Single points of failure", ("flow", "part"), ("requests that fail",), _points, base, changed),
        _table(
            "Minimal cut sets",
            ("flow",),
            ("of 1", "of 2", "of 3", "smallest"),
            _cuts,
            base,
            changed,
            _cut_remarks(last),
        ),
        _table("What costs most", ("flow", "part"), ("downtime a year", "Birnbaum"), _costs, base, changed),
        _table("Load", ("component", "resource"), _LOAD, _stations, base, changed, _load_remarks(last)),
        _table("Head room", ("flow",), _HEAD_ROOM, _head_room, base, changed),
        _table(
            "Twice the bottleneck", ("way",), ("setting", *_LOAD[2:]), _growth, base, changed, _growth_remarks(last)
        ),
    ]
    return tuple(table for table in found if table.rows)


_AVAILABILITY = ("availability", "objective", "met", "down a month", "down a year", "allowed a year")
_JOBS = ("one run", "deadline", "room", "runs that succeed")
_HEAD_ROOM = ("rate", "full at", "head room", "replica lost", "zone lost")
_LOAD = ("busy", "of", "utilisation", "replica lost", "zone lost", "response")


def _table(
    heading: str,
    keys: Row,
    figures: Row,
    rows: Rows,
    base: SystemReport,
    changed: SystemReport | None,
    remarks: Row = (),
) -> Table:
    before = dict(rows(base))
    after = before if changed is None else dict(rows(changed))
    merged = []
    for key in [*after, *(key for key in before if key not in after)]:
        nothing = (UNKNOWN,) * len(figures)
        pairs = zip(before.get(key, nothing), after.get(key, nothing), strict=True)
        merged.append((*key, *(old if old == new else f"{old}{ARROW}{new}" for old, new in pairs)))
    return Table(heading, (*keys, *figures), len(keys), tuple(merged), remarks)


def _availability(report: SystemReport) -> list[tuple[Row, Row]]:
    return [
        (
            (flow.flow,),
            (
                availability(flow.availability_at_least, flow.availability_at_most),
                percent(flow.objective),
                _met(flow),
                downtime(flow.availability_at_least, flow.availability_at_most, HOURS_PER_YEAR / MONTHS),
                downtime(flow.availability_at_least, flow.availability_at_most, HOURS_PER_YEAR),
                hours(flow.allowed_hours_per_year),
            ),
        )
        for flow in report.flows
    ]


def _met(flow: FlowReport) -> str:
    if flow.objective is None:
        return UNKNOWN
    return {True: "yes", False: "NO", None: "unknown"}[flow.meets_objective]


def _availability_remarks(report: SystemReport) -> Row:
    blind = list(dict.fromkeys(part for flow in report.flows for part in flow.without_figure))
    remarks = []
    if blind:
        names = ", ".join(blind[:8]) + (f" and {len(blind) - 8} more" if len(blind) > 8 else "")
        is_shown = any(flow.availability_at_most is not None for flow in report.flows)
        parts = f"{count(len(blind), 'part')} without a figure, so a flow may be down more often than shown"
        remarks.append(f"{parts if is_shown else 'Nothing says how often these fail'}: {names}.")
    if any(_is_entangled(flow) for flow in report.flows):
        remarks.append(
            "Where two figures are given, the parts share too many groups for an exact one: it lies between."
        )
    unsure = [flow.flow for flow in report.flows if flow.draws_are_bounded]
    if unsure:
        remarks.append(
            f"Of {', '.join(unsure)} two figures are given because a request may come to one list several times, or a "
            "retry covers too many states of the parts: it lies between."
        )
    remarks += _failover_remarks(report)
    if any(flow.under_load is not None for flow in report.flows):
        few = ", ".join(f"`{c}` needs {needs}, the load takes {n}" for c, needs, n in report.load.needs_below_load)
        honest = ", ".join(f"{f.flow} {percent(f.under_load, floor)}" for f in report.flows if f.under_load is not None)
        remarks.append(f"Too optimistic, since {few}; with that: {honest}.")
    return tuple(remarks)


def _jobs(report: SystemReport) -> list[tuple[Row, Row]]:
    found = [(flow.flow, flow.job) for flow in report.flows if flow.job is not None]
    return [
        (
            (flow,),
            (
                _seconds(job.work_seconds),
                _seconds(job.deadline_seconds),
                _seconds(job.room_seconds) if job.deadline_seconds is not None else UNKNOWN,
                UNKNOWN if job.succeeds_about is None else f"about {percent(job.succeeds_about, floor)}",
            ),
        )
        for flow, job in found
    ]


def _job_remarks(report: SystemReport) -> Row:
    remarks = []
    jobs = [(flow.flow, flow.job) for flow in report.flows if flow.job is not None]
    for flow, job in jobs:
        if job.unrepaired:
            within = _seconds(job.room_seconds)
            remarks.append(f"{flow}: it depends on whether {', '.join(job.unrepaired)} is back within {within}.")
        if job.late and job.deadline_seconds is not None:
            why = (
                "one run takes longer than its deadline"
                if job.work_seconds >= job.deadline_seconds
                else (f"its deadline leaves less than the mean repair of {', '.join(job.late)}")
            )
            remarks.append(f"{flow}: {why}.")
    if any(job.succeeds_about is not None for _, job in jobs):
        remarks.append(
            "Runs that succeed: to first order, a failed run starting again until its deadline, repairs exponential."
        )
    return tuple(remarks)


def _failover_remarks(report: SystemReport) -> list[str]:
    """What the figures hold of failover, and what they leave out."""
    remarks = []
    lost = [flow for flow in report.flows if flow.lost_until_noticed_at_most > 0]
    if lost:
        shares = (between(percent, flow.lost_until_noticed_at_least, flow.lost_until_noticed_at_most) for flow in lost)
        told = ", ".join(f"{flow.flow} {each}" for flow, each in zip(lost, shares, strict=True))
        remarks.append(f"Counted in, to first order, is what fails until a death is noticed: {told}.")
    assumed = dict.fromkeys(each for flow in report.flows for each in flow.failover_not_counted)
    if assumed:
        remarks.append(f"Failover is taken to be instant where only an availability is stated: {', '.join(assumed)}.")
    unchecked = [flow for flow in report.flows if flow.unchecked_may_lose > 0]
    if unchecked:
        told = ", ".join(
            f"up to {percent(min(1.0, flow.unchecked_may_lose), ceil)} of {flow.flow}" for flow in unchecked
        )
        remarks.append(f"Nobody checks the health of some of these, so more may fail: {told}.")
    if report.depends_on_load and report.flows:
        remarks.append(f"Not in these figures, as they depend on load: {' and '.join(report.depends_on_load)}.")
    return remarks


def _is_entangled(flow: FlowReport) -> bool:
    is_bounded = flow.availability_at_least is not None and flow.availability is None
    return is_bounded and not flow.draws_are_bounded and not flow.lost_until_noticed_at_most


def _points(report: SystemReport) -> list[tuple[Row, Row]]:
    return [
        ((flow.flow, point.part + (" (provided)" if point.provided else "")), (_failing(point.share),))
        for flow in report.flows
        for point in flow.single_points
    ]


def _failing(value: float | None) -> str:
    if value is None:
        return "some"
    return "all" if value >= 1 - 1e-12 else percent(value)


def _cuts(report: SystemReport) -> list[tuple[Row, Row]]:
    return [((flow.flow,), (*map(str, flow.cut_set_counts), _smallest(flow))) for flow in report.flows]


def _cut_remarks(report: SystemReport) -> Row:
    many = dict.fromkeys(component for flow in report.flows for component in flow.not_told_apart)
    return (
        (f"Single replicas of {', '.join(many)}, which are more than {INSTANCE_LIMIT}, are in no set.",) if many else ()
    )


def _smallest(flow: FlowReport) -> str:
    shown = ["+".join(cut) for cut in flow.cut_sets[:CUTS_SHOWN]]
    more = sum(flow.cut_set_counts) - len(shown)
    if not shown:
        return UNKNOWN
    if not more:
        return ", ".join(shown)
    count = f"{more}{'' if flow.cut_sets_complete else ' or more'} {'other' if more == 1 else 'others'}"
    return f"{', '.join(shown)}, {count}"


def _costs(report: SystemReport) -> list[tuple[Row, Row]]:
    """Of each flow the components and groups that are known to cost most, their instances together."""
    found: list[tuple[Row, Row]] = []
    for flow in report.flows:
        by_owner: dict[str, list[float]] = {}
        for cost in flow.importance:
            sums = by_owner.setdefault(cost.of, [0.0, 0.0])
            sums[0] += cost.downtime_hours_per_year or 0.0
            sums[1] = max(sums[1], cost.birnbaum)
        costly = [owner for owner, (downtime, _) in by_owner.items() if downtime > 0]
        worst = sorted(costly, key=lambda owner: (-by_owner[owner][0], -by_owner[owner][1]))[:COSTS_SHOWN]
        found += [((flow.flow, owner), (hours(by_owner[owner][0]), number(by_owner[owner][1]))) for owner in worst]
    return found


def _station(station: StationReport) -> Row:
    zone = busy(station.without_zone) + (f" ({station.zone})" if station.without_zone is not None else "")
    assumed = " (assumed)" if station.assumed else ""
    use = between(busy, station.utilisation, station.utilisation_most)
    peak = f", fullest {busy(station.peak)}" if busy(station.peak) != busy(station.utilisation) else ""
    return (
        between(number, station.busy, station.busy_most),
        number(station.size) + assumed,
        use + peak,
        busy(station.without_replica),
        zone,
        _response(station),
    )


def _response(station: StationReport) -> str:
    """Both ends, and whose queues lie between them."""
    told = _spelled(station.response)
    return f"{told} ({', '.join(station.response.balancers)})" if station.response and _is_range(station) else told


def _is_range(station: StationReport) -> bool:
    return " to " in _spelled(station.response) or _spelled(station.response).endswith(" or more")


def _seconds(value: float | None) -> str:
    return duration(value and value * 1e9)


def _spelled(response: ResponseReport | None) -> str:
    return between(_seconds, response.least_seconds, response.most_seconds) if response else UNKNOWN


def _stations(report: SystemReport) -> list[tuple[Row, Row]]:
    return [((station.component, station.resource), _station(station)) for station in report.load.stations]


def _load_remarks(report: SystemReport) -> Row:
    full, load = report.load.bottleneck, report.load
    remarks = []
    if full is not None:
        remarks.append(f"The bottleneck is `{full.component}` ({full.resource}, {busy(full.peak)}).")
        remarks.append("Response is the mean time of one visit; that of cores leaves out what is asked of others.")
    if any(_is_range(each) for each in load.stations):
        remarks.append("Where it is a range: from one queue for all replicas to replicas chosen at random.")
    if any(each.response and each.response.most_seconds is None for each in load.stations):
        remarks.append("A hash or a cookie has no upper bound: a hot key has one replica to itself.")
    if any(each.busy_most != each.busy for each in load.stations):
        remarks.append(
            "Where busy is a range, calls may wait while they hold a slot or connection: from none to all that can be."
        )
    remarks += [
        f"By zone, the {each.resource} of `{each.component}`: "
        + ", ".join(f"{zone.zone} {busy(zone.utilisation)}" for zone in each.zones)
        + "."
        for each in load.stations
        if each.zones
    ]
    remarks += [
        f"`{each.component}` cannot stand in for `{each.lost}`: its {each.resource} would be {busy(each.peak)} busy."
        for each in load.stand_ins
    ]
    remarks += [
        f"About {percent(each.throttled)} of the calls of `{each.component}` find all instances at work (429), if they "
        "come at random."
        for each in load.stations
        if each.throttled is not None and each.throttled >= NOTEWORTHY
    ]
    remarks += [_places(each) for each in load.stations if each.unplaced or (each.refused_most or 0.0) >= NOTEWORTHY]
    remarks += [_hit(hit) for hit in load.hits]
    if load.unknown:
        remarks.append(f"Not known, since no call says how long it takes: {', '.join(load.unknown)}.")
    return tuple(remarks)


def _places(station: StationReport) -> str:
    if station.unplaced:
        users = f"{percent(station.unplaced)} of the users of `{station.component}` find no place"
        return f"{users}: {number(station.busy)} would stay connected, and it holds {number(station.size)}."
    refused = f"Up to {percent(station.refused_most)} of the handshakes meet a full replica of `{station.component}`"
    return f"{refused} while others have room."


def _hit(hit: HitReport) -> str:
    ends = between(percent, hit.least, hit.most) + ("" if hit.least == hit.most else ", which is not known")
    return f"`{hit.cache}` hits {ends}, by its keys and entries."


def _head_room(report: SystemReport) -> list[tuple[Row, Row]]:
    return [
        (
            (flow.flow,),
            (
                rate(flow.rate),
                rate(flow.saturates_at),
                factor(flow.head_room),
                rate(flow.without_replica),
                rate(flow.without_zone),
            ),
        )
        for flow in report.load.flows
    ]


def _growth(report: SystemReport) -> list[tuple[Row, Row]]:
    return [((growth.way,), (growth.setting, *_station(growth.station)[2:])) for growth in report.load.growth]


def _growth_remarks(report: SystemReport) -> Row:
    if len(report.load.growth) != 2:
        return ()
    up, out = (growth.station for growth in report.load.growth)
    if out.peak > up.peak * 1.01:
        return ("Only up serves twice as much: what out adds takes none of what fills the first replica.",)
    if up.without_replica is None:
        return ("Up serves as much as out, but leaves nothing when the one replica is lost.",)
    lost = f"with one replica lost up is {busy(up.without_replica)} busy, out {busy(out.without_replica)}"
    answers = [_spelled(growth.response) for growth in (up, out)]
    differ = (f"A visit takes {answers[0]} up, {answers[1]} out.",) if answers[0] != answers[1] else ()
    return (f"Both serve twice as much; {lost}. Try either with --set.", *differ)
