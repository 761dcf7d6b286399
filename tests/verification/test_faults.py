"""Which parts a verification takes away: each that can fail, of those that make no difference only one."""

import pytest

from archspec.language import load_text
from archspec.verification.faults import pairs_of, single_faults, whole_components
from archspec.verification.verify import verify

SYSTEM = load_text("""
archspec: 1
name: Parts that may be lost
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
  box: {kind: host}
components:
  user: {kind: client}
  lb: {kind: load_balancer, replicas: 2}
  web: {kind: server, replicas: 3, mtbf: 33h, mttr: 20m}
  api: {kind: server, replicas: 2, zones: [zone-a, zone-b]}
  db: {kind: database, replicas: 2, failover: automatic}
  cells: {kind: database, shards: 2, replicas: 2, failover: automatic, failover_time: 1s}
  solid: {kind: cache, availability: 100%, group: box}
  mail: {kind: external}
  files: {kind: object_store}
  pay: {kind: external, availability: 99.5%}
connections:
  - user -> lb
  - lb -> web
  - web -> api
  - api -> [db, cells, solid, mail, pay, files]
flows:
  ask:
    from: user
    rate: 1/s
    steps:
      - call: lb
        steps:
          - call: web
            steps:
              - call: api
                steps:
                  - {call: db, access: write, takes: 1ms}
                  - {call: cells, access: read, takes: 1ms}
                  - {call: solid, takes: 1ms}
                  - {call: mail, takes: 1ms}
                  - {call: files, takes: 1ms}
                  - {call: pay, takes: 1ms}
""")


def test_of_parts_that_make_no_difference_one_is_lost() -> None:
    """Of a store that is written to the primary and another; of shards one. `files` somebody else makes redundant, of
    hosts there is one, and what never fails is not lost.
    """
    assert [fault.name for fault in single_faults(SYSTEM, ["ask"])] == [
        *("lb-1", "web-1", "api-1", "zone-a", "zone-b", "db-1", "db-2", "cells-1", "mail", "pay")
    ]


def test_the_chance_of_one_of_several_is_that_of_all_of_them() -> None:
    """A third of an hour in 33 1/3 hours, by three; of one that is down with another the chances are multiplied."""
    singles = {fault.name: fault for fault in single_faults(SYSTEM, ["ask"])}
    known = {name: (fault.chance, fault.repair) for name, fault in singles.items() if fault.chance is not None}
    assert known == {"web-1": (pytest.approx(0.03), 1200.0), "pay": (pytest.approx(0.005), None)}
    pairs = {fault.name: (fault.chance, fault.repair) for fault in pairs_of(SYSTEM, ["ask"])}
    assert pairs["web-1 + pay"] == (pytest.approx(0.03 * 0.005), None)
    assert pairs["web-1 + web-2"] == (pytest.approx(0.03**2), 1200.0)
    assert pairs["web-1 + mail"] == (None, None)


def test_pairs_are_every_two_and_of_each_component_two_replicas() -> None:
    names = [fault.name for fault in pairs_of(SYSTEM, ["ask"])]
    twins = ["lb-1 + lb-2", "web-1 + web-2", "api-1 + api-2", "db-1 + db-2", "cells-1 + cells-2"]
    assert names[: len(twins)] == twins
    singles = [fault.name for fault in single_faults(SYSTEM, ["ask"])]
    others = [f"{one} + {other}" for at, one in enumerate(singles) for other in singles[at + 1 :]]
    assert names[len(twins) :] == [name for name in others if name not in twins]


def test_whole_components_are_those_of_several_replicas_and_the_last_of_each() -> None:
    assert [fault.name for fault in whole_components(SYSTEM, ["ask"])] == [
        *("lb", "lb-2", "web", "web-3", "api", "api-2", "db", "db-2", "cells", "cells-2")
    ]


def test_only_what_a_flow_meets_is_lost() -> None:
    """One zone without a figure is not told from everything; with a figure it may fail like any other part."""
    spec = """
archspec: 1
name: One zone
groups: {zone: {kind: zone}}
components:
  user: {kind: client}
  api: {kind: server, zones: [zone]}
  other: {kind: server}
connections: [user -> api, user -> other]
flows:
  ask: {from: user, rate: 1/s, steps: [{call: api}]}
  tell: {from: user, rate: 1/s, steps: [{call: other}]}
"""
    assert [fault.name for fault in single_faults(load_text(spec), ["ask"])] == ["api-1"]
    figure = load_text(spec.replace("{kind: zone}", "{kind: zone, availability: 99.9%}"))
    assert [fault.name for fault in single_faults(figure, ["ask", "tell"])] == ["api-1", "zone", "other-1"]


def test_progress_grows_up_to_one() -> None:
    spec = """
archspec: 1
name: Two
components: {user: {kind: client}, api: {kind: server, replicas: 2, failover_time: 1s}}
connections: [user -> api]
flows: {ask: {from: user, rate: 10/s, objective: {success: 99%}, steps: [{call: api, takes: 1ms}]}}
"""
    told: list[float] = []
    verify(load_text(spec), progress=told.append)
    assert told == sorted(set(told))
    assert told[0] > 0
    assert told[-1] == 1


LIKE = """
archspec: 1
name: Alike or not
groups: {a: {kind: zone}, b: {kind: zone}}
components:
  user: {kind: client}
  lb: {kind: load_balancer}
  web: {kind: server, replicas: 2, zones: [a]}
  api: {kind: server, replicas: 2, zones: [a]}
connections: [user -> lb, lb -> web, web -> api]
flows:
  ask: {from: user, rate: 1/s, steps: [{call: lb, steps: [{call: web, steps: [{call: api}]}]}]}
"""


@pytest.mark.parametrize(
    ("written", "instead", "lost"),
    [
        ("", "", ["web-1", "api-1"]),
        ("web -> api]", "{web -> api: {prefer: same_zone}}]", ["web-1", "api-1", "api-2"]),
        ("lb -> web,", "{lb -> web: {prefer: same_zone}},", ["web-1", "web-2", "api-1"]),
        ("{kind: load_balancer}", "{kind: load_balancer, algorithm: ip_hash}", ["web-1", "web-2", "api-1"]),
        ("{kind: load_balancer}", "{kind: load_balancer, algorithm: consistent_hash}", ["web-1", "web-2", "api-1"]),
        ("{kind: load_balancer}", "{kind: load_balancer, algorithm: random}", ["web-1", "api-1"]),
    ],
)
def test_replicas_that_are_asked_for_more_than_others_are_lost_one_by_one(
    written: str, instead: str, lost: list[str]
) -> None:
    found = [fault.name for fault in single_faults(load_text(LIKE.replace(written, instead)), ["ask"])]
    assert [name for name in found if name.startswith(("web", "api"))] == lost
