"""`archspec init`."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from archspec.cli.main import run
from archspec.cli.provenance import Provenance, from_record
from archspec.language import load
from archspec.language.formatter.format import format_text

WRITTEN = [".github/workflows/architecture.yaml", "architecture.yaml", "archspec.schema.json"]


def test_it_writes_a_spec_its_schema_and_a_workflow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "new")]) == 0
    files = sorted(str(path.relative_to(tmp_path / "new")) for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert files == WRITTEN
    assert f"archspec lint {tmp_path}/new/architecture.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("template", ["web-app", "event-driven", "first-server"])
def test_a_template_is_formatted_and_every_command_says_something_of_it(
    tmp_path: Path, template: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(["init", "-q", "--template", template])
    text = Path("architecture.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=./archspec.schema.json\n")
    assert format_text(text) == text
    architecture = load("architecture.yaml")
    (scenario,), (flow,) = architecture.scenarios, architecture.flows

    def said(*arguments: str) -> str:
        capsys.readouterr()
        assert run([*arguments]) == 0
        return capsys.readouterr().out

    spec = "architecture.yaml"
    assert "[ALR03]" in said("lint", "--fail-on", "never", spec)
    assert "has its answer after" in said("trace", spec)
    analysis = said("analyze", spec)
    assert all(part in analysis for part in ("The bottleneck is", "Head room", "met  down a month"))
    assert "succeed" in said("simulate", spec, "--scenario", scenario, "--duration", "5s", "--quiet")
    assert f"  flow-{flow}  " in said("render", spec, "--list")
    assert "p99" in said("sweep", spec, "--load", "1x,2x", "--duration", "1s", "--jobs", "1", "--quiet")


@pytest.mark.slow
@pytest.mark.parametrize("template", ["web-app", "event-driven", "first-server"])
def test_what_a_template_advises_to_try_works(
    tmp_path: Path, template: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(["init", "-q", "--template", template])
    lines = re.findall(r"^#   archspec (.*?)  ", Path("architecture.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["lint", "build", "trace", "analyze", "simulate"]
    lines[-1] += " --duration 3s"
    assert [run(shlex.split(line)) for line in lines if not line.startswith("build")] in ([0] * 4, [1, 0, 0, 0])


@pytest.mark.slow
@pytest.mark.parametrize("template", ["web-app", "event-driven", "first-server"])
def test_a_page_is_built_of_each_template(tmp_path: Path, template: str) -> None:
    run(["init", "-q", "--template", template, str(tmp_path)])
    assert run(["build", "-q", str(tmp_path / "architecture.yaml"), "-o", str(tmp_path / "out")]) in (0, 1)
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8").endswith("</html>\n")


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


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_a_clone_says_its_origin_and_commit(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "first")
    git("remote", "add", "origin", "git@example.org:team/archspec.git")
    found = from_record({"url": tmp_path.as_uri(), "dir_info": {}}, HOME)
    assert found == Provenance("https://example.org/team/archspec.git", git("rev-parse", "HEAD"))


def test_a_template_that_is_none_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """No word of how the choice was checked."""
    assert run(["init", "--template", "nope"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "archspec: Invalid value for '--template': 'nope' is not one of 'web-app', 'event-driven', 'first-server'."
    )
