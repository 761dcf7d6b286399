"""How long something takes, as a distribution: known times, and their sums, choices, cuts and joins.

Times are in seconds. What is drawn apart is independent. Means and variances of sums and choices are exact; those of
a join (the slowest of several, or the k-th) are ∫(1 - F), over the points where F steps where all times are constant,
else on a grid of `POINTS` steps, whose error is below a thousandth.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise, product
from math import sqrt
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.model import Family, Time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from archspec.analysis.closed_form import ClosedForm

    Column = NDArray[np.float64]

NANOSECOND = 1e-9
POINTS = 2048
ATOMS = 64
"""A law with more values than this is put on a grid."""
TAIL = 0.9999
"""The grid reaches to this quantile; what lies beyond counts by its mean."""
FAR_TAIL = 1 - 1e-6
"""What is beyond this quantile is taken never to happen."""


@frozen(slots=False, eq=False)
class Law:
    """A distribution of times."""

    @cached_property
    def mean(self) -> float:
        """The average in seconds."""
        return _moments(self)[0]

    @cached_property
    def variance(self) -> float:
        """The variance in seconds squared."""
        return max(0.0, _moments(self)[1])

    @cached_property
    def atoms(self) -> tuple[tuple[float, float], ...] | None:
        """The values and their shares, in rising order, where there are few of them."""
        found = _atoms(self)
        return None if found is None else _merged(found)

    @cached_property
    def closed_form(self) -> "ClosedForm | None":
        """Its distribution function, where that has a formula."""
        from archspec.analysis.closed_form import closed_form

        return closed_form(self)

    @cached_property
    def reach(self) -> float:
        """A time that hardly any draw exceeds."""
        return _reach(self, TAIL)

    @cached_property
    def farthest(self) -> float:
        """A time that as good as no draw exceeds."""
        return _reach(self, FAR_TAIL)

    @cached_property
    def centre(self) -> float:
        """About the mean, without the work that a join or cut makes: not below it."""
        return _centre(self)

    @cached_property
    def spread(self) -> float:
        """About the variance, without that work."""
        return _spread(self)

    def beyond(self, limit: float) -> float:
        """The share of draws above a limit."""
        if self.farthest <= limit:
            return 0.0
        if self.atoms is not None:
            return sum(share for value, share in self.atoms if value > limit)
        if self.closed_form is not None:
            return max(0.0, 1 - self.closed_form.share(limit))
        return max(0.0, 1 - float(masses(self, limit / (POINTS - 1)).sum()))


@frozen(slots=False, eq=False)
class Known(Law):
    """A time as the spec states it."""

    time: Time


@frozen(slots=False, eq=False)
class Fixed(Law):
    """Always the same."""

    seconds: float


@frozen(slots=False, eq=False)
class Sum(Law):
    """One after the other, each `times` times."""

    terms: tuple[tuple[Law, int], ...]


@frozen(slots=False, eq=False)
class Choice(Law):
    """One of several, by their shares, which add up to 1."""

    options: tuple[tuple[float, Law], ...]


@frozen(slots=False, eq=False)
class Cut(Law):
    """Never longer than a limit: cut to it, or (`only_below`) of those alone that stay under it."""

    law: Law
    limit: float
    only_below: bool


@frozen(slots=False, eq=False)
class Branch:
    """A branch of a join, `times` times: its share of good ends, and how long good and bad ones take."""

    good: float
    when_good: Law
    when_bad: Law
    times: int


@frozen(slots=False, eq=False)
class Join(Law):
    """Branches that begin together, until `needs` have ended well or so many badly that they no longer can.

    It is the time of those joins alone that end well, or of those alone that do not (`ends_well`).
    """

    branches: tuple[Branch, ...]
    needs: int
    ends_well: bool

    @property
    def count(self) -> int:
        """How many branches there are, each as often as its `times`."""
        return sum(branch.times for branch in self.branches)

    @property
    def share(self) -> float:
        """The share of all joins that end so."""
        from archspec.analysis.joining import share_of

        return share_of(self)


NOTHING = Fixed(0.0)


def known(time: Time | None) -> Law:
    """The law of a stated time; nothing where none is stated."""
    return NOTHING if time is None else Known(time)


def after_one_another(*laws: Law) -> Law:
    """The sum of laws."""
    terms = tuple((law, 1) for law in laws if law is not NOTHING)
    return NOTHING if not terms else terms[0][0] if len(terms) == 1 else Sum(terms)


def repeated(law: Law, times: int) -> Law:
    """A law so often in a row."""
    return NOTHING if law is NOTHING or not times else law if times == 1 else Sum(((law, times),))


def one_of(*options: tuple[float, Law]) -> Law:
    """A choice by weights of any sum; nothing where all are 0."""
    total = sum(weight for weight, _ in options)
    left = tuple((weight / total, law) for weight, law in options if weight > 0)
    return NOTHING if not left else left[0][1] if len(left) == 1 else Choice(left)


def _moments(law: Law) -> tuple[float, float]:
    match law:
        case Known(time):
            return time.mean * NANOSECOND, time.variance * NANOSECOND**2
        case Fixed(seconds):
            return seconds, 0.0
        case Sum(terms):
            return sum(n * each.mean for each, n in terms), sum(n * each.variance for each, n in terms)
        case Choice(options):
            mean = sum(share * each.mean for share, each in options)
            return mean, sum(share * (each.variance + (each.mean - mean) ** 2) for share, each in options)
        case Cut() | Join():
            if law.atoms is not None:
                mean = sum(share * value for value, share in law.atoms)
                return mean, sum(share * (value - mean) ** 2 for value, share in law.atoms)
            if law.closed_form is None:
                return _moments_on_grid(law)
            from archspec.analysis.closed_form import moments

            return moments(law, law.closed_form)
        case _:
            raise TypeError(law)


def _moments_on_grid(law: Cut | Join) -> tuple[float, float]:
    import numpy as np

    if law.reach == 0 or (isinstance(law, Join) and not law.share):
        return 0.0, 0.0
    step = law.reach / (POINTS - 1)
    mass = masses(law, step)
    values = np.arange(POINTS) * step
    total = 1.0 if isinstance(law, Join) else float(mass.sum())
    if total <= 0:
        return 0.0, 0.0
    beyond = max(0.0, 1 - float(mass.sum()) / total)
    inside = float(mass @ values) / total + beyond * law.reach
    square = float(mass @ values**2) / total + beyond * law.reach**2
    return inside + _tail(law, step), square - inside**2


def _tail(law: Cut | Join, step: float) -> float:
    """∫(1 - F) beyond the grid, where branches are all needed: so rare there that they do not meet one another."""
    import numpy as np

    if isinstance(law, Cut) or law.needs < law.count or not law.ends_well:
        return 0.0
    values, left = np.arange(POINTS) * step, 0.0
    for branch in law.branches:
        mass = masses(branch.when_good, step)
        within = float(mass @ values) + law.reach * max(0.0, 1 - float(mass.sum()))
        left += branch.times * max(0.0, branch.when_good.mean - within)
    return left


def _atoms(law: Law) -> list[tuple[float, float]] | None:
    match law:
        case Known(time):
            if time.family is Family.CONSTANT:
                return [(time.mean * NANOSECOND, 1.0)]
            if time.family is Family.EMPIRICAL:
                return [(value * NANOSECOND, 1 / len(time.parameters)) for value in time.parameters]
            return None
        case Fixed(seconds):
            return [(seconds, 1.0)]
        case Sum(terms):
            return _atoms_of_sum(terms)
        case Choice(options):
            parts = [(share, each.atoms) for share, each in options]
            found = [(value, s * share) for s, atoms in parts if atoms is not None for value, share in atoms]
            return None if any(atoms is None for _, atoms in parts) else found
        case Cut(inner, limit, only_below):
            if inner.atoms is None:
                return None
            if not only_below:
                return [(min(value, limit), share) for value, share in inner.atoms]
            below = [(value, share) for value, share in inner.atoms if value <= limit]
            total = sum(share for _, share in below)
            return [(value, share / total) for value, share in below] or [(limit, 1.0)]
        case Join():
            return _atoms_of_join(law)
        case _:
            raise TypeError(law)


def _merged(atoms: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...] | None:
    found: dict[float, float] = {}
    for value, share in sorted(atoms):
        found[value] = found.get(value, 0.0) + share
    return tuple(found.items()) if len(found) <= ATOMS else None


def _atoms_of_sum(terms: tuple[tuple[Law, int], ...]) -> list[tuple[float, float]] | None:
    found = [(0.0, 1.0)]
    for law, times in terms:
        if law.atoms is None:
            return None
        if len(law.atoms) == 1:
            found = [(value + times * law.atoms[0][0], share) for value, share in found]
            continue
        for _ in range(times):
            merged = _merged([(a + b, p * q) for (a, p), (b, q) in product(found, law.atoms)])
            if merged is None:
                return None
            found = list(merged)
    return found


def _atoms_of_join(law: Join) -> list[tuple[float, float]] | None:
    from archspec.analysis.joining import ended

    laws = [each for branch in law.branches for each in (branch.when_good, branch.when_bad)]
    if any(each.atoms is None for each in laws):
        return None
    values = sorted({value for each in laws for value, _ in each.atoms or ()})

    def done(time: float) -> float:
        return ended(law, lambda each: sum((p for v, p in each.atoms or () if v <= time), 0.0))

    ends = [done(time) for time in values]
    total = ends[-1] or 1.0
    return [(time, (b - a) / total) for time, (a, b) in zip(values, pairwise([0.0, *ends]), strict=True) if b > a]


def _reach(law: Law, tail: float) -> float:
    """The quantile of a stated time; of a sum its mean, one large jump, and six deviations of the rest."""
    match law:
        case Known(time):
            return min(time.quantile(tail), 1e18) * NANOSECOND
        case Fixed(seconds):
            return seconds
        case Sum(terms):
            reached = [(_of(each, tail), each, n) for each, n in terms]
            jump = max((far - each.centre for far, each, _ in reached), default=0.0)
            middle = sum(n * each.centre for each, n in terms) + 6 * sqrt(law.spread)
            return min(middle + max(0.0, jump), sum(n * far for far, _, n in reached))
        case Choice(options):
            return max(_of(each, tail) for _, each in options)
        case Cut(inner, limit):
            return min(_of(inner, tail), limit)
        case Join(branches):
            return max(_of(each, tail) for branch in branches for each in _laws(branch))
        case _:
            raise TypeError(law)


def _of(law: Law, tail: float) -> float:
    return law.reach if tail == TAIL else law.farthest


def _spread(law: Law) -> float:
    match law:
        case Sum(terms):
            return sum(n * each.spread for each, n in terms)
        case Choice(options):
            middles = [(share, each.centre) for share, each in options]
            mean = sum(share * middle for share, middle in middles)
            apart = sum(share * (middle - mean) ** 2 for share, middle in middles)
            return apart + sum(share * each.spread for share, each in options)
        case Cut(inner):
            return inner.spread
        case Join(branches):  # the largest of several varies no more than their sum
            return sum(branch.times * max(each.spread for each in _laws(branch)) for branch in branches)
        case _:
            return law.variance


def _centre(law: Law) -> float:
    match law:
        case Sum(terms):
            return sum(n * each.centre for each, n in terms)
        case Choice(options):
            return sum(share * each.centre for share, each in options)
        case Cut(inner):
            return inner.centre
        case Join(branches):
            return sum(branch.times * max(each.centre for each in _laws(branch)) for branch in branches)
        case _:
            return law.mean


def _laws(branch: Branch) -> Iterator[Law]:
    if branch.good > 0:
        yield branch.when_good
    if branch.good < 1:
        yield branch.when_bad


def masses(law: Law, step: float) -> "Column":
    """Shares on a grid of `POINTS` steps from 0; those beyond its end are left out."""
    from archspec.analysis import grid

    match law:
        case Known(time):
            return grid.of_time(time, step)
        case Fixed(seconds):
            return grid.of_value(seconds, step)
        case Sum(terms):
            return grid.total([(masses(each, step), times) for each, times in terms])
        case Choice(options):
            return grid.mixture([(share, masses(each, step)) for share, each in options])
        case Cut(inner, limit, only_below):
            return grid.cut(masses(inner, step), limit, step, only_below=only_below)
        case Join():
            from archspec.analysis.joining import ended

            done = ended(law, lambda each: masses(each, step).cumsum())
            return grid.steps_of(done / (law.share or 1.0))
        case _:
            raise TypeError(law)
