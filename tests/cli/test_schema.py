"""`archspec schema`."""

import json
from pathlib import Path

import pytest

from archspec.cli.main import run


def test_the_schema_goes_to_standard_output_or_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    shown = capsys.readouterr().out
    assert run(["schema", "-o", str(tmp_path / "schema.json")]) == 0
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == shown
    assert json.loads(shown)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
