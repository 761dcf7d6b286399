"""What a setting names, what it replaces, and what it leaves as it was."""

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from archspec.language.what_if import changed
from archspec.model import Component, Connection, Duration, Flow, Rate, Scenario
from archspec.model.change import Place, Refusal, put, spelled, with_fields
from tests.model.specs import spec

DATA: dict[str, Any] = {
    "components": {
        "api": {"kind": "server", "replicas": 2, "tags": ["x"], "scaling": {"min": 1}, "availability": "99%"},
        "db": {"kind": "database", "mtbf": "30d", "mttr": "1h"},
        "in": {"kind": "cache", "group": "inner"},
        "broken": None,
        "both": {"kind": "server"},
    },
    "groups": {"inner": {"kind": "network", "within": "outer"}, "outer": {"kind": "network"}, "both": {"kind": "zone"}},
    "flows": {"ask": {"from": "api", "objective": {"p99": "1s"}}},
    "alerts": {},
    "pipelines": {},
    "views": {},
    "scenarios": {},
    "connections": [
        {"from": "api", "to": "db", "timeout": "1s"},
        {"from": "api", "to": "in", "name": "one"},
        {"from": "db", "to": "in", "name": "first"},
        {"from": "db", "to": "in", "name": "second"},
        {"from": "in", "to": "outer", "timeout": "3s"},
        {"from": "db", "to": "inner"},
    ],
}


