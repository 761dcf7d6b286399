"""Strongly connected sets of a graph: everything in one can be reached from everything else in it."""

from collections.abc import Mapping, Sequence


def strongly_connected(graph: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """The set of each node (Tarjan's algorithm, without recursion; linear in nodes and edges).

    >>> sets = strongly_connected({"a": ["b"], "b": ["a", "c"]})
    >>> sorted(sets["a"]), sorted(sets["c"])
    (['a', 'b'], ['c'])
    """
    found: dict[str, frozenset[str]] = {}
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    for root in graph:
        waiting = [] if root in number else [(root, 0)]
        while waiting:
            node, at = waiting.pop()
            if at == 0:
                number[node] = lowest[node] = len(number)
                path.append(node)
            following = graph.get(node, ())
            if at and following[at - 1] not in found:
                lowest[node] = min(lowest[node], lowest[following[at - 1]])
            while at < len(following) and following[at] in number:
                if following[at] not in found:
                    lowest[node] = min(lowest[node], number[following[at]])
                at += 1
            if at < len(following):
                waiting += [(node, at + 1), (following[at], 0)]
            elif lowest[node] == number[node]:
                members = _taken(path, node)
                found |= dict.fromkeys(members, members)
    return found


def _taken(path: list[str], node: str) -> frozenset[str]:
    """What stands on the path from `node` on, taken off it."""
    members = [path.pop()]
    while members[-1] != node:
        members.append(path.pop())
    return frozenset(members)
