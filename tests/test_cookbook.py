"""Every spec of the cookbook does what people would do with it."""

import re
from pathlib import Path

import pytest

import archspec

PAGE = (Path(__file__).parents[1] / "docs" / "cookbook.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^## ([^\n]+)\n.*?^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def test_every_recipe_has_a_spec() -> None:
    assert len(RECIPES) == PAGE.count("\n## ") == PAGE.count("```yaml")


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_linter_finds_nothing(recipe: str) -> None:
    assert [finding.text for finding in archspec.lint(archspec.load_text(RECIPES[recipe]), isolated=True)] == []


@pytest.mark.parametrize("recipe", RECIPES)
def test_its_requests_succeed_and_it_can_be_drawn(recipe: str) -> None:
    system = archspec.load_text(RECIPES[recipe])
    assert [flow for flow in system.flows if not archspec.trace(system, flow).succeeded] == []
    assert archspec.render(system, format="mermaid").text.startswith("---")
