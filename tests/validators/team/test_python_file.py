"""Rules of a team in Python."""

from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.errors import UsageError
from archspec.validators.team.python_file import rules_in

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "team" / "team_rules.py"
PARTS = "components: {api: {kind: server}, legacy-db: {kind: database}}\nconnections: [api -> legacy-db]\n"
SPEC = f"archspec: 1\nname: A\n{PARTS}"


def test_the_example_of_the_docs_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--rules FILE` adds the rules of a file to the run."""
    spec = tmp_path / "a.yaml"
    spec.write_text(SPEC)
    assert run(["lint", str(spec), "--rules", str(EXAMPLE), "-f", "concise"]) == 1
    assert "error TEAM02 `api` still asks `legacy-db`; ask its successor." in capsys.readouterr().out


def test_a_file_without_rules_is_refused(tmp_path: Path) -> None:
    """As are one that is missing and one that fails."""
    empty, broken, notes = tmp_path / "empty.py", tmp_path / "broken.py", tmp_path / "notes.txt"
    empty.write_text("x = 1\n")
    broken.write_text("1 / 0\n")
    notes.write_text("x = 1\n")
    missing = ((tmp_path / "no.py", "there is no Python file"), (notes, "there is no Python file"))
    for file, message in ((empty, "holds no Rule"), (broken, "ZeroDivisionError"), *missing):
        with pytest.raises(UsageError, match=message):
            rules_in(file)
