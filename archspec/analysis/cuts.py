"""Minimal cut sets: the smallest sets of parts whose failure together fails requests."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from math import comb

from archspec.analysis.expression import (
    FALSE,
    AtLeast,
    Cause,
    Constant,
    Every,
    Expression,
    Not,
    Some,
    Variable,
    bottom_up,
    children,
    restricted,
    variables,
)
from archspec.frozen import frozen

Cut = frozenset[Variable]
CUT_LIMIT = 50_000
"""More cut sets than this are not listed: they would not be read."""


@frozen
class CutSets:
    """Minimal cut sets up to an order, smallest first; `complete` is false where there were too many to list."""

    sets: tuple[Cut, ...]
    complete: bool

    def of_order(self, order: int) -> tuple[Cut, ...]:
        """Those of exactly so many parts."""
        return tuple(cut for cut in self.sets if len(cut) == order)


def minimal_cuts(expression: Expression, order: int = 3) -> CutSets:
    """The minimal sets of at most `order` parts that fail together, choices at their worse outcome.

    Bottom up: an `Every` is cut where one term is, a `Some` where all are, k of n where n - k + 1 are; sets
    that grow beyond the order are dropped on the way (as in the MOCUS algorithm, J. B. Fussell and
    W. E. Vesely, A new methodology for obtaining cut sets for fault trees, 1972).

    >>> from archspec.analysis.expression import any_of
    >>> one, two = (Variable(f"api-{i}", Cause.REPLICA, "api") for i in (1, 2))
    >>> [sorted(part.name for part in cut) for cut in minimal_cuts(any_of([one, two])).sets]
    [['api-1', 'api-2']]

    """
    luck = {v: v.cause is not Cause.CHOICE for v in variables(expression) if not v.is_part}
    root = restricted(expression, luck)
    places = {variable: place for place, variable in enumerate(variables(root))}
    search = _Search(order)
    found = search.cuts(root)
    ordered = sorted(found, key=lambda cut: (len(cut), sorted(places[variable] for variable in cut)))
    return CutSets(tuple(ordered), search.complete)


class _Search:
    def __init__(self, order: int) -> None:
        self._order = order
        self.complete = True

    def cuts(self, root: Expression) -> set[Cut]:
        if isinstance(root, Constant):
            return set()
        nodes = tuple(bottom_up(root))
        found: dict[Expression, set[Cut]] = {}
        hangs = any(isinstance(node, Not) for node in nodes)
        kept: dict[Expression, set[Cut]] = {}
        """What makes a node true, the rest being up: asked for where it stands below a `Not`."""
        for node in nodes:
            terms = [found[term] for term in children(node)]
            others = [kept[term] for term in children(node)] if hangs else []
            match node:
                case Variable():
                    found[node], kept[node] = {frozenset((node,))}, {frozenset()}
                case Every():
                    found[node] = self._minimal(set().union(*terms))
                    kept[node] = self._failing(others, len(others)) if hangs else set()
                case Some():
                    found[node] = self._failing(terms, len(terms))
                    kept[node] = self._minimal(set().union(*others))
                case AtLeast(count):
                    found[node] = self._failing(terms, len(terms) - count + 1)
                    kept[node] = self._failing(others, count) if hangs else set()
                case Not():
                    found[node], kept[node] = others[0], terms[0]
                case Constant():
                    found[node] = kept[node] = set()
        return {cut for cut in found[root] if fails(root, cut)} if hangs else found[root]

    def _failing(self, terms: list[set[Cut]], enough: int) -> set[Cut]:
        """Cuts of `enough` terms at least."""
        if all(len(cut) == 1 for term in terms for cut in term):
            return self._of_instances([frozenset().union(*term) for term in terms], enough)
        return self._one_by_one(terms, enough)

    def _of_instances(self, terms: list[Cut], enough: int) -> set[Cut]:
        """Each term is cut by any of its parts: choose among parts that several share, then fill up with others."""
        met = Counter(part for term in terms for part in term)
        shared = [part for part, times in met.items() if times > 1]
        found: set[Cut] = set()
        for size in range(self._order + 1):
            if comb(len(shared), size) > CUT_LIMIT:
                self.complete = False
                break
            for base in combinations(shared, size):
                left = [term - set(shared) for term in terms if term.isdisjoint(base)]
                more = max(0, enough - (len(terms) - len(left)))
                if size + more <= self._order:
                    found |= self._filled_up(frozenset(base), left, more)
        return self._minimal(found)

    def _filled_up(self, base: Cut, left: list[Cut], more: int) -> set[Cut]:
        if comb(len(left), more) > CUT_LIMIT:
            self.complete = False
            return set()
        return {base.union(parts) for chosen in combinations(left, more) for parts in product(*chosen)}

    def _one_by_one(self, terms: list[set[Cut]], enough: int) -> set[Cut]:
        """`failed[j]` cuts j of the terms so far."""
        failed: list[set[Cut]] = [{frozenset()}, *(set() for _ in range(enough))]
        for index, term in enumerate(terms):
            left = len(terms) - index - 1
            for j in range(min(enough, index + 1), max(0, enough - left - 1), -1):
                failed[j] = self._minimal(failed[j] | self._together(failed[j - 1], term))
        return failed[enough]

    def _together(self, some: set[Cut], others: set[Cut]) -> set[Cut]:
        """One of each, where the two are not too many; those that share a part are looked up by it."""
        joined: set[Cut] = set()
        by_size = [[cut for cut in others if len(cut) == size] for size in range(self._order + 1)]
        by_part: dict[Variable, list[Cut]] = {}
        for cut in others:
            for part in cut:
                by_part.setdefault(part, []).append(cut)
        for cut in some:
            for same_size in by_size[: self._order - len(cut) + 1]:
                joined.update(cut | other for other in same_size)
            for part in cut:
                joined.update(both for other in by_part.get(part, ()) if len(both := cut | other) <= self._order)
            if len(joined) > CUT_LIMIT:
                self.complete = False
                break
        return joined

    def _minimal(self, cuts: set[Cut]) -> set[Cut]:
        """Those that contain no other."""
        if frozenset() in cuts:
            return {frozenset()}
        if len(cuts) > CUT_LIMIT:
            self.complete = False
            cuts = set(sorted(cuts, key=lambda cut: (len(cut), sorted(part.name for part in cut)))[:CUT_LIMIT])
        return {cut for cut in cuts if not any(smaller in cuts for smaller in _within(cut))}


def fails(expression: Expression, down: Cut) -> bool:
    """Whether an expression is false with these parts down and all others up."""
    return restricted(expression, {part: part not in down for part in variables(expression)}) is FALSE


def _within(cut: Cut) -> Iterator[Cut]:
    """Every smaller set of its parts, the empty one aside."""
    return (frozenset(parts) for size in range(1, len(cut)) for parts in combinations(cut, size))
