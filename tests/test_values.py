"""How figures are spelled, for every figure there may be."""

import re
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.values import busy, duration, number, percent

SHARES = st.floats(1e-9, 1 - 1e-9)


@given(SHARES, st.sampled_from([round, floor, ceil]))
def test_a_share_between_0_and_100_percent_is_never_said_to_be_either(share: float, rounded: object) -> None:
    assert percent(share, rounded) not in ("0%", "100%")  # type: ignore[arg-type]


@given(SHARES)
def test_a_cut_share_is_never_above_the_share(share: float) -> None:
    assert float(percent(share, floor).removesuffix("%")) / 100 <= share * (1 + 1e-8)


@given(SHARES)
def test_a_share_is_right_to_a_hundredth_of_its_distance_from_the_nearer_end(share: float) -> None:
    told = float(percent(share).removesuffix("%")) / 100
    assert abs(told - share) <= 0.0051 * min(share, 1 - share) + 1e-12


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_no_number_has_an_exponent(value: float) -> None:
    assert re.fullmatch(r"-?[\d,]+(\.\d+)?", number(value))


@given(st.floats(1, 59.9e9))
def test_a_time_below_a_minute_is_right_to_three_digits(nanoseconds: float) -> None:
    told, unit = duration(nanoseconds).split(" ")
    scale = {"ns": 1, "µs": 1e3, "ms": 1e6, "s": 1e9}[unit]
    assert float(told) * scale == pytest.approx(nanoseconds, rel=0.0051)


@given(st.integers(60 * 10**9, 10**18))
def test_a_long_time_is_said_in_two_units_and_right_to_the_smaller(nanoseconds: int) -> None:
    sizes = {"d": 86400, "h": 3600, "min": 60, "s": 1}
    parts = re.findall(r"(\d+) (d|h|min|s)", duration(nanoseconds))
    told = sum(int(count) * sizes[unit] for count, unit in parts)
    smaller = {"d": 3600, "h": 60, "min": 1}[parts[0][1]]
    assert len(parts) <= 2
    assert abs(told - nanoseconds / 1e9) <= smaller / 2 + 1e-6


def test_a_time_of_four_digits_tells_apart_what_three_would_not() -> None:
    assert (duration(1_001_000_000), duration(1_001_000_000, digits=4)) == ("1 s", "1.001 s")


def test_99_99_percent_is_not_100() -> None:
    assert (percent(0.9999), busy(0.9999), percent(0.999949)) == ("99.99%", "99.99%", "99.9949%")
