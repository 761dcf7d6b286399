"""`defaults`: nearest wins."""

import pytest

from archspec.model import Cache, Server
from tests.model.specs import mistakes, spec


def servers(body: str) -> dict[str, Server]:
    return {id_: part for id_, part in spec(body).components.items() if isinstance(part, Server)}


def test_a_component_has_its_kinds_defaults_unless_it_says_otherwise() -> None:
    parts = servers(
        "defaults: {server: {replicas: 3}}\ncomponents: {a: {kind: server}, b: {kind: server, replicas: 2}}\n"
    )
    assert (parts["a"].replicas, parts["b"].replicas) == (3, 2)


def test_a_default_mapping_is_replaced_as_a_whole() -> None:
    parts = servers(
        "defaults: {server: {health_check: {path: /up, interval: 1s}}}\n"
        "components: {a: {kind: server}, b: {kind: server, health_check: {path: /own}}}\n"
    )
    checks = [part.health_check for part in parts.values()]
    assert [str(check.interval) for check in checks if check and check != "none"] == ["1s", "5s"]


def test_a_default_list_is_replaced_as_a_whole() -> None:
    parts = servers(
        "defaults: {server: {tags: [x, y]}}\ncomponents: {a: {kind: server}, b: {kind: server, tags: [z]}}\n"
    )
    assert [part.tags for part in parts.values()] == [("x", "y"), ("z",)]


def test_a_default_availability_gives_way_to_a_failure_rate_of_ones_own() -> None:
    parts = servers(
        "defaults: {server: {availability: 99.9%}}\n"
        "components: {a: {kind: server}, b: {kind: server, mtbf: 99d, mttr: 1d}}\n"
    )
    assert [str(part.steady_state) for part in parts.values()] == ["99.9%", "99%"]


def test_connections_have_their_defaults_written_and_implied_alike() -> None:
    system = spec(
        "defaults: {connections: {timeout: 500ms}}\n"
        "components: {a: {kind: server, logs_to: l}, b: {kind: server}, l: {kind: log_service}}\n"
        "connections: [{a -> b: {timeout: 1s}}, b -> a]\n"
    )
    assert [(edge.name, str(edge.timeout)) for edge in system.edges] == [
        ("a -> b", "1s"),
        ("b -> a", "500ms"),
        ("a -> l", "500ms"),
    ]


def test_a_default_points_at_the_line_that_wrote_it() -> None:
    system = spec(
        "defaults:\n  server: {replicas: 3}\n  connections: {timeout: 500ms}\n"
        "components: {a: {kind: server}, b: {kind: server}}\nconnections: [a -> b]\n"
    )
    replicas = system.source.value(("components", "a", "replicas"))
    timeout = system.source.value(("connections", "a -> b", "timeout"))
    assert (replicas and replicas.label, timeout and timeout.label) == ("test.yaml:4:22", "test.yaml:5:26")


@pytest.mark.parametrize(
    ("body", "message", "remedy"),
    [
        ("{servr: {replicas: 2}}", "`servr` is not a kind of component", "did you mean `server`?"),
        ("{server: {replcas: 2}}", "defaults of `server` have no field `replcas`", "did you mean `replicas`?"),
        ("{server: 2}", "defaults of `server` are not a mapping", "write `{field: value}`."),
        ("{cache: {shards: x}}", "`x` is not a whole number", "write a bare number, such as 2."),
        ("{connections: {to: a}}", "defaults of `connections` have no field `to`", None),
    ],
)
def test_wrong_defaults_are_refused(body: str, message: str, remedy: str | None) -> None:
    found = mistakes(f"defaults: {body}\ncomponents: {{a: {{kind: server}}}}\n")
    assert found[0][0] == message
    assert remedy is None or found == [(message, remedy)]


def test_what_default_fields_together_must_hold_is_left_to_who_has_them() -> None:
    parts = servers(
        "defaults: {server: {needs: 2, mtbf: 9d}}\ncomponents: {a: {kind: server, replicas: 2, mttr: 1d}}\n"
    )
    assert parts["a"].needs == 2


def test_a_wrong_default_is_one_mistake_for_all_who_have_it() -> None:
    body = "defaults: {server: {replicas: x}}\ncomponents: {a: {kind: server}, b: {kind: server}}\n"
    assert mistakes(body) == [("`x` is not a whole number", "write a bare number, such as 2.")]


def test_defaults_of_a_misspelt_kind_are_one_mistake_beside_the_kind_itself() -> None:
    found = mistakes("defaults: {servr: {replicas: 2}}\ncomponents: {a: {kind: servr}}\n")
    assert [message for message, _ in found] == ["`servr` is not a kind of component"] * 2


def test_a_field_of_another_kind_is_left_out_of_the_defaults_that_reach_a_component() -> None:
    system = spec("defaults: {cache: {ttl: 1h}}\ncomponents: {c: {kind: cache}, s: {kind: server}}\n")
    cache = system.components["c"]
    assert isinstance(cache, Cache)
    assert str(cache.ttl) == "1h"
