"""A folder of results: all or nothing, the old ones gone, the others' files kept."""

import json
from pathlib import Path

import pytest

from archspec.cli import output_folder
from archspec.cli.output_folder import MANIFEST, write_folder
from archspec.errors import UsageError


def texts(folder: Path) -> dict[str, str]:
    """Every file of a folder but the manifest."""
    found = {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}
    return {name: text for name, text in found.items() if name != MANIFEST}


@pytest.fixture(params=["in one step", "one after the other"])
def out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that does not exist yet, on systems that can let folders change places and on others."""
    if request.param != "in one step":
        monkeypatch.setattr(output_folder, "_exchanged", lambda *_: False)
    return tmp_path / "out"


def test_what_an_earlier_run_wrote_and_this_one_does_not_goes(out: Path) -> None:
    write_folder(out, {"a": b"1", "flows/old.svg": b"2"})
    write_folder(out, {"a": b"3", "views/new.svg": b"4"})
    assert texts(out) == {"a": "3", "views/new.svg": "4"}
    assert sorted(path.name for path in out.iterdir()) == [MANIFEST, "a", "views"]


def test_what_others_wrote_stays(out: Path) -> None:
    write_folder(out, {"a": b"1", "flows/old.svg": b"2", "flows/edited.svg": b"3"})
    (out / "flows/notes.txt").write_text("theirs")
    (out / "flows/edited.svg").write_text("theirs too")
    write_folder(out, {"a": b"4"})
    assert texts(out) == {"a": "4", "flows/notes.txt": "theirs", "flows/edited.svg": "theirs too"}


def test_nothing_is_left_beside_the_folder(out: Path) -> None:
    write_folder(out, {"a": b"1"})
    write_folder(out, {"b": b"1"})
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_place_that_cannot_be_written_leaves_all_as_it_was(out: Path) -> None:
    write_folder(out, {"a": b"1", "b": b"2"})
    with pytest.raises(UsageError, match="choose another place"):
        write_folder(out, {"a": b"3", "x" * 300: b"4"})
    assert texts(out) == {"a": "1", "b": "2"}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_folder_behind_a_link_is_written_there(out: Path) -> None:
    (out.parent / "real").mkdir()
    out.symlink_to("real")
    write_folder(out, {"a": b"1"})
    write_folder(out, {"b": b"2"})
    assert (out.is_symlink(), texts(out)) == (True, {"b": "2"})


@pytest.mark.parametrize(
    "manifest",
    [
        "no json",
        "[" * 100_000,
        json.dumps({"files": {"../precious": "x", "/etc/passwd": "x", "a\0": "x"}}),
        json.dumps({"files": [1]}),
    ],
    ids=["text", "deep", "outside", "list"],
)
def test_a_forged_manifest_takes_nothing_away(manifest: str, out: Path) -> None:
    (out.parent / "precious").write_text("kept")
    out.mkdir()
    (out / MANIFEST).write_text(manifest)
    write_folder(out, {"a": b"1"})
    assert (out.parent / "precious").read_text() == "kept"
    assert texts(out) == {"a": "1"}


def test_a_link_in_the_folder_is_not_followed_to_take_away(out: Path) -> None:
    write_folder(out, {"a": b"1", "b": b"2"})
    precious = out.parent / "precious"
    precious.write_text("2")
    (out / "b").unlink()
    (out / "b").symlink_to(precious)
    write_folder(out, {"a": b"1"})
    assert precious.read_text() == "2"
