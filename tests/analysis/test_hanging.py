"""What is held while a component hangs, against figures worked out by hand: rate times how long each call waits."""

from math import inf

import pytest

from archspec.analysis import Calls, Capacity, Resource
from archspec.analysis.hanging import HELD, busy_while_hanging, most_waiting
from archspec.language import load_text

SPEC = """
archspec: 1
name: Hanging
components:
  app: {kind: client}
  edge: {kind: gateway, slots: 100}
  api: {kind: server, slots: 100}
  pay: {kind: external}
  q: {kind: queue}
  crew: {kind: worker, slots: 10}
connections:
  - app -> edge
  - {edge -> api: {timeout: 10s, max_concurrent: 50}}
  - {api -> pay: {@terms@}}
  - app -> q
  - q -> crew
  - {crew -> pay: {timeout: 4s}}
flows:
  buy:
    from: app
    rate: 20/s
    steps: [{call: edge, steps: [{call: api, takes: 10ms, steps: [{call: pay, takes: 40ms@step@}]}]}]
  read: {from: app, rate: 100/s, steps: [{call: edge, steps: [{call: api, takes: 10ms}]}]}
  mail:
    from: app
    rate: 1/s
    steps: [{call: q, steps: [{call: crew, takes: 10ms, steps: [{call: pay, takes: 40ms}]}]}]
"""


def capacity(terms: str, step: str = "") -> Capacity:
    return Capacity(load_text(SPEC.replace("@terms@", terms).replace("@step@", step)))


@pytest.mark.parametrize(
    ("terms", "step", "waits"),
    [
        ("timeout: 2s", "", 2.0),
        ("timeout: 2s", ", timeout: 500ms", 0.5),
        ("timeout: 2s", ", chance: 25%", 0.5),
        ("timeout: 2s", ", times: 3, optional: true", 6.0),
        ("timeout: 500ms, retries: {attempts: 3, backoff: constant(100ms), idempotent: true}", "", 1.7),
        ("timeout: 500ms, retries: {attempts: 3, backoff: constant(100ms), idempotent: false}", "", 0.5),
        ("", "", 0.0),  # which waits for ever, and is not counted
    ],
)
def test_who_waits_keeps_what_it_holds_busy_for_so_long(terms: str, step: str, waits: float) -> None:
    found = capacity(terms, step)
    stations = [each for each in found.stations if each.resource in HELD]
    busy = {(each.name, each.resource): held for each, held in busy_while_hanging(found, "pay", stations)}
    asked = 120 * 0.010
    for name, resource in (("api", Resource.SLOTS), ("edge", Resource.SLOTS), ("edge -> api", Resource.CONNECTIONS)):
        assert busy[name, resource] == pytest.approx(asked + 20 * waits)
    assert busy["crew", Resource.SLOTS] >= 1 * (0.010 + 4.0) - 1e-9


def test_what_does_not_meet_it_stays_as_busy_as_it_was() -> None:
    found = capacity("timeout: 2s")
    stations = [each for each in found.stations if each.resource in HELD]
    assert busy_while_hanging(found, "q", stations[:0]) == []
    assert {each.name: held for each, held in busy_while_hanging(found, "app", stations)} == {
        each.name: pytest.approx(each.busy) for each in stations
    }


@pytest.mark.parametrize(
    ("terms", "step", "most"),
    [
        ("timeout: 2s", "", 20 * 2.0),
        ("timeout: 2s", ", chance: 25%", 20 * 0.5),
        ("timeout: 2s", ", times: 3", 20 * 6.0),
        ("timeout: 500ms, retries: {attempts: 3, backoff: constant(100ms)}", "", 20 * 1.7),
        ("", "", 20 * 60.0),
    ],
)
def test_no_more_than_this_may_wait(terms: str, step: str, most: float) -> None:
    found = capacity(terms, step)
    calls = [call for call in Calls(found.architecture).all if call.callee == "pay"]
    of_requests = [call for call in calls if call.flow == "buy"]
    by_name = {(each.name, each.resource): each for each in found.stations if each.resource in HELD}
    for name, resource in (("api", Resource.SLOTS), ("edge", Resource.SLOTS), ("edge -> api", Resource.CONNECTIONS)):
        assert most_waiting(found, of_requests, by_name[name, resource]) == pytest.approx(most)
    assert most_waiting(found, of_requests, by_name["crew", Resource.SLOTS]) == 0.0
    assert most_waiting(found, calls, by_name["crew", Resource.SLOTS]) == inf  # a message comes again
