"""Questions to an architecture: edges, terms of a call, places, owners."""

import pytest

from archspec.model import Role, Running, SourceMap, Step
from tests.model.specs import spec

SYSTEM = spec(
    """owner: Platform
defaults: {connections: {timeout: 500ms}}
groups:
  region: {kind: region, owner: Operations}
  cluster: {kind: cluster, within: region, trust: private}
  zone-a: {kind: zone, within: region}
  zone-b: {kind: zone, within: region}
  host: {kind: host, within: cluster, trust: public, owner: Hosting}
components:
  viewer: {kind: client}
  edge: {kind: cdn, caches: files}
  api: {kind: server, group: cluster, replicas: 3, zones: [zone-a, zone-b], sessions_in: sessions, logs_to: logs}
  box: {kind: server, group: host, owner: Box team}
  sessions: {kind: cache, group: host}
  files: {kind: object_store}
  db: {kind: database, group: cluster}
  logs: {kind: log_service, group: region}
  jobs: {kind: queue, scaling: {min: 2, max: 5}}
connections:
  - viewer -> [edge, api]
  - api -> sessions: {timeout: 10ms, access: write}
  - api -> db: {retries: {attempts: 2}}
flows:
  read:
    from: viewer
    steps:
      - call: api
        steps: [{call: db}, {call: sessions}]
"""
)


def component(id_: str) -> Running:
    found = SYSTEM.components[id_]
    assert isinstance(found, Running)
    return found


def test_edges_are_the_written_connections_then_those_that_references_imply() -> None:
    assert [(edge.name, edge.implied_by) for edge in SYSTEM.edges] == [
        ("viewer -> edge", None),
        ("viewer -> api", None),
        ("api -> sessions", None),
        ("api -> db", None),
        ("edge -> files", "caches"),
        ("api -> logs", "logs_to"),
    ]


@pytest.mark.parametrize(
    ("fields", "implied"),
    [
        ("kind: server, sessions_in: c", "sessions_in"),
        ("kind: cache, caches: d", "caches"),
        ("kind: server, logs_to: l", "logs_to"),
        ("kind: server, metrics_to: m", "metrics_to"),
        ("kind: server, errors_to: e", "errors_to"),
        ("kind: server, traces_to: t", "traces_to"),
        ("kind: queue, dead_letter: q", "dead_letter"),
        ("kind: database, replica_of: d", "replica_of"),
        ("kind: server, supervised_by: p", "supervised_by"),
    ],
)
def test_each_kind_of_reference_implies_its_edge(fields: str, implied: str) -> None:
    others = (
        "c: {kind: cache}, d: {kind: database}, l: {kind: log_service}, m: {kind: metrics_service}, q: {kind: queue}, "
        "e: {kind: error_monitor}, t: {kind: trace_store}, p: {kind: process_monitor}"
    )
    system = spec(f"components: {{x: {{{fields}}}, {others}}}\n")
    assert [(edge.from_, edge.implied_by) for edge in system.edges] == [("x", implied)]


def test_sessions_kept_locally_imply_no_edge() -> None:
    assert spec("components: {x: {kind: server, sessions_in: local}}\n").edges == ()


def test_edges_are_found_by_either_end() -> None:
    assert [edge.to for edge in SYSTEM.outgoing["api"]] == ["sessions", "db", "logs"]
    assert [edge.from_ for edge in SYSTEM.incoming["api"]] == ["viewer"]
    assert SYSTEM.outgoing["jobs"] == ()


def test_an_edge_is_found_by_its_ordered_pair() -> None:
    assert SYSTEM.connection("api", "db") is SYSTEM.connections[3]
    assert SYSTEM.connection("db", "api") is None


def test_a_call_over_no_connection_has_the_defaults() -> None:
    link = SYSTEM.link("box", "db")
    assert (link.name, link.implied_by, str(link.timeout)) == ("box -> db", "step", "500ms")


