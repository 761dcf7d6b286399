"""One file of one revision: what is read, and what is said of what cannot be."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from archspec import git_objects
from archspec.errors import UsageError
from archspec.git_objects import NotInRevisionError, Revision, absolute, is_revision, revision

FILES = {"a.yaml": b"12345678", "b c/d.yaml": b"\xc3\xa9\n", "empty.yaml": b""}


@pytest.fixture(scope="module", name="root")
def one_commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    for name, data in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    (root / "link.yaml").symlink_to("b c/d.yaml")
    (root / "broken.yaml").symlink_to("nowhere.yaml")
    (root / "out.yaml").symlink_to("/etc/hosts")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], [*who, "commit", "-qm", "first"], ["tag", "v1"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    for name in FILES:
        (root / name).write_text("changed since")
    return Path(os.path.realpath(root))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_as_it_was_committed(name: str, root: Path) -> None:
    assert revision("HEAD", root).read(root / name) == FILES[name]
    assert revision("v1", root / "nowhere").read(root / "x" / ".." / name) == FILES[name]


def test_a_link_is_followed_within_the_revision(root: Path) -> None:
    assert revision("main", root).read(root / "link.yaml") == FILES["b c/d.yaml"]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("nowhere.yaml", NotInRevisionError, "there is no file `nowhere.yaml` in `v1`; check its name there."),
        ("a.yaml/b", NotInRevisionError, "there is no file `a.yaml/b` in `v1`; check its name there."),
        ("broken.yaml", NotInRevisionError, "there is no file `broken.yaml` in `v1`; check its name there."),
        ("b c", UsageError, "`v1:b c` is a folder; name a file."),
        ("out.yaml", UsageError, "`v1:out.yaml` is not a plain file of this revision; name a file."),
    ],
)
def test_what_is_no_file_of_the_revision_is_refused(
    name: str, error: type[UsageError], message: str, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError) as caught:
        revision("v1", root).read(root / name)
    assert (type(caught.value), str(caught.value)) == (error, message)
    assert capfd.readouterr() == ("", "")


def test_what_git_itself_says_of_a_broken_repository_is_not_shown(
    root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(root, tmp_path / "copy", symlinks=True)
    found = revision("v1", copy)
    for stored in (copy / ".git/objects").rglob("*"):
        if stored.is_file():
            stored.chmod(0o600)
            stored.write_bytes(b"no object")
    with pytest.raises(UsageError, match=r"there is no file `a\.yaml` in `v1`"):
        found.read(copy / "a.yaml")
    assert capfd.readouterr() == ("", "")


def test_a_name_that_git_cannot_be_asked_for_is_refused(root: Path) -> None:
    with pytest.raises(UsageError, match="has a line break in its name; git cannot be asked for it"):
        revision("v1", root).read(root / "a\nb")
    with pytest.raises(UsageError, match=r"lies outside the repository .*; name a file in it"):
        revision("v1", root).read(root.parent / "a.yaml")


def test_a_file_is_read_up_to_its_limit(root: Path) -> None:
    found = revision("v1", root)
    assert found.read(root / "a.yaml", limit=8) == b"12345678"
    with pytest.raises(UsageError, match=r"`v1:a\.yaml` is larger than .* MiB; split it\."):
        found.read(root / "a.yaml", limit=7)


def test_a_name_stands_for_a_commit_or_for_none(root: Path) -> None:
    told = subprocess.run(["git", "-C", str(root), "rev-parse", "v1"], capture_output=True, text=True, check=True)
    assert revision("v1", root) == Revision(root, "v1", told.stdout.strip())
    assert revision("main...", root).commit == told.stdout.strip()
    assert [is_revision(name, root) for name in ("v1", "main", "nowhere", "--help", "")] == [True, True] + [False] * 3
    with pytest.raises(UsageError) as caught:
        revision("origin/nowhere...", root)
    assert str(caught.value).endswith("fetch it: `git fetch --depth=1 origin nowhere`.")


def test_without_git_two_files_are_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_objects.shutil, "which", lambda _: None)
    with pytest.raises(UsageError, match="git is not installed"):
        revision("v1", root)


def test_git_that_does_not_answer_knows_no_commit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **options: float) -> None:
        raise subprocess.TimeoutExpired("git", options["timeout"])

    monkeypatch.setattr(git_objects.subprocess, "run", never)
    with pytest.raises(UsageError, match="is in no git repository"):
        revision("v1", root)


def test_git_is_started_so_that_it_starts_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    monkeypatch.setenv("GIT_TERMINAL_PROMPT", "1")
    started = git_objects._environment()
    assert not {"GIT_DIR", "GIT_WORK_TREE"} & set(started)
    assert (started["GIT_TERMINAL_PROMPT"], started["GIT_NO_LAZY_FETCH"], started["PATH"]) == (
        "0",
        "1",
        os.environ["PATH"],
    )
    assert revision("v1", root).read(root / "a.yaml") == FILES["a.yaml"]


def test_a_path_is_told_from_the_root_with_its_links(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert absolute(Path("x/../link.yaml")) == root / "link.yaml"
    assert absolute(root / "b c" / ".." / "a.yaml") == root / "a.yaml"
