"""`archspec init`."""

import subprocess
from pathlib import Path

import pytest
import yaml

from archspec.cli.main import run
from archspec.cli.provenance import Provenance, from_record
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


def test_in_a_repository_the_workflow_goes_to_its_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "services" / "my shop").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "services")
    assert run(["init", "-q", "my shop"]) == 0
    text = (tmp_path / ".github/workflows/architecture-services-my shop.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["jobs"]["architecture"]["env"] == {"SPEC": "services/my shop/architecture.yaml"}


def test_an_expression_in_a_folder_name_stays_a_text(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run(["init", "-q", str(tmp_path / "${{ github.token }}")]) == 0
    (workflow,) = (tmp_path / ".github/workflows").iterdir()
    spec = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]["architecture"]["env"]["SPEC"]
    assert spec == "${{ '${{' }} github.token }}/architecture.yaml"


HOME = Provenance("https://example.org/home", "v1")


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({}, HOME),
        ({"url": "file:///not/there", "dir_info": {"editable": True}}, HOME),
        ({"url": "file:///a/archspec.whl", "archive_info": {}}, HOME),
        (
            {"url": "https://me:secret@example.org/fork.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            Provenance("https://example.org/fork.git", "abc"),
        ),
        (
            {"url": "file:///local/clone", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            Provenance("https://example.org/home", "abc"),
        ),
    ],
)
def test_the_installer_s_record_says_which_commit_this_is(record: dict[str, object], found: Provenance) -> None:
    assert from_record(record, HOME) == found


def test_a_clone_says_its_origin_and_commit(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "first")
    git("remote", "add", "origin", "git@example.org:team/archspec.git")
    found = from_record({"url": tmp_path.as_uri(), "dir_info": {}}, HOME)
    assert found == Provenance("https://example.org/team/archspec.git", git("rev-parse", "HEAD"))
