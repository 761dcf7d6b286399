"""Laws whose distribution function has a formula: exact, and without arrays, which take a tenth of a second to import.

They are stated times, what is constant added to one of them, choices and cuts of such, and joins that need all.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import prod

from archspec.analysis.law import NANOSECOND, Choice, Cut, Fixed, Join, Known, Law, Sum
from archspec.frozen import frozen
from archspec.model import Family

POINTS = 32
"""Of an integral, from each half of the way to the next, and from each jump to the next."""
HALVES = 8
"""So often the way is halved."""


@frozen(eq=False)
class ClosedForm:
    """The share of draws that stay at or under a time in seconds, and the times at which it may jump."""

    share: Callable[[float], float]
    jumps: frozenset[float]

    def moments(self, limit: float) -> tuple[float, float]:
        """Mean and mean square of draws cut to a limit, ∫(1 - F) and ∫2t(1 - F)."""
        halves = (limit / 2**power for power in range(HALVES))
        mean = square = 0.0
        for start, end in pairwise(sorted({0.0, *halves, *(jump for jump in self.jumps if 0 < jump < limit)})):
            width = (end - start) / POINTS
            for number in range(POINTS):
                middle = start + (number + 0.5) * width
                above = max(0.0, 1 - self.share(middle)) * width
                mean += above
                square += 2 * middle * above
        return mean, square


def moments(law: Cut | Join, form: ClosedForm) -> tuple[float, float]:
    """Mean and variance of a law of this form."""
    if law.farthest == 0 or (isinstance(law, Join) and not law.share):
        return 0.0, 0.0
    mean, square = form.moments(law.farthest)
    return mean, square - mean**2


def closed_form(law: Law) -> ClosedForm | None:
    """The closed form of a law, or None where it has none."""
    match law:
        case Known(time):
            values = time.parameters if time.family in (Family.CONSTANT, Family.EMPIRICAL) else ()
            jumps = frozenset(value * NANOSECOND for value in values)
            return ClosedForm(lambda seconds: time.share_within(seconds / NANOSECOND), jumps)
        case Fixed(value):
            return ClosedForm(lambda seconds: float(seconds >= value), frozenset([value]))
        case Sum(terms):
            return _sum(terms)
        case Choice(options):
            shares = [share for share, _ in options]
            return _of(
                [each for _, each in options],
                lambda forms: (
                    lambda seconds: sum(share * form.share(seconds) for share, form in zip(shares, forms, strict=True))
                ),
            )
        case Cut(inner, limit, only_below):
            return _cut(inner, limit, only_below=only_below)
        case Join() if law.needs == law.count:
            return _join(law)
        case _:
            return None


def _of(laws: Iterable[Law], share: Callable[[list[ClosedForm]], Callable[[float], float]]) -> ClosedForm | None:
    forms = [form for law in laws if (form := law.closed_form) is not None]
    if len(forms) < len(list(laws)):
        return None
    return ClosedForm(share(forms), frozenset[float]().union(*(form.jumps for form in forms)))


def _join(law: Join) -> ClosedForm | None:
    """All needed: the good ends are ΠG, the bad ones 1 - Π(1-B), as `joining.ended` says, of all that end so."""
    times, whole = [branch.times for branch in law.branches], law.share or 1.0
    if law.ends_well:
        goods = [branch.good for branch in law.branches]
        return _of(
            [branch.when_good for branch in law.branches],
            lambda forms: (
                lambda seconds: (
                    prod((good * form.share(seconds)) ** n for good, form, n in zip(goods, forms, times, strict=True))
                    / whole
                )
            ),
        )
    bads = [1 - branch.good for branch in law.branches]
    return _of(
        [branch.when_bad for branch in law.branches],
        lambda forms: (
            lambda seconds: (
                (
                    1
                    - prod(
                        (1 - bad * form.share(seconds)) ** n for bad, form, n in zip(bads, forms, times, strict=True)
                    )
                )
                / whole
            )
        ),
    )


def _sum(terms: tuple[tuple[Law, int], ...]) -> ClosedForm | None:
    """Constants and one law more, once: the others would have to be folded with one another."""
    constant = sum(times * law.atoms[0][0] for law, times in terms if law.atoms is not None and len(law.atoms) == 1)
    others = [(law, times) for law, times in terms if law.atoms is None or len(law.atoms) > 1]
    if not others:
        return Fixed(constant).closed_form
    form, times = others[0][0].closed_form, others[0][1]
    if form is None or len(others) > 1 or times > 1:
        return None
    return ClosedForm(lambda seconds: form.share(seconds - constant), frozenset(constant + jump for jump in form.jumps))


def _cut(inner: Law, limit: float, *, only_below: bool) -> ClosedForm | None:
    form = inner.closed_form
    if form is None:
        return None
    whole = form.share(limit) if only_below else 1.0
    if whole <= 0:
        return Fixed(limit).closed_form
    return ClosedForm(lambda seconds: 1.0 if seconds >= limit else form.share(seconds) / whole, form.jumps | {limit})
