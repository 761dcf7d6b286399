"""Modules: parts of an expression whose variables occur nowhere else, so that one variable can stand for each."""

from collections.abc import Iterator

from archspec.analysis.diagram import Diagram, EntangledError
from archspec.analysis.expression import Cause, Constant, Expression, Variable, bottom_up, children, rebuilt, variables

_MODULE_NODES = 10_000
_LOOKED_AT = 300
"""So many candidates are looked at."""


def modules_apart(expression: Expression) -> Expression:
    """The expression, as probable as before, with one variable for each module that stands in several places.

    >>> one, two = (Variable(f"db-{i}", Cause.REPLICA, "db", 0.9) for i in (1, 2))
    >>> from archspec.analysis.expression import all_of, any_of
    >>> db, a, b = any_of([one, two]), *(Variable(name, Cause.REPLICA, name, 0.9) for name in "ab")
    >>> [variable.name for variable in variables(modules_apart(any_of([all_of([a, db]), all_of([b, db])])))]
    ['a', 'db: all that it needs', 'b']

    """
    found: dict[Expression, Expression] = {}
    for module in _modules(expression):
        try:
            chance = Diagram(module, limit=_MODULE_NODES).probability()
        except EntangledError:
            continue
        owner = variables(module)[0].owner
        found[module] = Variable(f"{owner}: all that it needs", Cause.POOL, owner, chance)
    if not found:
        return expression
    for node in bottom_up(expression):
        if node not in found:
            found[node] = rebuilt(node, [found[term] for term in children(node)])
    return found[expression]


def _modules(expression: Expression) -> Iterator[Expression]:
    """Those in several places, the outermost first; ways that lead to a variable all lead through its module."""
    nodes = list(bottom_up(expression))
    ways = _ways(nodes)
    inside: set[Expression] = set()
    looked_at = 0
    for node in reversed(nodes):
        if ways[node] < 2 or node in inside or isinstance(node, Variable | Constant) or looked_at >= _LOOKED_AT:
            continue
        looked_at += 1
        below = list(bottom_up(node))
        within = _ways(below)
        if all(ways[each] == ways[node] * within[each] for each in below if isinstance(each, Variable)):
            inside.update(below)
            yield node


def _ways(nodes: list[Expression]) -> dict[Expression, int]:
    """How many ways lead to each node from the last."""
    ways = dict.fromkeys(nodes, 0) | {nodes[-1]: 1}
    for node in reversed(nodes):
        for term in children(node):
            ways[term] += ways[node]
    return ways
