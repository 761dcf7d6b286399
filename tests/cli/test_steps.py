"""What a long command says while it is at work."""

from time import sleep

import pytest
from rich.progress import Progress

from archspec.cli.steps import shown_steps, told_steps
from archspec.cli.terminal import Terminal


def test_a_step_that_takes_long_is_told_of_more_than_once(capsys: pytest.CaptureFixture[str]) -> None:
    with told_steps(Terminal(), 3, every=0.02) as say:
        say("reading")
        say("tracing read")
        sleep(0.5)
    lines = capsys.readouterr().err.splitlines()
    assert set(lines[1:]) == {"tracing read (2 of 3)"}
    assert len(lines) > 2


def test_what_is_quick_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with told_steps(Terminal(), 1) as say:
        say("reading")
    assert capsys.readouterr() == ("", "")


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with told_steps(Terminal(quiet=True), 1, every=0.01) as say:
        say("reading")
        sleep(0.1)
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_a_bar_fills_with_each_step_that_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Terminal, "shows_progress", property(lambda _: True))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    done: list[float] = []
    stop = Progress.stop

    def noting(bar: Progress) -> None:
        done.extend(task.completed for task in bar.tasks)
        stop(bar)

    monkeypatch.setattr(Progress, "stop", noting)
    with shown_steps(Terminal(), 3) as say:
        for step in ("reading", "tracing [x]", "writing"):
            say(step)
    assert done == [2]
    assert "writing" in capsys.readouterr().err


def test_elsewhere_no_bar_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_steps(Terminal(), 3) as say:
        say("reading")
    assert capsys.readouterr() == ("", "")
