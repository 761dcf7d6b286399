"""Turning round the edges against the flow leaves no cycle."""

from itertools import pairwise

import networkx
from hypothesis import given
from hypothesis import strategies as st

from archspec.renderers.layout.order import against_the_flow

edges = st.lists(st.tuples(st.integers(0, 7).map(str), st.integers(0, 7).map(str)), max_size=30)


@given(edges)
def test_what_remains_is_acyclic(pairs: list[tuple[str, str]]):
    nodes = [str(index) for index in range(8)]
    backward = against_the_flow(nodes, pairs)
    turned = [(b, a) if i in backward else (a, b) for i, (a, b) in enumerate(pairs) if a != b]
    assert networkx.is_directed_acyclic_graph(networkx.DiGraph(turned))


def test_a_graph_without_cycles_is_left_alone():
    assert against_the_flow(["a", "b", "c"], [("c", "b"), ("b", "a"), ("c", "a")]) == frozenset()


def test_an_answering_connection_is_the_one_turned_round():
    assert against_the_flow(["a", "b"], [("a", "b"), ("b", "a")]) == {1}


def test_ten_thousand_nodes_in_a_row_do_not_exhaust_the_stack():
    nodes = [str(index) for index in range(10_000)]
    assert against_the_flow(nodes, list(pairwise(nodes))) == frozenset()
