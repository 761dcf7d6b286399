"""Whom a step reaches, what an architecture says of itself, and that it can be written down and read again."""

import pytest

from archspec.errors import UsageError
from archspec.language.build import build
from archspec.model import Architecture
from archspec.model.architecture import MOST_REPLICAS
from archspec.model.data import to_data
from tests.model.specs import spec

STORES = """
components:
  a: {kind: server}
  far: {kind: server}
  db: {kind: database}
  copy: {kind: database, replica_of: db}
  second: {kind: database, replica_of: copy}
  other: {kind: database}
  cache: {kind: cache}
  jobs: {kind: queue}
  worker: {kind: worker}
  lambda: {kind: function}
  user: {kind: client}
connections: [a -> db, a -> copy, a -> second, a -> other, far -> copy, a -> jobs, jobs -> worker, a -> cache]
flows:
  f:
    from: a
    steps:
    - {call: copy}
    - {call: copy, access: write}
    - {call: second, access: write}
    - {call: [copy, other], access: write}
    - {call: [copy, worker]}
    - {call: [lambda, worker]}
    - {call: cache, on_miss: [{call: db}]}
    - {call: cache, access: write, on_miss: [{call: db}]}
    - {call: db, on_miss: [{call: other}]}
  u: {from: user, steps: [{call: lambda}]}
  w: {from: lambda, steps: [{call: db}]}
"""


@pytest.mark.parametrize(
    ("number", "asked"),
    [(0, ("copy",)), (1, ("db",)), (2, ("db",)), (3, ("db", "other")), (4, ("copy",)), (5, ("lambda", "worker"))],
)
def test_of_a_list_those_are_asked_that_are_connected_and_writes_go_to_what_is_copied(
    number: int, asked: tuple[str, ...]
) -> None:
    system = spec(STORES)
    assert system.asked_by("a", system.flows["f"].steps[number]) == asked


def test_a_write_stays_with_a_copy_whose_caller_is_not_connected_to_what_it_copies() -> None:
    system = spec(STORES)
    assert system.asked_by("far", system.flows["f"].steps[1]) == ("copy",)


def test_only_a_read_of_a_cache_can_miss() -> None:
    system = spec(STORES)
    read, write, other = system.flows["f"].steps[6:]
    assert [step.call for step in system.on_miss("a", "cache", read)] == [("db",)]
    assert system.on_miss("a", "cache", write) == ()
    assert [step.call for step in system.on_miss("a", "db", other)] == [("other",)]


def test_copies_are_those_of_one_store() -> None:
    system = spec(STORES)
    assert {id_: [copy.id for copy in system.copies_of(id_)] for id_ in ("db", "copy", "second", "a")} == {
        "db": ["copy"],
        "copy": ["second"],
        "second": [],
        "a": [],
    }


@pytest.mark.parametrize(
    ("caller", "callee", "access"),
    [("a", "db", "write"), ("a", "copy", "read"), ("a", "cache", "read"), ("a", "worker", "read")],
)
def test_a_call_writes_to_a_database_unless_it_is_a_copy(caller: str, callee: str, access: str) -> None:
    system = spec(STORES)
    assert system.terms(caller, callee, system.flows["f"].steps[0]).access == access


def test_a_message_is_pulled_from_a_queue_by_who_works_on_it() -> None:
    system = spec(STORES)
    pulled = [(one, other) for one in system.components for other in system.components if system.is_pulled(one, other)]
    assert pulled == [("jobs", "worker"), ("jobs", "lambda")]


def test_a_flow_begins_inside_where_its_first_part_may_fail() -> None:
    system = spec(STORES)
    assert {id_: system.begins_inside(flow) for id_, flow in system.flows.items()} == {"f": True, "u": False, "w": True}


