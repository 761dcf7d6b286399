"""`set` of a spec and of its scenarios."""

import pytest

from archspec.language.what_if import changed
from archspec.model import Server
from tests.model.specs import mistakes, places, spec


def servers(body: str) -> dict[str, Server]:
    return {id_: part for id_, part in spec(body).components.items() if isinstance(part, Server)}


def test_set_replaces_values_after_defaults() -> None:
    parts = servers(
        "defaults: {server: {replicas: 3}}\nset: {a.replicas: 5}\ncomponents: {a: {kind: server}, b: {kind: server}}\n"
    )
    assert [part.replicas for part in parts.values()] == [5, 3]


def test_set_within_a_default_mapping_changes_one_component_alone() -> None:
    parts = servers(
        "defaults: {server: {scaling: {min: 1, max: 4}}}\nset: {a.scaling.max: 9}\n"
        "components: {a: {kind: server}, b: {kind: server}}\n"
    )
    assert [part.scaling.maximum for part in parts.values() if part.scaling] == [9, 4]


def test_set_changes_one_connection_of_an_arrow_alone() -> None:
    system = spec(
        'set: {"a -> b.retries.attempts": 5}\n'
        "components: {a: {kind: server}, b: {kind: server}, c: {kind: server}}\n"
        "connections:\n  - a -> [b, c]: {retries: {attempts: 2}}\n"
    )
    assert [edge.retries.attempts for edge in system.connections if edge.retries] == [5, 2]


def test_set_reaches_the_percentile_with_a_dot_in_its_name() -> None:
    system = spec(
        "set: {f.objective.p99.9: 2s}\n"
        "components: {a: {kind: client}, b: {kind: server}}\n"
        "flows: {f: {from: a, steps: [{call: b}], objective: {p99: 1s}}}\n"
    )
    objective = system.flows["f"].objective
    assert objective is not None
    assert {name: str(value) for name, value in objective.percentiles.items()} == {"p99": "1s", "p99.9": "2s"}


@pytest.mark.parametrize(
    ("setting", "message", "remedy"),
    [
        ("replicas: 2", "`replicas` does not name a field", "write `id.field: value`, such as `api.replicas: 6`."),
        ("apii.replicas: 2", "there is no `apii` to set", "did you mean `api`?"),
        ("api.replcas: 2", "a server has no field `replcas`", "did you mean `replicas`?"),
        ("api.replicas: many", "`many` is not a whole number", "write a bare number, such as 2."),
        ("api.replicas.x: 2", "`replicas` has no fields of its own", "set `replicas` as a whole."),
        ("api.tags.0: x", "`tags` is a list, whose entries have no names", "set `tags` as a whole."),
        ("components.api.replicas: 2", "`components` is a section", "name something in it, such as `api.replicas`."),
        (
            "connections.0.timeout: 1s",
            "`connections` is a section",
            "name something in it, such as `lb -> api.timeout`.",
        ),
        ('"api -> db.timeout": 1s', "`api -> db` is not a connection", "write it as in `connections`."),
    ],
)
def test_a_wrong_setting_is_refused_where_it_stands(setting: str, message: str, remedy: str) -> None:
    body = (
        f"set: {{{setting}}}\ncomponents: {{api: {{kind: server, replicas: 2, tags: [y]}}, db: {{kind: database}}}}\n"
    )
    assert mistakes(body) == [(message, remedy)]


def test_a_setting_of_a_scenario_is_checked_as_if_it_held() -> None:
    body = "components: {api: {kind: server, replicas: 2}}\nscenarios:\n  more: {set: {api.replicas: 0}}\n"
    assert mistakes(body) == [("0 is below 1", "write a number from 1 up.")]
    assert places(body) == ["0"]


def test_a_scenarios_setting_leaves_the_architecture_as_it_is() -> None:
    system = spec("components: {api: {kind: server, replicas: 2}}\nscenarios:\n  more: {set: {api.replicas: 6}}\n")
    what_if = changed(system, system.scenarios["more"].set)
    counts = [part.components["api"].model_dump()["replicas"] for part in (system, what_if)]
    assert counts == [2, 6]
