"""`specs/from_reality`: real files, the import that they give, what lint finds in it, and what a person made of it."""

import re
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load
from tests.conftest import ROOT, Golden

SYSTEMS = sorted(path.parent for path in (ROOT / "specs/from_reality").glob("*/README.md"))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")


def sources(system: Path) -> list[str]:
    """The files that the command in the README names."""
    command = re.search(r"^\$ archspec import ((?:.|\\\n)*?[^\\])\n", (system / "README.md").read_text(), re.MULTILINE)
    assert command is not None
    words = command[1].replace("\\\n", " ").split()
    return words[: words.index("-o")]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda path: path.name)
def test_the_command_in_the_readme_gives_the_import(
    system: Path, golden: Golden, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", *sources(system)]) == 0
    out, err = capsys.readouterr()
    golden(system / "expected/imported.yaml", out)
    golden(system / "expected/report.txt", err)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda path: path.name)
def test_lint_finds_in_the_import_what_the_readme_is_about(
    system: Path, golden: Golden, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["lint", f"{system.relative_to(ROOT)}/expected/imported.yaml", "--format", "concise", "--isolated", "-q"])
    golden(system / "expected/lint.txt", capsys.readouterr().out)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda path: path.name)
def test_what_a_person_made_of_it_holds_all_that_the_files_say(
    system: Path, golden: Golden, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = str(system.relative_to(ROOT) / "architecture.yaml")
    assert load(spec).flows
    status = run(["import", *sources(system), "--diff", spec, "--exit-code", "-q"])
    assert (status, *capsys.readouterr()) == (0, "", "")
    run(["lint", spec, "--format", "concise", "--isolated", "-q"])
    golden(system / "expected/lint-of-architecture.txt", capsys.readouterr().out)


def test_a_spec_has_not_drifted_from_the_traces_it_was_made_of(
    golden: Golden, capsys: pytest.CaptureFixture[str]
) -> None:
    system = "specs/from_reality/social_network"
    run(["drift", f"{system}/architecture.yaml", "tests/observation/social_network.json.gz", "-q"])
    golden(ROOT / system / "expected/drift.txt", capsys.readouterr().out)
