"""When health checks begin: where a refusal begins at 0, three failures in a row say when the first one was."""

from archspec.language import load_text
from archspec.simulation.log import Told
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import run_simulation

SPEC = """
archspec: 1
name: Checks
components:
  user: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {interval: 10s, FIELDS}}
  api: {kind: server, replicas: REPLICAS}
connections: [user -> lb, lb -> api]
flows:
  ask: {from: user, rate: 1/s, steps: [{call: lb, steps: [{call: api}]}]}
scenarios:
  dead: {duration: 31s, faults: [{at: 0s, fail: api}]}
"""
INTERVAL, UNHEALTHY_AFTER = 10 * 10**9, 3


def drawn(fields: str = "", replicas: int = 3, seed: int = 1) -> dict[tuple[int, str], int]:
    """By chooser (the balancer replicas, in order) and target."""
    spec = load_text(SPEC.replace("FIELDS", fields).replace("REPLICAS", str(replicas)))
    run = run_simulation(spec, SimulationOptions(scenario="dead", seed=seed))
    told = [entry for entry in run.log if entry[1] == Told.BELIEF and entry[2] > 0]
    return {
        (chooser, run.compiled.replicas[target].name): time - (UNHEALTHY_AFTER - 1) * INTERVAL
        for time, _, chooser, target, _, _ in told
    }


def test_every_pair_of_checker_and_target_has_a_phase_of_its_own() -> None:
    assert len(set(drawn().values())) == 6


def test_phases_lie_within_the_first_interval() -> None:
    """Over 2 × 500 pairs: uniform between 0 s and 10 s, so the mean is 5 s, give or take 3 standard errors."""
    found = drawn(replicas=500).values()
    mean = sum(found) / len(found)
    assert (len(found), min(found) >= 0, max(found) < 10**10) == (1000, True, True)
    assert abs(mean - 5e9) < 3 * 10**10 / (12 * 1000) ** 0.5


def test_another_replica_changes_no_phase_of_the_others() -> None:
    assert drawn().items() < drawn(replicas=4).items()


def test_another_seed_gives_other_phases() -> None:
    assert drawn(seed=1)[1, "api-1"] != drawn(seed=2)[1, "api-1"]


def test_a_stated_phase_holds_for_all() -> None:
    assert set(drawn("phase: 2s").values()) == {2 * 10**9}
