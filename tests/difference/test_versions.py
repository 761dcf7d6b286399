"""Revisions are read out of git's objects: right, whole, and without running anything."""

import subprocess
from pathlib import Path

import pytest

from archspec.difference.versions import read, versions
from archspec.errors import SpecError, UsageError

ROOT = "archspec: 1\nname: Two files\ninclude: [parts/db.yaml]\ncomponents:\n  api: {kind: server, replicas: 2}\n"
PART = "components:\n  db: {kind: database, replicas: 1}\n"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits of a spec with an include; on disk it has changed once more."""
    folder = tmp_path / "repository"
    (folder / "specs" / "parts").mkdir(parents=True)
    spec, part = folder / "specs" / "a.yaml", folder / "specs" / "parts" / "db.yaml"
    spec.write_text(ROOT)
    part.write_text(PART)
    git(tmp_path, "init", "-q", str(folder))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    git(folder, "tag", "v1")
    part.write_text(PART.replace("replicas: 1", "replicas: 2"))
    git(folder, "commit", "-qam", "second")
    spec.write_text(ROOT.replace("replicas: 2", "replicas: 3"))
    part.write_text(PART.replace("replicas: 1", "replicas: 3"))
    monkeypatch.chdir(folder)
    return folder


def replicas(base: str, head: str | None = None, at: str | None = None) -> list[tuple[str, int, int]]:
    """What each side is called, and how many replicas of the API and of the database it has."""
    found = []
    for version in versions(base, head, at):
        side, _ = read(version)
        parts = side.architecture.components
        found.append((side.name, parts["api"].instances, parts["db"].instances))  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("asked", "base", "head"),
    [
        (("HEAD", "specs/a.yaml", None), ("HEAD:specs/a.yaml", 2, 2), ("specs/a.yaml", 3, 3)),
        (("v1", "specs/a.yaml", None), ("v1:specs/a.yaml", 2, 1), ("specs/a.yaml", 3, 3)),
        (("v1:specs/a.yaml", None, None), ("v1:specs/a.yaml", 2, 1), ("specs/a.yaml", 3, 3)),
        (("v1:specs/a.yaml", "HEAD", None), ("v1:specs/a.yaml", 2, 1), ("HEAD:specs/a.yaml", 2, 2)),
        (("specs/a.yaml", None, "v1"), ("v1:specs/a.yaml", 2, 1), ("specs/a.yaml", 3, 3)),
        (("specs/a.yaml", "HEAD~1", None), ("specs/a.yaml", 3, 3), ("HEAD~1:specs/a.yaml", 2, 1)),
    ],
)
@pytest.mark.usefixtures("repository")
def test_a_revision_is_read_with_what_it_includes_there(
    asked: tuple[str, str | None, str | None], base: tuple[str, int, int], head: tuple[str, int, int]
) -> None:
    assert replicas(*asked) == [base, head]


def test_paths_are_those_of_the_current_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "specs")
    assert replicas("v1:a.yaml") == [("v1:a.yaml", 2, 1), ("a.yaml", 3, 3)]
    assert replicas("v1", "../specs/a.yaml")[0] == ("v1:../specs/a.yaml", 2, 1)


def test_three_dots_are_where_our_branch_left_the_other(repository: Path) -> None:
    git(repository, "stash", "-q")
    git(repository, "branch", "-q", "other")
    git(repository, "checkout", "-q", "other")
    (repository / "specs" / "a.yaml").write_text(ROOT.replace("replicas: 2", "replicas: 9"))
    git(repository, "commit", "-qam", "theirs")
    git(repository, "checkout", "-q", "-")
    assert replicas("specs/a.yaml", at="other")[0] == ("other:specs/a.yaml", 9, 2)
    assert replicas("specs/a.yaml", at="other...")[0] == ("other...:specs/a.yaml", 2, 2)


@pytest.mark.usefixtures("repository")
def test_what_is_not_there_says_how_to_get_it() -> None:
    with pytest.raises(UsageError, match=r"`nowhere` is not a commit.*git fetch --depth=1 origin nowhere"):
        versions("specs/a.yaml", at="nowhere")
    with pytest.raises(UsageError, match=r"`specs/a.yaml` is held against nothing"):
        versions("specs/a.yaml")
    with pytest.raises(UsageError, match="cannot be read"):
        read(versions("no\0where", "specs/a.yaml")[0])
    with pytest.raises(UsageError, match="is not a commit"):
        versions("specs/a.yaml", at="no\0where")
    with pytest.raises(UsageError, match="no file `nowhere`"):
        read(versions("nowhere", "specs/a.yaml")[0])


def test_a_shallow_clone_lacks_what_came_before(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert replicas("specs/a.yaml", at="HEAD")[0] == ("HEAD:specs/a.yaml", 2, 2)
    with pytest.raises(UsageError, match="`HEAD~1` is not a commit that this repository holds"):
        versions("specs/a.yaml", at="HEAD~1")


def test_outside_of_a_repository_two_files_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(PART)
    with pytest.raises(UsageError, match="is in no git repository, so there is no `main`; give two files"):
        versions("a.yaml", at="main")


def test_a_file_that_the_base_does_not_have_is_all_new(repository: Path) -> None:
    (repository / "new.yaml").write_text(ROOT.replace("include: [parts/db.yaml]\n", ""))
    side, notes = read(versions("new.yaml", at="HEAD")[0])
    assert (dict(side.architecture.components), notes) == ({}, ("`new.yaml` is not in `HEAD`, so all of it is new.",))


def test_a_broken_base_says_where_in_the_revision(repository: Path) -> None:
    (repository / "specs" / "a.yaml").write_text(ROOT.replace("server", "sever"))
    git(repository, "commit", "-qam", "broken")
    with pytest.raises(SpecError) as caught:
        read(versions("specs/a.yaml", at="HEAD")[0])
    span = caught.value.problems[0].span
    assert span is not None
    assert span.label == "HEAD:specs/a.yaml:5:15"
    assert "sever" in caught.value.sources["HEAD:specs/a.yaml"]


def test_an_include_stays_below_the_spec_in_a_revision_too(repository: Path) -> None:
    (repository / "secret.yaml").write_text(PART)
    (repository / "specs" / "a.yaml").write_text(ROOT.replace("parts/db.yaml", "../secret.yaml"))
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "outside")
    with pytest.raises(SpecError, match=r"`\.\./secret.yaml` lies outside the spec's folder"):
        read(versions("specs/a.yaml", at="HEAD")[0])
    assert "db" in read(versions("specs/a.yaml", at="HEAD")[0], allow_outside=True)[0].architecture.components


def test_a_link_leads_nowhere_but_into_the_revision(repository: Path) -> None:
    (repository / "specs" / "inside.yaml").symlink_to("parts/db.yaml")
    (repository / "specs" / "outside.yaml").symlink_to("/etc/passwd")
    for name, text in (("good", "inside.yaml"), ("bad", "outside.yaml")):
        (repository / "specs" / f"{name}.yaml").write_text(ROOT.replace("parts/db.yaml", text))
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "links")
    assert "db" in read(versions("specs/good.yaml", at="HEAD")[0])[0].architecture.components
    with pytest.raises(SpecError, match="is not a plain file of this revision"):
        read(versions("specs/bad.yaml", at="HEAD")[0])


def test_nothing_that_a_checkout_names_is_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = repository / "ran"
    program = repository / "program.sh"
    program.write_text(f'#!/bin/sh\ntouch "{ran}"\ncat\n')
    program.chmod(0o755)
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        (repository / ".git" / "hooks" / hook).write_text(program.read_text())
        (repository / ".git" / "hooks" / hook).chmod(0o755)
    settings = {
        "core.fsmonitor": program, "core.sshCommand": program, "core.pager": program, "core.editor": program,
        "core.askPass": program, "core.gitProxy": program, "credential.helper": f"!{program}", "diff.external": program,
        "filter.x.smudge": program, "filter.x.clean": program, "diff.x.textconv": program,
        "remote.origin.url": f"ext::{program}", "remote.origin.promisor": "true", "extensions.partialClone": "origin",
        "protocol.ext.allow": "always", "core.hooksPath": repository / ".git" / "hooks",
    }  # fmt: skip
    for name, value in settings.items():
        git(repository, "config", name, str(value))
    (repository / ".gitattributes").write_text("*.yaml filter=x diff=x\n")
    ran.unlink(missing_ok=True)
    assert replicas("specs/a.yaml", at="v1")[0] == ("v1:specs/a.yaml", 2, 1)
    blob = git(repository, "-c", "core.fsmonitor=false", "rev-parse", "v1:specs/parts/db.yaml")
    ran.unlink(missing_ok=True)
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(SpecError, match="there is no file"):
        read(versions("specs/a.yaml", at="v1")[0])
    assert not ran.exists()


def test_what_a_hook_sets_leads_nowhere_else(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert replicas("specs/a.yaml", at="v1")[0] == ("v1:specs/a.yaml", 2, 1)


@pytest.mark.parametrize("name", ["--output=x", "-h", "a b", "HEAD:specs/../../x.yaml", "\n", "HEAD\nHEAD"])
@pytest.mark.usefixtures("repository")
def test_a_name_is_never_an_option_of_git(name: str) -> None:
    with pytest.raises(UsageError):
        read(versions("specs/a.yaml", at=name)[0])


def test_python_of_another_revision_is_not_run(repository: Path) -> None:
    (repository / "spec.py").write_text("raise SystemExit('ran')\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "python")
    with pytest.raises(UsageError, match="is Python, and its code in another revision is not run; give two files"):
        read(versions("spec.py", at="HEAD")[0])
