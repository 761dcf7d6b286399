"""Results are written whole or not at all, over files, and through what is none."""

import os
import stat
import threading
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.cli.output import write_file
from archspec.errors import UsageError

TIDY = "archspec: 1\nname: Tiny\ncomponents: {api: {kind: server}}\n"
UNTIDY = TIDY.replace("{api", "{ api")


def test_a_file_and_its_folders_are_made(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "c.txt", "ü\n")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == "ü\n".encode()


def test_nothing_but_the_file_is_left_behind(tmp_path: Path) -> None:
    write_file(tmp_path / "c.txt", b"new")
    write_file(tmp_path / "c.txt", b"newer")
    assert [path.name for path in tmp_path.iterdir()] == ["c.txt"]


@pytest.mark.parametrize("nameless", [True, False])
def test_a_failure_leaves_the_old_file_as_it_was(
    nameless: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "c.txt"
    target.write_text("old", encoding="utf-8")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE")
    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(UsageError, match=r"cannot write .*c\.txt: No space left on device; choose another place\."):
        write_file(target, "new")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("c.txt", "old")]


@pytest.mark.parametrize("nameless", [True, False])
@pytest.mark.parametrize("mode", [0o755, 0o600])
def test_a_file_keeps_its_mode(nameless: bool, mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE")
    target = tmp_path / "c.sh"
    target.write_text("old", encoding="utf-8")
    target.chmod(mode)
    write_file(target, "new")
    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.parametrize("nameless", [True, False])
def test_a_new_file_has_the_mode_that_the_mask_leaves(
    nameless: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE")
    before = os.umask(0o027)
    write_file(tmp_path / "c.txt", "new")
    os.umask(before)
    assert stat.S_IMODE((tmp_path / "c.txt").stat().st_mode) == 0o640


def test_a_folder_that_is_a_file_is_a_wrong_place(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(UsageError, match="choose another place"):
        write_file(tmp_path / "a" / "b.txt", "new")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Is a directory"):
        write_file(tmp_path, "new")


def test_a_link_stays_and_the_file_behind_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/c.txt").write_text("old")
    (tmp_path / "c.txt").symlink_to("real/c.txt")
    write_file(tmp_path / "c.txt", "new")
    assert (tmp_path / "c.txt").is_symlink()
    assert (tmp_path / "real/c.txt").read_text() == "new"


def test_a_link_to_nothing_makes_the_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "c.txt").symlink_to("d.txt")
    write_file(tmp_path / "c.txt", "new")
    assert (tmp_path / "d.txt").read_text() == "new"


def test_a_ring_of_links_is_a_wrong_place(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UsageError, match="choose another place"):
        write_file(tmp_path / "a", "new")


def test_another_name_of_the_file_keeps_naming_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old and longer")
    (tmp_path / "b.txt").hardlink_to(tmp_path / "a.txt")
    write_file(tmp_path / "a.txt", "new")
    assert (tmp_path / "b.txt").read_text() == "new"


def test_a_device_is_written_to_and_stays() -> None:
    write_file(Path("/dev/null"), "new")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_fifo_is_written_to_and_stays(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(fifo.read_bytes()))
    reader.start()
    write_file(fifo, "new")
    reader.join(10)
    assert (heard, stat.S_ISFIFO(fifo.stat().st_mode)) == ([b"new"], True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["lint", "a.yaml", "-f", "text", "-o", "a.yaml"],
        ["lint", "a.yaml", "--write-baseline", "a.yaml"],
        ["lint", "a.yaml", "--write-baseline", "linked.yaml"],
        ["lint", "a.yaml", "-f", "text", "-o", "part.yaml"],
        ["lint", "a.yaml", "-f", "text", "-o", "archspec.toml"],
        ["render", "a.yaml", "-f", "svg", "-o", "./a.yaml"],
        ["render", "a.yaml", "-f", "svg", "--theme", "t.toml", "-o", "t.toml"],
        ["analyze", "a.yaml", "-f", "text", "-o", "a.yaml"],
        ["fmt", "a.yaml", "-o", "hard.yaml"],
    ],
    ids=" ".join,
)
def test_what_a_command_reads_it_does_not_write_over(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(f"include: part.yaml\n{UNTIDY}")
    Path("part.yaml").write_text("groups: {n: {kind: network}}\n")
    Path("archspec.toml").write_text("[lint]\n")
    Path("t.toml").write_text("")
    Path("linked.yaml").symlink_to("a.yaml")
    Path("hard.yaml").hardlink_to("a.yaml")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert run(arguments) == 2
    told = f"archspec: {Path(arguments[-1])} is what this command reads, and would be lost; choose another place.\n"
    assert capsys.readouterr().err.endswith(told)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("command", [["fmt"], ["lint", "--fix"]], ids=" ".join)
@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe")], ids=str
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=repr)
def test_a_formatted_file_keeps_its_encoding_mark_and_line_ends(
    command: list[str], encoding: str, mark: bytes, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(mark + UNTIDY.replace("\n", end).encode(encoding))
    run([*command, "a.yaml"])
    assert Path("a.yaml").read_bytes() == mark + TIDY.replace("\n", end).encode(encoding)


def test_a_formatted_link_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.yaml").write_text(UNTIDY)
    Path("a.yaml").symlink_to("b.yaml")
    assert run(["fmt", "a.yaml"]) == 0
    assert (Path("a.yaml").is_symlink(), Path("b.yaml").read_text()) == (True, TIDY)