def test_flows_that_do_the_same_are_known_by_the_first() -> None:
    system = spec(
        "components: {a: {kind: client}, b: {kind: server}}\nflows:\n"
        "  one: {from: a, rate: 1/s, request: GET /a, steps: [{call: b}]}\n"
        "  two: {from: a, rate: 2/s, title: Second, request: GET /b, objective: {p99: 1s}, steps: [{call: b}]}\n"
        "  post: {from: a, request: POST /b, steps: [{call: b}]}\n"
        "  more: {from: a, request: GET /, steps: [{call: b, cpu: 1ms}]}\n"
    )
    assert dict(system.alike) == {"one": "one", "two": "one", "post": "post", "more": "more"}


def test_replicas_are_told_apart_up_to_a_bound() -> None:
    system = spec(f"components: {{a: {{kind: server, replicas: {MOST_REPLICAS}}}, b: {{kind: client}}}}\n")
    assert len(system.replica_names(system.components["a"])) == MOST_REPLICAS
    assert system.replica_names(system.components["b"]) == ("b-1",)
    more = spec(f"components: {{a: {{kind: server, replicas: {MOST_REPLICAS + 1}}}}}\n")
    with pytest.raises(UsageError, match=f"`a` has {MOST_REPLICAS + 1} replicas, and {MOST_REPLICAS} at most are told"):
        more.replica_names(more.components["a"])
    assert more.with_replica(f"a-{MOST_REPLICAS + 1}") is more.components["a"]


@pytest.mark.parametrize(("connections", "prefers"), [("[a -> b]", False), ("[a -> b: {prefer: same_zone}]", True)])
def test_it_matters_who_stands_where_if_a_connection_prefers_whom_is_near(connections: str, prefers: bool) -> None:
    parts = "components: {a: {kind: server}, b: {kind: server}}\n"
    assert spec(f"{parts}connections: {connections}\n").prefers_near is prefers


def test_so_it_does_by_default() -> None:
    assert spec("defaults: {connections: {prefer: same_region}}\ncomponents: {a: {kind: server}}\n").prefers_near


def test_an_architecture_is_never_made_by_hand() -> None:
    with pytest.raises(UsageError, match="is read or built, never made by hand"):
        Architecture(name="A")


def test_an_architecture_says_how_large_it_is() -> None:
    assert repr(spec(STORES)) == "Architecture('Test', components=11, connections=8, flows=3)"


WHOLE = """
description: All of it.
owner: Team
lint: strict
defaults: {connections: {timeout: 2s, retries: {attempts: 2}}, server: {cores: 2}}
groups: {zone: {kind: zone}, shop: {kind: system, within: zone}}
components:
  a: {kind: server, scaling: {min: 1, max: 3}}
  b: {kind: server, group: shop}
connections: [a -> shop, a -> b: {name: odd, protocol: https}]
flows: {f: {from: a, steps: [{call: b, status: {404: 2%}, via: odd}, {call: b, cpu: exponential(1ms)}]}}
alerts: {slow: {metric: p99, flow: f, above: 1s}}
views: {all: {kind: delivery}}
pipelines: {ship: {stages: [{kind: test, takes: 1m}]}}
scenarios: {more: {set: {a.cores: 4}, load: {f: {rate: 2x}}, faults: [{slow: b, by: 2x}]}}
"""


@pytest.mark.parametrize("body", [WHOLE, STORES, "components: {a: {kind: server}}\n"], ids=["whole", "stores", "least"])
def test_a_system_that_is_written_down_reads_as_the_same(body: str) -> None:
    system = spec(body)
    assert build(to_data(system)) == system
    assert to_data(build(to_data(system))) == to_data(system)


def test_what_was_never_said_is_not_written_down() -> None:
    assert to_data(spec("components: {a: {kind: server}}\n")) == {
        "archspec": 1,
        "name": "Test",
        "components": {"a": {"kind": "server"}},
    }
    data = to_data(spec(WHOLE))
    assert (data["description"], data["owner"], data["lint"]) == ("All of it.", "Team", "strict")
    assert data["defaults"] == {"connections": {"timeout": "2s", "retries": {"attempts": 2}}}
    assert data["components"]["b"] == {"kind": "server", "group": "shop", "cores": 2}
    assert [(each["from"], each["to"]) for each in data["connections"]] == [("a", "b"), ("a", "shop")]
    assert data["scenarios"]["more"]["set"] == {"a.cores": "4"}
