"""Boolean expressions over parts that are up or down: what a structure function is made of.

Nodes are compared by identity. A part that occurs in several places is one `Variable`, which is what makes a
common cause common. Build expressions with `all_of`, `any_of`, `at_least` and `negated`, which simplify.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from archspec.frozen import frozen


class Cause(Enum):
    """What a variable stands for."""

    REPLICA = "replica"
    GROUP = "group"  # a zone, host, region …: a common cause
    LINK = "link"  # the network between two components, where it has an availability
    POOL = "pool"  # enough of so many replicas that they are not told apart
    MISHAP = "mishap"  # drawn anew for each request: a lost message, an answer of 500
    CHOICE = "choice"  # drawn anew for each request: a hit, a step with a chance, a 404

    @property
    def is_of_things(self) -> bool:
        """Whether it lasts, rather than being the luck of one request."""
        return self not in (Cause.MISHAP, Cause.CHOICE)


@frozen(eq=False)
class Variable:
    """Something that is up (true) or down, on its own.

    `owner` is the id of the component, group or connection it belongs to. `probability` is that of being up;
    None where the spec gives no figure, which counts as always up.
    """

    name: str
    cause: Cause
    owner: str
    probability: float | None = None

    @property
    def is_part(self) -> bool:
        """Whether it is a thing that can break, rather than the luck of one request."""
        return self.cause in (Cause.REPLICA, Cause.GROUP, Cause.LINK)


@frozen(eq=False)
class Constant:
    """Always true, or always false."""

    value: bool


@frozen(eq=False)
class Every:
    """True where every term is."""

    terms: "tuple[Expression, ...]"


@frozen(eq=False)
class Some:
    """True where one term is."""

    terms: "tuple[Expression, ...]"


@frozen(eq=False)
class AtLeast:
    """True where `count` terms are; 1 < count < number of terms."""

    count: int
    terms: "tuple[Expression, ...]"


@frozen(eq=False)
class Not:
    """True where the term is not.

    In its parts a structure function falls only where somebody waits for ever: who is asked, and lives, may hang.
    """

    term: "Expression"


Expression = Variable | Constant | Every | Some | AtLeast | Not

TRUE = Constant(True)
FALSE = Constant(False)


def all_of(terms: "Iterable[Expression]") -> Expression:
    """The conjunction; a term that occurs twice counts once, and one beside its opposite is never true."""
    kept: dict[Expression, None] = {}
    for term in terms:
        if term is FALSE:
            return FALSE
        if isinstance(term, Every):
            kept.update(dict.fromkeys(term.terms))
        elif term is not TRUE:
            kept[term] = None
    if any(isinstance(term, Not) and _holds(term.term, kept) for term in kept):
        return FALSE
    return _joined(Every, tuple(kept), TRUE)


def _holds(term: "Expression", given: "Mapping[Expression, None]") -> bool:
    """Whether a term is plainly true where some others are."""
    match term:
        case Every(terms):
            return term in given or all(each in given for each in terms)
        case Some(terms):
            return term in given or any(each in given for each in terms)
        case _:
            return term in given


def any_of(terms: "Iterable[Expression]") -> Expression:
    """The disjunction; a term that occurs twice counts once."""
    kept: dict[Expression, None] = {}
    for term in terms:
        if term is TRUE:
            return TRUE
        if isinstance(term, Some):
            kept.update(dict.fromkeys(term.terms))
        elif term is not FALSE:
            kept[term] = None
    return _joined(Some, tuple(kept), FALSE)


def _joined(kind: type[Every] | type[Some], terms: "tuple[Expression, ...]", empty: Constant) -> Expression:
    if not terms:
        return empty
    return terms[0] if len(terms) == 1 else kind(terms)


def at_least(count: int, terms: "Iterable[Expression]") -> Expression:
    """True where `count` of the terms are; a term given twice counts twice."""
    given = tuple(terms)
    count -= sum(term is TRUE for term in given)
    rest = tuple(term for term in given if not isinstance(term, Constant))
    if count <= 0:
        return TRUE
    if count > len(rest):
        return FALSE
    if count == len(rest):
        return all_of(rest)
    return any_of(rest) if count == 1 else AtLeast(count, rest)


def negated(term: Expression) -> Expression:
    """The opposite."""
    if isinstance(term, Constant):
        return FALSE if term.value else TRUE
    if isinstance(term, Some) and all(isinstance(each, Not) for each in term.terms):
        return all_of(map(negated, term.terms))
    return term.term if isinstance(term, Not) else Not(term)


def children(expression: Expression) -> "tuple[Expression, ...]":
    """The terms of a node; none for a leaf."""
    match expression:
        case Every(terms) | Some(terms) | AtLeast(_, terms):
            return terms
        case Not(term):
            return (term,)
        case _:
            return ()


def bottom_up(expression: Expression) -> Iterator[Expression]:
    """Every distinct node, each after its terms and in the order first met."""
    seen: set[Expression] = set()
    waiting = [(expression, False)]
    while waiting:
        node, is_ready = waiting.pop()
        if is_ready:
            yield node
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting += [(term, False) for term in reversed(children(node)) if term not in seen]


def variables(expression: Expression) -> tuple[Variable, ...]:
    """The variables of an expression, each once, in the order first met."""
    return tuple(node for node in bottom_up(expression) if isinstance(node, Variable))


def restricted(expression: Expression, known: dict[Variable, bool]) -> Expression:
    """The expression with some variables known, simplified."""
    done: dict[Expression, Expression] = {}
    for node in bottom_up(expression):
        terms = [done[term] for term in children(node)]
        if isinstance(node, Variable) and node in known:
            done[node] = TRUE if known[node] else FALSE
        else:
            done[node] = rebuilt(node, terms)
    return done[expression]


def at_worst(expression: Expression, unknown: "Iterable[Variable]") -> Expression:
    """What is true whatever some variables are, or less: each false where that helps nothing, true below a `Not`."""
    given = frozenset(unknown)
    done: dict[tuple[Expression, bool], Expression] = {}
    for node in bottom_up(expression):
        for is_helped in (True, False):
            if isinstance(node, Variable) and node in given:
                done[node, is_helped] = FALSE if is_helped else TRUE
            else:
                below = is_helped != isinstance(node, Not)
                done[node, is_helped] = rebuilt(node, [done[term, below] for term in children(node)])
    return done[expression, True]


def rebuilt(node: Expression, terms: "list[Expression]") -> Expression:
    """The node over other terms, simplified; itself over the same."""
    if all(new is old for new, old in zip(terms, children(node), strict=True)):
        return node
    match node:
        case Every():
            return all_of(terms)
        case Some():
            return any_of(terms)
        case AtLeast(count):
            return at_least(count, terms)
        case _:
            return negated(terms[0])
