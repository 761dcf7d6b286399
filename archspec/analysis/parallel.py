"""Steps that begin together: how they end, and when."""

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from archspec.analysis.law import NOTHING, Branch, Join, Law
from archspec.analysis.passed import NO_STEP, Demands, Passed, mixture, together
from archspec.frozen import frozen
from archspec.model import Failure


@frozen
class Fork:
    """A branch: what comes of it, how many of it there are, and the share of requests that begin them."""

    passed: Passed
    times: int = 1
    chance: float = 1.0


def joined(forks: Sequence[Fork], needs: int | None = None) -> Passed:
    """All begin at once; it goes on when `needs` (all, by default) have ended well, and fails when they cannot.

    Those that are left go on working, so all that is asked counts. Queueing delays the end by no more than the sum of
    what it delays the branches.
    """
    wanted = sum(fork.times for fork in forks) if needs is None else needs
    ends = _ended([*forks], wanted)
    return replace(
        ends,
        wait=sum(fork.chance * fork.times * fork.passed.wait for fork in forks),
        demands=together(*((fork.chance, _of_all(fork)) for fork in forks), side_by_side=True),
    )


def _of_all(fork: Fork) -> Demands:
    return together((fork.times, fork.passed.demands), side_by_side=True)


def _ended(forks: list[Fork], needs: int) -> Passed:
    """How it ends. A branch that is not begun has ended well; where it is several at once, they are so together."""
    several = next((i for i, fork in enumerate(forks) if fork.times > 1 and fork.chance < 1), None)
    if several is not None:
        fork = forks[several]
        begun = _ended([*forks[:several], replace(fork, chance=1.0), *forks[several + 1 :]], needs)
        rest = [*forks[:several], *forks[several + 1 :]]
        left = max(0, needs - fork.times)
        return mixture([(fork.chance, begun), (1 - fork.chance, _ended(rest, left) if left else NO_STEP)])
    branches = [_branch(fork.passed.by_chance(fork.chance), fork.times) for fork in forks]
    good, bad = (Join(tuple(branches), needs, ends_well=True), Join(tuple(branches), needs, ends_well=False))
    failures: dict[Failure, float] = {}
    share = prod(b.good**b.times for b in branches) if needs == good.count else good.share
    total = sum(fork.times * fork.chance * fork.passed.bad for fork in forks)
    odds = (1 - share) / total if total else 0.0
    for fork in forks:
        for failure, each in fork.passed.failures.items():
            failures[failure] = failures.get(failure, 0.0) + odds * fork.times * fork.chance * each
    ended = odds * sum(fork.times * fork.chance * fork.passed.ended for fork in forks)
    return Passed(share, ended, failures, _simple(good), bad if total else NOTHING)


def _branch(passed: Passed, times: int) -> Branch:
    return Branch(passed.good, passed.when_good, passed.when_bad, times)


def _simple(join: Join) -> Law:
    """The law of its only branch, where it has one."""
    alone = join.count == 1 and join.needs == 1
    return join.branches[0].when_good if alone else join
