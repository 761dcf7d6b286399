"""The tutorial is followed word by word, and shows what its commands print."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.cli.main import run
from tools.tutorial import followed, steps

PAGE = Path(__file__).parents[1] / "docs" / "tutorial.md"


def test_the_tutorial_is_followed_word_by_word(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[Path, str], None],
) -> None:
    def told(command: str) -> str:
        program, *arguments = shlex.split(command)
        assert program == "archspec"
        assert run(arguments) in (0, 1)
        data, said = capsys.readouterr()
        return data or said

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    golden(PAGE, followed(PAGE.read_text("utf-8"), tmp_path, told))


def test_the_tutorial_goes_the_whole_way() -> None:
    text = "".join(step.text for step in steps(PAGE.read_text("utf-8")))
    assert set(re.findall(r"^\$ archspec (\w+)", text, re.MULTILINE)) == {
        *("lint", "render", "trace", "analyze", "simulate", "verify")
    }


def test_at_the_end_nothing_is_found_and_the_promise_is_kept() -> None:
    last = list(steps(PAGE.read_text("utf-8")))[-1]
    assert "--quiet\nnothing found in 1 spec.\n" in last.text
    assert last.text.endswith("\n1 promise: 1 kept.\n")
