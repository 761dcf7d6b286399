"""The hooks of pre-commit: as the shell calls them, and with pre-commit itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HEAD = "archspec: 1\nname: Shop\ninclude: [shop/parts.yaml]\ncomponents: {db: {kind: database, backup: none}}\n"
PART = "components: {api: {kind: server}}\nconnections: [api -> db]\n"
OTHER = "archspec: 1\nname: Other\ncomponents: {db: {kind: database, backup: none}, a: {kind: sever}}\n"


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two specs, one of them with an include, none with a usual name; and YAML that is none of ours."""
    folder = tmp_path / "repository"
    (folder / "shop").mkdir(parents=True)
    (folder / "system.yaml").write_text(HEAD)
    (folder / "shop" / "parts.yaml").write_text(PART)
    (folder / "other.yml").write_text(OTHER)
    (folder / "compose.yaml").write_text("services:   {}\n")
    return folder


def hook(repository: Path, name: str, *files: str) -> tuple[int, str]:
    """What a hook's entry says of changed files."""
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    command = [Path(sys.executable).parent / "archspec", *hooks[name]["entry"].split()[1:], "--quiet", *files]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_changed_include_lints_its_root_and_nothing_else(repository: Path) -> None:
    status, text = hook(repository, "archspec-lint", "shop/parts.yaml", "compose.yaml")
    assert status == 1
    assert "system.yaml:4" in text
    assert "other.yml" not in text


def test_a_spec_of_any_name_is_seen(repository: Path) -> None:
    status, text = hook(repository, "archspec-lint", "other.yml")
    assert status == 2
    assert "did you mean `server`?" in text


def test_yaml_that_is_no_spec_is_left_alone(repository: Path) -> None:
    assert hook(repository, "archspec-lint", "compose.yaml") == (0, "nothing found in 0 specs.\n")
    assert hook(repository, "archspec-fmt", "compose.yaml") == (0, "")
    assert (repository / "compose.yaml").read_text() == "services:   {}\n"


def test_a_changed_include_is_formatted_and_the_rest_is_not(repository: Path) -> None:
    (repository / "shop" / "parts.yaml").write_text(PART.replace("api: ", "api:   "))
    (repository / "system.yaml").write_text(HEAD.replace("name: ", "name:   "))
    assert hook(repository, "archspec-fmt", "shop/parts.yaml") == (0, "")
    assert (repository / "shop" / "parts.yaml").read_text() == PART
    assert (repository / "system.yaml").read_text() == HEAD.replace("name: ", "name:   ")


@pytest.mark.server
def test_pre_commit_installs_the_hooks_from_this_repository(repository: Path) -> None:
    """With an extra, and without an index for archspec itself: `--no-index` would forbid the others' packages too."""
    home = repository.parent
    git(repository, "init", "-q")
    git(home, "clone", "-q", str(ROOT), "archspec")
    revision = subprocess.run(["git", "-C", home / "archspec", "rev-parse", "HEAD"], capture_output=True, check=True)
    hooks = [
        {"id": "archspec-fmt"},
        {"id": "archspec-lint", "additional_dependencies": ["archspec-code[cel]"]},
    ]
    config = {"repos": [{"repo": str(home / "archspec"), "rev": revision.stdout.decode().strip(), "hooks": hooks}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "first")
    (repository / "archspec.toml").write_text(
        '[[lint.rules]]\ncode = "TEAM01"\ncheck = "components.all(c, c.owner != null)"\n'
        'message = "`{id}` has no owner"\nremedy = "add one."\n'
    )
    (repository / "shop" / "parts.yaml").write_text(PART.replace("api: ", "api:   "))
    git(repository, "add", ".")
    command = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home / "cache")}
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    assert "formatted shop/parts.yaml" in done.stdout
    assert "[TEAM01]: `api` has no owner" in done.stdout
    assert "other.yml" not in done.stdout
