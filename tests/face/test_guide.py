"""The examples of the guide and the reference do what they show, and so do the five lines of the README."""

import doctest
import re
import shutil
from pathlib import Path

import pytest

import archspec

ROOT = Path(__file__).parents[2]
_EXAMPLES = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def failures(text: str, names: dict[str, object], title: str) -> str:
    """What the examples in a text's blocks print other than they show; they share their names."""
    runner, parser, told = doctest.DocTestRunner(), doctest.DocTestParser(), list[str]()
    for block in _EXAMPLES.finditer(text):
        line = text.count("\n", 0, block.start())
        test = parser.get_doctest(block[1], {}, title, title, line)
        test.globs = names
        runner.run(test, out=told.append, clear_globs=False)
    assert runner.tries > 0
    return "".join(told)


def test_the_examples_of_the_guide_do_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "docs" / "examples")
    assert failures((ROOT / "docs" / "python.md").read_text(encoding="utf-8"), {}, "python.md") == ""


def test_the_examples_of_the_reference_do_what_they_show() -> None:
    names = {name: getattr(archspec, name) for name in archspec.__all__}
    assert failures((ROOT / "docs" / "api.md").read_text(encoding="utf-8"), names, "api.md") == ""


def test_the_guide_names_the_function_of_each_command() -> None:
    guide = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    functions = [name for name in archspec.__all__ if name.islower() and getattr(archspec, name).__module__ not in DSL]
    assert [name for name in functions if f"archspec.{name}(" not in guide] == []


DSL = ("archspec.dsl.builder", "archspec.dsl.steps")


def test_the_five_lines_of_the_readme_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert len([line for line in lines.splitlines() if line]) == 5
    shutil.copytree(ROOT / "specs" / "web_shop", tmp_path / "specs" / "web_shop")
    monkeypatch.chdir(tmp_path)
    exec(compile(lines, "README.md", "exec"), {})
    promised, p99 = capsys.readouterr().out.splitlines()
    assert promised.startswith("Findings('specs/web_shop/architecture.yaml', nothing found) 0.99999")
    assert 0.3 < float(p99) < 3
    assert (tmp_path / "out" / "shop.svg").read_text().startswith("<svg ")