@pytest.mark.parametrize(
    ("callee", "step", "timeout", "attempts", "access"),
    [
        ("db", Step(call=("db",)), "500ms", 2, "write"),
        ("sessions", Step(call=("sessions",)), "10ms", None, "write"),
        ("files", Step(call=("files",)), "500ms", None, "read"),
        ("db", Step.model_validate({"call": "db", "timeout": "1s", "access": "read"}), "1s", 2, "read"),
    ],
)
def test_terms_of_a_call_come_from_the_nearest(
    callee: str, step: Step, timeout: str, attempts: int | None, access: str
) -> None:
    terms = SYSTEM.terms("api", callee, step)
    assert (str(terms.timeout), terms.retries and terms.retries.attempts, terms.access) == (timeout, attempts, access)


def test_a_miss_is_asked_by_a_cache_that_is_connected_to_the_target_else_by_the_caller() -> None:
    assert (
        SYSTEM.filled_by("viewer", "edge", Step.model_validate({"call": "edge", "on_miss": [{"call": "files"}]}))
        == "edge"
    )
    assert (
        SYSTEM.filled_by("api", "sessions", Step.model_validate({"call": "sessions", "on_miss": [{"call": "db"}]}))
        == "api"
    )


def test_replicas_stand_in_their_zones_in_turn() -> None:
    assert [SYSTEM.zone_of(component("api"), replica) for replica in (1, 2, 3)] == ["zone-a", "zone-b", "zone-a"]


def test_without_zones_the_nearest_zone_host_or_region_round_the_group_counts() -> None:
    assert SYSTEM.zones_of(component("box")) == ("host",)
    assert SYSTEM.zones_of(component("db")) == ("region",)
    assert SYSTEM.zone_of(component("jobs"), 1) is None


def test_a_replica_falls_with_every_group_round_its_zone_and_its_component() -> None:
    assert SYSTEM.domains_of(component("api"), 2) == ("zone-b", "region", "cluster")
    assert SYSTEM.domains_of(component("box"), 1) == ("host", "cluster", "region")


def test_owner_and_trust_come_from_the_nearest_that_says_one() -> None:
    owners = {id_: SYSTEM.owner_of(SYSTEM.components[id_]) for id_ in ("box", "sessions", "db", "viewer")}
    assert owners == {"box": "Box team", "sessions": "Hosting", "db": "Operations", "viewer": "Platform"}
    trust = {id_: SYSTEM.trust_of(SYSTEM.components[id_]) for id_ in ("box", "db", "logs")}
    assert trust == {"box": "public", "db": "private", "logs": None}


def test_replicas_are_numbered_from_one() -> None:
    assert SYSTEM.replica_names(component("api")) == ("api-1", "api-2", "api-3")
    assert SYSTEM.replica_names(SYSTEM.components["viewer"]) == ("viewer-1",)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("api-1", "api"),
        ("api-3", "api"),
        ("api-4", None),
        ("api-0", None),
        ("api-01", None),
        ("api", None),
        ("x-1", None),
    ],
)
def test_a_replica_is_found_by_its_name(name: str, owner: str | None) -> None:
    found = SYSTEM.with_replica(name)
    assert (found and found.id) == owner


def test_a_scaled_component_begins_with_its_minimum() -> None:
    assert SYSTEM.replica_names(component("jobs")) == ("jobs-1", "jobs-2")


def test_components_are_found_by_kind_and_by_role() -> None:
    assert [part.id for part in SYSTEM.of_kind("server", "database")] == ["api", "box", "db"]
    assert [part.id for part in SYSTEM.of_role(Role.STORE, Role.CACHE)] == ["sessions", "files", "db"]


def test_positions_take_no_part_in_equality() -> None:
    text = "components: {a: {kind: server}}\n"
    one, other = spec(text), spec("\n\n" + text)
    assert one == other
    assert one.source != other.source


def test_it_knows_what_its_text_states() -> None:
    assert SYSTEM.said(("components", "api", "replicas"))
    assert not SYSTEM.said(("components", "box", "replicas"))


def test_an_architecture_without_a_text_has_no_positions() -> None:
    assert SourceMap().value(("components", "api")) is None
