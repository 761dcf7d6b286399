"""Rows hold no more cards than go side by side, and every edge runs downwards."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from archspec.renderers.layout.rows import rows

pairs = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]), max_size=30)
NODES = [str(index) for index in range(12)]


@given(pairs, st.integers(1, 6))
def test_every_edge_runs_downwards_and_no_row_is_longer_than_it_may_be(ends: list[tuple[int, int]], most: int):
    edges = [(str(a), str(b)) for a, b in ends]
    found = rows(NODES, edges, most)
    assert [edge for edge in edges if found[edge[0]] >= found[edge[1]]] == []
    assert max(Counter(found.values()).values()) <= most


@given(pairs, st.integers(1, 6), st.lists(st.sampled_from([(), ("a",), ("a", "b"), ("c",)]), min_size=12, max_size=12))
def test_frames_hold_up_nobody_for_ever(ends: list[tuple[int, int]], most: int, frames: list[tuple[str, ...]]):
    edges = [(str(a), str(b)) for a, b in ends]
    found = rows(NODES, edges, most, dict(zip(NODES, frames, strict=True)))
    assert [edge for edge in edges if found[edge[0]] >= found[edge[1]]] == []
    assert sorted(found) == sorted(NODES)


def test_a_frame_is_filled_before_the_next_one_is_begun():
    frames = {"a1": ("a",), "b1": ("b",), "a2": ("a",), "b2": ("b",)}
    assert rows(list(frames), [], 2, frames) == {"a1": 0, "a2": 0, "b1": 1, "b2": 1}
