"""How far a command is: a bar on a terminal, that goes away; elsewhere a line now and then."""

import pytest

from archspec.cli import steps as told
from archspec.cli.steps import progress
from archspec.cli.terminal import Terminal


def test_off_a_terminal_a_line_says_every_few_seconds_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Begun at 100 s: nothing at 104 s, a line at 106 s, none at 108 s, one at 111 s."""
    clock = iter([100.0, 104.0, 106.0, 106.0, 108.0, 111.0, 111.0])
    monkeypatch.setattr(told, "monotonic", lambda: next(clock))
    with progress(Terminal(), "simulating") as show:
        assert show is not None
        for share in (0.1, 0.2, 0.3, 0.4):
            show(share)
    assert capsys.readouterr() == ("", "simulating: 20%\nsimulating: 40%\n")


def test_a_quiet_command_says_nothing() -> None:
    with progress(Terminal(quiet=True), "simulating") as show:
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
