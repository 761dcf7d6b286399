"""When branches that began together are joined again: until enough have ended well, or too many badly."""

from collections.abc import Callable
from functools import reduce
from operator import add, mul
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from archspec.analysis.law import Branch, Join, Law

    Column = NDArray[np.float64]

At = TypeVar("At", float, "Column")
"""One moment, or many: where all branches are needed, what holds of a number holds of a column."""

WORK = 20_000
"""More states of branches than this are not followed one by one."""


def ended(join: "Join", cumulative: "Callable[[Law], At]") -> At:
    """The share of joins that have ended by each point, of those that end as `join.ends_well` says.

    All needed: the good ends are ΠG, the bad ones 1 - Π(1-B), G and B being the shares of a branch that have ended
    well or badly by then.
    """
    ends = [(_share(branch, cumulative, good=True), _share(branch, cumulative, good=False)) for branch in join.branches]
    times = [branch.times for branch in join.branches]
    if join.needs == join.count:
        if join.ends_well:
            return reduce(mul, (good**n for (good, _), n in zip(ends, times, strict=True)))
        return 1 - reduce(mul, ((1 - bad) ** n for (_, bad), n in zip(ends, times, strict=True)))
    if join.needs * (join.count - join.needs + 1) > WORK or join.count > WORK // 10:
        return _of_many(join, ends)
    return _counted(join, ends)


def share_of(join: "Join") -> float:
    """The share of joins that end as `join.ends_well` says, in the end."""
    return float(ended(join, lambda _: 1.0))


def _share(branch: "Branch", cumulative: "Callable[[Law], At]", *, good: bool) -> At:
    share, law = (branch.good, branch.when_good) if good else (1 - branch.good, branch.when_bad)
    return share * cumulative(law)


def _counted(join: "Join", ends: list[tuple[At, At]]) -> At:
    """By counting how many have ended how, up to the numbers that decide."""
    import numpy as np

    spare = join.count - join.needs
    wanted, other = (join.needs, spare + 1) if join.ends_well else (spare + 1, join.needs)
    table = np.zeros((wanted + 1, other + 1, *np.shape(ends[0][0])))
    table[0, 0] = 1.0
    for (good, bad), branch in zip(ends, join.branches, strict=True):
        one, two = (good, bad) if join.ends_well else (bad, good)
        for _ in range(branch.times):
            rest = 1 - one - two
            after = table * rest
            after[1:] += table[:-1] * one
            after[-1] += table[-1] * one
            after[:, 1:] += table[:, :-1] * two
            after[:, -1] += table[:, -1] * two
            table = after
    # All branches end one way in the end: that `wanted` have, means that `other` never will.
    return table[-1].sum(axis=0)  # type: ignore[no-any-return]


def _of_many(join: "Join", ends: list[tuple[At, At]]) -> At:
    """Of very many branches the share that has ended is what it is on average."""
    weights = [branch.times / join.count for branch in join.branches]
    good = reduce(add, (w * g for w, (g, _) in zip(weights, ends, strict=True)))
    bad = reduce(add, (w * b for w, (_, b) in zip(weights, ends, strict=True)))
    need = join.needs / join.count
    return 1.0 * ((good >= need) if join.ends_well else (bad > 1 - need))  # type: ignore[return-value]
