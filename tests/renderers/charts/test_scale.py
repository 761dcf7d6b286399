"""Axes: their ticks are round, lie within them, and are spelled each in its own way."""

from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.renderers.charts.scale import Kind, Scale, exactly, fitting, linear, logarithmic, nines
from archspec.renderers.charts.unit import Unit
from tests.properties import examples

UNITS = st.sampled_from(Unit)
FIGURES = st.floats(1e-3, 1e15)
SHARES = st.one_of(st.just(1.0), st.just(0.0), st.floats(0, 1), st.integers(1, 9).map(lambda nines: 1 - 10.0**-nines))


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        (linear(Unit.TIME, [57_440_000.0], 5), ("0", "20 ms", "40 ms", "60 ms")),
        (linear(Unit.TIME, [57_410_000.0, 57_440_000.0], 5, from_zero=False), ("57 ms", "57.5 ms")),
        (linear(Unit.RATE, [3230.0], 5), ("0", "1,000/s", "2,000/s", "3,000/s", "4,000/s")),
        (linear(Unit.COUNT, [0.0], 5), ("0", "0.2", "0.4", "0.6", "0.8", "1")),
        (linear(Unit.SHARE, [0.9993, 1.0], from_zero=False), ("99.92%", "99.94%", "99.96%", "99.98%", "100%")),
        (linear(Unit.COUNT, [-3.0, 5.0], 5), ("-4", "-2", "0", "2", "4", "6")),
        (exactly(Unit.TIME, 0.0, 97e9), ("0", "20 s", "40 s", "1 min", "1 min 20 s")),
        (exactly(Unit.TIME, 0.0, 600e9), ("0", "2 min", "4 min", "6 min", "8 min", "10 min")),
        (logarithmic(Unit.TIME, [57_440.0, 812e6]), ("0.1 ms", "1 ms", "10 ms", "100 ms", "1 s")),
        (fitting(Unit.TIME, [1e6, 20e6], 5), ("0", "5 ms", "10 ms", "15 ms", "20 ms")),
        (fitting(Unit.TIME, [1e6, 50e6], 5), ("1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms")),
        (nines([0.5, 0.99, 0.9999]), ("0", "90%", "99%", "99.9%", "99.99%")),
        (nines([0.99, 1.0]), ("99%", "99.9%", "100%")),
    ],
)
def test_the_ticks_of_an_axis(scale: Scale, labels: tuple[str, ...]) -> None:
    assert scale.labels == labels


def test_nines_are_equally_far_apart_and_all_lies_at_the_end() -> None:
    scale = nines([0.5, 0.99, 1.0])
    assert [round(scale.at(value), 3) for value in (0.0, 0.9, 0.99, 0.99999, 1.0)] == [0.0, 0.333, 0.667, 1.0, 1.0]


def test_what_lies_beyond_an_end_is_moved_to_it() -> None:
    scale = linear(Unit.COUNT, [1.0], 5)
    assert (scale.at(-5.0), scale.at(0.5), scale.at(7.0)) == (0.0, 0.5, 1.0)
    assert logarithmic(Unit.COUNT, [1.0, 1000.0]).at(0.0) == 0.0


def _check(scale: Scale, values: list[float]) -> None:
    places = [scale.kind.place(tick) for tick in scale.ticks]
    assert all(scale.start - 1e-9 <= place for place in places)
    assert all(place <= scale.end + 1e-4 for place in places if place != float("inf"))  # 1 - 1e-12 has four digits left
    assert all(before < after for before, after in pairwise(scale.ticks))
    assert len(set(scale.labels)) == len(scale.ticks) >= 2
    assert not any("e+" in label or "e-" in label for label in scale.labels)
    for value in values:
        place = scale.kind.place(value)
        assert scale.start - 1e-6 * max(1, abs(scale.start)) <= place
        assert place <= scale.end + 1e-6 * max(1, abs(scale.end)) or place == float("inf")


@examples(150)
@given(UNITS, st.lists(FIGURES, min_size=1, max_size=4), st.booleans(), st.integers(2, 7))
def test_a_linear_axis_holds_its_values_and_every_tick_is_round(
    unit: Unit, values: list[float], from_zero: bool, most: int
) -> None:
    scale = linear(unit, values, most, from_zero=from_zero)
    _check(scale, values)
    assert len(scale.ticks) <= most + 1
    steps = [after - before for before, after in pairwise(scale.ticks)]
    step = next(each for each in islice(unit.rounds(steps[0] * (1 - 1e-6)), 1))
    assert all(each == pytest.approx(step, rel=1e-3) for each in steps)
    assert all(tick / step == pytest.approx(round(tick / step), abs=1e-3) for tick in scale.ticks)


@examples(150)
@given(UNITS, st.lists(FIGURES, min_size=1, max_size=4))
def test_the_ticks_of_a_logarithmic_axis_are_round(unit: Unit, values: list[float]) -> None:
    scale = logarithmic(unit, values)
    assert len(scale.ticks) <= 6
    assert all(next(unit.rounds(tick * (1 - 1e-9))) == pytest.approx(tick) for tick in scale.ticks)
    assert all(0 <= scale.at(tick) <= 1 for tick in scale.ticks)
    assert len(set(scale.labels)) == len(scale.ticks) >= 1


@examples(150)
@given(st.lists(SHARES, min_size=1, max_size=4))
def test_an_axis_of_nines_holds_its_values(values: list[float]) -> None:
    _check(nines(values), values)


@examples(100)
@given(st.floats(1, 1e17))
def test_the_time_of_a_run_ends_with_it(length: float) -> None:
    scale = exactly(Unit.TIME, 0.0, length)
    assert (scale.kind, scale.start, scale.end) == (Kind.LINEAR, 0.0, length)
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] <= length * (1 + 1e-9)
    assert len(set(scale.labels)) == len(scale.ticks)


def test_round_lengths_of_time_are_those_of_people() -> None:
    shown = takewhile(lambda each: each <= 30 * 86400e9, Unit.TIME.rounds(5e9))
    expected = "5 s, 10 s, 20 s, 30 s, 1 min, 2 min, 5 min, 10 min, 20 min, 30 min, 1 h, 2 h, 3 h, 6 h, 12 h, 24 h"
    assert ", ".join(map(Unit.TIME.spell, shown)) == f"{expected}, 48 h, 5 d, 10 d, 20 d"
