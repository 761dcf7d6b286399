"""Specs that people have half written."""

from pathlib import Path

import pytest

from archspec.errors import SpecError
from archspec.language import load_text
from archspec.validators.config import Config
from archspec.validators.run import judge

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*/architecture.yaml"))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_a_spec_without_some_of_its_lines_is_refused_or_judged_by_every_rule(path: Path) -> None:
    """Whatever is missing, each finding has a place, a message without and a remedy with a full stop."""
    lines = path.read_text("utf-8").splitlines()
    assert judged_without(lines, range(0, len(lines), max(7, len(lines) // 10))) > 2


@pytest.mark.slow
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_a_spec_without_any_of_its_lines_is_refused_or_judged_by_every_rule(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert judged_without(lines, range(len(lines))) > 20


def judged_without(lines: list[str], starts: range) -> int:
    """How many of the specs that lack one or three lines from a start on are judged."""
    judged = 0
    for number, start in enumerate(starts):
        length = (1, 3)[number % 2]
        try:
            architecture = load_text("\n".join([*lines[:start], *lines[start + length :]]))
        except SpecError:
            continue
        judged += 1
        for finding in judge(architecture, Config(select=("all",))).findings:
            assert finding.span is not None
            assert finding.remedy.endswith(".")
            assert not finding.message.endswith(".")
    return judged
