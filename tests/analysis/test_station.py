"""One resource under its load: how full it is, what is left without a part of it, how many are enough; by hand."""

from collections.abc import Mapping
from math import inf
from typing import Any

import pytest

from archspec.analysis.capacity import Capacity
from archspec.analysis.circumstances import Waiting
from archspec.analysis.stand_ins import too_small
from archspec.analysis.station import Resource, Station, Use
from archspec.analysis.targets import Targets
from archspec.language import load_text
from tests.analysis.specs import spec


def station(busy: float = 6, **changed: Any) -> Station:
    """Four replicas of two cores each, busy with work of 10 ms."""
    use = Use(busy, busy / 0.01, busy * 0.01, changed.pop("first", 0.0))
    plain: dict[str, Any] = {
        "component": "api",
        "resource": Resource.CORES,
        "each": 2,
        "replicas": 4,
        "shards": 1,
        "is_assumed": False,
        "held": {},
        "visits": busy / 0.01,
    }
    return Station(use=use, **{**plain, **changed})


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (station(), {"busy": 6, "size": 8, "utilisation": 0.75, "peak": 0.75, "without_replica": 1.0}),
        (station(first=2), {"utilisation": 0.75, "peak": 1.5, "without_replica": (2 + 4 / 3) / 2}),
        (station(first=2, shards=2), {"peak": 1.0, "without_replica": 1.5}),
        (station(replicas=1), {"size": 2, "peak": 3.0, "without_replica": None}),
        (station(shards=4), {"peak": 0.75, "without_replica": None}),
        (station(), {"loss": None, "without_zone": None, "name": "api"}),
        (station(held={"a": 4}), {"loss": None, "without_zone": None}),
        (station(held={"a": 1, "b": 3}), {"without_zone": 3.0}),
        (station(held={"a": 2, "b": 2}), {"without_zone": 1.5}),
        (station(held={"a": 4, "b": 0}), {"without_zone": None}),
        (station(connection="api -> db"), {"name": "api -> db"}),
    ],
)
def test_how_full_it_is_whole_and_without_a_part(made: Station, expected: Mapping[str, Any]) -> None:
    found = {name: getattr(made, name) for name in expected}
    assert found == {
        name: value if not isinstance(value, float) else pytest.approx(value) for name, value in expected.items()
    }


def test_the_zone_that_is_lost_is_the_one_that_holds_most() -> None:
    loss = station(held={"a": 1, "b": 2, "c": 1}).loss
    assert loss is not None
    assert (loss.zone, loss.replicas) == ("b", 2)


@pytest.mark.parametrize(
    ("busy", "changed", "zones", "replicas"),
    [
        (6, {}, 1, 4),
        (5.9, {}, 1, 3),
        (6, {}, 2, 8),
        (6, {}, 3, 6),
        (3.9, {}, 3, 3),
        (6, {"resource": Resource.PLACES}, 1, 3),
        (6.1, {"resource": Resource.PLACES}, 1, 4),
        (6, {"first": 1}, 1, 6),
        (6, {"first": 2}, 1, None),
        (6, {"first": 2, "shards": 2}, 1, 5),
    ],
)
def test_how_many_replicas_are_enough(busy: float, changed: dict[str, Any], zones: int, replicas: int | None) -> None:
    """Work at random needs room: of 2 cores each, 6 busy ones take four; as many with the fullest of zones lost."""
    assert station(busy, **changed).replicas_for(zones) == replicas


@pytest.mark.parametrize(
    ("resource", "word", "is_full_at_one"),
    [
        (Resource.CORES, "cores", True),
        (Resource.SLOTS, "slots", True),
        (Resource.CONNECTIONS, "connections", True),
        (Resource.INSTANCES, "instances", True),
        (Resource.PARTITIONS, "partitions", True),
        (Resource.PLACES, "places", False),
    ],
)
def test_each_resource_has_its_word_and_its_limit(resource: Resource, word: str, is_full_at_one: bool) -> None:
    made = station(resource=resource)
    assert resource.word == word
    assert made.is_full_at(1.0) is is_full_at_one
    assert made.is_full_at(0.999) is False
    assert made.is_full_at(1.001) is True


@pytest.mark.parametrize(
    ("resource", "max_wait", "never"),
    [
        (Resource.INSTANCES, None, True),
        (Resource.INSTANCES, 1.0, True),
        (Resource.CONNECTIONS, None, True),
        (Resource.CONNECTIONS, 0.5, False),
        (Resource.CORES, None, False),
        (Resource.PLACES, None, False),
    ],
)
def test_who_finds_nothing_free_fails_or_waits(resource: Resource, max_wait: float | None, never: bool) -> None:
    assert station(resource=resource, max_wait=max_wait).never_waits is never


def test_it_is_the_same_by_name_and_resource() -> None:
    assert station().is_same(station(1))
    assert not station().is_same(station(resource=Resource.SLOTS))
    assert not station().is_same(station(connection="api -> db"))


