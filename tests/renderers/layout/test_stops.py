"""Stops keep their order and their distance, and line up where their neighbours let them."""

from hypothesis import given
from hypothesis import strategies as st

from archspec.renderers.layout.stops import Row, Stop, side_row, smooth, spread_evenly, straighten

ROW = ("rank", "1")


def row_of(places: list[float], walls: tuple[tuple[float, float], ...] = ()) -> Row:
    row = Row(walls)
    for edge, v in enumerate(places):
        row.add(Stop(edge, 1, ROW, v))
    return row


def test_a_stop_too_near_a_card_moves_off_it():
    row = row_of([52.0], walls=((0, 50), (100, 150)))
    row.settle()
    assert [stop.v for stop in row.stops] == [60.0]


def test_stops_too_near_each_other_move_apart_and_keep_their_order():
    row = row_of([50.0, 51.0, 52.0])
    row.settle()
    assert [stop.v for stop in row.stops] == [50.0, 60.0, 70.0]


def test_in_a_narrow_gap_stops_share_the_room():
    row = row_of([61.0, 62.0, 63.0], walls=((0, 50), (70, 120)))
    row.settle()
    assert [round(stop.v, 2) for stop in row.stops] == [55.0, 60.0, 65.0]


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=12), st.floats(0, 200))
def test_settling_never_changes_the_order_or_crosses_a_wall(places: list[float], wall: float):
    row = row_of(places, walls=((wall, wall + 60), (wall + 90, wall + 150)))
    before = [stop.edge for stop in row.stops]
    row.settle()
    assert [stop.edge for stop in sorted(row.stops, key=lambda stop: stop.v)] == before
    assert not [stop.v for stop in row.stops if wall < stop.v < wall + 60 or wall + 90 < stop.v < wall + 150]


def test_ports_stand_around_the_middle_of_their_side():
    row = side_row(0, 60, 3)
    row.stops = [Stop(edge, 0, ("out", "a"), 30.0) for edge in range(3)]
    spread_evenly(row)
    assert [stop.v for stop in row.stops] == [16.0, 30.0, 44.0]


def test_many_ports_share_the_side():
    assert side_row(0, 60, 10).gap == 4.0


def test_an_edge_straightens_to_the_middle_of_where_it_may_run():
    ports, lanes = side_row(0, 60, 1), Row()
    stops = [Stop(0, 0, ("out", "a"), 30.0), Stop(0, 1, ROW, 41.0), Stop(0, 2, ("in", "b"), 45.0)]
    ports.stops, lanes.stops = [stops[0]], [stops[1]]
    end = side_row(20, 80, 1)
    end.stops = [stops[2]]
    straighten([stops], {("out", "a"): ports, ROW: lanes, ("in", "b"): end}, {})
    assert [stop.v for stop in stops] == [41.0, 41.0, 41.0]


def test_an_edge_does_not_leave_its_fence_to_be_straight():
    lane = Stop(0, 1, ROW, 100.0)
    start = Stop(0, 0, ("out", "a"), 30.0)
    ports, lanes = side_row(0, 60, 1), Row()
    ports.stops, lanes.stops = [start], [lane]
    straighten([[start, lane]], {("out", "a"): ports, ROW: lanes}, {id(lane): (90.0, 200.0)})
    assert (start.v, lane.v) == (30.0, 100.0)


def test_ports_of_a_card_shift_by_a_few_px_rather_than_let_a_line_step_aside_by_so_little():
    side = side_row(0, 174, 2, reach=24)
    ends = [Stop(0, 0, ("out", "a"), 80.0), Stop(1, 0, ("out", "a"), 94.0)]
    side.stops = list(ends)
    edges = [(ends[0], Stop(0, 1, ("in", "b"), 87.0)), (ends[1], Stop(1, 1, ("in", "c"), 300.0))]
    smooth(edges, {("out", "a"): side, ("in", "b"): side_row(0, 174, 1), ("in", "c"): side_row(200, 374, 1)})
    assert [stop.v for stop in ends] == [87.0, 101.0]
