"""Data to standard output, messages to standard error, colour only on a terminal."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from archspec.cli.main import run
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


def test_bytes_go_through_standard_output_as_they_are_and_to_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text("archspec: 1\nname: A\ncomponents: {a: {kind: server}}\n")
    command = ["render", str(spec), "-f", "png"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(command) == 2
    assert b"png is not text that a terminal can show; name a file with -o." in capfdbinary.readouterr().err
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert run(command) == 0
    assert capfdbinary.readouterr().out.startswith(b"\x89PNG\r\n\x1a\n")


def test_a_text_of_a_file_is_itself_and_on_a_terminal_harmless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal().verbatim("a\x1b[2Jb\n")
    assert capsys.readouterr().out == "a\x1b[2Jb\n"
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    Terminal().verbatim("a\x1b[2Jb\n")
    assert "\x1b" not in screen.getvalue()
