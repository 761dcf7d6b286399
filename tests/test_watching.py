"""Files that are read again when they change: `archspec lint --watch` and `archspec serve`."""

import os
from pathlib import Path

from archspec.watching import Watch, watch


def written(path: Path, text: str = "one") -> Path:
    """A file that was written long ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    os.utime(path, (1, 1))
    return path


def reading(*files: Path) -> Watch:
    """What watches files that have been read once."""
    watched = Watch()
    watched.begin()
    watched.read(map(str, files))
    return watched


def test_it_judges_again_after_each_change_until_it_is_stopped(tmp_path: Path) -> None:
    """A file that changes, one that goes and one that comes each count once; looking alone does nothing."""
    spec = written(tmp_path / "a.yaml")
    log: list[str] = []
    steps = iter(["look", "change", "look", "delete", "write", "stop"])

    def judge() -> list[str]:
        log.append(spec.read_text() if spec.exists() else "gone")
        return [str(spec)]

    def pause() -> None:
        match next(steps):
            case "change":
                spec.write_text("another")
            case "delete":
                spec.unlink()
            case "write":
                spec.write_text("back again")
            case "stop":
                raise KeyboardInterrupt

    watch(judge, pause)
    assert log == ["one", "another", "gone", "back again"]


def test_a_file_that_nobody_touches_has_not_changed(tmp_path: Path) -> None:
    assert not reading(written(tmp_path / "a.yaml")).has_changed


def test_a_save_while_the_files_are_read_is_not_lost(tmp_path: Path) -> None:
    known, new = written(tmp_path / "a.yaml"), written(tmp_path / "b.yaml")
    watched = reading(known)
    watched.begin()
    known.write_text("other")
    watched.read([str(known)])
    assert watched.has_changed
    watched = reading(known)
    watched.begin()
    new.write_text("other")
    watched.read([str(known), str(new)])
    assert watched.has_changed


def test_a_file_that_was_looked_for_in_vain_has_changed_when_it_comes(tmp_path: Path) -> None:
    watched = reading(tmp_path / "a.yaml")
    assert not watched.has_changed
    written(tmp_path / "a.yaml")
    assert watched.has_changed


def test_a_folder_that_is_moved_away_and_replaced_is_seen_both_times(tmp_path: Path) -> None:
    """It is the path that counts, not the folder that once stood there."""
    spec = written(tmp_path / "in" / "a.yaml")
    watched = reading(spec)
    spec.parent.rename(tmp_path / "away")
    assert watched.has_changed
    watched.begin()
    watched.read([str(spec)])
    assert not watched.has_changed
    written(spec)
    assert watched.has_changed
