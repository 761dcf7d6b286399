"""Any data becomes an architecture, or problems that a person can act on."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.errors import Problem, SpecError
from archspec.language.build import TOP_LEVEL, build
from archspec.model import (
    Alert,
    Architecture,
    Connection,
    Fault,
    Flow,
    Group,
    Load,
    Pipeline,
    Plain,
    Scenario,
    Stage,
    Step,
    View,
)
from archspec.model.data import to_data
from archspec.model.kind import kinds
from tests.model.specs import mistakes, places
from tests.properties import examples

MODELS = (Alert, Connection, Flow, Step, Group, Pipeline, Stage, Scenario, Fault, Load, View)
FIELDS = sorted(
    {field.alias or name for model in MODELS for name, field in model.model_fields.items()}
    | {field.alias or name for kind in kinds().values() for name, field in kind.model.model_fields.items()}
)
IDS = ("api", "db", "zone-a", "read", "jobs", "api-1")
WORDS = (
    "5ms",
    "2",
    "95%",
    "0.5",
    "10/s",
    "2x",
    "8GiB",
    "true",
    "none",
    "local",
    "1s",
    "404",
    "cpu",
    "a b",
    "",
    "é",
    "-1",
)
ids = st.sampled_from(IDS)
scalars = st.one_of(
    st.sampled_from((*IDS, *WORDS, *kinds(), "api -> db", "flow:read", "exponential(5ms)")).map(Plain),
    st.sampled_from(WORDS),
    st.integers(-2, 600),
    st.floats(allow_nan=True),
    st.booleans(),
    st.none(),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from((*FIELDS, *IDS, "404")), inner, max_size=4)
    ),
    max_leaves=8,
)
fields = st.dictionaries(st.sampled_from(FIELDS), values, max_size=5)
components = st.dictionaries(
    ids, st.fixed_dictionaries({"kind": st.sampled_from(sorted(kinds()))}) | fields, max_size=4
)
sections = {name: st.dictionaries(ids, fields, max_size=2) | values for name in TOP_LEVEL if name != "archspec"}
trees = st.fixed_dictionaries(
    {"archspec": st.just(1), "name": st.just("Any"), "components": components},
    optional={name: section for name, section in sections.items() if name not in ("name", "components")},
)


def built(tree: dict[str, Any]) -> Architecture | tuple[Problem, ...]:
    """The architecture of some data, or its problems."""
    try:
        return build(deepcopy(tree))
    except SpecError as error:
        return error.problems


@examples(60)
@given(trees)
def test_any_data_is_an_architecture_or_problems_with_remedies(tree: dict[str, Any]) -> None:
    found = built(tree)
    if isinstance(found, Architecture):
        assert build(to_data(found)) == found
    else:
        assert all(problem.message and problem.remedy.endswith((".", "?")) for problem in found)


def test_a_version_a_name_and_a_part_are_an_architecture() -> None:
    built = build({"archspec": 1, "name": "Tiny", "components": {"api": {"kind": "server"}}})
    assert isinstance(built, Architecture)
    assert (built.name, list(built.components), built.edges) == ("Tiny", ["api"], ())


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        ([], "this is not a spec", "begin with `archspec: 1`, `name: …` and `components:`."),
        ({"name": "x"}, "the spec does not say its language version", "begin with `archspec: 1`."),
        ({"archspec": 2, "name": "x"}, "`2` is not a version of the language", "write `archspec: 1`."),
        ({"archspec": True, "name": "x"}, "`True` is not a version of the language", "write `archspec: 1`."),
        ({"archspec": 1}, "the spec has no `name`", "add `name: <title of the system>`."),
        ({"archspec": 1, "name": 5}, "`5` is not text", "write text as `name`."),
        (
            {"archspec": 1, "name": "x", "compnents": {}},
            "a spec has no section `compnents`",
            "did you mean `components`?",
        ),
        (
            {"archspec": 1, "name": "x", "flows": []},
            "`flows` is not a mapping",
            "write `id: {field: value}`, a line for each.",
        ),
        (
            {"archspec": 1, "name": "x", "connections": {}},
            "`connections` is not a list",
            "write `- a -> b`, a line for each.",
        ),
        (
            {"archspec": 1, "name": "x", "lint": "hard"},
            "`hard` is not a value of `lint`",
            "write one of `default`, `strict`, `production`.",
        ),
    ],
)
def test_a_wrong_frame_is_refused_with_a_remedy(data: Any, message: str, remedy: str) -> None:
    with pytest.raises(SpecError) as caught:
        build(data)
    assert [(problem.message, problem.remedy) for problem in caught.value.problems] == [(message, remedy)]


def test_all_mistakes_come_at_once_in_the_order_of_their_places() -> None:
    body = (
        "components:\n"
        "  api: {kind: server, replicas: two, memory: 8G}\n"
        "  db: {kind: databse}\n"
        "connections:\n"
        "  - api -> nobody: {timeout: 5}\n"
        "flows:\n"
        "  read: {from: api, steps: [{call: api, optinal: true}]}\n"
    )
    assert places(body) == ["two", "8G", "databse", "nobody", "5", "optinal"]


def test_a_key_without_a_value_is_pointed_at() -> None:
    assert mistakes("components:\n  api: {kind: server, label: }\n") == [
        ("`label` has no value", "give it one, or delete the line.")
    ]
