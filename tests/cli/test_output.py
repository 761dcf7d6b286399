"""Files are written whole or not at all."""

import stat
from pathlib import Path

import pytest

from archspec.cli.output import write_file
from archspec.errors import UsageError


def test_a_file_and_its_folders_are_made(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "c.txt", "ü\n")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == "ü\n".encode()


def test_nothing_but_the_file_is_left_behind(tmp_path: Path) -> None:
    write_file(tmp_path / "c.txt", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["c.txt"]


def test_a_failure_leaves_the_old_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "c.txt"
    target.write_text("old", encoding="utf-8")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(UsageError, match=r"cannot write .*c\.txt: No space left on device; choose another place\."):
        write_file(target, "new")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("c.txt", "old")]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "c.sh"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o755)
    write_file(target, "new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_a_folder_that_is_a_file_is_a_wrong_place(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(UsageError, match="choose another place"):
        write_file(tmp_path / "a" / "b.txt", "new")
