"""Foreign documents are held against their published schemas; what does not fit is told without its value."""

from pathlib import Path

import pytest

from archspec.importers.imported import import_files
from tests.importers.conftest import DATA


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("image: x, prots: ['80:80']", "services.api: unknown key prots"),
        ("image: 7", "services.api.image: must be string"),
        ("image: x, stop_grace_period: [1]", "services.api.stop_grace_period: must be string"),
        ("image: x, environment: hunter22", "services.api.environment: does not fit (oneOf)"),
    ],
)
def test_what_does_not_fit_the_schema_of_compose_is_told(
    fields: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("compose.yaml").write_text(f"services:\n  api: {{{fields}}}\n")
    report = import_files(["compose.yaml"]).report
    assert [line for line in report if "schema" in line] == [f"note: not as Compose's schema has it: {says}"]
    assert "hunter22" not in "".join(report)


def test_real_projects_fit_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    files = sorted(str(path) for path in Path().rglob("*compose*.y*ml") if "logging" not in path.name)
    reports = [line for file in files if "ui.yml" not in file for line in import_files([file]).report]
    assert (len(files) > 20, [line for line in reports if "schema" in line]) == (True, [])
