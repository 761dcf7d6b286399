"""Utilisation, bottleneck, saturation and what is left when something is lost, with the numbers of the design."""

import pytest

from archspec.analysis.capacity import Capacity
from archspec.analysis.demand import demands_of
from archspec.analysis.station import Resource, Station
from tests.analysis.specs import spec

ZONES = "{a: {kind: zone}, b: {kind: zone}, c: {kind: zone}}"


def cores(api: str, steps: str = "{call: api, cpu: 4ms}", rate: str = "1200/s") -> Station:
    capacity = Capacity(spec(f"api: {{kind: server, {api}}}", steps, groups=ZONES, flow=f"rate: {rate}, "))
    return next(station for station in capacity.stations if station.resource is Resource.CORES)


def test_utilisation_is_rate_times_demand_over_cores() -> None:
    station = cores("replicas: 3, cores: 4, zones: [a, b]")

    assert (round(station.busy, 9), station.size, round(station.utilisation, 9)) == (4.8, 12, 0.4)


def test_the_fullest_zone_is_the_one_that_is_lost() -> None:
    station = cores("replicas: 3, cores: 4, zones: [a, b]")

    assert station.loss is not None
    assert (station.loss.zone, station.loss.replicas, round(station.without_zone or 0, 9)) == ("a", 1, 1.2)


def test_enough_replicas_carry_the_load_without_their_fullest_zone() -> None:
    station = cores("replicas: 2, cores: 4, zones: [a, b]", rate="1500/s")

    assert (round(station.busy, 9), station.replicas_for(), station.replicas_for(2)) == (6.0, 2, 4)


def test_only_misses_reach_what_stands_behind_a_cache() -> None:
    architecture = spec(
        "edge: {kind: cdn, caches: api}, api: {kind: server, cores: 4}",
        "{call: edge, hit: 97%, on_miss: [{call: api, cpu: 4ms}]}",
        flow="rate: 10000/s, ",
    )

    warm, cold = Capacity(architecture), Capacity(architecture, frozenset({"edge"}))
    assert (warm.stations[0].utilisation, cold.stations[0].utilisation) == (pytest.approx(0.3), pytest.approx(10.0))


def test_a_slot_is_held_while_others_are_awaited() -> None:
    architecture = spec(
        "api: {kind: server, slots: 10}, db: {kind: database, slots: 5}",
        "{call: api, cpu: 2ms, steps: [{parallel: [{call: db, takes: 10ms}, {call: db, takes: 30ms}]}]}",
        flow="rate: 100/s, ",
    )

    busy = {
        (station.component, station.resource): round(station.busy, 9) for station in Capacity(architecture).stations
    }
    assert busy == {("api", Resource.CORES): 0.2, ("api", Resource.SLOTS): 3.2, ("db", Resource.SLOTS): 4.0}


def test_own_work_within_a_call_holds_its_slot_once() -> None:
    architecture = spec("api: {kind: server, slots: 10}", "{call: api, steps: [{takes: 100ms}]}", flow="rate: 60/s, ")

    assert [round(station.busy, 9) for station in Capacity(architecture).stations] == [6.0]


DEMANDS = {
    "times in a row": ("{call: api, cpu: 1ms, times: 3}", (3, 3)),
    "a chance": ("{call: api, cpu: 1ms, chance: 25%}", (0.25, 0.25)),
    "an answer of 404 ends the request": ("{call: db, status: {404: 40%}}, {call: api, cpu: 1ms}", (0.6, 0.6)),
    "an optional answer of 404 does not": ("{call: db, status: 404, optional: true}, {call: api, cpu: 1ms}", (1, 1)),
    "one of two": ("{call: [api, db], cpu: 1ms}", (0.5, 0.5)),
    "the work behind a queue": ("{call: q, steps: [{call: w, steps: [{call: api, cpu: 1ms}]}]}", (1, 1)),
    "a fallback is not the rule": ("{call: db, fallback: [{call: api, cpu: 1ms}]}", (0, 0)),
}


