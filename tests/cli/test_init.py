"""`archspec init`."""

from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.loading import load
from archspec.loading.format import format_text

WRITTEN = [".github/workflows/architecture.yaml", "architecture.yaml", "archspec.schema.json"]


def test_it_writes_a_spec_its_schema_and_a_workflow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "new")]) == 0
    files = sorted(str(path.relative_to(tmp_path / "new")) for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert files == WRITTEN
    assert f"archspec lint {tmp_path}/new/architecture.yaml" in capsys.readouterr().err


def test_the_first_spec_is_valid_formatted_and_named_by_its_schema(tmp_path: Path) -> None:
    run(["init", "-q", str(tmp_path)])
    text = (tmp_path / "architecture.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=./archspec.schema.json\n")
    assert list(load(tmp_path / "architecture.yaml").components) == ["browser", "lb", "api", "cache", "db"]
    assert format_text(text) == text


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "architecture.yaml").write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path)]) == 2
    assert "is there already; choose another folder, or delete it." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["architecture.yaml"]


def test_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--quiet", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")
