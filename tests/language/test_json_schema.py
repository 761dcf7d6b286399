"""The JSON Schema: valid, complete, of one mind with the loader on what is right."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from archspec.language import load
from archspec.language.json_schema import schema
from archspec.language.reader.document import read_text
from archspec.model.kind import kinds
from tests.language.core_schema import as_json

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft202012Validator(schema())
SPECS = sorted([*(ROOT / "specs").glob("*/*.yaml"), *(ROOT / "tests" / "validators" / "reference").glob("*.yaml")])


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_it_names_no_host() -> None:
    assert schema()["$id"] == "urn:archspec:schema:1"


def test_every_kind_and_every_field_is_described() -> None:
    definitions = schema()["$defs"]
    for name in kinds():
        for field, said in definitions[f"kind-{name}"]["properties"].items():
            described = definitions[said["$ref"].split("/")[-1]] if "$ref" in said else said
            assert field == "kind" or described["description"]


@pytest.mark.parametrize("spec", SPECS, ids=[f"{spec.parent.name}/{spec.stem}" for spec in SPECS])
def test_what_the_loader_reads_the_schema_accepts(spec: Path) -> None:
    load(spec)
    data = as_json(read_text(spec.read_text(encoding="utf-8"), spec.name).data)
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
