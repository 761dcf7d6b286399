"""Figures of a spec beside those of its traces: times, shares and counts, each with its interval."""

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from archspec.conformance.comparison import Comparison, FlowSeen, Place
from archspec.frozen import frozen
from archspec.model import Caching, Connection, Path, Ratio, Time
from archspec.observation import Interval, duration, quantile_of, share_of


class Measure(Enum):
    """What a figure measures, and so how it is written."""

    TIME = "time"
    SHARE = "share"
    COUNT = "count"

    def spelled(self, value: float) -> str:
        """As a spec has it: a time to three digits, a share to a tenth of a point, a count as a number.

        >>> Measure.TIME.spelled(4_158_883.0), Measure.TIME.spelled(71_260.0), Measure.SHARE.spelled(0.12345)
        ('4.16ms', '0.0713ms', '12.3%')
        """
        match self:
            case Measure.TIME:
                return duration(value)
            case Measure.SHARE:
                return str(Ratio(Fraction(round(value * 1000), 1000)))
            case Measure.COUNT:
                return f"{value:g}"


@frozen
class Figure:
    """One figure.

    `path` leads to where the spec says it, or would; `declared` is what it says (of a time the median in nanoseconds),
    None where it says nothing. A time is told by `values`, a share or a count by `hits` of `count`. `rest` is what
    the spec adds to the field at `path` before the sum is seen: a time is seen as a whole. `slack` is how far a format
    that counts microseconds may be off.
    """

    path: Path
    element: str
    what: str
    measure: Measure
    declared: float | None
    shown: str
    """The declared value as the spec spells it; empty where it says nothing."""
    count: int
    values: tuple[int, ...] = ()
    hits: int = 0
    code: int | None = None
    """The status whose share it is."""
    rest: float = 0.0
    slack: float = 0.0

    def estimate(self, confidence: float = 0.95) -> Interval | None:
        """What traces tell; None where they are too few to tell anything."""
        if self.measure is Measure.TIME:
            return quantile_of(self.values, 0.5, confidence)
        if self.measure is Measure.SHARE:
            return share_of(self.hits, self.count, confidence) if self.count else None
        mean = self.hits / self.count if self.count else 0.0
        return Interval(mean, mean, mean) if self.count else None

    def fits(self, confidence: float) -> bool:
        """Whether what is declared may be true: it lies in the interval, or hardly beside it."""
        interval = self.estimate(confidence)
        if self.declared is None or interval is None:
            return True
        near = 0.1 * max(self.declared, interval.value) if self.measure is Measure.TIME else 0.01
        return interval.holds(self.declared, max(self.slack, near))


def figures(comparison: Comparison, only: str | None = None) -> tuple[Figure, ...]:
    """Every figure that traces tell, of the flows that were seen often enough; one place gives one figure of a kind.

    `only` is a flow, and then its figures alone.
    """
    found: dict[tuple[Path, str], Figure] = {}
    for flow in comparison.judged:
        if only not in (None, flow.flow.id):
            continue
        for place in flow.places:
            if not place.alone or not place.nodes:
                continue
            for figure in (*_own(comparison, place), *_latency(comparison, place), *_shares(comparison, flow, place)):
                found.setdefault((figure.path, figure.what), figure)
    return tuple(found.values())


def _own(comparison: Comparison, place: Place) -> Iterator[Figure]:
    expected = place.expected
    values = tuple(sorted(value for node in place.nodes for value in node.own.values))
    if len(values) < comparison.settings.min_traces or any(node.key.message for node in place.nodes if not node.told):
        return
    owns = list(expected.owns)
    callee_tells = any(node.told for node in place.nodes)
    latency = _link_latency(comparison, place)
    if not callee_tells and latency is not None:
        owns.append((("connections", _link(comparison, place).name, "latency"), latency))
    children = max((len(node.inner) for node in place.nodes), default=0)
    step = expected.step
    field = "takes" if step.takes is not None or step.cpu is None else "cpu"
    path = (*expected.path, field)
    own_path = next((at for at, _ in owns), path) if owns and step.takes is None and step.cpu is None else path
    own = next((time for at, time in owns if at == own_path), None)
    rest = median_of_sum([time for at, time in owns if at != own_path])
    yield Figure(
        own_path,
        expected.callee,
        "own time",
        Measure.TIME,
        median_of_sum([time for _, time in owns]) if owns else None,
        str(own) if own is not None else "",
        sum(node.own.count for node in place.nodes),
        values,
        rest=rest,
        slack=2_000.0 * (1 + children),
    )


def _latency(comparison: Comparison, place: Place) -> Iterator[Figure]:
    expected = place.expected
    values = tuple(sorted(value for node in place.nodes for value in node.lag.values))
    if len(values) < comparison.settings.min_traces or len(expected.callees) > 1:
        return
    name = _link(comparison, place).name
    if comparison.architecture.connection(expected.performer, expected.callee) is None:
        return
    latency = _link_latency(comparison, place)
    yield Figure(
        ("connections", name, "latency"),
        name,
        "latency",
        Measure.TIME,
        latency.median if latency is not None else None,
        str(latency) if latency is not None else "",
        sum(node.lag.count for node in place.nodes),
        values,
        slack=4_000.0,
    )


