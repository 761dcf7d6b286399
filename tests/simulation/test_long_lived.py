"""Connections that stay open are a resource of their own: they take nothing from requests."""

from archspec.language import load_text
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate

SPEC = """
archspec: 1
name: WS
components:
  app: {kind: client}
  gw: {kind: gateway, replicas: 2, slots: 1000, connections: 2000}
  chat: {kind: server, replicas: 2}
connections:
  - app -> gw: wss
  - gw -> chat
  - chat -> gw
flows:
  connected:
    from: app
    request: WS connect
    session: {users: 3000, lasts: exponential(10m)}
    steps: [{call: gw}]
  push:
    from: chat
    via: connected
    rate: 100/s
    steps: [{call: gw, steps: [{call: app}]}]
"""


def test_pushes_do_not_starve_for_slots() -> None:
    results = simulate(load_text(SPEC), SimulationOptions(seed=1))
    handshakes, push = results.flows
    (sessions,) = results.sessions
    assert (push.failed, push.ok, sessions.least_connected) == ((), push.offered, 1.0)
    assert abs(handshakes.offered - 270) < 66  # 3,000 users of ten minutes in the 54 s after the warm-up: 4 sd
    assert sessions.opened == 3000 + sessions.ended
