"""The lessons and incidents: each command in a README prints what it shows, and no figure comes from elsewhere.

After a change that is meant: `pytest tests/test_lessons.py --update-goldens`, and read the difference.
"""

import re
import shlex
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load

ROOT = Path(__file__).parent.parent
LESSONS = sorted(path.parent for path in (ROOT / "specs" / "lessons").glob("*/architecture.yaml"))
INCIDENTS = sorted(path.parent for path in (ROOT / "specs" / "incidents").glob("*/architecture.yaml"))
each_of_both = pytest.mark.parametrize("lesson", [*LESSONS, *INCIDENTS], ids=lambda lesson: lesson.name)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SOURCED = re.compile(r"^.*\]\(https://.*$", re.MULTILINE)
"""A paragraph that has a source."""
_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?:%|x\b|/s\b| ?(?:ms|s|min)\b)|\b\d{4,}\b")


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")


def _readme(lesson: Path) -> Path:
    return lesson / "README.md"


def _output(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    program, *arguments = shlex.split(command)
    assert program == "archspec"
    assert run(arguments) in (0, 1)
    return f"$ {command}\n{capsys.readouterr().out}"


def test_there_is_a_lesson_for_each_of_them() -> None:
    assert [lesson.name for lesson in LESSONS] == [
        "cache_stampede",
        "deploy_at_peak",
        "retry_storm",
        "slow_dependency",
        "slow_replica",
        "thundering_herd",
        "zone_lost",
    ]


@each_of_both
def test_a_lesson_shows_what_its_commands_print(
    lesson: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    text = _readme(lesson).read_text(encoding="utf-8")
    for block in _BLOCK.findall(text):
        command = block.splitlines()[0].removeprefix("$ ")
        assert f"specs/{lesson.parent.name}/{lesson.name}/architecture.yaml" in command
        shown = _output(command, capsys)
        if request.config.getoption("--update-goldens"):
            text = text.replace(block, shown)
            _readme(lesson).write_text(text, encoding="utf-8")
        else:
            assert block == shown


@each_of_both
def test_every_figure_of_a_lesson_is_the_tools_or_the_specs(lesson: Path) -> None:
    """What the prose says stands in an output of the README, or in the spec; what a source says, in the source."""
    text = _readme(lesson).read_text(encoding="utf-8")
    known = "\n".join([*_BLOCK.findall(text), (lesson / "architecture.yaml").read_text(encoding="utf-8")])
    figures = [
        figure
        for figure in _FIGURE.findall(_SOURCED.sub("", _BLOCK.sub("", text)))
        if figure.replace(" ", "") not in known.replace(" ", "")
    ]
    assert figures == []


@each_of_both
def test_a_lesson_says_what_it_is(lesson: Path) -> None:
    """The title of the README is the spec's name, and its scenarios say what they show."""
    architecture = load(lesson / "architecture.yaml")
    assert (
        _readme(lesson).read_text(encoding="utf-8").startswith(f"# {architecture.name}\n\n{architecture.description}")
    )
    assert all(scenario.description for scenario in architecture.scenarios.values())
