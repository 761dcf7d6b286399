"""What-ifs on the command line."""

from typing import Any

import pytest

from archspec.cli.options import faults, settings
from archspec.cli.simulation_options import (
    duration_option,
    level_of,
    levels_of,
    ratio_option,
    values_of,
    variants,
)
from archspec.errors import SpecError, UsageError
from archspec.model import Plain


def test_a_setting_is_a_key_and_a_plain_scalar() -> None:
    found = settings(["api.replicas=6", " a -> b.timeout = 1s ", "x.label=a=b"])
    assert found == {"api.replicas": "6", "a -> b.timeout": "1s", "x.label": "a=b"}
    assert {type(value) for value in found.values()} == {Plain}


def test_lists_and_mappings_are_written_as_in_a_spec() -> None:
    assert settings(["api.zones=[a, b]", "db.backup={every: 1d}"]) == {
        "api.zones": ["a", "b"],
        "db.backup": {"every": "1d"},
    }


def test_a_setting_without_a_value_is_refused() -> None:
    with pytest.raises(UsageError, match=r"--set api: write it as ID\.FIELD=VALUE, such as api\.replicas=6\."):
        settings(["api"])


def test_a_broken_list_is_refused_as_a_broken_spec_is() -> None:
    with pytest.raises(SpecError):
        settings(["api.zones=[a, b"])


@pytest.mark.parametrize(
    ("given", "found"),
    [(None, {}), (["a.x="], {"a.x": ""}), (["a.x=1", "a.x=2"], {"a.x": "2"}), (["a.x=[]"], {"a.x": []})],
)
def test_a_setting_may_be_empty_and_the_last_counts(given: list[str] | None, found: dict[str, Any]) -> None:
    assert settings(given) == found


def test_a_fault_that_cannot_be_read_is_refused_as_in_a_scenario() -> None:
    with pytest.raises(UsageError) as caught:
        faults(["fail: api"])
    assert str(caught.value).startswith("--fault fail: api: write it as in a scenario, such as '{fail: api")
    with pytest.raises(SpecError, match="--fault:1:"):
        faults(["{fail: [}"])


def test_faults_are_those_of_a_scenario() -> None:
    assert faults(None) == []
    assert faults([" {fail: api, at: 20s} ", "{slow: db, by: 2x}"]) == [
        {"fail": "api", "at": "20s"},
        {"slow": "db", "by": "2x"},
    ]


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("a.x=1", "a.x", ["1"]),
        (" a.x = 1 , 2,", "a.x", ["1", "2"]),
        ("a.x=2..2", "a.x", ["2"]),
        ("a.x= 9 .. 11 ", "a.x", ["9", "10", "11"]),
        ("a.x=1..b", "a.x", ["1..b"]),
        ("a.x=[1, 2],(3, 4)", "a.x", ["[1, 2]", "(3, 4)"]),
        ("a.x={a: [1, 2]},b", "a.x", ["{a: [1, 2]}", "b"]),
    ],
)
def test_a_field_takes_the_values_of_a_list_or_a_range(text: str, key: str, values: list[str]) -> None:
    assert values_of("--set", text) == (key, values)


@pytest.mark.parametrize("text", ["a.x", "a.x=", "a.x=,", "a.x=3..2", ""])
def test_a_field_without_values_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"--set .*: write it as ID\.FIELD=A,B, such as"):
        values_of("--set", text)


@pytest.mark.parametrize(
    ("text", "levels"),
    [("1x", [1]), ("1x..1x", [1]), ("1x..3.5x", [1, 2, 3]), ("0.5x, 2x", [0.5, 2]), ("1.5x..2.5x", [1.5, 2.5])],
)
def test_loads_are_listed_or_rise_in_whole_steps(text: str, levels: list[float]) -> None:
    assert levels_of("--load", text) == levels


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0x", "--load 0x: a load must be above 0; write a factor such as 1.5x."),
        ("1x,0x", "--load 1x,0x: a load must be above 0; write a factor such as 1.5x."),
        ("3x..1x", "--load 3x..1x: a load must be above 0; write a factor such as 1.5x."),
        ("2", "--load 2: `2` is not a factor: it has no unit; write it as `1.5x`."),
    ],
)
def test_what_is_no_load_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        levels_of("--load", text)
    assert str(caught.value) == message


def test_one_load_is_one() -> None:
    assert level_of("--load", "1.5x") == 1.5
    with pytest.raises(UsageError, match=r"--load 1x,2x: that is more than one load; give one, such as --load 1\.5x"):
        level_of("--load", "1x,2x")


@pytest.mark.parametrize("text", ["0%", "100%"])
def test_a_ratio_lies_strictly_between_nothing_and_all(text: str) -> None:
    assert ratio_option("--confidence", "95%") == ratio_option("--confidence", "0.95") == 0.95
    with pytest.raises(UsageError, match=f"--confidence {text}: it lies between 0% and 100%; write 95% or 5%, say"):
        ratio_option("--confidence", text)


def test_a_time_has_a_unit() -> None:
    assert (str(duration_option("--duration", "90s")), duration_option("--duration", None)) == ("90s", None)
    with pytest.raises(UsageError, match=r"--duration 90: .*; write it with its unit: `90s`, `5m` or `1h`"):
        duration_option("--duration", "90")
    with pytest.raises(UsageError, match=r"--confidence x: .*; write it as `95%` or `0\.95`"):
        ratio_option("--confidence", "x")


def test_values_are_compared_of_a_file_that_can_be_read_again() -> None:
    with pytest.raises(UsageError, match="--compare reads the spec once for each value; name a file instead of -"):
        variants("-", "api.replicas=1,2", {}, allow_outside=False)