@pytest.mark.parametrize("case", DEMANDS)
def test_demand(case: str) -> None:
    steps, expected = DEMANDS[case]
    components = "api: {kind: server}, db: {kind: database}, q: {kind: queue}, w: {kind: worker}"

    found = demands_of(spec(components, steps), "f").of("api")

    assert (round(found.visits, 9), round(found.cpu * 1000, 9)) == expected


def test_the_flow_saturates_where_its_first_station_is_full() -> None:
    architecture = spec("api: {kind: server, replicas: 2, cores: 2}", "{call: api, cpu: 5ms}", flow="rate: 500/s, ")

    assert Capacity(architecture).saturation("f") == pytest.approx(800)


def test_the_scaler_counts_for_what_load_may_bring_about() -> None:
    architecture = spec(
        "api: {kind: server, cores: 1, scaling: {min: 2, max: 8}}", "{call: api, cpu: 10ms}", flow="rate: 400/s, "
    )
    capacity = Capacity(architecture)

    assert capacity.stations[0].utilisation == pytest.approx(2.0)
    assert capacity.at_most(capacity.stations[0]).utilisation == pytest.approx(0.5)


def test_the_flow_saturates_sooner_when_something_is_lost() -> None:
    architecture = spec(
        "lb: {kind: load_balancer, replicas: 2, cores: 1, zones: [a, b]},"
        " api: {kind: server, replicas: 3, cores: 1, zones: [b, a]}",
        "{call: lb, cpu: 1ms, steps: [{call: api, cpu: 5ms}]}",
        groups=ZONES,
        flow="rate: 100/s, ",
    )
    capacity = Capacity(architecture)

    found = (capacity.saturation("f"), capacity.saturation_without_replica("f"), capacity.saturation_without_zone("f"))
    assert [round(rate or 0) for rate in found] == [600, 400, 200]


def test_a_shard_that_loses_a_replica_is_busier_than_the_others() -> None:
    architecture = spec(
        "db: {kind: database, shards: 2, replicas: 2, slots: 10}", "{call: db, takes: 100ms}", flow="rate: 100/s, "
    )
    (station,) = Capacity(architecture).stations

    assert (station.replicas, round(station.utilisation, 9), round(station.without_replica or 0, 9)) == (4, 0.25, 0.5)


def test_a_write_holds_its_slot_until_the_slowest_synchronous_copy_has_it() -> None:
    """50/s × (10 ms of work + 20 ms to the farther copy) are 1.5 slots."""
    stores = "main: {kind: database, slots: 4, replication: synchronous}, near: {kind: database, replica_of: main}"
    architecture = spec(
        f"{stores}, far: {{kind: database, replica_of: main}}",
        "{call: main, takes: 10ms}",
        connections="[{from: main, to: near, latency: 5ms}, {from: main, to: far, latency: 20ms}]",
        flow="rate: 50/s, ",
    )

    held = {station.component: station.busy for station in Capacity(architecture).stations}

    assert held == {"main": pytest.approx(1.5)}


def busy(components: str, steps: str, *, connections: str = "[]", rate: str = "100/s") -> dict[str, float]:
    """How much is busy of each resource at the least, by name."""
    stations = Capacity(spec(components, steps, connections=connections, flow=f"rate: {rate}, ")).stations
    return {f"{station.name} {station.resource.word}": round(station.busy, 6) for station in stations}


HELD = {
    "two exponential branches, three halves of one": (
        "{parallel: [{call: db, takes: exponential(10ms)}, {call: db, takes: exponential(10ms)}]}",
        1.5,
    ),
    "the first of two exponential branches": (
        "{needs: 1, parallel: [{call: db, takes: exponential(10ms)}, {call: db, takes: exponential(10ms)}]}",
        0.5,
    ),
    "a branch that one in four takes": (
        "{parallel: [{call: db, takes: 10ms}, {call: db, takes: 50ms, chance: 25%}]}",
        2.0,
    ),
    "branches until the first 404": (
        "{parallel: [{call: db, takes: 10ms, status: {404: 50%}}, {call: db, takes: 30ms}]}",
        2.0,
    ),
    "what nobody waits for": ("{call: db, takes: 10ms, wait: false}", 0.0),
    "what is cut at a time-out": ("{call: db, takes: 50ms, timeout: 20ms, optional: true}", 2.0),
    "two tries of which the first always fails": (
        "{call: db, takes: 10ms, status: 503, retries: {attempts: 2, backoff: constant(5ms)}, optional: true}",
        2.5,
    ),
    "a fallback for one in five": (
        "{call: db, takes: 10ms, status: {500: 20%}, fallback: [{call: db, takes: 40ms}]}",
        1.8,
    ),
}


