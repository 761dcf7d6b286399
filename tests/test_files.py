"""Files that are read with care, and written whole or not at all."""

import os
from pathlib import Path

import pytest

from archspec import whole_file
from archspec.errors import UsageError
from archspec.plain_file import (
    ConfinedError,
    OutsideError,
    confined_to,
    inputs_noted,
    is_input,
    may_be_read,
    read_plain_file,
)
from archspec.whole_file import replace_whole


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "inside" / "a.yaml"
    path.parent.mkdir()
    path.write_bytes(b"12345678")
    return path


@pytest.mark.parametrize("limit", [8, 9])
def test_a_file_is_read_up_to_its_limit(limit: int, file: Path) -> None:
    assert read_plain_file(file, within=file.parent, limit=limit) == b"12345678"
    assert read_plain_file(file, within=None, limit=limit) == b"12345678"


def test_a_larger_file_is_refused_with_its_limit(file: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.yaml` is larger than 6.67572e-06 MiB; make it smaller, or split it\."):
        read_plain_file(file, within=None, limit=7)


def test_a_link_that_leads_out_is_not_followed_unless_any_place_will_do(file: Path) -> None:
    (file.parent / "nearer").mkdir()
    link = file.parent / "nearer" / "link.yaml"
    link.symlink_to(file)
    with pytest.raises(OutsideError, match=r"link\.yaml` leads out of its folder; pass --allow-outside"):
        read_plain_file(link, within=link.parent)
    assert read_plain_file(link, within=file.parent) == read_plain_file(link, within=None) == b"12345678"


def test_what_is_no_plain_file_is_refused(file: Path) -> None:
    os.mkfifo(file.parent / "pipe")
    with pytest.raises(UsageError, match=r"pipe` is not a plain file; name a file, or `-` for what is piped in\."):
        read_plain_file(file.parent / "pipe", within=None)
    with pytest.raises(IsADirectoryError) as caught:
        read_plain_file(file.parent, within=None)
    assert (caught.value.errno, caught.value.filename) == (21, str(file.parent))
    with pytest.raises(FileNotFoundError):
        read_plain_file(file.parent / "nowhere", within=None)
    with pytest.raises(UsageError, match=r"cannot be read: .*; check its name"):
        read_plain_file(Path("a\0b"), within=None)


def test_within_a_confinement_only_what_lies_in_all_its_folders_may_be_read(file: Path) -> None:
    outside = file.parents[1] / "b.yaml"
    outside.write_text("x")
    assert may_be_read(outside)
    with confined_to(file.parents[1]):
        assert may_be_read(outside)
        with confined_to(file.parent):
            assert (may_be_read(file), may_be_read(file.parent / ".." / "b.yaml")) == (True, False)
            with pytest.raises(ConfinedError, match="lies outside the folder that archspec was started for"):
                read_plain_file(outside, within=None)
        assert may_be_read(outside)
    assert not may_be_read(Path("a\0b"))


def test_what_was_read_is_an_input_by_any_of_its_names_until_the_command_ends(file: Path) -> None:
    link = file.parent / "link.yaml"
    link.symlink_to(file)
    other = file.parent / "other.yaml"
    other.write_text("x")
    read_plain_file(file, within=None)
    assert not is_input(file)
    with inputs_noted():
        read_plain_file(link, within=None)
        assert (is_input(file), is_input(link), is_input(other)) == (True, True, False)
        assert not is_input(file.parent / "nowhere")
        read_plain_file(other, within=None)
        other.unlink()
        assert not is_input(other)
        assert is_input(file)
    assert not is_input(file)


@pytest.fixture(params=["without a name", "by name"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The two ways to write a file: the second is for systems that know no files without a name."""
    if request.param == "by name":
        monkeypatch.delattr(os, "O_TMPFILE")
    return str(request.param)


@pytest.fixture(autouse=True)
def mask() -> object:
    """New files are not for others to write."""
    old = os.umask(0o022)
    yield
    os.umask(old)


@pytest.mark.parametrize(("before", "after"), [(None, 0o644), (0o600, 0o600), (0o664, 0o664), (0o755, 0o755)])
def test_a_file_is_replaced_and_keeps_its_mode(way: str, before: int | None, after: int, file: Path) -> None:
    path = file.parent / "b.yaml"
    if before is not None:
        path.write_bytes(b"old")
        path.chmod(before)
    replace_whole(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o7777) == (b"new", after)
    assert sorted(each.name for each in file.parent.iterdir()) == ["a.yaml", "b.yaml"]


def test_what_a_killed_process_left_behind_goes(way: str, file: Path) -> None:
    (file.parent / ".a.yaml.archspec").write_text("half")
    replace_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert (way == "by name") is (file.parent / ".a.yaml.archspec").exists()


def test_a_name_may_be_as_long_as_names_can_be(way: str, file: Path) -> None:
    path = file.parent / ("x" * 250 + ".yaml")
    replace_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_where_it_cannot_be_put_nothing_is_left(way: str, file: Path) -> None:
    folder = file.parent / "folder"
    (folder / "held").mkdir(parents=True)
    with pytest.raises(OSError, match="folder"):
        replace_whole(folder, b"new")
    assert sorted(each.name for each in file.parent.iterdir()) == ["a.yaml", "folder"]
    with pytest.raises(FileNotFoundError):
        replace_whole(file.parent / "nowhere" / "a.yaml", b"new")


def test_where_a_file_cannot_be_given_a_name_it_is_written_by_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(whole_file.os, "link", refuse)
    replace_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert [each.name for each in file.parent.iterdir()] == ["a.yaml"]


def test_a_file_that_can_never_be_dressed_is_not_left_half(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.delattr(os, "O_TMPFILE")
    monkeypatch.setattr(whole_file.os, "fchmod", refuse)
    with pytest.raises(PermissionError):
        replace_whole(file, b"new")
    assert (file.read_bytes(), [each.name for each in file.parent.iterdir()]) == (b"12345678", ["a.yaml"])


@pytest.mark.parametrize(("may_give", "mode"), [(True, 0o4755), (False, 0o755)])
def test_a_file_that_cannot_be_given_to_its_owner_lends_nobody_our_rights(
    may_give: bool, mode: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []

    def give(_: int, user: int, group: int) -> None:
        if not may_give:
            raise PermissionError
        given.append((user, group))

    file.chmod(0o4755)
    owner = file.stat().st_uid, file.stat().st_gid
    monkeypatch.setattr(whole_file.os, "fchown", give)
    replace_whole(file, b"mine")
    assert given == []
    monkeypatch.setattr(whole_file.os, "geteuid", lambda: owner[0] + 1)
    replace_whole(file, b"new")
    assert set(given) == ({owner} if may_give else set())
    assert file.stat().st_mode & 0o7777 == mode
