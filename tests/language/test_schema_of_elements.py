"""The schema of each element, against the element itself: random fields, right and wrong, are judged alike."""

import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from archspec.language.json_schema import schema
from archspec.model import (
    Alert,
    Backup,
    CircuitBreaker,
    Connection,
    Element,
    Fault,
    Flow,
    Group,
    HealthCheck,
    Load,
    Objective,
    Pipeline,
    Plain,
    RateLimit,
    Retries,
    Scaling,
    Scenario,
    Stage,
    Step,
    View,
)
from archspec.model.kind import kinds
from tests.properties import examples

SCHEMA = schema()
PARTS: list[type[Element]] = [
    *(Alert, Group, Flow, Step, Objective, Stage, Pipeline, Fault, Load, Scenario, View, Scaling, HealthCheck),
    *(RateLimit, Backup, Retries, CircuitBreaker),
]
ARITHMETIC = re.compile(
    r"is above max|is above the number of|adds? up to|target `.*` is 0|needs \d+ of|is not shorter than|are both 0"
    r"|is not a \w+: it is too large|^`(?:mtbf|mttr|keys|entries)` is missing|^`max_wait` without "
    r"|copy of|of itself|its own"
)
"""What takes arithmetic is the loader's alone, and the half of a component or connection that `defaults` may bring."""

BESIDE = ("id", "implied_by", "to_group", "set")
"""No fields of the element itself: a scenario's settings are read where they apply."""
QUANTITIES = ["5ms", " 5ms ", "0s", "1.5d", "5", "5 ms", "99%", "101%", "0.5%", "3x", "100/s", "1/m", "8GiB", "8G"]
DISTRIBUTIONS = ["exponential(5ms)", "exponential(5ms jitter=full)", "constant(1s)", "zipf(count=5 exponent=1)"]
WORDS = [
    "api",
    "a b",
    "none",
    "cpu",
    "p99",
    "success_rate",
    "queue_length",
    "mine",
    "deploy",
    "package",
    "ramp",
    "file",
]
OTHERS = ["https://x.org/a", "kind:server", "zone:a", "cache", "synchronous", "read", "automatic", "a -> b", "\x07"]
SCALARS: list[Any] = [*QUANTITIES, *DISTRIBUTIONS, *WORDS, *OTHERS, 0, 1, 3, -1, 404, 0.5, 2.5, 10**10, True, False]


def as_written(value: Any) -> Any:
    """JSON as the loader has it: a text is quoted, all else is not."""
    if isinstance(value, dict):
        return {key: as_written(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_written(item) for item in value]
    return value if isinstance(value, str) else Plain(json.dumps(value))


def words_of(model: type[Element], field: str) -> list[str]:
    """The closed set that a field takes its values from, if it has one."""
    info = next(info for name, info in model.model_fields.items() if field in (name, info.alias))
    return re.findall(r"'(\w+)'", str(info.annotation)) if "Literal" in str(info.annotation) else []


def fields_of(model: type[Element]) -> some.SearchStrategy[dict[str, Any]]:
    """Some fields of an element, each with a value that fits more often than not."""
    names = [info.alias or name for name, info in model.model_fields.items() if name not in BESIDE]
    step = some.fixed_dictionaries({"call": some.just("api")})
    inner = some.one_of(
        step, some.dictionaries(some.sampled_from(["rate", "404", "api", "x"]), some.sampled_from(SCALARS))
    )
    scalar = some.sampled_from(SCALARS)
    value = some.one_of(scalar, some.lists(some.one_of(scalar, inner), max_size=2), inner)
    each = {name: some.one_of(some.sampled_from(words_of(model, name) or SCALARS), value) for name in names}
    required = {
        info.alias or name: each[info.alias or name]
        for name, info in model.model_fields.items()
        if info.is_required() and name != "id"
    }
    return some.integers(0, 4).flatmap(
        lambda count: some.lists(some.sampled_from(names), max_size=count, unique=True).flatmap(
            lambda chosen: some.fixed_dictionaries({**required, **{name: each[name] for name in chosen}})
        )
    )


def told(model: type[Element], data: dict[str, Any]) -> list[str]:
    """What the element has against its fields."""
    given_id = {"id": "x"} if "id" in model.model_fields else {}
    try:
        model.model_validate(given_id | as_written(data))
    except ValidationError as error:
        return [found["msg"] for found in error.errors()]
    return []


@cache
def validator(name: str) -> Draft202012Validator:
    """The schema's judge of one definition."""
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})


def judged_alike(model: type[Element], name: str, data: dict[str, Any]) -> None:
    """Neither takes what the other refuses, what only the loader can see left aside."""
    loader = told(model, data)
    refused = [f"{list(error.path)}: {error.message[:150]}" for error in validator(name).iter_errors(data)]
    if not loader:
        assert refused == [], f"{data}: only the schema refuses"
    elif not any(ARITHMETIC.search(message) for message in loader):
        assert refused != [], f"{data}: only the loader refuses, {loader}"


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
@given(data=some.data())
@examples(25)
def test_an_element_and_its_schema_agree(model: type[Element], data: some.DataObject) -> None:
    judged_alike(model, model.__name__, data.draw(fields_of(model)))


@given(data=some.data())
@examples(100)
def test_a_component_and_the_schema_of_its_kind_agree(data: some.DataObject) -> None:
    kind = data.draw(some.sampled_from(sorted(kinds())))
    model = kinds()[kind].model
    fields = {**data.draw(fields_of(model)), "kind": kind}
    judged_alike(model, f"kind-{kind}", fields)


@given(data=some.data())
@examples(60)
def test_a_connection_and_its_schema_agree(data: some.DataObject) -> None:
    fields = {name: value for name, value in data.draw(fields_of(Connection)).items() if name not in ("from", "to")}
    loader = told(Connection, {"from": "a", "to": "b", **fields})
    if not any(ARITHMETIC.search(message) for message in loader):
        assert validator("connection-fields").is_valid(fields) == (not loader), f"{fields}: {loader}"
