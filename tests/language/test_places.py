"""What may stand at a place of a spec: the model of a mapping, the field behind a key."""

from typing import Any

import pytest

from archspec.language.model_fields import fields_of, without_none
from archspec.language.places import at, field_of, fields_by_name, model_of, ref_in
from archspec.model import Alert, Connection, Flow, Group, Namespace, Server, Step
from archspec.model.element import Element

DATA: dict[str, Any] = {
    "components": {"api": {"kind": "server"}, "odd": {"kind": "sever"}, "bare": None, "list": {"kind": ["server"]}},
    "flows": {"ask": {"steps": [{"call": "api"}]}},
}


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ((), None),
        (("components",), None),
        (("components", "api"), "Server"),
        (("components", "api", "scaling"), "Scaling"),
        (("components", "api", "replicas"), None),
        (("components", "api", "nothing"), None),
        (("components", "api", "scaling", "nothing"), None),
        (("components", "odd"), "Component"),
        (("components", "bare"), "Component"),
        (("components", "list"), "Component"),
        (("components", "new"), "Component"),
        (("defaults", "server"), "Server"),
        (("defaults", "server", "scaling"), "Scaling"),
        (("defaults", "sever"), None),
        (("defaults", "connections"), "Connection"),
        (("defaults", "connections", "retries"), "Retries"),
        (("connections", 0), "Connection"),
        (("connections", 0, "retries"), "Retries"),
        (("connections", 0, "a -> b"), "Connection"),
        (("connections", 0, "a -> b", "retries"), "Retries"),
        (("groups", "zone"), "Group"),
        (("flows", "ask"), "Flow"),
        (("flows", "ask", "objective"), "Objective"),
        (("flows", "ask", "steps"), "Step"),
        (("flows", "ask", "steps", 0), "Step"),
        (("flows", "ask", "steps", 0, "steps", 1, "retries"), "Retries"),
        (("alerts", "slow"), "Alert"),
        (("pipelines", "ship", "stages", 0), "Stage"),
        (("views", "all"), "View"),
        (("scenarios", "more", "faults", 0), "Fault"),
        (("scenarios", "more", "load"), None),
        (("scenarios", "more", "load", "ask"), "Load"),
        (("scenarios", "more", "load", "ask", "rate"), None),
        (("nonsense", "x"), None),
        ((5, "x"), None),
    ],
)
def test_the_mapping_at_a_path_has_a_model(path: tuple[Any, ...], model: str | None) -> None:
    found = model_of(path, DATA)
    assert (found.__name__ if found else None) == model


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ((), None),
        (("components",), None),
        (("components", "api"), None),
        (("components", "api", "replicas"), "replicas"),
        (("components", "api", "zones", 1), "zones"),
        (("components", "api", "zones", 1, 2), "zones"),
        (("components", "api", "repplicas"), None),
        (("components", "api", "scaling", "max"), "max"),
        (("connections", 0, "a -> b", "timeout"), "timeout"),
        (("flows", "ask", "objective", "p99.9"), "p99.9"),
        (("flows", "ask", "steps", 0, "call"), "call"),
        (("nonsense", "x", "y"), None),
    ],
)
def test_a_field_is_found_behind_its_key_or_an_item_of_it(path: tuple[Any, ...], field: str | None) -> None:
    found = field_of(path, DATA)
    assert (found.name if found else None) == field


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), DATA),
        (("components", "api", "kind"), "server"),
        (("flows", "ask", "steps", 0, "call"), "api"),
        (("flows", "ask", "steps", 1), None),
        (("flows", "ask", "steps", "0"), None),
        (("flows", "nothing", "steps"), None),
        (("components", "api", "kind", "x"), None),
    ],
)
def test_what_stands_at_a_path_is_found(path: tuple[Any, ...], value: object) -> None:
    assert at(path, DATA) == value


@pytest.mark.parametrize(
    ("model", "field", "namespace", "kinds"),
    [
        (Server, "zones", Namespace.GROUP, ("region", "zone", "host")),
        (Server, "logs_to", Namespace.COMPONENT, ("log_service",)),
        (Step, "call", Namespace.COMPONENT, ()),
        (Flow, "via", Namespace.FLOW, ()),
        (Alert, "notify", Namespace.COMPONENT, ("notification_channel", "person")),
        (Group, "within", Namespace.GROUP, ()),
    ],
)
def test_a_reference_says_what_it_names(
    model: type[Element], field: str, namespace: Namespace, kinds: tuple[str, ...]
) -> None:
    found = ref_in(fields_by_name(model)[field].annotation)
    assert found is not None
    assert (found.namespace, found.kinds) == (namespace, kinds)


def test_what_names_nothing_is_no_reference() -> None:
    assert ref_in(fields_by_name(Server)["replicas"].annotation) is None


@pytest.mark.parametrize(
    ("model", "name", "required", "python_name", "default", "meaning"),
    [
        (Connection, "from", True, "from_", "required", "Who asks; in the long form also a list."),
        (Connection, "timeout", False, "timeout", "waits for ever", "Of one attempt."),
        (Server, "replicas", False, "replicas", "1, or scaling.min", "Copies at the start (per shard)."),
        (Alert, "for", False, "for_", "0s", "Must hold so long before it fires."),
        (Alert, "severity", False, "severity", "warning", "How bad it is."),
        (Alert, "notify", False, "notify", "–", "Who is told."),
        (Step, "wait", False, "wait", "true", "False: the caller does not wait, nor fail with it."),
        (Step, "optional", False, "optional", "false", "A failure is passed over."),
        (Step, "chance", False, "chance", "100%", "Share of requests that take this step."),
    ],
)
def test_a_field_is_told_with_its_default_and_meaning(
    model: type[Element], name: str, required: bool, python_name: str, default: str, meaning: str
) -> None:
    field = fields_by_name(model)[name]
    assert (field.required, field.python_name, field.default_text) == (required, python_name, default)
    assert field.meaning.lower() == meaning.lower()


def test_the_own_fields_of_a_kind_are_those_that_no_other_class_gives_it() -> None:
    assert "label" in {field.name for field in fields_of(Server)}
    assert "label" not in {field.name for field in fields_of(Server, own=True)}
    assert "kind" not in fields_by_name(Server)
    assert "kind" in fields_by_name(Group)


def test_a_type_may_be_without_its_none() -> None:
    assert without_none(int | None) is int
    assert without_none(int | str | None) == int | str
    assert without_none(list[int]) == list[int]