def _link_latency(comparison: Comparison, place: Place) -> Time | None:
    return _link(comparison, place).latency


def _link(comparison: Comparison, place: Place) -> Connection:
    expected = place.expected
    return comparison.architecture.link(expected.performer, expected.callee, expected.step.via)


def _shares(comparison: Comparison, flow: FlowSeen, place: Place) -> Iterator[Figure]:
    if comparison.settings.tail_sampled:
        return
    yield from _chance(comparison, place)
    yield from _hit(comparison, flow, place)
    yield from _times(comparison, place)
    yield from _statuses(comparison, place)


def _chance(comparison: Comparison, place: Place) -> Iterator[Figure]:
    step, turns = place.expected.step, place.turns
    if place.expected.fills or turns < comparison.settings.min_traces or place.expected.share is None:
        return
    share = float(step.chance) if step.chance is not None else 1.0
    if place.expected.share != share:
        return  # what is around it is a matter of chance too
    with_it = sum(sum(node.per_turn.values()) for node in place.nodes)
    if step.chance is not None or with_it < turns:
        path = (*place.expected.path, "chance")
        shown = str(step.chance) if step.chance is not None else ""
        # A step that is sure in the spec is a matter of its order and its conditions, and no figure of its own.
        declared = share if step.chance is not None else None
        yield Figure(path, place.expected.callee, "chance", Measure.SHARE, declared, shown, turns, hits=with_it)


def _hit(comparison: Comparison, flow: FlowSeen, place: Place) -> Iterator[Figure]:
    """Misses are counted by what is asked then: of each miss at least one call."""
    filling = [each for each in flow.places if each.expected.fills == place.expected.path and each.expected.step.wait]
    sure = [each for each in filling if each.alone and each.expected.times == 1 and each.expected.step.chance is None]
    if not sure or place.calls < comparison.settings.min_traces:
        return
    target = comparison.architecture.components[place.expected.callee]
    step = place.expected.step
    declared = step.hit or (target.hit if isinstance(target, Caching) else None)
    misses = min(sure[0].calls, place.calls)
    own = step.hit is not None or not (isinstance(target, Caching) and target.hit is not None)
    path = (*place.expected.path, "hit") if own else ("components", target.id, "hit")
    yield Figure(
        path,
        target.id,
        "hit ratio",
        Measure.SHARE,
        float(declared) if declared is not None else None,
        str(declared) if declared is not None else "",
        place.calls,
        hits=place.calls - misses,
    )


def _times(comparison: Comparison, place: Place) -> Iterator[Figure]:
    per_turn: Counter[int] = Counter()
    for node in place.nodes:
        per_turn.update(node.per_turn)
    turns = sum(per_turn.values())
    if turns < comparison.settings.min_traces or len(place.nodes) > 1 or len(place.expected.callees) > 1:
        return
    often, count = per_turn.most_common(1)[0]
    if count >= 0.95 * turns and place.expected.step.shards == "one":
        path = (*place.expected.path, "times")
        declared = float(place.expected.times)
        shown = str(place.expected.times)
        yield Figure(path, place.expected.callee, "times", Measure.COUNT, declared, shown, turns, hits=often * turns)


def _statuses(comparison: Comparison, place: Place) -> Iterator[Figure]:
    answers = place.expected.step.status
    if answers is None:
        return
    statuses: Counter[int] = Counter()
    for node in place.nodes:
        statuses.update(node.statuses)
    declared = dict(answers.shares)
    total = sum(count for code, count in statuses.items() if code in declared)
    if total < comparison.settings.min_traces:
        return
    for code, share in declared.items():
        path = (*place.expected.path, "status")
        shown = str(Ratio(share))
        yield Figure(
            path,
            place.expected.callee,
            f"share of {code}",
            Measure.SHARE,
            float(share),
            shown,
            total,
            hits=statuses.get(code, 0),
            code=code,
        )


def median_of_sum(times: list[Time]) -> float:
    """The median of a sum of independent times, in nanoseconds; of one random time it is exact, else on a grid."""
    fixed = sum(time.median for time in times if not time.is_random)
    random = [time for time in times if time.is_random]
    if len(random) < 2:
        return fixed + sum(time.median for time in random)
    import numpy as np

    grid = [(number + 0.5) / 400 for number in range(400)]
    total = np.array([random[0].quantile(share) for share in grid])
    for time in random[1:]:
        both = np.add.outer(total, np.array([time.quantile(share) for share in grid])).ravel()
        total = np.quantile(both, grid)
    return fixed + float(np.quantile(total, 0.5))