@pytest.mark.parametrize("case", HELD)
def test_a_slot_is_held_for(case: str) -> None:
    """At 100 requests a second, in tenths of a second by hand: 10 ms are one slot."""
    steps, slots = HELD[case]

    found = busy("api: {kind: server, slots: 100}, db: {kind: external}", f"{{call: api, steps: [{steps}]}}")

    assert found.get("api slots", 0.0) == pytest.approx(slots, rel=1e-3)


def test_hits_of_a_simulated_cache_follow_from_its_keys_and_entries() -> None:
    found = busy(
        "ca: {kind: cache, entries: 500, keys: zipf(count=10000 exponent=1.0)}, db: {kind: database, slots: 4}",
        "{call: ca, on_miss: [{call: db, takes: 2ms}]}",
        rate="5000/s",
    )

    assert found == {"db slots": pytest.approx(4.13, abs=0.01)}


def test_how_often_an_lfu_cache_hits_is_bounded_only() -> None:
    capacity = Capacity(
        spec(
            "ca: {kind: cache, eviction: lfu, entries: 1, keys: zipf(count=2 exponent=1.0)}, db: {kind: database}",
            "{call: ca, on_miss: [{call: db, takes: 2ms}]}",
            flow="rate: 10/s, ",
        )
    )

    hit = capacity.hits["ca"]
    assert (hit.least, round(hit.most, 6)) == (0.0, 0.666667)


def test_connections_are_as_many_as_calls_are_under_way_at_the_most() -> None:
    found = busy(
        "api: {kind: server, replicas: 3, slots: 200}, db: {kind: database, slots: 600, replicas: 2}",
        "{call: api, steps: [{call: db, takes: 10ms, access: read}, {call: db, takes: 200ms}]}",
        connections="[{api -> db: {max_concurrent: 20}}]",
        rate="300/s",
    )

    assert (found["api -> db connections"], found["db slots"]) == (63.0, 63.0)


def test_writes_fill_the_primary_though_the_copies_are_idle() -> None:
    (station,) = Capacity(
        spec("db: {kind: database, replicas: 2, slots: 10}", "{call: db, takes: 60ms}", flow="rate: 100/s, ")
    ).stations

    assert (round(station.utilisation, 9), round(station.peak, 9), station.replicas_for()) == (0.3, 0.6, 1)


def test_a_worker_holds_its_slot_while_a_message_is_on_its_way() -> None:
    found = busy(
        "q: {kind: queue}, w: {kind: worker, slots: 8}",
        "{call: q, steps: [{call: w, takes: 10ms}]}",
        connections="[{q -> w: {latency: 20ms}}]",
    )

    assert found == {"w slots": 2.0}


def test_messages_go_to_the_first_worker_of_a_list_unless_it_is_busy() -> None:
    capacity = Capacity(
        spec(
            "q: {kind: queue}, a: {kind: worker, slots: 3}, b: {kind: worker}",
            "{call: q, steps: [{call: [a, b], takes: 10ms}]}",
            flow="rate: 100/s, ",
        )
    )

    most = {name: round(busy, 9) for (name, _), busy in capacity.busy_most.items()}
    assert ({s.component: round(s.busy, 9) for s in capacity.stations}, most) == ({"a": 0.75}, {"a": 1.0})


def test_a_component_of_unknown_work_is_not_idle() -> None:
    capacity = Capacity(spec("api: {kind: server, slots: 10}", "{call: api}", flow="rate: 100/s, "))

    assert (capacity.stations, capacity.unknown) == ((), ("api",))


