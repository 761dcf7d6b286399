"""What it costs until a death is noticed: against long runs under random faults, and by hand."""

from math import exp, sqrt
from pathlib import Path
from statistics import mean, stdev

import pytest

from archspec.analysis.availability import Availability, FlowAvailability, Met
from archspec.language import load, load_text
from archspec.model import Architecture
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate
from tests.analysis.specs import spec

FAULTS = Path(__file__).parent / "faults"


def fault(name: str) -> tuple[Architecture, FlowAvailability]:
    architecture = load(FAULTS / f"{name}.yaml")
    return architecture, Availability(architecture).flows[0]


def test_a_failover_of_two_minutes_is_counted() -> None:
    """A failure in 610 minutes, of 10 minutes; two of them, or the repair if that is sooner, until the other serves."""
    _, flow = fault("failover-takes-time")
    lost = 10 / 610 * (1 - exp(-0.2)) * 600 / 610

    assert flow.value == pytest.approx(1 - (10 / 610) ** 2 - lost, abs=1e-9)
    assert flow.met is Met.NO


def test_whom_nobody_checks_is_met_until_it_is_repaired() -> None:
    """Of three replicas in turn, each up 10 hours of 11, a request meets one that is up as often as one is."""
    assert fault("no-health-check")[1].value == pytest.approx(10 / 11, abs=1e-12)


def test_a_gateway_that_checks_nobody_meets_the_dead_one() -> None:
    _, flow = fault("gateway-without-health-check")

    assert (flow.value, flow.met) == (pytest.approx(0.99, abs=1e-12), Met.NO)


def test_an_availability_alone_leaves_failover_out() -> None:
    architecture = spec("x: {kind: server, replicas: 2, availability: 99%}", "{call: x}")
    flow = Availability(architecture).of_flow("f")

    assert (flow.value, flow.detection.costs.left_out) == (pytest.approx(0.9999), ("x",))


def test_what_nobody_checks_is_not_known_to_be_met() -> None:
    """Three replicas of 99% are 99.9999%, if somebody turned away from a dead one; else no more than 99%."""
    components = "lb: {kind: load_balancer, availability: 100%}, x: {kind: server, replicas: 3, availability: 99%}"
    architecture = spec(components, "{call: lb, steps: [{call: x}]}", flow="objective: {success: 99.9%}, ")
    flow = Availability(architecture).of_flow("f")

    assert (flow.value, flow.met) == (pytest.approx(0.999999), Met.UNKNOWN)
    assert flow.detection.costs.unchecked == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("fields", "steps", "seconds"),
    [
        ("replicas: 2", "{call: x}", 40),
        ("replicas: 4", "{call: x}", 40),
        ("replicas: 2", "{call: x, retries: {attempts: 2}}", 0),
        ("replicas: 2", "{call: x, fallback: [{call: y}]}", 0),
        ("replicas: 2", "{call: x, optional: true}", 0),
        ("replicas: 2", "{call: x, chance: 25%}", 10),
        ("replicas: 1", "{call: x}", 0),
        ("replicas: 2, algorithm: priority", "{call: x}", 80),
    ],
)
def test_replicas_are_met_by_their_share_until_they_are_noticed(fields: str, steps: str, seconds: int) -> None:
    """In seconds of the flow for each failure of a replica, 40 s before it is noticed; with `priority` of the first."""
    timing = "mtbf: 1000h, mttr: 1h, failover_time: 40s"
    architecture = spec(f"x: {{kind: server, {timing}, {fields}}}, y: {{kind: server}}", steps)
    costs = Availability(architecture).of_flow("f").detection.costs
    replicas = 2 if "priority" in fields else 1

    assert costs.most * 1001 * 3600 * replicas == pytest.approx(seconds, rel=0.02, abs=0.01)


def test_least_connections_draws_more_to_one_that_refuses() -> None:
    fields = "kind: server, replicas: 4, mtbf: 1000h, mttr: 1h, failover_time: 40s, algorithm: least_connections"
    costs = Availability(spec(f"x: {{{fields}}}", "{call: x}")).of_flow("f").detection.costs

    assert costs.most == pytest.approx(4 * costs.least, rel=1e-6)


CHECKED = "health_check: {interval: 16s, unhealthy_after: 3}"


