"""Who stays connected, where that holds a place, and what runs over it."""

import pytest

from tests.model.specs import mistakes

PARTS = """
components:
  app: {kind: client}
  gw: {kind: gateway, connections: 100}
  chat: {kind: server}
connections: [app -> gw, gw -> chat]
"""


def flows(session: str, rest: str = "", steps: str = "[{call: gw}]", from_: str = "app") -> str:
    return f"{PARTS}flows:\n  connected: {{from: {from_}, session: {session}, steps: {steps}}}\n{rest}"


def test_users_stay_connected_where_places_are_stated() -> None:
    assert mistakes(flows("{users: 50, lasts: exponential(10m), reconnect: constant(1s)}")) == []


def test_sessions_hold_a_place_somewhere() -> None:
    assert mistakes(flows("{users: 50}", steps="[{call: chat}]")) == [
        (
            "its sessions hold no place anywhere, so that no number of users is too large",
            "say how many one replica holds: `connections: 10000` at `chat`.",
        )
    ]


def test_only_clients_and_persons_stay_connected() -> None:
    found = mistakes(flows("{users: 50}", from_="chat"))
    message = "`chat` is a server, and only clients and persons stay connected"
    assert found == [(message, "let a client begin the flow.")]


def test_a_flow_has_a_rate_or_a_session() -> None:
    found = mistakes(flows("{users: 50}, rate: 5/s"))
    assert found == [("`rate` and `session` both say when it comes", "keep one of them.")]


def test_what_runs_via_a_flow_needs_its_sessions() -> None:
    push = "  push: {from: chat, via: other, steps: [{call: gw}]}\n  other: {from: app, steps: [{call: gw}]}\n"
    assert mistakes(flows("{users: 50}", push)) == [("`other` has no `session`", "name one of `connected`.")]


@pytest.mark.parametrize("lasts", ["0s", "uniform(low=1m high=2m)", "empirical(1m 2m)"])
def test_a_session_lasts_a_time_of_which_one_knows_what_is_left(lasts: str) -> None:
    ((message, _),) = mistakes(flows(f"{{users: 50, lasts: {lasts}}}"))
    assert message.endswith("is not a time that a session can last")


def test_a_database_holds_no_sessions() -> None:
    found = mistakes("components: {db: {kind: database, connections: 100}}\n")
    assert found[0][0] == "a database has no field `connections`"