@pytest.mark.parametrize(
    ("use", "service", "variation"),
    [
        (Use(2.0, 100.0, 0.04), 0.02, 0.0),
        (Use(2.0, 100.0, 0.08), 0.02, 1.0),
        (Use(2.0, 100.0, 0.03), 0.02, 0.0),
        (Use(0.0, 0.0, 0.0), 0.0, 0.0),
    ],
)
def test_the_time_that_it_is_held_has_a_mean_and_a_variation(use: Use, service: float, variation: float) -> None:
    assert (use.service, use.variation) == (pytest.approx(service), pytest.approx(variation))


def test_a_flow_may_grow_by_what_its_own_work_leaves_free() -> None:
    """Of each replica 0.5 cores are free; one more request a second takes 0.01 of four."""
    own = Station("api", Resource.CORES, Use(0.01, 1, 1e-4), 2, 4, 1, is_assumed=False, held={}, visits=1)
    assert station().growth(own, 4) == pytest.approx(0.5 / (0.01 / 4))
    assert station().growth(own, 2) == pytest.approx((2 - 3) / (0.01 / 2))
    nothing = Station("api", Resource.CORES, Use(0, 0, 0), 2, 4, 1, is_assumed=False, held={}, visits=0)
    assert station().growth(nothing, 4) == inf


@pytest.mark.parametrize(
    ("one", "other", "is_near", "grown"),
    [
        (Waiting(1, 1), Waiting(1, 1), True, Waiting(1, 1)),
        (Waiting(1, 1), Waiting(1.0005, 1), True, Waiting(1, 1)),
        (Waiting(1, 1), Waiting(1.01, 1), False, Waiting(1, 1)),
        (Waiting(1, 1), Waiting(1, 1.01), False, Waiting(1, 1)),
        (Waiting(1.01, 1), Waiting(1, 1), False, Waiting(inf, 1)),
        (Waiting(1, 1.01), Waiting(1, 1), False, Waiting(1, inf)),
        (Waiting(1.0005, 1.0005), Waiting(1, 1), True, Waiting(1.0005, 1.0005)),
        (Waiting(), Waiting(), True, Waiting()),
    ],
)
def test_waits_are_the_same_within_a_thousandth_and_endless_where_they_grow(
    one: Waiting, other: Waiting, is_near: bool, grown: Waiting
) -> None:
    assert one.is_near(other) is is_near
    assert one.where_it_grows(other) == grown


SHOP = load_text("""
archspec: 1
name: Targets
components:
  user: {kind: client}
  lb: {kind: load_balancer}
  api: {kind: server, logs_to: logs}
  db: {kind: database}
  jobs: {kind: queue}
  hand: {kind: worker}
  idle: {kind: worker}
  loner: {kind: function}
  logs: {kind: log_service}
connections: [lb -> api, api -> logs, jobs -> hand, hand -> db, idle -> db]
flows: {ask: {from: user, steps: [{call: lb, steps: [{call: api, steps: [{call: db}]}]}]}}
""")


@pytest.mark.parametrize(
    ("component", "asked"),
    [("user", ["lb"]), ("lb", ["api"]), ("api", ["db"]), ("jobs", ["hand"]), ("idle", ["db"]), ("logs", [])],
)
def test_who_is_asked_stands_in_connections_and_in_flows(component: str, asked: list[str]) -> None:
    assert [each.id for each in Targets(SHOP).of(component)] == asked


@pytest.mark.parametrize(("component", "pulls"), [("hand", True), ("idle", False), ("loner", False), ("api", False)])
def test_a_worker_at_a_queue_pulls(component: str, pulls: bool) -> None:
    assert Targets(SHOP).pulls_from_queue(component) is pulls


@pytest.mark.parametrize(
    ("components", "step", "found"),
    [
        ("one: {kind: server, slots: 3}, two: {kind: server, slots: 3}", "{call: [one, two], takes: 20ms}", []),
        (
            "one: {kind: server, slots: 3}, two: {kind: server, slots: 2}",
            "{call: [one, two], takes: 20ms}",
            [("one", "two", 1.0)],
        ),
        (
            "one: {kind: server, slots: 1}, two: {kind: server, slots: 1}",
            "{call: [one, two], takes: 20ms}",
            [],
        ),
        ("one: {kind: server, slots: 3}, two: {kind: server}", "{call: [one, two], takes: 20ms}", []),
        (
            "one: {kind: server, slots: 3}, two: {kind: server, slots: 1}",
            "{call: one, takes: 20ms, fallback: [{call: two, takes: 20ms}]}",
            [("one", "two", 2.0)],
        ),
        ("one: {kind: server, slots: 3}, two: {kind: server, slots: 1}", "{call: one, takes: 20ms}", []),
    ],
)
def test_who_takes_over_may_be_too_small(components: str, step: str, found: list[tuple[str, str, float]]) -> None:
    """A hundred requests a second of 20 ms keep two slots busy."""
    architecture = spec(components, step, flow="rate: 100/s, ")
    told = [
        (each.lost, each.station.name, each.station.peak) for each in too_small(architecture, Capacity(architecture))
    ]
    assert told == [(lost, name, pytest.approx(peak)) for lost, name, peak in found]
