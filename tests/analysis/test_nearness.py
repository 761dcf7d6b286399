"""Load and what failover costs where connections prefer who is near: by hand, and against runs."""

from math import exp, sqrt
from random import Random

import pytest

from archspec.analysis.availability import Availability
from archspec.analysis.capacity import Capacity
from archspec.analysis.request_tree import Call
from archspec.analysis.station import Station
from archspec.analysis.structure import Structures
from archspec.language import load_text
from archspec.model import Architecture, Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.run import Count
from archspec.simulation.simulate import run_simulation

TWO_ZONES = """
archspec: 1
name: Callers in two zones
groups: {eu: {kind: region}, a: {kind: zone, within: eu}, b: {kind: zone, within: eu}}
components:
  here: {kind: client, group: a}
  there: {kind: client, group: b}
  api: {kind: server, replicas: 4, cores: 1, zones: [a, b]}
  db: {kind: database, replicas: 2, slots: 5, zones: [a, b]}
connections:
  - here -> api: {prefer: same_zone}
  - there -> api: {prefer: same_zone}
  - api -> db: {prefer: same_zone, access: read, max_concurrent: 10}
flows:
  ask: {from: here, rate: 150/s, steps: [{call: api, cpu: 10ms, steps: [{call: db, takes: 20ms}]}]}
  other: {from: there, rate: 50/s, steps: [{call: api, cpu: 10ms, steps: [{call: db, takes: 20ms}]}]}
"""


def station(architecture: Architecture, name: str) -> Station:
    return next(each for each in Capacity(architecture).stations if each.name == name)


def test_each_zone_carries_what_is_asked_in_it() -> None:
    """150 calls of 10 ms at two cores in zone a, 50 at two in zone b; the databases and pools behind them likewise."""
    architecture = load_text(TWO_ZONES)
    api, db, pool = (station(architecture, name) for name in ("api", "db", "api -> db"))

    assert (api.utilisation, api.peak) == (pytest.approx(0.5), pytest.approx(0.75))
    assert [round(load, 9) for load in next(api.loads(4)).values()] == [0.75, 0.25]
    assert (db.peak, pool.peak) == (pytest.approx(0.6), pytest.approx(0.15))


def test_what_is_left_in_a_zone_carries_it_alone_and_without_the_zone_others_do() -> None:
    api = station(load_text(TWO_ZONES), "api")

    assert (api.without_replica, api.without_zone) == (pytest.approx(1.5), pytest.approx(1.0))
    assert api.loss is not None
    assert api.loss.zone == "a"


def test_a_flow_can_grow_until_its_own_zone_is_full() -> None:
    capacity = Capacity(load_text(TWO_ZONES))

    assert (capacity.saturation("ask"), capacity.saturation("other")) == (pytest.approx(200), pytest.approx(200))
    assert capacity.saturation_without_zone("ask") == pytest.approx(150)


@pytest.mark.parametrize("shards", ["", ", shards: 2"])
def test_what_no_scaler_changes_is_at_most_what_it_is(shards: str) -> None:
    """Also the replicas of every shard, of which a zone that is lost takes its own."""
    capacity = Capacity(load_text(TWO_ZONES.replace("replicas: 2, slots: 5", f"replicas: 3, slots: 5{shards}")))

    assert [capacity.at_most(each) for each in capacity.stations] == list(capacity.stations)


def test_callers_that_are_lost_with_their_zone_ask_no_more() -> None:
    """Three balancers send a third each to the servers beside them; without zone c two send a half, to two."""
    architecture = load_text(
        """
archspec: 1
name: Balancers in three zones
groups: {a: {kind: zone}, b: {kind: zone}, c: {kind: zone}}
components:
  app: {kind: client}
  lb: {kind: load_balancer, replicas: 3, zones: [a, b, c]}
  api: {kind: server, replicas: 3, cores: 1, zones: [a, b, c]}
connections:
  - app -> lb
  - lb -> api: {prefer: same_zone}
flows: {ask: {from: app, rate: 120/s, steps: [{call: lb, steps: [{call: api, cpu: 10ms}]}]}}
"""
    )
    api = station(architecture, "api")

    assert (api.peak, api.without_zone) == (pytest.approx(0.4), pytest.approx(0.6))


def test_a_dead_one_nearby_is_met_by_all_and_one_elsewhere_by_nobody() -> None:
    """The client in zone a meets the replica there until it is known to be dead, half a minute of its ten."""
    spec = """
archspec: 1
name: Two replicas
groups: {a: {kind: zone}, b: {kind: zone}}
components:
  app: {kind: client, group: a}
  x: {kind: server, replicas: 2, zones: [a, b], mtbf: 10h, mttr: 10m}
connections: [app -> x: {prefer: same_zone}]
flows: {f: {from: app, steps: [{call: x}]}}
"""
    far = spec.replace("zones: [a, b]", "zones: [b]")
    half = 10 / 610 * (1 - exp(-0.05)) * 600 / 610

    for each in (spec, far):
        flow = Availability(load_text(each)).of_flow("f")
        assert flow.value == pytest.approx(1 - (10 / 610) ** 2 - half, abs=1e-9)


