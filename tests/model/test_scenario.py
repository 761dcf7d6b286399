"""Scenarios: load and faults."""

import pytest

from archspec.model import Load, Scenario
from tests.model.specs import mistakes, spec

PARTS = (
    "components: {a: {kind: client}, b: {kind: server, replicas: 2}}\nconnections: [a -> b]\n"
    "flows: {f: {from: a, rate: 10/s, steps: [{call: b}]}}\n"
)


def scenario(fields: str) -> Scenario:
    return spec(PARTS + f"scenarios: {{s: {{{fields}}}}}\n").scenarios["s"]


def load(written: str) -> Load:
    found = scenario(f"load: {{f: {written}}}").load
    assert isinstance(found, dict)
    return found["f"]


def test_a_scenario_has_its_defaults() -> None:
    plain = scenario("description: x")
    assert (str(plain.duration), plain.warm_up, plain.load, plain.faults, plain.random_faults) == (
        "1m",
        None,
        None,
        (),
        False,
    )


def test_a_level_alone_is_the_rate_of_a_constant_load() -> None:
    assert (str(load("2500/s").rate), str(load("2x").rate), load("2x").shape) == ("2500/s", "2x", "constant")


def test_one_factor_loads_all_flows() -> None:
    assert str(scenario("load: 3x").load) == "3x"


def test_one_rate_for_all_flows_is_refused() -> None:
    assert mistakes(PARTS + "scenarios: {s: {load: 5/s}}\n") == [("`5/s` is not a factor", "write it as `2x`, `1.5x`.")]


@pytest.mark.parametrize(
    ("written", "message", "remedy"),
    [
        ("{shape: ramp, to: 5/s}", "a ramp needs `over`", "add `over`."),
        ("{shape: spike, to: 5/s, at: 1s}", "a spike needs `for`", "add `for`."),
        ("{shape: daily}", "a daily needs `low`", "add `low`."),
        ("{shape: file}", "a file needs `file`", "add `file`."),
        ("{think: 1s}", "`think` belongs to closed clients", "add `users`."),
        ("{users: 5, rate: 5/s}", "`users` and `rate` exclude each other", "keep one of them."),
        ("5", "`5` is not a load", "write a rate such as `2500/s`, or a factor such as `2x`."),
    ],
)
def test_a_wrong_load_is_refused_once_with_a_remedy(written: str, message: str, remedy: str) -> None:
    assert mistakes(PARTS + f"scenarios: {{s: {{load: {{f: {written}}}}}}}\n") == [(message, remedy)]


@pytest.mark.parametrize(
    ("fault", "what", "target"),
    [
        ("{fail: b-2}", "fail", "b-2"),
        ("{fail: b, mode: silent}", "fail", "b"),
        ("{slow: b, by: 5x}", "slow", "b"),
        ("{slow: a -> b, by: 200ms}", "slow", "a -> b"),
        ("{lose: a -> b, by: 20%}", "lose", "a -> b"),
        ("{partition: a -> b}", "partition", "a -> b"),
        ("{errors: b, by: 10%, status: 503}", "errors", "b"),
        ("{deploy: b}", "deploy", "b"),
    ],
)
def test_a_fault_is_one_of_six(fault: str, what: str, target: str) -> None:
    found = scenario(f"faults: [{fault}]").faults[0]
    assert (found.what, found.target, str(found.at), found.for_) == (what, target, "0s", None)


@pytest.mark.parametrize(
    ("fault", "message", "remedy"),
    [
        (
            "{at: 1s}",
            "this fault does not say what goes wrong",
            "give one of `fail`, `slow`, `lose`, `partition`, `errors`, `deploy`.",
        ),
        (
            "{fail: b, slow: b, by: 2x}",
            "this fault is both `fail` and `slow`",
            "give one of `fail`, `slow`, `lose`, `partition`, `errors`, `deploy`.",
        ),
        ("{slow: b}", "`slow` needs to know how much", "add `by: 5x` or `by: 200ms`."),
        ("{slow: b, by: 20%}", "`slow` needs to know how much", "add `by: 5x` or `by: 200ms`."),
        ("{errors: b, by: 5x}", "`errors` needs to know how much", "add `by: 20%`."),
        ("{fail: b, by: 5x}", "`by` does not fit `fail`", "drop it."),
        ("{slow: b, by: 5x, mode: silent}", "`mode` fits only `fail`", "drop it."),
        ("{fail: b, status: 503}", "`status` fits only `errors`", "drop it."),
    ],
)
def test_a_wrong_fault_is_refused_with_a_remedy(fault: str, message: str, remedy: str) -> None:
    assert mistakes(PARTS + f"scenarios: {{s: {{faults: [{fault}]}}}}\n") == [(message, remedy)]
