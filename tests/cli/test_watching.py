"""`archspec lint --watch`."""

from pathlib import Path

from archspec.cli.watching import watch


def test_it_judges_again_after_each_change_until_it_is_stopped(tmp_path: Path) -> None:
    """A file that changes, one that goes and one that comes each count once; looking alone does nothing."""
    spec = tmp_path / "a.yaml"
    spec.write_text("one")
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
