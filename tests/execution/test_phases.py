"""When health checks begin."""

from archspec.execution.compile import compile_program
from archspec.execution.layout import CHECK_REPLICA, CHECK_SIZE, CHECK_TARGET, REPLICA_SIZE
from archspec.execution.phases import phases
from archspec.language import load_text

SPEC = """
archspec: 1
name: Checks
components:
  user: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {interval: 10s, FIELDS}}
  api: {kind: server, replicas: REPLICAS}
connections: [user -> lb, lb -> api]
flows:
  ask: {from: user, steps: [{call: lb, steps: [{call: api}]}]}
"""


def drawn(fields: str = "", replicas: int = 3, seed: int = 1) -> dict[tuple[str, str], int]:
    spec = load_text(SPEC.replace("FIELDS", fields).replace("REPLICAS", str(replicas)))
    compiled = compile_program(spec, ("ask",), sampled=True)
    checks, names = compiled.program.checks, compiled.names.replicas
    pairs = [
        (names[checks[row + CHECK_REPLICA] // REPLICA_SIZE], names[checks[row + CHECK_TARGET] // REPLICA_SIZE])
        for row in range(0, len(checks), CHECK_SIZE)
    ]
    return dict(zip(pairs, phases(compiled, seed), strict=True))


def test_every_pair_of_checker_and_target_has_a_phase_of_its_own() -> None:
    assert len(set(drawn().values())) == 6


def test_phases_lie_within_the_first_interval() -> None:
    """Over 2 × 500 pairs: uniform between 0 s and 10 s, so the mean is 5 s, give or take 3 standard errors."""
    found = drawn(replicas=500).values()
    mean = sum(found) / len(found)
    assert (min(found) >= 0, max(found) < 10**10, abs(mean - 5e9) < 3 * 10**10 / (12 * 1000) ** 0.5) == (True,) * 3


def test_another_replica_changes_no_phase_of_the_others() -> None:
    assert drawn().items() < drawn(replicas=4).items()


def test_another_seed_gives_other_phases() -> None:
    assert drawn(seed=1)["lb-1", "api-1"] != drawn(seed=2)["lb-1", "api-1"]


def test_a_stated_phase_holds_for_all() -> None:
    assert set(drawn("phase: 2s").values()) == {2 * 10**9}
