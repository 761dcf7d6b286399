"""What foreign formats write of times, sizes, counts and truth, in the language of specs."""

from fractions import Fraction
from typing import Any

import pytest

from archspec.importers.documents import documents
from archspec.importers.units import (
    at,
    docker_size,
    duration,
    flag,
    integer,
    items,
    kubernetes_bytes,
    kubernetes_cores,
    kubernetes_size,
    line_of,
    mapping,
    number,
    seconds,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1ns", "0.001us"),
        ("1us", "1us"),
        ("1µs", "1us"),
        ("250ms", "250ms"),
        ("1.5s", "1.5s"),
        ("2m", "2m"),
        ("1h", "1h"),
        ("1d", "1d"),
        ("1w", "7d"),
        ("1y", "365d"),
        ("1h30m", "90m"),
        ("1m30s", "90s"),
        (" 5s ", "5s"),
        ("0s", "0s"),
        ("5", None),
        ("5 s", None),
        ("s", None),
        ("5s!", None),
        ("soon", None),
        ("", None),
        (None, None),
        (5, None),
    ],
)
def test_a_duration_is_read_in_every_unit(written: Any, read: str | None) -> None:
    assert duration(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1", "1B"),
        ("1b", "1B"),
        ("1k", "1KiB"),
        ("1kb", "1KiB"),
        ("1KiB", "1KiB"),
        ("1m", "1MiB"),
        ("1MB", "1MiB"),
        ("1.5g", "1.5GiB"),
        ("1 gb", "1GiB"),
        ("1t", "1TiB"),
        ("1tib", "1TiB"),
        (1048576, "1MiB"),
        ("1p", None),
        ("m", None),
        ("-1m", None),
        (None, None),
    ],
)
def test_a_size_of_docker_is_in_powers_of_1024(written: Any, read: str | None) -> None:
    assert docker_size(written) == read


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("1", 1),
        ("1k", 1000),
        ("1M", 1000**2),
        ("1G", 1000**3),
        ("1T", 1000**4),
        ("1Ki", 1024),
        ("1Mi", 1024**2),
        ("1.5Gi", 3 * 1024**3 // 2),
        ("1Ti", 1024**4),
        (64000000, 64000000),
        ("1K", None),
        ("1m", None),
        ("1MiB", None),
        (None, None),
    ],
)
def test_a_quantity_of_kubernetes_has_the_case_of_its_unit(written: Any, count: int | None) -> None:
    assert kubernetes_bytes(written) == count
    assert (kubernetes_size(written) is None) is (count is None)


@pytest.mark.parametrize(
    ("written", "cores"),
    [
        ("1", Fraction(1)),
        (2, Fraction(2)),
        ("0.5", Fraction(1, 2)),
        ("250m", Fraction(1, 4)),
        ("1k", None),
        ("", None),
        (None, None),
    ],
)
def test_processors_are_whole_or_thousandths(written: Any, cores: Fraction | None) -> None:
    assert kubernetes_cores(written) == cores


@pytest.mark.parametrize(
    ("written", "read"),
    [("0", "0s"), ("30", "30s"), (90, "90s"), ("-1", None), ("1.5", None), ("30s", None), (None, None)],
)
def test_a_bare_number_of_seconds_is_a_duration(written: Any, read: str | None) -> None:
    assert seconds(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0", 0),
        (" 7 ", 7),
        (7, 7),
        ("9" * 11, 99_999_999_999),
        ("9" * 12, None),
        ("-1", None),
        ("1.0", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_a_whole_number_is_of_at_most_eleven_digits(written: Any, read: int | None) -> None:
    assert integer(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2", 2),
        ("2.0", 2),
        ("0.5", 0.5),
        (0.1, 0.1),
        ("1e3", 1000),
        ("0", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("x", None),
        (None, None),
    ],
)
def test_a_number_is_above_zero_and_exact(written: Any, read: float | None) -> None:
    found = number(written)
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("Yes", True),
        ("ON", True),
        ("false", False),
        ("no", False),
        ("Off", False),
        ("1", None),
        (None, None),
    ],
)
def test_a_truth_value_is_written_in_yaml_s_ways(written: Any, read: bool | None) -> None:
    assert flag(written) is read


def test_what_is_missing_is_empty() -> None:
    assert (mapping({"a": 1}), mapping(None), mapping([1]), mapping("a")) == ({"a": 1}, {}, {}, {})
    assert (items(None), items([1, 2]), items("a"), items({"a": 1})) == ([], [1, 2], ["a"], [{"a": 1}])
    assert (at({"a": {"b": 1}}, "a", "b"), at({"a": 1}, "a", "b"), at({}, "a"), at(None, "a")) == (1, None, None, None)


def test_the_line_of_a_key_is_known_where_it_was_read() -> None:
    (read,) = documents("a: 1\nb:\n  c: 2\n")
    assert (line_of(read, "a"), line_of(read, "b"), line_of(read["b"], "c")) == (1, 2, 3)
    assert line_of({"a": 1}, "a") is None
