"""Which edges point against the flow: turning them round leaves a graph without cycles."""

from collections.abc import Sequence


def against_the_flow(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> frozenset[int]:
    """Indices of the edges to turn round, found by a depth-first walk from what nothing points at.

    Nodes and edges are taken in the order given, so that a picture follows the order of the spec.
    Edges from a node to itself are not listed.

    >>> sorted(against_the_flow(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")]))
    [2]
    """
    outgoing: dict[str, list[int]] = {node: [] for node in nodes}
    incoming = dict.fromkeys(nodes, 0)
    for index, (source, target) in enumerate(edges):
        if source != target:
            outgoing[source].append(index)
            incoming[target] += 1
    state: dict[str, str] = {}
    backward: set[int] = set()
    for start in sorted(nodes, key=lambda node: incoming[node] > 0):
        if start not in state:
            _walk(start, edges, outgoing, state, backward)
    return frozenset(backward)


def _walk(
    start: str,
    edges: Sequence[tuple[str, str]],
    outgoing: dict[str, list[int]],
    state: dict[str, str],
    backward: set[int],
) -> None:
    state[start] = "open"
    stack = [(start, iter(outgoing[start]))]
    while stack:
        node, rest = stack[-1]
        index = next(rest, None)
        if index is None:
            state[node] = "done"
            stack.pop()
            continue
        target = edges[index][1]
        if state.get(target) == "open":
            backward.add(index)
        elif target not in state:
            state[target] = "open"
            stack.append((target, iter(outgoing[target])))
