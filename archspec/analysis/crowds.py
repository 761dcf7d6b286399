"""Alike replicas taken together: a pool of any size is a binomial, with zones a sum over which of them are up.

"`count` of these terms" over terms that are alike (a replica of its own, behind zones and hosts that others share)
depends only on how many replicas stand where all is up. Be those states s, each with the chance p(s) that enough of
its replicas work. Sorted by p, "enough" is the same as "for some j, the state is at least the j-th and c(j) holds",
where the c(j) are new and independent variables with 1 - p(j) = (1 - c(1)) … (1 - c(j)). So a pool of a thousand
becomes an expression over its zones and as many variables as there are states.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from math import prod

from archspec.analysis.expression import (
    TRUE,
    AtLeast,
    Cause,
    Every,
    Expression,
    Some,
    Variable,
    all_of,
    any_of,
    at_least,
    bottom_up,
    children,
    rebuilt,
)
from archspec.frozen import frozen

SMALL = 4000
"""Pools of less work for a diagram (terms x needed, for each state of the groups) are left as they are."""
STATES = 500
"""Pools spread over groups in more ways than this are left as they are."""
_NEGLIGIBLE = 1e-18
_HOPELESS = 100
"""The exponent beyond which a tail is nothing: exp(-2 d^2 / n) bounds it (W. Hoeffding, 1963)."""
_State = tuple[int, ...]


@frozen
class Level:
    """One of the new variables: `missing` is 1 - p(j), `slope` how fast p(j) rises with the chance of all replicas."""

    variable: Variable
    missing: float
    slope: float


@frozen
class Crowd:
    """A pool taken together: `members` are the variables of each of its replicas, of which all are up by `chance`."""

    members: tuple[tuple[Variable, ...], ...]
    chance: float
    levels: tuple[Level, ...]

    def falls(self, of_levels: "dict[Variable, float]") -> dict[Variable, float]:
        """Birnbaum's importance of each member, the mean over the pool, from that of the new variables.

        The importance of c(i) is the sum over j >= i of w(j) (1 - p(j)) / (1 - c(i)), where w(j) is how often the
        pool is in the j-th state and decides; these come out from the last to the first. The importance of the
        pool's replicas together is then the sum of w(j) times the slope of p(j).
        """
        if not self.levels:
            return {}
        together, beyond, after = 0.0, 0.0, None
        for index in range(len(self.levels) - 1, -1, -1):
            level = self.levels[index]
            before = self.levels[index - 1].missing if index else 1.0
            beyond = beyond * after.missing / level.missing if after is not None else 0.0
            weight = max(0.0, of_levels.get(level.variable, 0.0) / before - beyond)
            together += weight * level.slope
            beyond, after = beyond + weight, level
        each = together / len(self.members)
        return {part: each * self.chance / (part.probability or 1.0) for own in self.members for part in own}


@frozen
class Condensed:
    """An expression that is true as often as the one it was made from."""

    expression: Expression
    crowds: tuple[Crowd, ...]


def condensed(expression: Expression) -> Condensed:
    """The expression with its large pools taken together; parts without a figure count as always up.

    >>> api = [Variable(f"api-{i}", Cause.REPLICA, "api", 0.95) for i in range(1000)]
    >>> found = condensed(at_least(950, api)).expression
    >>> round(found.probability, 4)
    0.5375

    """
    nodes = list(bottom_up(expression))
    if not any(isinstance(node, AtLeast | Some) and _work(node, len(node.terms)) > SMALL for node in nodes):
        return Condensed(expression, ())
    parents = Counter(term for node in nodes for term in children(node))
    done: dict[Expression, Expression] = {}
    crowds: list[Crowd] = []
    for node in nodes:
        pool = _pool(node, parents, done) if isinstance(node, AtLeast | Some) else None
        if pool is not None:
            owner = pool.members[0][0].owner if pool.members else ""
            done[node], levels = pooled(owner, pool.count, pool.chance, pool.shares)
            crowds.append(Crowd(pool.members, pool.chance, levels))
        else:
            done[node] = rebuilt(node, [done[term] for term in children(node)])
    return Condensed(done[expression], tuple(crowds))


def _work(node: AtLeast | Some, groups: int) -> int:
    count = node.count if isinstance(node, AtLeast) else 1
    terms = len(node.terms)
    return terms * min(count, terms - count + 1) << min(groups, 20)


@frozen
class Share:
    """Replicas of a pool behind one gate: so many with a chance of their own, and so many that then surely work."""

    gate: Expression
    alike: int
    sure: int = 0


@frozen
class _Pool:
    count: int
    chance: float
    shares: tuple[Share, ...]
    members: tuple[tuple[Variable, ...], ...]


def _pool(node: AtLeast | Some, parents: Counter[Expression], done: dict[Expression, Expression]) -> _Pool | None:
    """The terms of a node by what they share; None where they are few, or not alike."""
    if _work(node, len(node.terms)) <= SMALL:
        return None
    found: dict[tuple[Expression, ...], tuple[list[tuple[Variable, ...]], int]] = {}
    chances = set()
    for term in node.terms:
        own, gate = _split(term, parents)
        alike, sure = found.get(gate, ([], 0))
        if own:
            alike.append(own)
            chances.add(prod(1.0 if each.probability is None else each.probability for each in own))
        found[gate] = alike, sure + (not own)
    if len(chances) > 1 or _work(node, len(found)) <= SMALL:
        return None
    shares = tuple(Share(all_of(done[part] for part in gate), len(own), sure) for gate, (own, sure) in found.items())
    if prod(len(gates) + 1 for gates in _classes(shares).values()) > STATES:
        return None
    members = tuple(own for alike, _ in found.values() for own in alike)
    count = node.count if isinstance(node, AtLeast) else 1
    return _Pool(count, chances.pop() if chances else 1.0, shares, members)


def _split(term: Expression, parents: Counter[Expression]) -> tuple[tuple[Variable, ...], tuple[Expression, ...]]:
    """What occurs nowhere else, and the rest."""
    if parents[term] > 1:
        return (), (term,)
    parts = term.terms if isinstance(term, Every) else (term,)
    own = tuple(part for part in parts if isinstance(part, Variable) and parents[part] == 1)
    return own, tuple(part for part in parts if part not in own)


def _classes(shares: Iterable[Share]) -> dict[tuple[int, int], list[Expression]]:
    """Gates by what stands behind them; the one that is always open has no choice."""
    found: dict[tuple[int, int], list[Expression]] = {}
    for share in shares:
        if share.gate is not TRUE:
            found.setdefault((share.alike, share.sure), []).append(share.gate)
    return found


def pooled(owner: str, count: int, chance: float, shares: tuple[Share, ...]) -> tuple[Expression, tuple[Level, ...]]:
    """That `count` of these work, over the gates and new variables, one for each number of open gates that matters."""
    classes = _classes(shares)
    alike = sum(share.alike for share in shares if share.gate is TRUE)
    sure = sum(share.sure for share in shares if share.gate is TRUE)
    missing: dict[_State, float] = {}
    slopes: dict[float, float] = {}
    for state in product(*(range(len(gates) + 1) for gates in classes.values())):
        trials = alike + sum(up * size for up, (size, _) in zip(state, classes, strict=True))
        needed = count - sure - sum(up * size for up, (_, size) in zip(state, classes, strict=True))
        missing[state] = fewer_than(needed, trials, chance)
        slopes[missing[state]] = _slope(needed, trials, chance)
    terms: list[Expression] = []
    levels: list[Level] = []
    before = 1.0
    for fails in sorted(slopes, reverse=True):
        if before - fails <= _NEGLIGIBLE:
            continue
        reached = _at_least_state({state for state, each in missing.items() if each <= fails}, list(classes.values()))
        if fails == 0 and not levels:
            return any_of([*terms, reached]), ()
        new = Variable(f"{owner}: enough ({len(levels) + 1})", Cause.POOL, owner, 1 - fails / before)
        terms.append(all_of([new, reached]))
        levels.append(Level(new, fails, slopes[fails]))
        before = fails
    return any_of(terms), tuple(levels)


def _at_least_state(states: set[_State], gates: list[list[Expression]]) -> Expression:
    """True in these states, which are an up-set: with each of them, all with more groups up."""
    least = [
        state
        for state in states
        if not any(up and (*state[:i], up - 1, *state[i + 1 :]) in states for i, up in enumerate(state))
    ]
    return any_of(all_of(at_least(up, each) for up, each in zip(state, gates, strict=True)) for state in sorted(least))


@lru_cache(maxsize=1000)
def fewer_than(count: int, trials: int, chance: float) -> float:
    """Chance that fewer than `count` of so many independent trials succeed.

    Summed from the most likely number outwards by the ratio of neighbours, which loses no digits however many.

    >>> round(fewer_than(2, 3, 0.9), 12)
    0.028

    """
    if count <= 0:
        return 0.0
    if count > trials:
        return 1.0
    spare = trials * chance - count
    if 2 * spare * spare > _HOPELESS * trials:
        return 0.0 if spare > 0 else 1.0
    weights = _weights(trials, chance)
    return sum(weight for k, weight in weights.items() if k < count) / sum(weights.values())


def _slope(count: int, trials: int, chance: float) -> float:
    """How much that falls with the chance: for each trial, how often exactly `count - 1` of the others succeed."""
    if not 0 < count <= trials:
        return 0.0
    spare = trials * chance - count
    if 2 * spare * spare > _HOPELESS * trials:
        return 0.0
    weights = _weights(trials - 1, chance)
    return trials * weights.get(count - 1, 0.0) / sum(weights.values())


@lru_cache(maxsize=8)
def _weights(trials: int, chance: float) -> dict[int, float]:
    """Odds of each number of successes against the most likely one; those that cannot count are left out."""
    if chance >= 1 or chance <= 0:
        return {trials if chance >= 1 else 0: 1.0}
    odds, top = chance / (1 - chance), min(trials, int((trials + 1) * chance))
    up, down = {}, {}
    weight, k = 1.0, top
    while k < trials and weight > 1e-40:
        weight *= odds * (trials - k) / (k + 1)
        k += 1
        up[k] = weight
    weight, k = 1.0, top
    while k > 0 and weight > 1e-40:
        weight *= k / (odds * (trials - k + 1))
        k -= 1
        down[k] = weight
    return dict(reversed(down.items())) | {top: 1.0} | up
