"""What analyze says of a system without some of its parts."""

from types import SimpleNamespace
from typing import Any

import pytest

from archspec.analysis.station import Resource
from archspec.language import load_text
from archspec.verification.foreseen import Foreseen
from archspec.verification.values import Fault

SYSTEM = load_text("""
archspec: 1
name: Foreseen
components:
  user: {kind: client}
  api: {kind: server, replicas: 2}
  store: {kind: server, replicas: 2, slots: 4}
  full: {kind: server, slots: 5}
  rates: {kind: external}
  kept: {kind: server, slots: 5}
connections: [user -> api, api -> store, api -> full, api -> rates, api -> kept]
flows:
  ask:
    from: user
    rate: 100/s
    steps:
      - call: api
        steps:
          - {call: store, takes: 50ms}
          - {call: full, takes: 50ms}
          - {call: rates, takes: 10ms, fallback: [{call: kept, takes: 50ms}]}
  look: {from: user, rate: 1/s, steps: [{call: api, takes: 1ms}]}
""")


def fault(part: str, owner: str) -> Fault:
    return Fault((part,), (owner,), None, None)


def test_what_a_fault_fills_is_what_it_takes_from_or_sends_to() -> None:
    """`full` is busy with or without: no fault of another part fills it; `kept` stands in."""
    foreseen = Foreseen(SYSTEM)
    assert foreseen.full(None) == ("the slots of `full`",)
    assert foreseen.fills(fault("store-1", "store"), "ask") == ("the slots of `store`",)
    assert foreseen.fills(fault("rates", "rates"), "ask") == ("the slots of `kept`",)
    assert foreseen.fills(fault("api-1", "api"), "ask") == ()


def test_what_a_flow_does_not_wait_for_is_not_filled_for_it() -> None:
    assert Foreseen(SYSTEM).fills(fault("store-1", "store"), "look") == ()


def test_parts_are_struck_by_their_name_their_component_and_where_they_stand() -> None:
    foreseen = Foreseen(SYSTEM)
    struck = [foreseen.struck(each) for each in (None, fault("store-1", "store"), fault("store", "store"))]
    assert [each["store"] for each in struck] == [0, 1, 2]
    assert {count for each in struck for id_, count in each.items() if id_ != "store"} == {0}


def _station(peak: float) -> Any:
    return SimpleNamespace(name="api", resource=Resource.SLOTS, peak=peak)


@pytest.mark.parametrize(
    ("peak", "most", "is_more"),
    [(0.5, 2.0, False), (0.6, 2.0, True), (0.4, 2.0, False), (0.5, 2.1, True), (0.5, 1.9, False), (0.4, 2.1, True)],
)
def test_more_is_asked_of_the_fullest_replica_or_in_all(peak: float, most: float, is_more: bool) -> None:
    """While all is up half of it is busy, and two at the most."""
    key = ("api", Resource.SLOTS)
    as_it_is, now = (_station(each) for each in (0.5, peak))
    foreseen: Any = SimpleNamespace(_as_it_is={key: as_it_is}, capacity=SimpleNamespace(busy_most={key: 2.0}))
    without: Any = SimpleNamespace(busy_most={key: most})
    assert Foreseen._is_asked_for_more(foreseen, now, without) is is_more
    unknown: Any = SimpleNamespace(_as_it_is={})
    assert Foreseen._is_asked_for_more(unknown, now, without) is True


SESSIONS = load_text("""
archspec: 1
name: Over sessions
components:
  user: {kind: client}
  edge: {kind: gateway, connections: 1000}
  door: {kind: server}
  rooms: {kind: server}
  extra: {kind: server}
connections: [user -> edge, edge -> door, edge -> rooms, edge -> extra]
flows:
  connected: {from: user, session: {users: 100}, steps: [{call: edge, steps: [{call: door}]}]}
  say:
    from: user
    via: connected
    rate: 1/s
    steps: [{call: edge, steps: [{call: rooms}, {call: extra, chance: 20%}]}]
  look: {from: user, rate: 1/s, steps: [{call: edge, steps: [{call: rooms}, {call: extra, chance: 20%}]}]}
""")


@pytest.mark.parametrize(
    ("flow", "part", "share"),
    [
        ("look", "door", 0.0),
        ("look", "rooms", 1.0),
        ("look", "extra", 0.2),
        ("say", "rooms", 1.0),
        ("say", "extra", 0.2),
        ("say", "door", None),  # who is connected still says what is to be said
        ("say", "edge", 1.0),
        ("connected", "door", 1.0),
    ],
)
def test_how_much_of_a_flow_over_sessions_fails_is_not_known_where_nobody_can_connect(
    flow: str, part: str, share: float | None
) -> None:
    assert Foreseen(SESSIONS).share_failing(flow, fault(f"{part}-1", part)) == (
        None if share is None else pytest.approx(share)
    )
