"""Every call of a flow: who asks whom, whether anybody waits for it, and whether the request needs it."""

import pytest

from archspec.analysis.calls import Calls
from tests.analysis.specs import spec

PARTS = (
    "api: {kind: server}, db: {kind: database}, twin: {kind: database}, jobs: {kind: queue}, hand: {kind: worker}, "
    "logs: {kind: log_service}"
)


@pytest.mark.parametrize(
    ("steps", "calls"),
    [
        ("{call: api, steps: [{call: db}]}", ["app api waits needs", "api db waits needs"]),
        ("{call: api, optional: true, steps: [{call: db}]}", ["app api waits", "api db waits"]),
        ("{call: api, steps: [{call: db, optional: true}]}", ["app api waits needs", "api db waits"]),
        ("{call: api, fallback: [{call: db}]}", ["app api waits", "app db waits"]),
        ("{call: [db, twin]}", ["app db waits", "app twin waits"]),
        ("{parallel: [{call: db}, {call: twin}]}", ["app db waits needs", "app twin waits needs"]),
        ("{needs: 2, parallel: [{call: db}, {call: twin}]}", ["app db waits needs", "app twin waits needs"]),
        ("{needs: 1, parallel: [{call: db}, {call: twin}]}", ["app db waits", "app twin waits"]),
        ("{call: api, wait: false, steps: [{call: db}]}", ["app api", "api db"]),
        ("{call: logs}", ["app logs"]),
        ("{call: api, steps: [{call: logs}]}", ["app api waits needs", "api logs"]),
        (
            "{call: jobs, steps: [{call: hand, steps: [{call: db}]}]}",
            ["app jobs waits needs", "jobs hand", "hand db"],
        ),
    ],
)
def test_a_call_is_waited_for_and_needed(steps: str, calls: list[str]) -> None:
    found = Calls(spec(PARTS, steps))
    told = [
        " ".join([each.caller, each.callee, *(["waits"] * each.waits), *(["needs"] * each.required)])
        for each in found.of_flow["f"]
    ]
    assert told == calls
    assert found.all == found.of_flow["f"]
    assert [each.connection for each in found.all] == [f"{each.caller} -> {each.callee}" for each in found.all]