@pytest.mark.parametrize(
    ("algorithm", "called", "least", "most"),
    [
        ("round_robin", "[one, two]", 20, 20),
        ("random", "[two, one]", 20, 20),
        ("round_robin, sticky_sessions: true", "[one, two]", 0, 20),
        ("weighted, weights: {one: 3, two: 1}", "[one, two]", 30, 30),
        ("weighted, weights: {two: 3}", "[two, one]", 10, 10),
        ("priority", "[one, two]", 40, 40),
        ("priority", "[two, one]", 0, 0),
        ("least_connections", "[one, two]", 0, 40),
        ("power_of_two", "[one, two]", 0, 40),
        ("ip_hash", "[one, two]", 0, 40),
        ("consistent_hash", "[two, one]", 0, 40),
    ],
)
def test_of_two_servers_the_dead_one_is_met_by_its_share(algorithm: str, called: str, least: int, most: int) -> None:
    """In seconds of the flow for each failure, noticed after two and a half intervals of 16 s."""
    architecture = spec(
        f"lb: {{kind: load_balancer, availability: 100%, {CHECKED}, algorithm: {algorithm}}},"
        "one: {kind: server, mtbf: 1000h, mttr: 1h}, two: {kind: server, availability: 100%}",
        f"{{call: lb, steps: [{{call: {called}}}]}}",
    )
    costs = Availability(architecture).of_flow("f").detection.costs
    lost = (costs.least * 1001 * 3600, costs.most * 1001 * 3600)

    assert lost == pytest.approx((least, most), rel=0.02, abs=0.001)


@pytest.mark.parametrize(
    ("algorithm", "least", "most"),
    [
        ("round_robin", 40, 40),
        ("priority", 40, 40),
        ("least_connections", 40, 160),
        ("power_of_two", 40, 160),
        ("ip_hash", 0, 160),
    ],
)
def test_of_four_replicas_the_dead_one_is_met_by_its_share(algorithm: str, least: int, most: int) -> None:
    """Each of the four is dead as often: a quarter of the calls each time, or up to all of them; or only the first."""
    architecture = spec(
        f"lb: {{kind: load_balancer, availability: 100%, {CHECKED}, algorithm: {algorithm}}},"
        "x: {kind: server, replicas: 4, mtbf: 1000h, mttr: 1h}",
        "{call: lb, steps: [{call: x}]}",
    )
    costs = Availability(architecture).of_flow("f").detection.costs
    lost = (costs.least * 1001 * 3600, costs.most * 1001 * 3600)

    assert lost == pytest.approx((least, most), rel=0.02, abs=0.001)


def test_who_has_one_to_ask_and_meets_it_dead_loses_every_request_to_it() -> None:
    """What stands in the other zone is no choice while one stands nearer, dead or not, until that is known."""
    for algorithm in ("round_robin", "least_connections"):
        architecture = spec(
            f"lb: {{kind: load_balancer, availability: 100%, {CHECKED}, algorithm: {algorithm}, zones: [a]}},"
            "near: {kind: server, mtbf: 1000h, mttr: 1h, zones: [a]},"
            "far: {kind: server, availability: 100%, zones: [b]}",
            "{call: lb, steps: [{call: [far, near]}]}",
            groups="{a: {kind: zone, availability: 100%}, b: {kind: zone, availability: 100%}}",
            connections="[app -> lb, {from: lb, to: near, prefer: same_zone}, {from: lb, to: far, prefer: same_zone}]",
        )
        costs = Availability(architecture).of_flow("f").detection.costs
        lost = (costs.least * 1001 * 3600, costs.most * 1001 * 3600)

        assert lost == pytest.approx((40, 40), rel=0.02)


