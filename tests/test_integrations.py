"""What other tools read of this repository: hooks, the action, and the examples in the docs."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from archspec.validators.config_file import parse_config

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples" / "team"


def test_the_example_names_hooks_that_exist() -> None:
    """The docs' configuration of pre-commit uses the ids of the hooks."""
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    config = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text())
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} <= hooks


@pytest.mark.parametrize("file", [".ci/run", ".ci/minimal"])
def test_ci_runs_the_commands_of_the_readme_as_they_are_written(file: str) -> None:
    """The build and the tests, to the letter."""
    commands = re.findall(r"^python3 -m pip install .*$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert commands == [
        "python3 -m pip install -q --target .uv uv && .uv/bin/uv run --no-dev archspec build"
        " specs/video_platform/architecture.yaml -o out/",
        "python3 -m pip install -q --target .uv uv && .uv/bin/uv run --all-extras pytest",
    ]
    script = (ROOT / file).read_text()
    assert [command for command in commands if command not in script] == []


def test_the_action_hands_inputs_over_as_variables() -> None:
    """No input is written into a script, where it would run as code."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert all("${{" not in script for script in scripts)


def test_the_example_configuration_is_valid() -> None:
    """The docs' archspec.toml is read, its rule included."""
    config = parse_config((EXAMPLES / "archspec.toml").read_text(), EXAMPLES / "archspec.toml")
    assert config is not None
    assert [rule.code for rule in config.team_rules] == ["TEAM01"]


def test_gitlab_gets_the_format_that_it_reads() -> None:
    """The snippet's report is in the gitlab format."""
    job = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text())["architecture"]
    assert "--format gitlab" in job["script"][-1]
    assert job["artifacts"]["reports"]["codequality"] in job["script"][-1]


def test_every_example_names_the_repository_of_the_package() -> None:
    """The address in the examples is `project.urls`' own."""
    address = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["urls"]["Repository"]
    readme = re.search(r"\S+(?=/blob/main/' \},\n\])", (ROOT / "pyproject.toml").read_text())
    assert readme is not None
    assert readme[0] == f"'\\1{address}"
    named = {
        "pre-commit-config.yaml": f"repo: {address}\n",
        "github-workflow.yml": f"uses: {address.removeprefix('https://github.com/')}@",
        "gitlab-ci.yml": f"ARCHSPEC_REPOSITORY: {address}\n",
    }
    assert [file for file, line in named.items() if line not in (EXAMPLES / file).read_text()] == []


@pytest.mark.parametrize("file", ["archspec.toml", "team_rules.py"])
def test_the_page_on_teams_shows_its_examples_as_they_are(file: str) -> None:
    """Blocks in docs/lint.md are the files that the tests run."""
    language = "toml" if file.endswith(".toml") else "python"
    page = (ROOT / "docs" / "lint.md").read_text()
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert "\n".join(blocks) == (EXAMPLES / file).read_text()
