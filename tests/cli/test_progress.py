"""The progress bar: where it is seen, and that it goes away."""

import pytest

from archspec.cli.progress import progress
from archspec.cli.terminal import Terminal


def test_no_bar_where_nobody_looks() -> None:
    """Standard error of a test is no terminal."""
    with progress(Terminal(), "simulating") as show:
        assert show is None


def half_done_and_interrupted() -> None:
    with progress(Terminal(), "simulating") as show:
        assert show is not None
        show(0.5)
        raise KeyboardInterrupt


def test_a_bar_is_taken_down_whatever_happens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Terminal, "shows_progress", property(lambda _: True))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    with pytest.raises(KeyboardInterrupt):
        half_done_and_interrupted()
    out, err = capsys.readouterr()
    assert out == ""
    assert "simulating" in err
    assert err.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")  # the cursor is seen again, and the line is empty
