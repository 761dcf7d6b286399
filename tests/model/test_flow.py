"""Flows and their steps."""

import pytest

from archspec.model import Flow
from tests.model.specs import mistakes, spec

PARTS = "components: {a: {kind: client}, b: {kind: server}, c: {kind: cache}}\n"


def flow(fields: str) -> Flow:
    return spec(PARTS + f"flows: {{f: {{from: a, {fields}}}}}\n").flows["f"]


def wrong(step: str) -> list[tuple[str, str]]:
    return mistakes(PARTS + f"flows: {{f: {{from: a, steps: [{step}]}}}}\n")


def test_a_step_has_its_defaults() -> None:
    step = flow("steps: [{call: b}]").steps[0]
    assert (step.call, step.times, step.shards, step.wait, step.optional) == (("b",), 1, "one", True, False)
    assert (step.cpu, step.takes, step.status, step.chance, step.needs) == (None, None, None, None, None)


def test_a_call_names_one_or_one_of_several() -> None:
    assert [step.call for step in flow("steps: [{call: b}, {call: [b, c]}]").steps] == [("b",), ("b", "c")]


def test_branches_count_as_often_as_they_are_repeated() -> None:
    step = flow("steps: [{parallel: [{call: b, times: 3}, {call: c}], needs: 4}]").steps[0]
    assert [branch.call for branch in step.branches] == [("b",), ("b",), ("b",), ("c",)]


@pytest.mark.parametrize(
    ("step", "message", "remedy"),
    [
        (
            "{call: b, parallel: [{call: c}]}",
            "a step is either `call` or `parallel`, not both",
            "write one step for each.",
        ),
        ("{flow: f, call: b}", "a step is either `call` or `flow`, not both", "write one step for each."),
        (
            "{does: x}",
            "this step makes no call and does no work",
            "give it a `call`, `parallel`, `flow`, or `cpu`.",
        ),
        ("{parallel: []}", "this step has an empty `parallel`", "give it a `call`, `parallel`, `flow`, or `cpu`."),
        ("{cpu: 1ms, timeout: 1s}", "`timeout` fits only a call", "add `call`, or drop `timeout`."),
        ("{cpu: 1ms, status: 404}", "`status` fits only a call", "add `call`, or drop `status`."),
        ("{call: b, needs: 1}", "`needs: 1` fits only `parallel`", "write how many branches must succeed."),
        (
            "{parallel: [{call: b}], needs: 2}",
            "`needs: 2` is above the number of its branches, 1",
            "write how many branches must succeed.",
        ),
        (
            "{parallel: [{call: b}], cpu: 1ms}",
            "`cpu` and `takes` belong to a call, or to a step of their own",
            "write a step of its own for `cpu` or `takes`.",
        ),
        ("{call: b, times: 0}", "0 is below 1", "write a number from 1 up."),
        ("{call: b, optinal: true}", "an item of `steps` has no field `optinal`", "did you mean `optional`?"),
        ("b", "`b` is not a mapping", "write `{call: b}`."),
    ],
)
def test_a_wrong_step_is_refused_with_a_remedy(step: str, message: str, remedy: str) -> None:
    assert wrong(step) == [(message, remedy)]


def test_a_flow_without_steps_is_refused() -> None:
    assert [m for m, _ in mistakes(PARTS + "flows: {f: {from: a, steps: []}}\n")] == ["`steps` is empty"]
    assert [m for m, _ in mistakes(PARTS + "flows: {f: {from: a}}\n")] == ["a flow `f` has no `steps`"]


@pytest.mark.parametrize(
    ("request_text", "method"),
    [("GET /watch", "GET"), ("POST /orders", "POST"), ("get /watch", None), ("a message", None)],
)
def test_the_method_is_what_the_request_begins_with(request_text: str, method: str | None) -> None:
    assert flow(f'request: "{request_text}", steps: [{{call: b}}]').method == method


def test_an_objective_lists_its_percentiles_in_rising_order() -> None:
    objective = flow("objective: {p99.9: 2s, p50: 100ms}, steps: [{call: b}]").objective
    assert objective is not None
    assert list(objective.percentiles) == ["p50", "p99.9"]
    assert str(objective.window) == "30d"
