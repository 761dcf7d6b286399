"""How often a call may be tried for one request, where every layer tries again."""

from fractions import Fraction

from archspec.frozen import frozen
from archspec.model import Architecture, CallTerms, Path, Retries, Role
from archspec.model.walk import Visit


@frozen
class Tries:
    """A chain of calls that each try again: who is at its end, and how often it may be asked."""

    callee: str
    factors: tuple[Fraction, ...]
    """Tries of each call that has several, outermost first."""
    path: Path
    terms: CallTerms
    caller: str

    @property
    def total(self) -> Fraction:
        """Tries of the last call for one request."""
        product = Fraction(1)
        for factor in self.factors:
            product *= factor
        return product


def most_tries(architecture: Architecture, flow: str) -> Tries | None:
    """The chain of a flow with the most tries at its end; None where no call is tried again.

    A retry budget caps its factor at 1 + budget. What hangs below a queue begins anew.
    """
    around: dict[Path, tuple[Fraction, ...]] = {}
    inside: dict[Path, tuple[Fraction, ...]] = {}
    best: Tries | None = None
    for visit in architecture.walk(flow):
        factors = _factors_round(visit, around, inside)
        around[visit.path] = inside[visit.path] = factors
        if not visit.step.call:
            continue
        callee = visit.step.call[0]
        terms = architecture.terms(visit.caller, callee, visit.step)
        is_delivery = architecture.is_pulled(visit.caller, callee)
        if _tries(terms.retries) > 1 and not is_delivery:
            factors = (*factors, _tries(terms.retries))
            chain = Tries(callee, factors, visit.path, terms, visit.caller)
            best = chain if best is None or chain.total > best.total else best
        ends = not visit.step.wait or architecture.components[callee].kind_of.role is Role.QUEUE
        inside[visit.path] = () if ends else factors
    return best


def _factors_round(
    visit: Visit, around: dict[Path, tuple[Fraction, ...]], inside: dict[Path, tuple[Fraction, ...]]
) -> tuple[Fraction, ...]:
    """Tries of the calls that a step is made within: a miss of a cache that asks itself, but no fallback."""
    if not visit.within:
        return ()
    outer = visit.within[-1]
    is_within = visit.branch == "steps" or (visit.branch == "on_miss" and visit.caller in outer.step.call)
    return inside[outer.path] if is_within else around[outer.path]


def _tries(retries: Retries | None) -> Fraction:
    if retries is None:
        return Fraction(1)
    if retries.budget is not None:
        return min(Fraction(retries.attempts), 1 + retries.budget.value)
    return Fraction(retries.attempts)
