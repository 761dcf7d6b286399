"""What may grow, by how much, and how far."""

from fractions import Fraction

import pytest

from archspec.language import load_text
from archspec.planning.levers import Kind, change_of, levers_of, with_change

SYSTEM = load_text("""
archspec: 1
name: Everything that may grow
components:
  user: {kind: client}
  api: {kind: server, replicas: 2, cores: 0.5, slots: 10}
  web: {kind: server, replicas: 3, scaling: {max: 5, metric: cpu, target: 60%}}
  job: {kind: function, concurrency: 3}
  gw: {kind: gateway, connections: 100}
  orders: {kind: topic, partitions: 8}
  mailer: {kind: worker, cores: 4}
  store: {kind: database, availability: 100%}
  mail: {kind: external}
  idle: {kind: server, replicas: 2, cores: 2}
connections:
  - user -> gw
  - gw -> [api, web]
  - api -> [job, orders]
  - orders -> mailer
  - mailer -> mail
  - {from: api, to: store, max_concurrent: 6}
  - {from: idle, to: store, max_concurrent: 9}
flows:
  ask:
    from: user
    rate: 1/s
    steps:
      - call: gw
        steps:
          - call: api
            steps:
              - {call: job, takes: 1ms}
              - {call: store, takes: 1ms}
              - {call: orders, steps: [{call: mailer, steps: [{call: mail, takes: 1ms}]}]}
          - {call: web, cpu: 1ms}
""")


def test_of_what_a_flow_meets_all_that_is_ours_may_grow_up_to_sixteen_times_in_the_order_of_kinds() -> None:
    """`mail` is somebody else's and `idle` is met by nothing; what scales grows up to its `max`."""
    levers = levers_of(SYSTEM, ["ask"], Kind)
    assert [(each.key, each.value, each.step, each.most) for each in levers] == [
        ("gw.replicas", 1, 1, 16),
        ("api.replicas", 2, 1, 32),
        ("store.replicas", 1, 1, 16),
        ("orders.replicas", 1, 1, 16),
        ("mailer.replicas", 1, 1, 16),
        ("web.replicas", 3, 1, 5),
        ("api.cores", Fraction(1, 2), Fraction(1, 2), 8),
        ("mailer.cores", 4, 1, 64),
        ("api.slots", 10, 2, 160),
        ("mailer.slots", 1, 1, 16),
        ("api -> store.max_concurrent", 6, 1, 96),
        ("job.concurrency", 3, 1, 48),
        ("orders.partitions", 8, 2, 128),
        ("gw.connections", 100, 25, 1600),
    ]


def test_only_the_kinds_that_are_asked_for_may_grow() -> None:
    found = levers_of(SYSTEM, ["ask"], [Kind.POOLS, Kind.CORES])
    assert [each.key for each in found] == ["api.cores", "mailer.cores", "api -> store.max_concurrent"]


def test_every_lever_sets_the_field_that_it_is_named_after() -> None:
    levers = levers_of(SYSTEM, ["ask"], Kind)
    for moved in levers:
        changed = with_change(SYSTEM, levers, [3 * (lever is moved) for lever in levers])
        before, after = (
            {lever.key: lever.value for lever in levers_of(each, ["ask"], Kind)} for each in (SYSTEM, changed)
        )
        assert after == before | {moved.key: moved.value + 3 * moved.step}


def test_a_change_is_as_large_as_the_sum_of_what_it_adds() -> None:
    levers = levers_of(SYSTEM, ["ask"], [Kind.REPLICAS, Kind.SLOTS])
    made = change_of(levers, [{"web.replicas": 1, "api.slots": 2}.get(lever.key, 0) for lever in levers])
    assert [(each.key, each.before, each.after) for each in made.settings] == [
        ("web.replicas", 3, 4),
        ("api.slots", 10, 14),
    ]
    assert made.size == Fraction(1, 3) + Fraction(2, 5)


@pytest.mark.parametrize(("steps", "value"), [(0, 3), (2, 5), (3, None)])
def test_beyond_its_most_a_lever_has_no_value(steps: int, value: int | None) -> None:
    (web,) = (lever for lever in levers_of(SYSTEM, ["ask"], Kind) if lever.key == "web.replicas")
    assert web.after(steps) == value
