"""Data to standard output, messages to standard error, colour only on a terminal."""

import io
import sys
from typing import Any

import pytest

from archspec.cli.terminal import ReaderGoneError, Terminal


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


@pytest.mark.parametrize(("encoding", "written"), [("utf-8", "naïve\n".encode()), ("ascii", b"na?ve\n")])
def test_what_a_stream_cannot_spell_is_a_question_mark(
    encoding: str, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, encoding))
    Terminal().data("naïve")
    assert data.getvalue() == written
    Terminal().data("")
    assert data.getvalue() == written


def test_a_file_s_own_text_is_harmless_on_a_terminal_and_as_it_is_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, shown in ((Screen(), "a\ufffdb\n"), (io.StringIO(), "a\x1bb\n")):
        monkeypatch.setattr(sys, "stdout", stream)
        Terminal().verbatim("a\x1bb")
        assert stream.getvalue() == shown


def test_a_reader_who_has_gone_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        buffer: Any = None

        def write(self, _: object) -> int:
            raise BrokenPipeError

    gone = Gone()
    gone.buffer = gone
    monkeypatch.setattr(sys, "stdout", gone)
    with pytest.raises(ReaderGoneError):
        Terminal().data("x")
    with pytest.raises(ReaderGoneError):
        Terminal().binary(b"x")


def test_a_screen_is_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.setattr(sys, "stdout", Screen())
    assert (Terminal().screen.colour, Terminal().screen.width) == (True, 77)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert (Terminal().screen.colour, Terminal().screen.width) == (False, None)
