"""How figures are spelled, for every figure there may be."""

import re
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.values import availability, busy, downtime, duration, hours, listing, number, percent

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


@pytest.mark.parametrize(
    ("share", "nearest", "cut", "raised"),
    [
        (0.0, "0%", "0%", "0%"),
        (1.0, "100%", "100%", "100%"),
        (-0.25, "-25%", "-25%", "-25%"),
        (0.5, "50%", "50%", "50%"),
        (0.12345, "12.3%", "12.3%", "12.4%"),
        (0.87655, "87.7%", "87.6%", "87.7%"),
        (0.01, "1%", "1%", "1%"),
        (0.0099999, "1%", "0.999%", "1%"),
        (0.1, "10%", "10%", "10%"),
        (0.99, "99%", "99%", "99%"),
        (0.9990001, "99.9%", "99.9%", "99.9001%"),
        (1e-12, "0.0000000001%", "0.0000000001%", "0.0000000001%"),
        (1e-15, "0%", "0%", "0%"),
        (1 - 1e-15, "100%", "100%", "100%"),
        (1.00004, "100.004%", "100.004%", "100.004%"),
        (1.0004, "100.04%", "100.04%", "100.04%"),
        (1.3337, "133.4%", "133.3%", "133.4%"),
        (1.5, "150%", "150%", "150%"),
        (12.3456, "1234.6%", "1234.5%", "1234.6%"),
    ],
)
def test_a_share_is_spelled_by_its_distance_from_the_nearer_end(
    share: float, nearest: str, cut: str, raised: str
) -> None:
    assert (percent(share), percent(share, floor), percent(share, ceil)) == (nearest, cut, raised)


@pytest.mark.parametrize(
    ("share", "spelled"),
    [(0.0, "0%"), (0.00099, "<0.1%"), (0.001, "0.1%"), (1.0, "100%"), (None, "–"), (-0.5, "-50%")],
)
def test_a_utilisation_is_spelled_to_tenths(share: float | None, spelled: str) -> None:
    assert busy(share) == spelled


@pytest.mark.parametrize(
    ("nanoseconds", "spelled"),
    [
        (1, "1 ns"),
        (999, "999 ns"),
        (999.6, "1 µs"),
        (99_949, "99.9 µs"),
        (99_960, "0.1 ms"),
        (100_000, "0.1 ms"),
        (999_600_000, "1 s"),
        (59_940_000_000, "59.9 s"),
        (59_960_000_000, "1 min"),
        (60_000_000_000, "1 min"),
        (3_594_000_000_000, "59 min 54 s"),
        (3_599_900_000_000, "1 h"),
        (3_600_000_000_000, "1 h"),
        (71 * 3600 * 10**9, "71 h"),
        (73 * 3600 * 10**9, "3 d 1 h"),
        (1e-13, "0 ms"),
        (-61 * 10**9, "-1 min 1 s"),
    ],
)
def test_a_time_changes_its_unit_where_it_would_have_too_many_digits(nanoseconds: float, spelled: str) -> None:
    assert duration(nanoseconds) == spelled


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (999.4, "999"),
        (999.5, "1,000"),
        (-999.5, "-1,000"),
        (0.0, "0"),
        (99.95, "100"),
        (1e-13, "0"),
        (0.0012345, "0.00123"),
    ],
)
def test_a_number_has_three_digits_or_all_before_the_point(value: float, spelled: str) -> None:
    assert number(value) == spelled


@pytest.mark.parametrize(
    ("lower", "upper", "spelled", "down"),
    [
        (None, 0.9, "no figure", "–"),
        (0.9, None, "no figure", "–"),
        (0.9, 0.9, "90%", "36 d 13 h"),
        (0.0, 0.0, "0%", "365 d 6 h"),
        (1.0, 1.0, "100%", "none"),
        (0.0, 0.5, "≤ 50%", "≥ 182 d 15 h"),
        (0.99680, 0.99682, "about 99.68%", "27 h 52 min to 28 h 4 min"),
        (0.996802, 0.996808, "99.68%", "27 h 58 min to 28 h 3 min"),
        (0.9999, 1.0, "99.99% to 100%", "none to 52 min 36 s"),
        (0.99990, 0.999904, "99.99% to 99.9904%", "50 min 29 s to 52 min 36 s"),
        (0.99990, 0.9999004, "about 99.9900%", "52 min 23 s to 52 min 36 s"),
    ],
)
def test_an_availability_between_bounds_says_no_more_than_both_do(
    lower: float | None, upper: float | None, spelled: str, down: str
) -> None:
    assert (availability(lower, upper), downtime(lower, upper, 8766)) == (spelled, down)


def test_no_downtime_is_none_and_less_than_a_moment_too() -> None:
    assert (hours(1e-9), hours(1e-6)) == ("none", "3.6 ms")


@pytest.mark.parametrize(
    ("items", "shown", "spelled"),
    [
        ("ab", 3, "a and b"),
        ("abc", 3, "a, b and c"),
        ("abcd", 3, "a, b and 2 more"),
        ("abc", 2, "a and 2 more"),
        ("abcde", 5, "a, b, c, d and e"),
    ],
)
def test_a_list_of_more_than_are_shown_counts_the_rest(items: str, shown: int, spelled: str) -> None:
    assert listing(items, shown) == spelled
