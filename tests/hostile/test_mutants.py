"""Specs with one thing changed, through every command: each ends with a status that is ours, never with a defect."""

import contextlib
import io
import json
import random
from pathlib import Path

import pytest

from archspec.cli.main import run
from tests.language.test_schema_and_loader import ORIGINALS, mutated

COMMANDS = [
    ["lint"],
    ["lint", "-f", "sarif"],
    ["trace"],
    ["trace", "-f", "json", "--sample"],
    ["analyze"],
    ["simulate", "--duration", "1s"],
    ["render", "-f", "mermaid"],
    ["render", "-f", "structurizr"],
    ["fmt", "--check"],
]
COSTLY = [["render", "-f", "svg"], ["build", "-o", "out"]]


def check(seed: int, commands: list[list[str]]) -> None:
    """One mutant through one command."""
    source = random.Random(seed)
    path, original = source.choice(ORIGINALS)
    data = original
    for _ in range(source.randint(1, 3)):
        data = mutated(data, source)
    Path("a.yaml").write_text(json.dumps(data, ensure_ascii=False))
    command = source.choice(commands)
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run([command[0], "a.yaml", *command[1:]])
    err.flush()
    said = err.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert status in (0, 1, 2), f"seed {seed}, from {path.name}, {' '.join(command)}: {said[-400:]}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mutant stands in a folder of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("seed", range(0, 150, 15))
def test_a_hundred_and_fifty_mutants(seed: int) -> None:
    for number in range(seed, seed + 15):
        check(number, COMMANDS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 3000, 100))
def test_two_thousand_mutants(seed: int) -> None:
    for number in range(seed, seed + 100):
        check(number, [*COMMANDS, *COSTLY])
