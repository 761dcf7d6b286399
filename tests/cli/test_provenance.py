"""Where this archspec came from, by what the installer wrote down."""

import subprocess
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import NoReturn

import pytest

from archspec import __version__
from archspec.cli.provenance import Provenance, from_record, provenance

HOME = Provenance("https://example.org/archspec", "v1.0")


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({}, HOME),
        (
            {"url": "https://me:secret@example.org/fork", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            Provenance("https://example.org/fork", "abc"),
        ),
        (
            {"url": "file:///home/me/fork", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            Provenance("https://example.org/archspec", "abc"),
        ),
        ({"url": "file:///nowhere/at/all", "dir_info": {}}, HOME),
        ({"url": "https://example.org/archspec.whl", "archive_info": {}}, HOME),
    ],
)
def test_it_is_a_place_that_anybody_may_clone(record: dict[str, object], found: Provenance) -> None:
    assert from_record(record, HOME) == found


def test_of_a_checkout_it_is_what_git_says_where_there_is_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record: dict[str, object] = {"url": tmp_path.as_uri(), "dir_info": {}}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["remote", "add", "origin", "git@example.org:me/fork.git"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    subprocess.run(["git", *who, "commit", "-q", "--allow-empty", "-m", "One"], cwd=tmp_path, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert from_record(record, HOME) == Provenance("https://example.org/me/fork.git", head.strip())
    monkeypatch.setenv("PATH", "")
    assert from_record(record, HOME) == HOME


def test_what_was_never_installed_is_the_version_of_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> NoReturn:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("archspec.cli.provenance.distribution", missing)
    assert provenance() == Provenance("", f"v{__version__}")
