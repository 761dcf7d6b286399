"""Durations, rates, sizes, ratios and factors: exact, and spelled as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.model import Duration, Factor, Plain, Rate, Ratio, Size
from archspec.model.quantities import Quantity

numbers = st.decimals(min_value=0, max_value=10**5, places=3).map(str)
durations = st.builds(str.__add__, numbers, st.sampled_from(list(Duration.units)))
rates = st.builds(str.__add__, numbers, st.sampled_from(list(Rate.units)))
sizes = st.builds(str.__add__, numbers, st.sampled_from(list(Size.units)))
ratios = st.decimals(min_value=0, max_value=100, places=6).map(lambda number: f"{number}%")
factors = numbers.map(lambda number: f"{number}x")


@pytest.mark.parametrize(
    ("kind", "texts"), [(Duration, durations), (Rate, rates), (Size, sizes), (Ratio, ratios), (Factor, factors)]
)
def test_the_spelling_of_a_quantity_reads_back_as_the_same_quantity(
    kind: type[Quantity], texts: st.SearchStrategy[str]
) -> None:
    @given(texts)
    def check(text: str) -> None:
        quantity = kind.parse(text)
        assert kind.parse(str(quantity)) == quantity

    check()


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("250us", 250_000),
        ("5ms", 5_000_000),
        ("1.5s", 1_500_000_000),
        ("2m", 120_000_000_000),
        ("1h", 3_600_000_000_000),
        ("30d", 2_592_000_000_000_000),
        ("0s", 0),
        ("0.0005us", 0),  # half a nanosecond, rounded to even
        ("0.0015us", 2),
    ],
)
def test_a_duration_is_kept_in_whole_nanoseconds(text: str, nanoseconds: int) -> None:
    assert Duration.parse(text).nanoseconds == nanoseconds


@pytest.mark.parametrize(
    ("written", "spelled"),
    [("1000ms", "1s"), ("24h", "1d"), ("90s", "90s"), ("0.5h", "30m"), ("1500us", "1.5ms"), ("0ms", "0s")],
)
def test_a_duration_is_spelled_in_its_shortest_way_without_leading_zero(written: str, spelled: str) -> None:
    assert str(Duration.parse(written)) == spelled


def test_a_rate_is_an_exact_fraction_of_a_second() -> None:
    written = ("1200/s", "90/min", "5000/h", "1/d")
    expected = (Fraction(1200), Fraction(3, 2), Fraction(25, 18), Fraction(1, 86400))
    assert tuple(Rate.parse(text).per_second for text in written) == expected


def test_a_computed_rate_that_never_ends_is_rounded() -> None:
    assert str(Rate(Fraction(1, 7))) == "0.142857/s"


def test_sizes_know_powers_of_ten_and_of_two() -> None:
    written = ("512MiB", "2TB", "1kB", "1KiB", "3B")
    assert [Size.parse(text).bytes for text in written] == [536_870_912, 2 * 10**12, 1000, 1024, 3]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95%", Fraction(19, 20)),
        ("99.99%", Fraction(9999, 10000)),
        ("0.95", Fraction(19, 20)),
        (".5", Fraction(1, 2)),
        ("0%", Fraction(0)),
        ("100%", Fraction(1)),
    ],
)
def test_a_ratio_is_an_exact_fraction(text: str, value: Fraction) -> None:
    assert Ratio.parse(text).value == value


def test_a_ratio_from_python_is_the_decimal_that_is_meant() -> None:
    assert Ratio.read(0.1).value == Fraction(1, 10)


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (Duration, "5", "`5` is not a duration: it has no unit"),
        (Duration, "5 ms", "`5 ms` is not a duration"),
        (Duration, "-5ms", "`-5ms` is not a duration"),
        (Duration, "5min", "`5min` is not a duration"),
        (Rate, "5", "`5` is not a rate: it has no unit"),
        (Rate, "5/m", "`5/m` is not a rate"),
        (Size, "8G", "`8G` is not a size"),
        (Ratio, "1", "`1` is not a ratio: `100%` or `1%`?"),
        (Ratio, "0", "`0` is not a ratio"),
        (Ratio, "101%", "`101%` is not a ratio: a ratio ends at 100%"),
        (Ratio, "-5%", "`-5%` is not a ratio"),
        (Duration, "110000d", "`110000d` is not a duration: it is too large"),
        (Size, "10000000TB", "`10000000TB` is not a size: it is too large"),
        (Factor, "5", "`5` is not a factor: it has no unit"),
    ],
)
def test_a_value_without_fitting_unit_is_refused(kind: type[Quantity], text: str, message: str) -> None:
    with pytest.raises(ValueError, match="is no") as caught:
        kind.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("value", [5, 5.0, True, None, [], {}])
def test_a_bare_python_value_is_no_duration(value: object) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        Duration.read(value)


def test_a_quoted_number_is_no_ratio_but_an_unquoted_one_is() -> None:
    assert Ratio.read(Plain("0.25")).value == Fraction(1, 4)
    with pytest.raises(ValueError, match="is not a ratio"):
        Ratio.read("0.25")


def test_quantities_of_a_kind_are_ordered() -> None:
    assert Duration.parse("900ms") < Duration.parse("1s") < Duration.parse("1m")


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (Duration, {"0s": "0s", "1us": "1us", "1ms": "1ms", "1s": "1s", "60s": "1m", "61s": "61s", "48h": "2d"}),
        (
            Rate,
            {"0/s": "0/s", "0/d": "0/s", "1/s": "1/s", "60/min": "1/s", "0.5/s": "30/min", "24/d": "1/h", "1/d": "1/d"},
        ),
        (Size, {"0B": "0B", "1B": "1B", "1000B": "1kB", "1024B": "1KiB", "1024KiB": "1MiB", "0.5GiB": "512MiB"}),
        (Ratio, {"0%": "0%", "100%": "100%", "0.5": "50%", "1%": "1%", "0.1%": "0.1%", "33.3333%": "33.3333%"}),
        (Factor, {"0x": "0x", "1x": "1x", "1.50x": "1.5x"}),
    ],
)
def test_each_quantity_is_spelled_in_one_way(kind: type[Quantity], spellings: dict[str, str]) -> None:
    assert {text: str(kind.read(Plain(text))) for text in spellings} == spellings