SIMULATED = {
    "checked": """
      components:
        u: {kind: client}
        lb: {kind: load_balancer, replicas: 2, health_check: {interval: 20s, unhealthy_after: 3, healthy_after: 2}}
        api: {kind: server, replicas: 2, mtbf: 100m, mttr: 10m}
      connections: [u -> lb, lb -> api]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: lb, steps: [{call: api, takes: 1ms}]}]}}""",
    "checked and needed": """
      components:
        u: {kind: client}
        lb: {kind: load_balancer, health_check: {interval: 20s, unhealthy_after: 3, healthy_after: 4}}
        api: {kind: server, mtbf: 100m, mttr: 10m}
      connections: [u -> lb, lb -> api]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: lb, steps: [{call: api, takes: 1ms}]}]}}""",
    "nobody looks": """
      components:
        u: {kind: client}
        lb: {kind: load_balancer}
        api: {kind: server, replicas: 3, mtbf: 100m, mttr: 10m}
      connections: [u -> lb, lb -> api]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: lb, steps: [{call: api, takes: 1ms}]}]}}""",
    "tried twice": """
      components:
        u: {kind: client}
        lb: {kind: load_balancer, algorithm: random}
        api: {kind: server, replicas: 3, mtbf: 100m, mttr: 10m}
      connections: [u -> lb, {from: lb, to: api, timeout: 1s, retries: {attempts: 2}}]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: lb, steps: [{call: api, takes: 1ms}]}]}}""",
    "a zone is silent": """
      groups: {a: {kind: zone, mtbf: 100m, mttr: 10m}, b: {kind: zone, mtbf: 100m, mttr: 10m}}
      components:
        u: {kind: client}
        lb: {kind: load_balancer, health_check: {interval: 20s, timeout: 10s}}
        api: {kind: server, replicas: 4, zones: [a, b]}
      connections: [u -> lb, {from: lb, to: api, timeout: 1s}]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: lb, steps: [{call: api, takes: 1ms}]}]}}""",
    "the first of a list": """
      components:
        u: {kind: client}
        gw: {kind: gateway, algorithm: priority, health_check: {interval: 30s}}
        main: {kind: server, mtbf: 100m, mttr: 10m}
        spare: {kind: server, mtbf: 100m, mttr: 10m}
      connections: [u -> gw, "gw -> [main, spare]"]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: gw, steps: [{call: [main, spare]}]}]}}""",
    "dns": """
      components:
        u: {kind: client}
        names: {kind: dns, ttl: 1m}
        east: {kind: load_balancer, mtbf: 100m, mttr: 10m, failover_time: 1m}
        west: {kind: load_balancer, mtbf: 100m, mttr: 10m, failover_time: 1m}
      connections: [u -> names, "names -> [east, west]"]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: names, steps: [{call: [east, west]}]}]}}""",
    "a store": """
      components:
        u: {kind: client}
        pg: {kind: database, replicas: 2, failover: automatic, failover_time: 2m, mtbf: 100m, mttr: 10m}
      connections: [u -> pg: {timeout: 2s}]
      flows: {f: {from: u, request: POST /, rate: 0.1/s, steps: [{call: pg, access: write, takes: 1ms}]}}""",
    "a copy": """
      components:
        u: {kind: client}
        pg: {kind: database, mtbf: 100m, mttr: 10m, failover_time: 1m}
        copy: {kind: database, replica_of: pg, mtbf: 100m, mttr: 10m, failover_time: 1m}
      connections: [u -> pg: {timeout: 2s}, u -> copy: {timeout: 2s}]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: pg, access: read, takes: 1ms}]}}""",
    "two calls": """
      components:
        u: {kind: client}
        web: {kind: server}
        api: {kind: server, replicas: 2, mtbf: 100m, mttr: 10m, failover_time: 1m}
      connections: [u -> web, web -> api]
      flows: {f: {from: u, request: GET /, rate: 0.1/s, steps: [{call: web, steps: [{call: api, times: 3}]}]}}""",
}
SEEDS = 8


@pytest.mark.slow
@pytest.mark.parametrize("case", SIMULATED)
def test_long_runs_succeed_as_often_as_is_computed(case: str) -> None:
    """Eight runs of four days: their mean lies within three standard errors of the bounds."""
    scenario = "{long: {duration: 4d, random_faults: true}}"
    architecture = load_text(f"archspec: 1\nname: A\nscenarios: {scenario}\n" + _dedented(SIMULATED[case]))
    known = Availability(architecture).of_flow("f").known
    options = [SimulationOptions(scenario="long", seed=seed) for seed in range(1, SEEDS + 1)]
    shares = [simulate(architecture, each).flows[0].success or 0.0 for each in options]

    spread = 3 * stdev(shares) / sqrt(SEEDS)
    assert known is not None
    assert known.lower - spread <= mean(shares) <= known.upper + spread


def _dedented(text: str) -> str:
    return "\n".join(line[6:] for line in text.splitlines())


def test_of_what_is_noticed_late_the_most_costly_comes_first() -> None:
    """Each replica is asked half the calls; `slow` is dead unnoticed ten times as long as `quick`."""
    architecture = load_text(
        """
archspec: 1
name: Late
components:
  user: {kind: client}
  quick: {kind: server, replicas: 2, mtbf: 30d, mttr: 1h, failover_time: 3s}
  slow: {kind: server, replicas: 2, mtbf: 30d, mttr: 1h, failover_time: 30s}
connections: [user -> quick, quick -> slow]
flows:
  ask: {from: user, steps: [{call: quick, steps: [{call: slow, takes: 1ms}]}]}
"""
    )
    met = Availability(architecture).of_flow("ask").detection.met_dead
    assert list(met) == ["slow", "quick"]
    assert met["slow"] / met["quick"] == pytest.approx(10, rel=0.01)
