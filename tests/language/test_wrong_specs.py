"""Every wrong spec in tests/wrong_specs against the report beside it, and against the JSON Schema.

Folders say who can see the mistake: `yaml` what YAML itself reads otherwise, `shape` the JSON Schema too,
`names` and `sums` the loader alone (references; arithmetic and what `defaults` may bring). After a change of
words, write the reports anew with `pytest --update-goldens` and read the difference.
"""

from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from archspec.errors import SpecError
from archspec.language import load
from archspec.language.json_schema import schema
from archspec.language.reader.document import read_bytes
from archspec.reports.frames import spec_error
from tests.conftest import Golden
from tests.language.core_schema import as_json

FOLDER = Path(__file__).parent.parent / "wrong_specs"
SPECS = sorted(FOLDER.glob("*/*.yaml"))
NAMES = [f"{spec.parent.name}/{spec.stem}" for spec in SPECS]
SEEN_BY_SCHEMA = {"shape": True, "names": False, "sums": False}


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def report(spec: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(spec.parent)
    with pytest.raises(SpecError) as caught:
        load(spec.name)
    return spec_error(caught.value) + "\n"


@pytest.mark.parametrize("spec", SPECS, ids=NAMES)
def test_a_wrong_spec_is_reported_with_line_caret_and_remedy(
    spec: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    golden(spec.with_suffix(".txt"), report(spec, monkeypatch))


@pytest.mark.parametrize("spec", SPECS, ids=NAMES)
def test_every_problem_has_a_place_and_a_remedy_that_is_a_sentence(spec: Path) -> None:
    with pytest.raises(SpecError) as caught:
        load(spec)
    for problem in caught.value.problems:
        assert problem.span is not None
        assert problem.remedy.endswith((".", "?"))


@pytest.mark.parametrize(
    "spec", [spec for spec in SPECS if spec.parent.name in SEEN_BY_SCHEMA], ids=[n for n in NAMES if n[:4] != "yaml"]
)
def test_the_json_schema_refuses_a_wrong_shape_and_leaves_the_rest_to_the_loader(spec: Path) -> None:
    data = as_json(read_bytes(spec.read_bytes(), spec.name).data)
    assert validator().is_valid(data) is not SEEN_BY_SCHEMA[spec.parent.name]


def test_there_are_at_least_eighty_wrong_specs() -> None:
    assert len(SPECS) >= 80
