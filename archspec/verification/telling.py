"""Verdicts of runs, in words."""

from collections.abc import Iterable

from archspec.model import Duration, Objective
from archspec.values import duration, factor, listing, percent
from archspec.verification.values import FlowVerdict, Kept, Tried, Verification

NAMED = 5
"""Of faults that do the same harm at most so many are named."""
ALIKE = 0.05
"""Shares of short runs that differ by less are not told apart."""


def promise(objective: Objective | None, deadline: Duration | None = None) -> str:
    """What is promised: `99.9% and p99 of 400 ms`, `99%, each within 6 h`."""
    shares = [str(objective.success)] if objective is not None and objective.success is not None else []
    percentiles = objective.percentiles if objective is not None else {}
    times = [f"{name} of {duration(limit.nanoseconds)}" for name, limit in percentiles.items()]
    told = " and ".join((*shares, *times))
    if deadline is None:
        return told or "nothing"
    return (
        f"{told}, each within {duration(deadline.nanoseconds)}"
        if told
        else f"runs of at most {duration(deadline.nanoseconds)}"
    )


def headline(verdict: FlowVerdict) -> str:
    """What was promised, and how many faults were tried; what they break, and whether the promise allows for it."""
    if not verdict.promises:
        return f"{verdict.flow}{at_level(verdict)} promises nothing: {_tried(verdict)}"
    told = (
        f"{verdict.flow}{at_level(verdict)} promises {promise(verdict.objective, verdict.deadline)}: {_tried(verdict)}"
    )
    broken, unknown = len(verdict.breaking), sum(each.kept is Kept.UNKNOWN for each in verdict.tried)
    words = [f"{broken} {'breaks' if broken == 1 else 'break'} it"] if broken else []
    if broken and all(each.kept is Kept.ALLOWED for each in verdict.breaking):
        words = [f"{words[0]} while {'it lasts' if broken == 1 else 'they last'}, which the promise allows for"]
    words += [f"of {unknown} nothing is known"] if unknown else []
    if verdict.calm_kept is Kept.NO:
        words = ["it is broken without any", *words]
    return f"{told}, {', '.join(words) if words else 'none breaks it'}"


def _tried(verdict: FlowVerdict) -> str:
    count = len(verdict.tried)
    return f"{count} {'fault' if count == 1 else 'faults'} tried"


def at_level(verdict: FlowVerdict) -> str:
    """Under which load, where it is not the spec's own."""
    return "" if verdict.level == 1 else f" at {factor(float(verdict.level))} the load"


def names(tried: Tried) -> str:
    """What is down."""
    return " and ".join(f"`{part}`" for part in tried.fault.parts)


def told(tried: Tried) -> str:
    """What comes of a fault, in a sentence without its end."""
    causes = []
    if tried.to_dead:
        causes.append(f"calls go on to the dead replicas of {listing(f'`{id_}`' for id_ in tried.to_dead)}")
    if tried.full:
        causes.append(f"{listing(tried.full)} are full")
    cause = f" {' and '.join(causes)}:" if causes else ""
    both = " over the whole outage" if 0 < tried.share_unnoticed < 1 else ""
    return f"without {names(tried)}{cause}{both} {'; '.join(tried.why)}"


def unnoticed(tried: Iterable[Tried]) -> list[str]:
    """What is lost until somebody notices, a sentence for each time that this takes.

    A stage that the next one is hardly better than is told with that.
    """
    by_time: dict[float, dict[str, list[str]]] = {}
    for each in tried:
        later = (*(stage.state.success for stage in each.passing[1:]), each.noticed.success)
        for stage, after in zip(each.passing, later, strict=False):
            success, is_last = stage.state.success, stage is each.passing[-1]
            if success is not None and success < (after or 0.0) - (0.0 if is_last else ALIKE):
                by_time.setdefault(stage.until, {}).setdefault(percent(1 - success), []).append(names(each))
    return [
        f"before the loss is noticed ({duration(time * 1e9)} on average): "
        + ", ".join(f"{share} fail without {_any_of(lost)}" for share, lost in by_share.items())
        for time, by_share in sorted(by_time.items())
    ]


def _any_of(lost: list[str]) -> str:
    """Of many that do the same harm some are named."""
    some, last = lost[:-1], lost[-1]
    if len(lost) > NAMED:
        some, last = lost[: NAMED - 1], f"any of {len(lost) - NAMED + 1} more"
    return f"{', '.join(some)} or {last}" if some else last


def unknown(tried: Iterable[Tried]) -> list[str]:
    """Of which faults nothing is known, and why: a sentence for each reason."""
    by_reason: dict[str, list[str]] = {}
    for each in tried:
        if each.kept is Kept.UNKNOWN:
            by_reason.setdefault("; ".join(each.why), []).append(names(each))
    return [f"without {', '.join(found)}: {reason}" for reason, found in by_reason.items()]


def replay(commands: list[str]) -> str:
    """A remedy that says how to see it again."""
    several = "each again" if len(commands) > 1 else "it again"
    return f"see {several}: {', '.join(f'`{command}`' for command in commands)}."


def summary(verification: Verification) -> str:
    """How many promises are kept, in a line."""
    kept = [verdict.kept for verdict in verification.flows if verdict.kept is not None]
    if not kept:
        return "no flow promises anything; give flows an `objective`."
    counts = [
        (sum(each in (Kept.YES, Kept.ALLOWED) for each in kept), "kept"),
        (sum(each is Kept.NO for each in kept), "broken"),
        (sum(each is Kept.UNKNOWN for each in kept), "unknown"),
    ]
    noun = "promise" if len(kept) == 1 else "promises"
    return f"{len(kept)} {noun}: " + ", ".join(f"{count} {word}" for count, word in counts if count) + "."