TOPIC = "events: {kind: topic, partitions: 4}, mail: {kind: worker, slots: 8}, hook: {kind: server, slots: 5}"


def test_partitions_are_a_resource_of_each_subscriber() -> None:
    """30 messages a second, each in work for 100 ms; half of them reach the hook, which works for 40 ms on each."""
    steps = "{call: events, steps: [{call: mail, takes: 100ms}, {call: hook, takes: 40ms, chance: 50%}]}"
    stations = Capacity(spec(TOPIC, steps, flow="rate: 30/s, ")).stations

    assert [(each.name, each.resource.word, round(each.busy, 9), each.size) for each in stations] == [
        ("mail", "slots", 3.0, 8),
        ("hook", "slots", 0.6, 5),
        ("events for mail", "partitions", 3.0, 4),
        ("events for hook", "partitions", 0.6, 4),
    ]


def test_fewer_partitions_than_slots_are_what_a_subscriber_is_full_at() -> None:
    capacity = Capacity(spec(TOPIC, "{call: events, steps: [{call: mail, takes: 100ms}]}", flow="rate: 30/s, "))

    assert capacity.bottleneck is not None
    assert (capacity.bottleneck.name, capacity.saturation("f")) == ("events for mail", 40.0)


def test_a_partition_is_not_lost_with_a_replica() -> None:
    """One of two mailers has 4 slots, which 100 ms a message fill at 40/s: as many as 4 partitions let through."""
    mail = TOPIC.replace("kind: worker, slots: 8", "kind: worker, replicas: 2, slots: 4")
    capacity = Capacity(spec(mail, "{call: events, steps: [{call: mail, takes: 100ms}]}", flow="rate: 30/s, "))

    assert capacity.saturation_without_replica("f") == 40.0


def test_who_waits_for_a_place_holds_its_slot_meanwhile() -> None:
    """Two places, each held for 100 ms, 12 times a second: 60% busy; Erlang's C makes a call wait 56 ms on average."""
    architecture = spec(
        "api: {kind: server, slots: 10}, db: {kind: server}",
        "{call: api, steps: [{call: db, takes: exponential(100ms)}]}",
        connections="[{api -> db: {max_concurrent: 2, max_wait: 10s}}]",
        flow="rate: 12/s, ",
    )
    capacity = Capacity(architecture)
    pool = next(station for station in capacity.stations if station.connection)

    assert (pool.name, round(pool.utilisation, 9), pool.max_wait) == ("api -> db", 0.6, 10.0)
    assert round(capacity.busy_most["api", Resource.SLOTS], 4) == round(12 * (0.1 + 0.05625), 4)


def test_a_slot_is_held_for_all_of_a_thousand_steps_in_a_row() -> None:
    steps = ", ".join(["{call: api, takes: 1ms}"] * 1000)
    demands = demands_of(
        spec("gw: {kind: server, slots: 5}, api: {kind: server}", f"{{call: gw, steps: [{steps}]}}"), "f"
    )
    assert (demands.of("api").visits, demands.of("gw").held) == (1000, pytest.approx(1.0))


def test_what_fails_side_by_side_is_tried_again_for_that_and_not_for_taking_long() -> None:
    """Both end well in 64% of tries: of up to three tries 1 + 0.36 + 0.36² are made, each with 1 ms of work.

    One of both takes longer than 60 ms once in eleven thousand tries.
    """
    step = "takes: exponential(6ms), status: {200: 80%, 500: 20%}"
    found = busy(
        "api: {kind: server, cores: 4}, a: {kind: server, slots: 100}, b: {kind: server, slots: 100}",
        f"{{call: api, cpu: 1ms, steps: [{{parallel: [{{call: a, {step}}}, {{call: b, {step}}}]}}]}}",
        connections="[{from: app, to: api, timeout: 60ms, retries: {attempts: 3}}]",
    )
    assert found["api cores"] == pytest.approx(100 * 0.001 * (1 + 0.36 + 0.36**2), rel=1e-3)
    assert found["a slots"] == pytest.approx(found["api cores"] * 6, rel=1e-3)
