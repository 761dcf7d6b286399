"""Data to standard output, messages to standard error, colour only on a terminal."""

import io
import sys

import pytest

from archspec.cli.terminal import Terminal


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


def test_data_and_messages_go_apart(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.data("result")
    terminal.message("note\n")
    assert capsys.readouterr() == ("result\n", "note\n")


def test_quiet_silences_messages_but_no_data_and_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(quiet=True)
    terminal.data("result")
    terminal.message("note")
    terminal.error("failure")
    assert capsys.readouterr() == ("result\n", "failure\n")


@pytest.mark.parametrize(
    ("stream", "environment", "no_color", "colour"),
    [
        (Screen(), {}, False, True),
        (io.StringIO(), {}, False, False),
        (Screen(), {"NO_COLOR": "1"}, False, False),
        (Screen(), {"NO_COLOR": ""}, False, True),  # no-color.org: only when not empty
        (Screen(), {"TERM": "dumb"}, False, False),
        (Screen(), {}, True, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, False, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    stream: io.StringIO,
    environment: dict[str, str],
    no_color: bool,
    colour: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal(no_color=no_color)
    assert (terminal.colour, terminal.error_colour) == (colour, colour)


def test_progress_is_shown_on_a_terminal_that_is_not_told_to_be_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Screen())
    assert (Terminal().shows_progress, Terminal(quiet=True).shows_progress) == (True, False)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert Terminal().shows_progress is False


def test_a_message_keeps_the_blanks_that_lay_it_out(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().message("Next:", "  archspec lint", "  naïve")
    assert capsys.readouterr().err == "Next:\n  archspec lint\n  naïve\n"
