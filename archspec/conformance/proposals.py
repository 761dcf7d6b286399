"""What the figures of a spec would be by its traces: each as the spec would spell it, with what speaks for it."""

from enum import Enum
from fractions import Fraction

from archspec.conformance.comparison import Comparison, FlowSeen
from archspec.conformance.figures import Figure, Measure, figures
from archspec.frozen import frozen
from archspec.model import Flow, Path, Rate, Ratio
from archspec.observation import Interval, Party, fitted

_COUNTED = 100
"""So many arrivals tell a rate to a fifth."""


class Verdict(Enum):
    """What becomes of a figure."""

    KEPT = "kept"
    """What the spec says lies in the interval: it is left alone."""
    CHANGED = "changed"
    NEW = "new"


@frozen
class Proposal:
    """A figure: where it stands, what the spec says (empty where nothing) and what it would say."""

    path: Path
    what: str
    verdict: Verdict
    old: str
    new: str
    seen: str
    """What traces tell: the estimate, its interval and how many values they are."""


def proposals(comparison: Comparison, only: str | None = None) -> tuple[Proposal, ...]:
    """A proposal for each figure that traces tell; `only` is a flow, and then its figures alone."""
    told = figures(comparison, only)
    found = [_proposed(figure) for figure in told if figure.code is None]
    answers: dict[Path, list[Figure]] = {}
    for figure in told:
        if figure.code is not None:
            answers.setdefault(figure.path, []).append(figure)
    found += [_answers(path, shares) for path, shares in answers.items()]
    rates = [_rate(comparison, flow) for flow in comparison.judged if only in (None, flow.flow.id)]
    return tuple(each for each in (*found, *rates) if each is not None)


def _proposed(figure: Figure) -> Proposal | None:
    interval = figure.estimate()
    if interval is None:
        return None
    inside = figure.declared is not None and interval.holds(figure.declared, figure.slack)
    if figure.declared is None and _is_usual(figure, interval):
        return None
    new = figure.shown if inside else _spelled(figure, interval)
    verdict = Verdict.NEW if figure.declared is None else Verdict.KEPT if inside else Verdict.CHANGED
    what = f"{figure.what} of `{figure.element}`"
    return Proposal(figure.path, what, verdict, figure.shown, new, seen(figure, interval))


def _answers(path: Path, shares: list[Figure]) -> Proposal:
    """The statuses of a step together, for that is how they are written."""
    estimates = [(figure, interval) for figure in shares if (interval := figure.estimate()) is not None]
    inside = all(interval.holds(figure.declared or 0.0) for figure, interval in estimates)
    others = [(figure.code, _spelled(figure, interval)) for figure, interval in estimates]
    new = ", ".join(f"{code}: {share}" for code, share in others if code != 200)
    old = ", ".join(f"{figure.code}: {figure.shown}" for figure in shares)
    told = ", ".join(f"{figure.code} {seen(figure, interval)}" for figure, interval in estimates)
    verdict = Verdict.KEPT if inside else Verdict.CHANGED
    return Proposal(path, f"answers of `{shares[0].element}`", verdict, old, f"{{{new}}}", told)


def _is_usual(figure: Figure, interval: Interval) -> bool:
    """Whether a figure that nobody states is what is so anyway: always, once, no time that a clock would show."""
    match figure.measure:
        case Measure.TIME:
            return interval.high <= figure.slack
        case Measure.SHARE:
            return figure.what == "chance" and interval.high >= 0.999
        case Measure.COUNT:
            return interval.value == 1


def _spelled(figure: Figure, interval: Interval) -> str:
    match figure.measure:
        case Measure.TIME:
            return fitted([max(value - round(figure.rest), 0) for value in figure.values])
        case Measure.SHARE:
            return str(Ratio(Fraction(round(interval.value * 1000), 1000)))
        case Measure.COUNT:
            return f"{interval.value:.0f}"


def seen(figure: Figure, interval: Interval) -> str:
    """`3.02ms (2.4ms to 3.8ms, n = 130)`."""
    value = figure.measure.spelled(interval.value)
    if figure.measure is Measure.COUNT:
        return f"{value} (n = {figure.count})"
    low, high = figure.measure.spelled(interval.low), figure.measure.spelled(interval.high)
    return f"{value} ({low} to {high}, n = {figure.count})"


def _rate(comparison: Comparison, flow: FlowSeen) -> Proposal | None:
    """Arrivals per second, where it is known what part of all traces is there; the count is taken for a Poisson one.

    What comes by the clock has no rate to measure.
    """
    if flow.flow.comes_by_clock:
        return None
    share = comparison.settings.sampled
    told = {root.sampled for root in flow.roots}
    kept = float(share) if share is not None else next(iter(told)) if len(told) == 1 else None
    begun, ended = min(root.first for root in flow.roots), max(root.last for root in flow.roots)
    seconds = (ended - begun) / 1e9
    if kept is None or comparison.settings.tail_sampled or seconds <= 0 or flow.traces < _COUNTED:
        return _counted_rate(comparison, flow)
    return _rate_of(flow, flow.traces, seconds, kept)


def _counted_rate(comparison: Comparison, flow: FlowSeen) -> Proposal | None:
    """Arrivals per second by a service graph, which counts before anything is sampled: where one flow alone enters."""
    own = _first_asked(flow.flow)
    if sum(bool(own & _first_asked(each)) for each in comparison.architecture.flows.values()) > 1:
        return None
    for (caller, callee), counted in comparison.observation.counted.items():
        if caller == "user" and counted.seconds and comparison.names.component(Party(callee)) in own:
            return _rate_of(flow, round(counted.calls), counted.seconds) if counted.calls >= _COUNTED else None
    return None


def _first_asked(flow: Flow) -> set[str]:
    return {callee for step in flow.steps[:1] for callee in step.call}


def _rate_of(flow: FlowSeen, count: int, seconds: float, kept: float = 1.0) -> Proposal:
    rate = (count - 1) / seconds / kept
    half = 1.96 * count**0.5 / seconds / kept
    declared = flow.flow.rate
    inside = declared is not None and abs(float(declared.per_second) - rate) <= half
    new = str(declared) if inside else str(Rate(Fraction(f"{rate:.3g}")))
    verdict = Verdict.NEW if declared is None else Verdict.KEPT if inside else Verdict.CHANGED
    told_as = f"{rate:.3g}/s ({rate - half:.3g}/s to {rate + half:.3g}/s, n = {count})"
    path = ("flows", flow.flow.id, "rate")
    return Proposal(path, f"rate of `{flow.flow.id}`", verdict, str(declared or ""), new, told_as)
