"""What `analyze` and `lint` say, and what a run of the same file shows: no static verdict contradicts it."""

import json
from pathlib import Path

import pytest

from archspec.language import load, load_text
from archspec.model import Architecture
from archspec.verification.verify import Options, verify
from tests.hunt.systems import random_system

SPECS = sorted(path.as_posix() for path in Path("specs").rglob("architecture.yaml"))
QUICK = [path for path in SPECS if any(name in path for name in ("first_server", "scaled_out", "lessons"))]


def contradictions(architecture: Architecture) -> list[str]:
    """Of every part, and of every component as a whole."""
    return [str(defect) for defect in verify(architecture, Options(whole=True)).defects]


@pytest.mark.parametrize("path", QUICK)
def test_no_run_of_a_spec_with_a_part_down_contradicts_what_is_said_of_it(path: str) -> None:
    assert contradictions(load(path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(set(SPECS) - set(QUICK)))
def test_no_run_of_any_spec_does(path: str) -> None:
    assert contradictions(load(path)) == []


FOUND_ONCE = (20018, 20253, 20369, 20604, 20861, 20970, 21188, 21954, 23653)
"""Systems that were said something of that a run contradicted."""


@pytest.mark.parametrize("seed", [*range(8), *FOUND_ONCE])
def test_no_run_of_a_random_system_does(seed: int) -> None:
    assert contradictions(load_text(json.dumps(random_system(seed)))) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 108))
def test_no_run_of_a_hundred_more_does(seed: int) -> None:
    assert contradictions(load_text(json.dumps(random_system(seed)))) == []
