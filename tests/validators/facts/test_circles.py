"""Strongly connected sets, against networkx."""

import networkx
from hypothesis import given
from hypothesis import strategies as st

from archspec.validators.facts.circles import strongly_connected

NODES = st.integers(0, 9).map(str)


@given(st.dictionaries(NODES, st.lists(NODES, max_size=4), max_size=10))
def test_sets_are_those_of_networkx(graph: dict[str, list[str]]) -> None:
    """Both algorithms find the same sets in any graph."""
    other = networkx.DiGraph([(a, b) for a, following in graph.items() for b in following])
    other.add_nodes_from(graph)
    expected = {
        node: frozenset(members) for members in networkx.strongly_connected_components(other) for node in members
    }
    assert strongly_connected(graph) == expected
