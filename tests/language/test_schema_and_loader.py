"""The schema and the loader are of one mind, over every YAML file of the repository and over what is made of them."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from archspec.errors import SpecError
from archspec.language import load_text
from archspec.language.json_schema import schema
from archspec.language.reader.document import read_text
from tests.language.core_schema import as_json

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft202012Validator(schema())
SHAPE = re.compile(
    r"has no field|is not a (?:mapping|list|value of|whole number|URL|ratio|rate|size|factor|threshold|target|load)"
    r"|is not an (?:amount|id)\b|has no section|is neither true nor false|is not a kind of component|is below \d"
    r"|fits only|not both|are both given|exclude each other|needs to know how much|needs `|what goes wrong|say the same"
    r"|makes no call|is empty|is a metric of flows|is not a metric of flows|without targets|is quoted"
)
"""What is said of a value that does not fit its place; the rest takes a look at more than one."""


def _is_spec(path: Path) -> bool:
    skipped = {".venv", ".uv", "node_modules", "wrong_specs", "hostile"}
    is_ours = skipped.isdisjoint(path.relative_to(ROOT).parts)
    head = r"(?m)^\W?archspec\W?:|^(?:components|groups|alerts):(?!\n- )"  # a list of groups is Prometheus'
    return is_ours and re.search(head, path.read_text()) is not None


FILES = sorted(path for path in ROOT.rglob("*.yaml") if _is_spec(path))
FENCES = [
    (f"{path.relative_to(ROOT)}:{number}", match)
    for path in sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
    for number, match in enumerate(re.findall(r"(?ms)^```yaml\n(.*?)^```", path.read_text()))
]
WRONG = sorted((ROOT / "tests" / "wrong_specs" / "shape").glob("*.yaml"))


def read(text: str) -> Any:
    """The data in a YAML text."""
    return as_json(read_text(text, "a.yaml").data)


def refused(data: Any) -> list[str]:
    """What the schema has against some data."""
    return [f"{list(error.path)}: {error.message[:200]}" for error in VALIDATOR.iter_errors(data)]


def problems(text: str) -> list[str]:
    """What the loader has against a text."""
    try:
        load_text(text)
    except SpecError as error:
        return [problem.message for problem in error.problems]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_of_the_repository_fits_the_schema(path: Path) -> None:
    assert refused(read(path.read_text())) == []


@pytest.mark.parametrize(("name", "text"), FENCES, ids=lambda value: value if len(value) < 60 else "")
def test_every_spec_of_the_docs_that_loads_fits_the_schema(name: str, text: str) -> None:
    if not problems(text):
        assert refused(read(text)) == []


def test_a_rate_limit_is_a_rate_or_a_mapping() -> None:
    head = "archspec: 1\nname: X\ncomponents: {g: {kind: gateway, rate_limit: "
    assert [refused(read(f"{head}{limit}}}}}")) for limit in ("100/s", "{rate: 100/s, burst: 5}")] == [[], []]
    assert refused(read(f"{head}100}}}}"))


def test_an_included_file_has_no_head_and_a_root_file_has_one() -> None:
    assert refused({"components": {"a": {"kind": "server"}}}) == []
    assert refused({"name": "X"}) == ["[]: 'archspec' is a required property"]


POOL: list[Any] = [
    *(None, True, False, 0, 1, -1, 2.5, 10**12, "", "x", "a -> b", "100/s", "5ms", "99%", "2x", "1.10", "no", "1GB"),
    *([], {}, ["a"], {"a": 1}, [[]], "exponential(5ms)", "none", "default", "all", {"kind": "server"}),
]


def mutated(data: Any, source: random.Random) -> Any:
    """A copy with one thing changed: taken out, replaced, renamed, or doubled."""
    data = json.loads(json.dumps(data))
    holder = data
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return data
        key = source.choice(keys)
        inner = holder[key]
        if not isinstance(inner, (dict, list)) or not inner or source.random() < 0.25:
            break
        holder = inner
    match source.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[f"{key}x"] = holder.pop(key)
        case 2 if isinstance(holder, list):
            holder.append(inner)
        case _:
            holder[key] = source.choice(POOL)
    return data


ORIGINALS = [(path, read(path.read_text())) for path in FILES if not problems(path.read_text())]


def judged_alike(path: Path, data: Any) -> None:
    """What the loader takes the schema takes, and what does not fit its place neither does."""
    text = json.dumps(data, ensure_ascii=False)
    told, refusals = problems(text), refused(read(text))
    said = f"from {path.name}: loader {told[:3]}, schema {refusals[:3]}"
    if not told:
        assert refusals == [], said
    elif all(SHAPE.search(problem) for problem in told):
        assert refusals != [], said


@given(some.sampled_from(ORIGINALS), some.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_loader_and_the_schema_judge_mutants_alike(original: tuple[Path, Any], source: random.Random) -> None:
    path, data = original
    judged_alike(path, mutated(data, source))


@pytest.mark.slow
@given(some.sampled_from(ORIGINALS), some.randoms(use_true_random=False))
@settings(max_examples=2000, deadline=None)
def test_two_thousand_mutants(original: tuple[Path, Any], source: random.Random) -> None:
    path, data = original
    judged_alike(path, mutated(mutated(data, source), source))
