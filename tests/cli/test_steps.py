"""What a long command says while it is at work."""

from time import sleep

import pytest

from archspec.cli.steps import told_steps
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
