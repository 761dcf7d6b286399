"""The sessions that are open as a run begins: each length is met as often as it is long."""

from math import exp

import pytest

from archspec.language import load_text
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import SessionResult
from archspec.simulation.simulate import simulate

SPEC = """
archspec: 1
name: Open
components:
  app: {kind: client}
  gw: {kind: gateway, connections: 20000}
connections: [app -> gw]
flows: {stay: {from: app, session: {users: 4000, lasts: LASTS}, steps: [{call: gw}]}}
scenarios: {run: {duration: 30s, warm_up: 0s}}
"""


def sessions(lasts: str) -> SessionResult:
    (found,) = simulate(load_text(SPEC.replace("LASTS", lasts)), SimulationOptions("run")).sessions
    return found


@pytest.mark.parametrize("lasts", ["60s", "exponential(60s)", "erlang(k=3 mean=60s)", "lognormal(p50=50s, p99=200s)"])
def test_as_many_end_in_a_while_as_would_at_any_other_time(lasts: str) -> None:
    """Of 4,000 users whose sessions last so long on average, whenever one looks: by Little's law."""
    mean = {"lognormal(p50=50s, p99=200s)": 50 * exp(0.5959**2 / 2)}.get(lasts, 60.0)
    expected = 4000 * 30 / mean
    assert sessions(lasts).ended == pytest.approx(expected, abs=4.5 * expected**0.5)
