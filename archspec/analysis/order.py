"""In which order a decision diagram asks its variables: that decides how large it grows."""

from archspec.analysis.expression import Cause, Expression, Variable, bottom_up, children

Order = tuple[Variable, ...]
_EDGE = 40
"""A part of the expression with more variables than this says nothing of who belongs beside whom."""
_ROUNDS = 60


def groups_first(expression: Expression) -> Order:
    """Groups that replicas of several components stand in first, the rest as met: linear in many components."""
    nodes = list(bottom_up(expression))
    inside: dict[Variable, set[str]] = {}
    for node in nodes:
        beside = [term for term in children(node) if isinstance(term, Variable)]
        owners = {term.owner for term in beside if term.cause is not Cause.GROUP} or {str(len(inside))}
        for term in beside:
            if term.cause is Cause.GROUP:
                inside.setdefault(term, set()).update(owners)
    met = [node for node in nodes if isinstance(node, Variable)]
    first = [variable for variable in met if len(inside.get(variable, ())) > 1]
    return (*first, *(variable for variable in met if len(inside.get(variable, ())) <= 1))


def neighbours_together(expression: Expression) -> Order:
    """FORCE: each variable moves to the middle of those it stands with, until they lie as near as they come.

    F. A. Aloul, I. L. Markov, K. A. Sakallah, FORCE: a fast and easy-to-implement variable-ordering heuristic
    (2003). A hyperedge is what stands below one node of the expression; the order with the least total span wins.
    """
    order = tuple(node for node in bottom_up(expression) if isinstance(node, Variable))
    edges = _edges(expression)
    best, least = order, _span(order, edges)
    for _ in range(_ROUNDS):
        order = _moved(order, edges)
        span = _span(order, edges)
        if span >= least:
            break
        best, least = order, span
    return best


def _edges(expression: Expression) -> list[tuple[Variable, ...]]:
    below: dict[Expression, frozenset[Variable] | None] = {}
    found: dict[frozenset[Variable], None] = {}
    for node in bottom_up(expression):
        if isinstance(node, Variable):
            below[node] = frozenset((node,))
            continue
        sets = [known for term in children(node) if (known := below[term]) is not None]
        is_small = len(sets) == len(children(node)) and sum(map(len, sets)) <= _EDGE
        below[node] = edge = frozenset().union(*sets) if is_small else None
        if edge is not None and len(edge) > 1:
            found[edge] = None
    return [tuple(edge) for edge in found]


def _moved(order: Order, edges: list[tuple[Variable, ...]]) -> Order:
    places = {variable: place for place, variable in enumerate(order)}
    pulls: dict[Variable, list[float]] = {variable: [] for variable in order}
    for edge in edges:
        middle = sum(places[variable] for variable in edge) / len(edge)
        for variable in edge:
            pulls[variable].append(middle)
    wanted = {v: sum(pull) / len(pull) if pull else float(places[v]) for v, pull in pulls.items()}
    return tuple(sorted(order, key=lambda variable: (wanted[variable], places[variable])))


def _span(order: Order, edges: list[tuple[Variable, ...]]) -> int:
    places = {variable: place for place, variable in enumerate(order)}
    return sum(max(places[v] for v in edge) - min(places[v] for v in edge) for edge in edges)
