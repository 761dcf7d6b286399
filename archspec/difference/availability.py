"""What a change does to availability: objectives, downtime, single points, cut sets."""

from collections.abc import Iterator

from archspec.analysis import HOURS_PER_YEAR, FlowReport, SystemReport
from archspec.difference.consequence import Consequence, Effect, Figure
from archspec.frozen import frozen
from archspec.language import Names
from archspec.values import UNKNOWN, availability, downtime, percent

NOTABLE = 1e-6
"""A smaller change of an availability is neither better nor worse."""
_NOISE = 1e-12


@frozen
class Reports:
    """The analyses of both sides, and the names that the base's elements have in the head."""

    base: SystemReport
    head: SystemReport
    names: Names

    def flows(self) -> Iterator[tuple[str, FlowReport | None, FlowReport | None]]:
        """Each flow by its name in the head, as far as both have it."""
        flows = self.names.get("flows", {})
        base = {flows.get(flow.flow, flow.flow): flow for flow in self.base.flows}
        head = {flow.flow: flow for flow in self.head.flows}
        for name in dict.fromkeys((*head, *base)):
            yield name, base.get(name), head.get(name)


def availabilities(reports: Reports) -> Iterator[Consequence]:
    """By flow: the objective, availability, downtime, single points and cut sets that differ."""
    known = {name for _, flow, _ in reports.flows() if flow for name, _ in _points(flow, reports.names)}
    for name, base, head in reports.flows():
        if base is None or head is None:
            yield from _of_one_side(name, base, head, known)
            continue
        yield from _objective(name, base, head)
        yield from _availability(name, base, head, reports.names)
        yield from _single_points(name, base, head, reports.names)
        counts = [flow.cut_set_counts[:2] for flow in (base, head)]
        if counts[0] != counts[1]:
            before, after = (" and ".join(map(str, each)) for each in counts)
            yield Consequence(
                Figure.CUT_SETS, name, before, after, Effect.OTHER, float(sum(counts[0])), float(sum(counts[1]))
            )


def _of_one_side(name: str, base: FlowReport | None, head: FlowReport | None, known: set[str]) -> Iterator[Consequence]:
    """A flow that is new, or gone; a part that no other flow hung on before is a new single point all the same."""
    before, after = (_spelled(flow) if flow else UNKNOWN for flow in (base, head))
    verdict = Effect.NOW_KNOWN if head else Effect.NOT_KNOWN
    if "no figure" not in (before, after):
        yield Consequence(Figure.AVAILABILITY, name, before, after, verdict)
    if head is None:
        return
    if head.meets_objective is False:
        yield Consequence(Figure.OBJECTIVE, name, UNKNOWN, _kept(head), Effect.NOW_KNOWN)
    for part, share in _points(head, {}):
        if part not in known:
            yield Consequence(Figure.SINGLE_POINT, name, UNKNOWN, f"{part}: {share}", Effect.WORSE)


def _objective(name: str, base: FlowReport, head: FlowReport) -> Iterator[Consequence]:
    was, now = base.meets_objective, head.meets_objective
    if was is not now:
        yield Consequence(Figure.OBJECTIVE, name, _kept(base), _kept(head), _by_objective(base, head))


def _kept(flow: FlowReport) -> str:
    if flow.objective is None:
        return UNKNOWN
    word = {True: "keeps", False: "misses", None: "may keep"}[flow.meets_objective]
    return f"{word} {percent(flow.objective)}"


def _by_objective(base: FlowReport, head: FlowReport) -> Effect:
    """A promise that is given for the first time, or taken back, is neither kept nor broken by the change."""
    if base.objective is None or head.objective is None:
        return Effect.NOW_KNOWN if base.objective is None else Effect.NOT_KNOWN
    if False in (base.meets_objective, head.meets_objective):
        return Effect.WORSE if head.meets_objective is False else Effect.BETTER
    return Effect.NOW_KNOWN if head.meets_objective else Effect.NOT_KNOWN


def _availability(name: str, base: FlowReport, head: FlowReport, names: Names) -> Iterator[Consequence]:
    before, after = _spelled(base), _spelled(head)
    if before == after:
        return
    verdict = _by_share(base, head, names)
    yield Consequence(
        Figure.AVAILABILITY, name, before, after, verdict, base.availability_at_most, head.availability_at_most
    )
    was, now = (
        downtime(flow.availability_at_least, flow.availability_at_most, HOURS_PER_YEAR) for flow in (base, head)
    )
    if UNKNOWN not in (was, now) and was != now:
        hours = base.downtime_hours_per_year, head.downtime_hours_per_year
        yield Consequence(Figure.DOWNTIME, name, was, now, verdict, *hours)


def _by_share(base: FlowReport, head: FlowReport, names: Names) -> Effect:
    """By what is surely so: the bounds lie apart, or of the same unknown parts both go one way."""
    lower, upper = base.availability_at_least, base.availability_at_most
    least, most = head.availability_at_least, head.availability_at_most
    if lower is None or upper is None:
        return Effect.NOW_KNOWN
    if least is None or most is None:
        return Effect.NOT_KNOWN
    if most < lower - NOTABLE or least > upper + NOTABLE:
        return Effect.WORSE if most < lower else Effect.BETTER
    changes = least - lower, most - upper
    is_notable = max(map(abs, changes)) > NOTABLE
    one_way = min(changes) >= -_NOISE or max(changes) <= _NOISE
    if {_new(part, names) for part in base.without_figure} != set(head.without_figure) or not (is_notable and one_way):
        return Effect.OTHER
    return Effect.BETTER if max(changes) > NOTABLE else Effect.WORSE


def _new(part: str, names: Names) -> str:
    return next((each[part] for each in names.values() if part in each), part)


def _spelled(flow: FlowReport) -> str:
    return availability(flow.availability_at_least, flow.availability_at_most)


def _single_points(name: str, base: FlowReport, head: FlowReport, names: Names) -> Iterator[Consequence]:
    was, now = dict(_points(base, names)), dict(_points(head, {}))
    for part in dict.fromkeys((*now, *was)):
        if part not in was:
            yield Consequence(Figure.SINGLE_POINT, name, UNKNOWN, f"{part}: {now[part]}", Effect.WORSE)
        elif part not in now:
            yield Consequence(Figure.SINGLE_POINT, name, f"{part}: {was[part]}", UNKNOWN, Effect.BETTER)


def _points(flow: FlowReport, names: Names) -> Iterator[tuple[str, str]]:
    """Each part that we run, by its name in the head, and what fails with it."""
    for point in flow.single_points:
        if not point.provided:
            new = _new(point.of, names)
            part = new + point.part.removeprefix(point.of) if point.part.startswith(point.of) else point.part
            yield part, _failing(point.share)


def _failing(share: float | None) -> str:
    return "some requests fail" if share is None else "all requests fail" if share == 1 else f"{percent(share)} fail"
