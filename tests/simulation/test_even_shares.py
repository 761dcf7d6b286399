"""Chance that picks one of several components picks among their replicas anew."""

import pytest

from archspec.language import load_text
from archspec.simulation.options import SimulationOptions
from archspec.simulation.run import Count
from archspec.simulation.simulate import run_simulation

SPEC = """
archspec: 1
name: Two of two
components:
  user: {{kind: client}}
  lb: {{kind: load_balancer, algorithm: {algorithm}}}
  one: {{kind: server, replicas: 2}}
  two: {{kind: server, replicas: 2}}
connections: [user -> lb, "lb -> [one, two]"]
flows:
  ask: {{from: user, rate: 200/s, steps: [{{call: lb, steps: [{{call: [one, two], takes: 1ms}}]}}]}}
scenarios:
  run: {{duration: 20s}}
"""


@pytest.mark.parametrize(
    "algorithm", ["round_robin", "least_connections", "random", "power_of_two", "ip_hash", "consistent_hash"]
)
def test_each_of_four_replicas_gets_about_a_quarter(algorithm: str) -> None:
    run = run_simulation(load_text(SPEC.format(algorithm=algorithm)), SimulationOptions(scenario="run"))
    names = [replica.name for replica in run.compiled.replicas]
    answered = dict(zip(names, run.counts[:, Count.ANSWERED].tolist(), strict=True))
    shares = {name: answered[name] / answered["lb-1"] for name in names if name[:3] in ("one", "two")}
    uneven = {name: share for name, share in shares.items() if not 0.18 < share < 0.32}
    assert uneven == {}
