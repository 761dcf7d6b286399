"""What hangs on each element: which flows fail with it, alone or with others, and what it costs them."""

from collections.abc import Mapping

from archspec.analysis import Availability, FlowAvailability, Importance, SinglePoint
from archspec.analysis.cuts import Cut
from archspec.frozen import frozen
from archspec.values import between, hours, percent
from archspec.webpage.part_content import StandingContent

LISTED = 5
"""Cut sets of an element that are told in words; of the others, how many there are."""


@frozen
class _Said:
    """What is the same of several flows."""

    alone: str
    has_replicas: bool
    cuts: tuple[str, ...]
    more: int


def standings(availability: Availability) -> Mapping[str, tuple[StandingContent, ...]]:
    """By the id of a component or group, or the name of a connection (`a -> b`); nothing where no flow needs it."""
    found: dict[str, dict[_Said, list[tuple[str, float]]]] = {}
    for flow in availability.flows:
        for element, (said, cost) in _of_flow(flow).items():
            found.setdefault(element, {}).setdefault(said, []).append((flow.flow, cost))
    return {element: tuple(_content(said, flows) for said, flows in each.items()) for element, each in found.items()}


def _content(said: _Said, flows: list[tuple[str, float]]) -> StandingContent:
    costs = [cost for _, cost in flows]
    what = "one of its replicas" if said.has_replicas else "it"
    cost = f"{between(hours, min(costs), max(costs))} a year less downtime if {what} never failed" if max(costs) else ""
    return StandingContent(tuple(flow for flow, _ in flows), said.alone, cost, said.cuts, said.more)


def _of_flow(flow: FlowAvailability) -> dict[str, tuple[_Said, float]]:
    """By element, with the hours per year that its costliest part costs."""
    points: dict[str, list[SinglePoint]] = {}
    for point in flow.single_points:
        points.setdefault(point.part.owner, []).append(point)
    costs: dict[str, list[Importance]] = {}
    for each in flow.importance:
        costs.setdefault(each.part.owner, []).append(each)
    cuts: dict[str, list[Cut]] = {}
    for cut in flow.cuts.sets:
        for owner in {part.owner for part in cut} if len(cut) > 1 else ():
            cuts.setdefault(owner, []).append(cut)
    places = {part: place for place, part in enumerate(flow.parts)}
    found = {}
    for owner in dict.fromkeys((*points, *costs, *cuts)):
        met, own = cuts.get(owner, []), costs.get(owner, [])
        words = tuple(
            " + ".join(part.name for part in sorted(cut, key=lambda part: places.get(part, 0))) for cut in met[:LISTED]
        )
        said = _Said(_alone(points.get(owner, [])), len(own) > 1, words, max(0, len(met) - LISTED))
        found[owner] = said, max((each.downtime or 0.0 for each in own), default=0.0)
    return found


def _alone(points: list[SinglePoint]) -> str:
    if not points:
        return ""
    names, shares = ", ".join(point.part.name for point in points), {point.share for point in points}
    share = shares.pop() if len(shares) == 1 else None
    requests = "some requests" if share is None else "all requests" if share == 1 else f"{percent(share)} of requests"
    return f"{requests} fail with {names} alone"
