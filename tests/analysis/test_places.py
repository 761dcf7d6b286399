"""Places of sessions as a capacity: worked out by hand, and held against runs."""

from fractions import Fraction
from math import sqrt
from random import Random
from statistics import fmean, stdev

import pytest

from archspec.analysis.capacity import Capacity
from archspec.analysis.load_report import LoadReport, load_report
from archspec.analysis.places import refused_at_most, without_a_place
from archspec.analysis.station import Resource, Station
from archspec.model import Architecture
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.simulation.studies.load_level import at_level
from archspec.validators.run import judge
from tests.model.specs import spec

SPEC = """
components:
  app: {{kind: client}}
  lb: {{kind: load_balancer, algorithm: {algorithm}}}
  gw: {{kind: gateway, replicas: {replicas}, connections: {each}, cores: 2}}
connections: [app -> lb -> gw]
flows:
  stay:
    from: app
    session: {{users: {users}, {lasts}reconnect: constant({wait})}}
    steps: [{{call: lb, steps: [{{call: gw, cpu: {cpu}}}]}}]
scenarios:
  run: {{duration: 60s, warm_up: 10s}}
"""
SIX_HUNDRED = {
    "users": 600, "replicas": 3, "each": 200, "algorithm": "least_connections", "lasts": "", "wait": "1ms", "cpu": "0ms"
}  # fmt: skip
T_OF_SEVEN = 5.408
"""Student's t of seven degrees of freedom, two-sided, once in a thousand."""


def system(
    users: int,
    replicas: int,
    each: int,
    algorithm: str = "round_robin",
    lasts: str = "lasts: exponential(2s), ",
    wait: str = "1ms",
    cpu: str = "0ms",
) -> Architecture:
    return spec(SPEC.format(**locals()))


def places(architecture: Architecture) -> Station:
    (station,) = (each for each in Capacity(architecture).stations if each.resource is Resource.PLACES)
    return station


def told(architecture: Architecture) -> LoadReport:
    return load_report(architecture, Capacity(architecture))


def test_places_are_the_bottleneck_of_users_that_hardly_do_anything() -> None:
    """24,000 of 3 × 10,000 places, 24,000 of 20,000 without one; 24,000 / 1 h = 6.67 handshakes/s of 2 ms."""
    report = told(system(24_000, 3, 10_000, lasts="lasts: exponential(1h), ", cpu="2ms"))
    full, (flow,) = report.bottleneck, report.flows

    assert full is not None
    assert (full.component, full.resource, full.utilisation) == ("gw", "connections", 0.8)
    assert full.without_replica == pytest.approx(1.2)
    assert (flow.rate, flow.saturates_at) == (pytest.approx(24 / 3.6), pytest.approx(30 / 3.6))
    assert [growth.setting for growth in report.growth] == ["gw.connections=20000", "gw.replicas=6"]


def test_by_load_nobody_is_refused_only_where_one_balancer_knows_all_sessions() -> None:
    """599 others in 600 places of three: the last free one is at any of them, and two balancers know their own."""
    one = system(600, 3, 200, algorithm="least_connections")
    two = spec(SPEC.format(**SIX_HUNDRED).replace("least_connections}", "least_connections, replicas: 2}"))

    assert refused_at_most(one, places(one)) == 0
    assert refused_at_most(two, places(two)) == pytest.approx(2 / 3)


def test_users_who_stay_for_ever_have_head_room_in_places() -> None:
    (flow,) = told(system(24_000, 3, 10_000, lasts="")).flows

    assert (flow.rate, flow.saturates_at, flow.head_room) == (0, None, 1.25)


@pytest.mark.parametrize(
    ("users", "replicas", "code", "message"),
    [
        (30_000, 3, "RES17", "without one of them 10,000 find no place"),
        (30_001, 3, "PRF03", "`gw` has users for 30,001 places of 30,000 (100.003%)"),
    ],
)
def test_lint_says_where_places_are_too_few(users: int, replicas: int, code: str, message: str) -> None:
    """Every place may be taken; one more user is one too many."""
    found = [each for each in judge(system(users, replicas, 10_000)).findings if each.code in ("RES17", "PRF03")]

    assert [each.code for each in found] == [code]
    assert message in found[0].message


def test_of_three_users_on_two_times_two_places_one_meets_a_full_replica_in_a_quarter_of_the_ways() -> None:
    """The other two are dealt 2 + 0, 1 + 1 or 0 + 2: by 1 / 2!, 1, 1 / 2!: the first is full once in four."""
    asked = system(3, 2, 2, "random")

    assert refused_at_most(asked, places(asked)) == pytest.approx(1 / 4)


@pytest.mark.parametrize("algorithm", ["least_connections", "ip_hash"])
def test_who_counts_meets_no_full_replica_and_of_a_hash_nothing_is_known(algorithm: str) -> None:
    asked = system(3, 2, 2, algorithm)

    assert refused_at_most(asked, places(asked)) == (0.0 if algorithm == "least_connections" else None)


@pytest.mark.parametrize("seed", range(1, 5))
def test_handshakes_are_refused_as_often_as_runs_refuse_them(seed: int) -> None:
    random = Random(seed)
    replicas, each = random.choice([2, 3, 5]), random.choice([4, 10, 20])
    users = round(replicas * each * random.choice([0.7, 0.8, 0.9]))
    asked = system(users, replicas, each, "random")
    said = refused_at_most(asked, places(asked))
    shares = []
    for number in range(8):
        results = simulate(asked, SimulationOptions(scenario="run", seed=number))
        (flow,) = results.flows
        shares.append(1 - flow.ok / flow.offered)

    assert said is not None
    assert abs(fmean(shares) - said) <= T_OF_SEVEN * stdev(shares) / sqrt(8)


@pytest.mark.parametrize("algorithm", ["round_robin", "random", "least_connections"])
def test_no_more_users_are_connected_than_there_are_places(algorithm: str) -> None:
    """Of 100 users on 3 × 25 places a quarter is not; those who try every millisecond leave no place free for long."""
    asked = system(100, 3, 25, algorithm)
    (session,) = simulate(asked, SimulationOptions(scenario="run", seed=1)).sessions

    assert without_a_place(places(asked)) == 0.25
    assert 1 - session.mean_connected == pytest.approx(0.25, abs=0.002)


def test_twice_the_load_is_twice_the_users() -> None:
    assert places(at_level(system(100, 3, 25), None, Fraction(2))).busy == 200
