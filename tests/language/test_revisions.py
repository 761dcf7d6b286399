"""A spec of another revision is read as its files stood there."""

import subprocess
from pathlib import Path

import pytest

from archspec.errors import SpecError, UsageError
from archspec.git_objects import NotInRevisionError, Revision, revision
from archspec.language import load_revision

ROOT = """archspec: 1
name: A
include: [parts/db.yaml]
components: {user: {kind: client}, api: {kind: server}}
flows: {ask: {from: user, rate: 1/s, steps: [{call: api}]}}
scenarios: {s: {load: {ask: {shape: file, file: FILE}}}}
"""


@pytest.fixture(scope="module", name="repository")
def one_commit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Revision]:
    root = tmp_path_factory.mktemp("repository")
    (root / "specs" / "parts").mkdir(parents=True)
    (root / "specs" / "parts" / "db.yaml").write_text("components: {db: {kind: database}}\n")
    (root / "specs" / "a.yaml").write_text(ROOT.replace("FILE", "load.csv"))
    (root / "specs" / "sly.yaml").write_text(ROOT.replace("FILE", "../load.csv"))
    (root / "specs" / "out.yaml").write_text(ROOT.replace("parts/db.yaml", "../up.yaml").replace("FILE", "load.csv"))
    (root / "up.yaml").write_text("components: {db: {kind: database}}\n")
    (root / "a.py").write_text("raise SystemExit\n")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], [*who, "commit", "-qm", "first"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    (root / "specs" / "parts" / "db.yaml").write_text("components: {other: {kind: database}}\n")
    (root / "specs" / "load.csv").write_text("0,1\n")
    return root, revision("HEAD", root)


def test_it_is_read_with_what_it_includes_there(repository: tuple[Path, Revision]) -> None:
    root, commit = repository
    assert list(load_revision(commit, root / "specs" / "a.yaml").components) == ["user", "api", "db"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sly.yaml", "`../load.csv` lies outside the spec's folder"),
        ("out.yaml", "`../up.yaml` lies outside the spec's folder"),
    ],
)
def test_what_it_names_lies_in_its_folder_unless_any_place_will_do(
    name: str, message: str, repository: tuple[Path, Revision]
) -> None:
    root, commit = repository
    with pytest.raises(SpecError) as caught:
        load_revision(commit, root / "specs" / name)
    assert message in caught.value.problems[0].message
    assert "db" in load_revision(commit, root / "specs" / name, allow_outside=True).components


def test_code_of_another_revision_is_not_run_and_what_is_not_there_is_told(repository: tuple[Path, Revision]) -> None:
    root, commit = repository
    with pytest.raises(UsageError, match="is Python, and its code in another revision is not run; give two files"):
        load_revision(commit, root / "a.py")
    with pytest.raises(NotInRevisionError, match=r"there is no file `specs/b\.yaml` in `HEAD`"):
        load_revision(commit, root / "specs" / "b.yaml")
