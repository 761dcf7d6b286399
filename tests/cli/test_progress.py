"""The progress bar: where it is seen, and that it goes away."""

import pytest

from archspec.cli.progress import progress
from archspec.cli.terminal import Terminal


def test_no_bar_where_nobody_looks() -> None:
    """Standard error of a test is no terminal."""
    assert progress(Terminal(), "simulating") is None


def test_a_bar_follows_the_share_and_is_taken_down_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Terminal, "shows_progress", property(lambda _: True))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    show = progress(Terminal(), "simulating")
    assert show is not None
    show(0.5)
    show(1.0)
    out, err = capsys.readouterr()
    assert out == ""
    assert "simulating" in err