def leaves(data: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    if isinstance(data, dict) and data:
        return {at: value for key, inner in data.items() for at, value in leaves(inner, (*path, key)).items()}
    if isinstance(data, list) and data:
        return {at: value for key, inner in enumerate(data) for at, value in leaves(inner, (*path, key)).items()}
    return {path: data}


def difference(before: Any, after: Any) -> dict[str, Any]:
    """What is new, and (as None) what is gone, by place."""
    old, new = leaves(before), leaves(after)
    found = {path: value for path, value in new.items() if path not in old or old[path] != value}
    found |= {path: None for path in old if path not in new}
    return {".".join(map(str, path)): value for path, value in found.items()}


@pytest.mark.parametrize(
    ("settings", "result"),
    [
        ({"api.replicas": 6}, {"components.api.replicas": 6}),
        ({"api.label": "new"}, {"components.api.label": "new"}),
        ({"api.scaling.max": 6}, {"components.api.scaling.max": 6}),
        ({"api.retries.attempts": 6}, {"components.api.retries.attempts": 6}),
        ({"ask.objective.p99": "2s"}, {"flows.ask.objective.p99": "2s"}),
        ({"ask.objective.p99.9": "2s"}, {"flows.ask.objective.p99.9": "2s"}),
        ({"outer.trust": "public"}, {"groups.outer.trust": "public"}),
        ({"api -> db.timeout": "2s"}, {"connections.0.timeout": "2s"}),
        ({"api  ->  db.retries.attempts": 2}, {"connections.0.retries.attempts": 2}),
        ({"api -> in.timeout": "2s"}, {"connections.1.timeout": "2s"}),
        ({"api -> in via one.timeout": "2s"}, {"connections.1.timeout": "2s"}),
        ({"db -> in via second.timeout": "2s"}, {"connections.3.timeout": "2s"}),
        ({"in -> group:outer.timeout": "2s"}, {"connections.4.timeout": "2s"}),
        (
            {"in -> in.retries": 2},
            {
                "connections.6.from": "in",
                "connections.6.to": "in",
                "connections.6.timeout": "3s",
                "connections.6.retries": 2,
            },
        ),
        (
            {"api.mtbf": "9d"},
            {"components.api.mtbf": "9d", "components.api.availability": None},
        ),
        (
            {"db.availability": "9%"},
            {"components.db.availability": "9%", "components.db.mtbf": None, "components.db.mttr": None},
        ),
        (
            {"db.availability": "9%", "db.mttr": "2h"},
            {"components.db.availability": "9%", "components.db.mtbf": None, "components.db.mttr": "2h"},
        ),
        ({"api -> db.availability": "9%"}, {"connections.0.availability": "9%"}),
        ({"inner.mtbf": "9d"}, {"groups.inner.mtbf": "9d"}),
    ],
)
def test_a_setting_changes_what_it_names_and_nothing_else(settings: dict[str, Any], result: dict[str, Any]) -> None:
    data = deepcopy(DATA)
    found = put(data, settings)
    assert [each.key for each in found if isinstance(each, Place)] == list(settings)
    assert difference(DATA, data) == result


@pytest.mark.parametrize(
    ("key", "message", "remedy"),
    [
        ("replicas", "`replicas` does not name a field", "write `id.field: value`, such as `api.replicas: 6`."),
        (".replicas", "`.replicas` does not name a field", "write `id.field: value`, such as `api.replicas: 6`."),
        ("api.", "`api.` does not name a field", "write `id.field: value`, such as `api.replicas: 6`."),
        ("api..x", "`api..x` does not name a field", "write `id.field: value`, such as `api.replicas: 6`."),
        ("api.tags.0", "`tags` is a list, whose entries have no names", "set `tags` as a whole."),
        ("api.replicas.x", "`replicas` has no fields of its own", "set `replicas` as a whole."),
        ("api.replicas.x.y", "`replicas` has no fields of its own", "set `replicas` as a whole."),
        (
            "both.label",
            "`both` is the name of several things",
            "it is in `components` and in `groups`; rename one of them.",
        ),
        ("flows.ask.rate", "`flows` is a section", "name something in it, such as `ask.rate`."),
        ("flows.ask", "`flows` is a section", "name something in it, such as `api.replicas`."),
        ("connections.0.timeout", "`connections` is a section", "name something in it, such as `lb -> api.timeout`."),
        ("nobody.label", "there is no `nobody` to set", None),
        ("api -> nobody.timeout", "`api -> nobody` is not a connection", "write it as in `connections`."),
        ("api -> in via two.timeout", "`api -> in via two` is not a connection", "write it as in `connections`."),
        (
            "db -> in.timeout",
            "`db -> in` is the name of several connections",
            "say which: `db -> in via first` or `db -> in via second`.",
        ),
    ],
)
def test_a_setting_that_names_nothing_is_refused_and_changes_nothing(
    key: str, message: str, remedy: str | None
) -> None:
    data = deepcopy(DATA)
    (found,) = put(data, {key: "1s"})
    assert isinstance(found, Refusal)
    assert (found.key, found.message, found.remedy) == (key, message, remedy)
    assert difference(DATA, data) == {}


def test_what_may_have_been_meant_goes_with_a_refusal() -> None:
    unknown, arrow = put(deepcopy(DATA), {"apii.label": "x", "api -> dbb.timeout": "1s"})
    assert isinstance(unknown, Refusal)
    assert isinstance(arrow, Refusal)
    assert (unknown.word, {"api", "inner", "ask"} <= set(unknown.known)) == ("apii", True)
    assert (arrow.word, "api -> db" in set(arrow.known)) == ("api -> dbb", True)


def test_of_an_element_that_is_no_mapping_nothing_is_said_here() -> None:
    assert put(deepcopy(DATA), {"broken.label": "x"}) == []


def test_groups_within_each_other_end_a_search() -> None:
    data = deepcopy(DATA)
    data["groups"]["outer"]["within"] = "inner"
    (found,) = put(data, {"api -> in via two.timeout": "1s"})
    assert isinstance(found, Refusal)


def test_a_mapping_that_two_share_is_changed_for_one_alone() -> None:
    data = deepcopy(DATA)
    data["components"]["db"] = data["components"]["api"]
    put(data, {"api.scaling.min": 2})
    assert data["components"]["api"]["scaling"] == {"min": 2}
    assert data["components"]["db"]["scaling"] == {"min": 1}


@pytest.mark.parametrize(
    ("written", "arrow"),
    [("a->b", "a -> b"), ("  a  ->  group:b ", "a -> b"), ("a -> b  via  c", "a -> b via c"), ("group:a", "a")],
)
def test_an_arrow_is_called_as_its_connection(written: str, arrow: str) -> None:
    assert spelled(written) == arrow


SYSTEM = spec(
    "components: {a: {kind: client}, b: {kind: server}, c: {kind: server}}\n"
    "connections: [a -> b, a -> c]\n"
    "flows: {f: {from: a, steps: [{call: b}]}}\n"
    "scenarios: {s: {duration: 10s}}\n"
)


@pytest.mark.parametrize(
    ("element", "fields", "as_set"),
    [
        (SYSTEM.components["b"], {"replicas": 5}, {"b.replicas": 5}),
        (SYSTEM.connections[1], {"timeout": Duration(10**9)}, {"a -> c.timeout": "1s"}),
        (SYSTEM.flows["f"], {"rate": Rate.parse("5/s")}, {"f.rate": "5/s"}),
        (SYSTEM.scenarios["s"], {"duration": Duration(10**9)}, {"s.duration": "1s"}),
    ],
    ids=["a component", "a connection", "a flow", "a scenario"],
)
def test_an_element_with_other_values_is_as_if_they_were_set(
    element: Component | Connection | Flow | Scenario, fields: dict[str, Any], as_set: dict[str, Any]
) -> None:
    assert with_fields(SYSTEM, element, **fields) == changed(SYSTEM, as_set) != SYSTEM


def test_an_element_cannot_have_values_that_a_spec_could_not_give_it() -> None:
    with pytest.raises(ValidationError, match="0 is below 1"):
        with_fields(SYSTEM, SYSTEM.components["b"], replicas=0)
