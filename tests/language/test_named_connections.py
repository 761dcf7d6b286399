"""Several connections between one pair have names, and a step says over which it goes."""

from archspec.language import load_text
from archspec.language.dump import dump
from tests.model.specs import mistakes, places, spec

PARTS = """
components: {a: {kind: server}, b: {kind: queue}, w: {kind: worker}}
connections:
  - a -> b: {name: amqp, timeout: 1s}
  - a -> b: {name: http, timeout: 2s}
"""


def flow(step: str) -> str:
    return f"flows: {{f: {{from: a, steps: [{step}]}}}}\n"


def test_a_step_goes_over_the_one_that_it_names() -> None:
    system = spec(PARTS + flow("{call: b, via: http}"))
    assert system.terms("a", "b", system.flows["f"].steps[0]).connection.name == "a -> b via http"
    assert [edge.name for edge in system.edges] == ["a -> b via amqp", "a -> b via http"]


def test_a_step_without_via_takes_the_one_without_a_name() -> None:
    system = spec(PARTS + "  - a -> b\n" + flow("{call: b}"))
    assert system.terms("a", "b", system.flows["f"].steps[0]).connection.name == "a -> b"


def test_a_step_that_does_not_say_which_of_several_is_refused() -> None:
    text = PARTS + flow("{call: b}")
    remedy = "say which with `via`: `amqp` or `http`."
    assert mistakes(text) == [("`a` has 2 connections to `b`, and each has a name", remedy)]
    assert places(text) == ["b"]


def test_one_alone_needs_no_via() -> None:
    parts = "components: {a: {kind: server}, b: {kind: queue}}\nconnections: [a -> b: {name: amqp}]\n"
    assert mistakes(parts + flow("{call: b}")) == []


def test_via_names_a_connection() -> None:
    assert mistakes(PARTS + flow("{call: b, via: amqqp}")) == [
        ("there is no connection `a -> b via amqqp`", "did you mean `amqp`?")
    ]
    bare = "components: {a: {kind: server}, b: {kind: queue}}\nconnections: [a -> b]\n"
    assert mistakes(bare + flow("{call: b, via: amqp}")) == [
        ("there is no connection `a -> b via amqp`", "give `a -> b` that `name`, or drop it.")
    ]


def test_two_of_one_name_are_one_too_many() -> None:
    assert mistakes(PARTS + "  - a -> b: {name: amqp}\n")[0][0] == "`a -> b via amqp` is connected twice"


def test_a_setting_says_which() -> None:
    system = spec(PARTS + "set: {a -> b via http.timeout: 3s}\n")
    assert [str(each.timeout) for each in system.connections] == ["1s", "3s"]
    assert mistakes(PARTS + "set: {a -> b.timeout: 3s}\n") == [
        ("`a -> b` is the name of several connections", "say which: `a -> b via amqp` or `a -> b via http`.")
    ]


def test_a_fault_may_strike_one_of_them_or_all() -> None:
    scenario = "scenarios: {s: {faults: [{lose: FAULT, by: 10%, at: 1s, for: 1s}]}}\n"
    for struck in ("a -> b", "a -> b via amqp", "a  ->  b  via  http"):
        assert mistakes(PARTS + scenario.replace("FAULT", struck)) == []
    found = mistakes(PARTS + scenario.replace("FAULT", "a -> b via ampq"))
    assert found == [("`a -> b via ampq` is not declared", "did you mean `a -> b via amqp`?")]


def test_writing_and_reading_them_gives_the_same() -> None:
    system = spec(PARTS + flow("{call: b, via: http}"))
    assert load_text(dump(system), "again.yaml") == system


def test_a_delivery_goes_over_the_one_that_it_names() -> None:
    workers = "  - b -> w: {name: fast, latency: 1ms}\n  - b -> w: {name: slow, latency: 1s}\n"
    deliver = flow("{call: b, via: amqp, steps: [{call: w, via: slow}]}")
    assert mistakes(PARTS + workers + deliver) == []
    assert mistakes(PARTS + workers + deliver.replace(", via: slow", ""))[0][0] == (
        "`b` has 2 connections to `w`, and each has a name"
    )
