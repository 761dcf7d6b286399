"""Whether a state keeps a promise: surely, surely not, or not to be told from so many requests."""

from collections.abc import Iterator, Sequence
from math import floor

from archspec.model import Objective
from archspec.simulation import SHARES
from archspec.simulation.distributions import clopper_pearson
from archspec.values import duration, percent
from archspec.verification.values import FlowVerdict, Kept, State, Tried

CONFIDENCE = 0.90
"""Of a two-sided interval: each side is wrong in one case of twenty, so that n without a failure tell 1 - 3 / n."""
ROUNDING = 1e-9
CAUSES = {
    "refused": "are refused",
    "reset": "are cut off",
    "timeout": "time out",
    "shed": "are shed",
    "rate_limited": "are rate limited",
    "no_replica": "find nobody to answer",
    "breaker_open": "meet an open circuit breaker",
    "bulkhead": "find `max_concurrent` used up",
    "pool": "wait in vain for a place of a connection",
    "deadline": "are not done by their deadline",
    "no_session": "find their user not connected",
    "throttled": "find every instance of a function at work",
    "error": "are answered with an error",
    "unanswered": "never get an answer",
}


def judged(objective: Objective | None, states: Sequence[tuple[float, State | None]]) -> tuple[Kept, tuple[str, ...]]:
    """What states, each with its share of the time, make of a promise, and why it is broken or unknown.

    Times are judged in the state that lasts longest.
    """
    known = [(weight, state) for weight, state in states if state is not None and weight > 0]
    if objective is None or not known:
        return Kept.UNKNOWN, ()
    success = _success(objective, known)
    lasting = max(known, key=lambda each: each[0])[1]
    verdicts = [success, *_times(objective, lasting, is_broken=success[0] is Kept.NO)]
    broken = tuple(why for kept, why in verdicts if kept is Kept.NO)
    if broken:
        return Kept.NO, broken
    unknown = tuple(why for kept, why in verdicts if kept is Kept.UNKNOWN)
    return (Kept.UNKNOWN, unknown) if unknown else (Kept.YES, ())


def _success(objective: Objective, states: Sequence[tuple[float, State]]) -> tuple[Kept, str]:
    if objective.success is None:
        return Kept.YES, ""
    promised, fewest = float(objective.success), max(states, key=lambda each: each[0])[1].offered
    if not fewest:
        return Kept.UNKNOWN, "no request came"
    limits = [(weight, clopper_pearson(state.ok, state.offered, CONFIDENCE)) for weight, state in states]
    low, high = (sum(weight * limit[side] for weight, limit in limits) for side in (0, 1))
    if high < promised:
        return Kept.NO, _losses(states)
    if low >= promised and fewest * (1 - promised) >= 3 - ROUNDING:
        return Kept.YES, ""
    return Kept.UNKNOWN, f"{fewest:,} requests are too few to tell {percent(promised)}"


def _losses(states: Sequence[tuple[float, State]]) -> str:
    share = sum(weight * (state.success or 0.0) for weight, state in states)
    counts: dict[str, float] = {}
    for weight, state in states:
        for cause, count in state.failed:
            counts[cause] = counts.get(cause, 0.0) + weight * count / state.offered
    most = max(counts, key=lambda cause: counts[cause], default="")
    what = f"; {percent(counts[most])} {CAUSES.get(most, most)}" if most else ""
    return f"{percent(share, floor)} succeed{what}" if share else f"none succeed{what.replace('100% ', 'all ')}"


def _times(objective: Objective, state: State, *, is_broken: bool) -> Iterator[tuple[Kept, str]]:
    """Of what grows, percentiles only tell how long the run was; where nothing is answered they tell nothing."""
    if state.grows:
        if not is_broken:
            yield Kept.NO, state.grows
        return
    if objective.percentiles and not state.ok and not is_broken:
        yield Kept.UNKNOWN, "no request is answered well, and no success is promised"
    for late in state.times:
        beyond = (1 - SHARES[late.percentile]) * state.ok
        promised = duration(late.promised)
        if late.low > late.promised:
            yield Kept.NO, f"{late.percentile} is {duration(late.value)}, {promised} promised"
        elif late.high > late.promised or beyond < 3 - ROUNDING:
            yield Kept.UNKNOWN, f"{state.ok:,} answers are too few to tell {late.percentile} from {promised}"


def affordable(verdict: FlowVerdict) -> bool:
    """Whether the promise allows for all the faults that break it: each has a figure, and together they stay within.

    To first order: as often as each fault holds, the flow is as it is then.
    """
    broken = [each for each in verdict.tried if each.kept is Kept.NO]
    objective, calm = verdict.objective, verdict.calm
    if objective is None or any(each.fault.chance is None for each in broken):
        return False
    if objective.success is not None and expected(verdict) < float(objective.success):
        return False
    lasting = sum(each.fault.chance or 0.0 for each in broken if _is_slow(each))
    if not lasting:
        return True
    name = max(objective.percentiles, key=SHARES.__getitem__)
    return calm.slow is not None and calm.slow + lasting <= 1 - SHARES[name]


def _is_slow(tried: Tried) -> bool:
    state = tried.noticed
    return state.grows is not None or any(late.low > late.promised for late in state.times)


def expected(verdict: FlowVerdict) -> float:
    """The share that succeeds in the long run, of what has a figure; to first order."""
    calm = verdict.calm.success or 0.0
    lost = sum(
        each.fault.chance * max(0.0, calm - (each.success if each.success is not None else calm))
        for each in verdict.tried
        if each.fault.chance is not None and len(each.fault.parts) == 1
    )
    return max(0.0, calm - lost)
