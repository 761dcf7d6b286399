"""Edges that turn in one channel cross as little as can be and never coincide."""

from hypothesis import given
from hypothesis import strategies as st

from archspec.renderers.layout.tracks import Turn, tracks


def turn(edge: int, enters: float, leaves: float) -> Turn:
    return Turn(edge, (enters,), (leaves,))


def test_a_bus_turns_where_the_fewest_of_its_stubs_are_crossed():
    bus = Turn(0, (0, 20, 40, 60), (70,))
    assert tracks([bus, turn(1, 50, 90)])[0] > tracks([bus, turn(1, 50, 90)])[1]


def test_of_two_that_go_down_side_by_side_the_lower_turns_first():
    assert tracks([turn(0, 0, 100), turn(1, 20, 120)]) == {1: 0, 0: 1}


def test_of_two_that_go_up_side_by_side_the_upper_turns_first():
    assert tracks([turn(0, 100, 0), turn(1, 120, 20)]) == {0: 0, 1: 1}


def test_turns_far_from_each_other_share_a_track():
    assert tracks([turn(0, 0, 40), turn(1, 60, 100), turn(2, 120, 200)]) == {0: 0, 1: 0, 2: 0}


def test_two_that_swap_places_do_not_run_on_one_line():
    found = tracks([turn(0, 0, 50), turn(1, 50, 100)])
    assert found[1] < found[0]


turns = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).filter(lambda pair: pair[0] != pair[1]), max_size=12)


@given(turns)
def test_turns_that_overlap_have_tracks_of_their_own(pairs: list[tuple[int, int]]):
    made = [turn(edge, enters * 10.0, leaves * 10.0) for edge, (enters, leaves) in enumerate(pairs)]
    found = tracks(made)
    shared = [
        (a.edge, b.edge)
        for a in made
        for b in made
        if a.edge < b.edge and found[a.edge] == found[b.edge] and a.low < b.high and b.low < a.high
    ]
    assert shared == []