def test_a_zone_that_dies_is_met_by_those_who_stand_in_it_and_outlive_it() -> None:
    spec = """
archspec: 1
name: Two zones
groups: {a: {kind: zone, mtbf: 10h, mttr: 10m}, b: {kind: zone}}
components:
  app: {kind: client, group: PLACE}
  x: {kind: server, replicas: 2, zones: [a, b]}
connections: [app -> x: {prefer: same_zone}]
flows: {f: {from: app, steps: [{call: x}]}}
"""
    near, far = (Availability(load_text(spec.replace("PLACE", place))).of_flow("f") for place in ("a", "b"))

    assert near.value == pytest.approx(1 - 10 / 610 * (1 - exp(-0.05)), abs=1e-9)
    assert far.value == pytest.approx(1.0, abs=1e-12)


def placed_system(seed: int) -> Architecture:
    """Clients, balancers, servers and a store over up to three zones of two regions, who prefer at random."""
    random = Random(seed)
    zones = ["a", "b", "c"]

    def stands() -> str:
        places = random.sample(zones, random.randint(1, 3))
        return f"replicas: {random.randint(1, 4)}, zones: [{', '.join(places)}]"

    def prefers() -> str:
        return random.choice(["", "prefer: same_zone", "prefer: same_zone", "prefer: same_region"])

    algorithm = random.choice(["round_robin", "random", "least_connections", "power_of_two"])
    return load_text(
        f"""
archspec: 1
name: Placed {seed}
groups: {{eu: {{kind: region}}, a: {{kind: zone, within: eu}}, b: {{kind: zone, within: eu}}, c: {{kind: zone}}}}
components:
  here: {{kind: client, group: {random.choice(["a", "b", "c", "eu"])}}}
  there: {{kind: client, group: {random.choice(zones)}}}
  lb: {{kind: load_balancer, {stands()}, algorithm: {random.choice(["round_robin", "random"])}}}
  api: {{kind: server, {stands()}, cores: 8, algorithm: {random.choice(["round_robin", "random"])}}}
  also: {{kind: server, {stands()}, cores: 8}}
  db: {{kind: database, {stands()}, cores: 8, algorithm: {algorithm}}}
  copy: {{kind: database, {stands()}, cores: 8, replica_of: db}}
connections:
  - here -> lb: {{{prefers()}}}
  - there -> api: {{{prefers()}}}
  - lb -> api: {{{prefers()}}}
  - lb -> also: {{{prefers()}}}
  - api -> db: {{{prefers()}}}
  - also -> db: {{{prefers()}}}
flows:
  ask:
    from: here
    rate: {random.randint(20, 60)}/s
    steps: [{{call: lb, steps: [{{call: [api, also], cpu: 4ms, steps: [{{call: db, access: read, cpu: 2ms}}]}}]}}]
  other:
    from: there
    rate: {random.randint(20, 60)}/s
    steps: [{{call: api, cpu: 3ms, steps: [{{call: db, access: read, cpu: 2ms}}]}}]
"""
    )


@pytest.mark.parametrize("seed", range(24))
def test_every_zone_is_as_busy_in_a_run_as_it_is_said_to_be(seed: int) -> None:
    """Of 4,000 calls and more, within four standard errors of as many draws; by whom it is told how shares depend."""
    architecture = placed_system(seed)
    run = run_simulation(architecture, SimulationOptions(duration=Duration(100 * 10**9), seed=seed))
    counts, replicas = run.counts, run.compiled.replicas_of
    for each in Capacity(architecture).stations:
        component = architecture.components[each.component]
        if each.component in ("db", "copy") and any(
            spread.name in ("LEAST_CONNECTIONS", "POWER_OF_TWO") for spread in each.spreads
        ):
            continue
        busy: dict[str | None, list[float]] = {}
        for number, replica in enumerate(replicas[each.component], start=1):
            zone = architecture.zone_of(component, number)
            busy.setdefault(zone, []).append(float(counts[replica, Count.TIME_CORES]) / run.duration)
        said = {site.zone: load for site, load in next(each.loads(each.replicas)).items()}
        for zone, each_busy in busy.items():
            measured, load = sum(each_busy) / len(each_busy), said[zone]
            error = 4 * sqrt(max(load, 0.001) * each.use.service / (len(each_busy) * 100)) + 0.02 * load
            assert measured == pytest.approx(load, abs=error), (each.name, zone)


@pytest.mark.parametrize(("copy", "algorithm"), [("zone-b", "round_robin"), ("zone-a", None)])
def test_a_copy_that_stands_nearer_leaves_open_which_store_of_a_list_is_asked(copy: str, algorithm: str | None) -> None:
    text = f"""
archspec: 1
name: A copy of one of two stores
groups: {{zone-a: {{kind: zone}}, zone-b: {{kind: zone}}}}
components:
  app: {{kind: client, group: zone-a}}
  one: {{kind: database, group: zone-b}}
  two: {{kind: database, group: zone-b}}
  near: {{kind: database, group: {copy}, replica_of: two}}
connections:
  - app -> one: {{prefer: same_zone}}
  - app -> two: {{prefer: same_zone}}
flows:
  ask: {{from: app, steps: [{{call: [one, two], access: read}}]}}
"""
    asked = Structures(load_text(text)).request("ask")
    assert isinstance(asked, Call)
    assert asked.algorithm == algorithm
