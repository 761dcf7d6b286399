"""What the Action and the workflow of `init` say of a pull request, run as shell in a checkout with two commits."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.difference.pairs import PAIRS, SHOP
from tests.integrations.test_workflows import ROOT, installed, shell

HEADS = {pair.name: pair.head for pair in PAIRS}
GH = """#!/bin/sh
echo "$@" >> "$CALLS"
case $* in *--paginate*) cat "$KNOWN" ;; esac
"""


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A pull request that has come to its second commit, with a `gh` that writes down what it is asked."""
    folder = tmp_path / "checkout"
    (folder / "specs").mkdir(parents=True)
    git(tmp_path, "init", "-q", str(folder))
    for text in (SHOP, HEADS["fewer replicas"]):
        (folder / "specs" / "shop.yaml").write_text(text)
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "change")
    installed(tmp_path / "archspec")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH)
    (tmp_path / "bin" / "gh").chmod(0o755)
    (tmp_path / "known").write_text("")
    return folder


def step(name: str, checkout: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """One step of the Action."""
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
    values = {key: str(given["default"]) for key, given in action["inputs"].items()} | inputs
    found = next(each for each in action["runs"]["steps"] if each.get("name") == name)
    given = {key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m[1]], v) for key, v in found["env"].items()}
    temporary = checkout.parent
    variables = {
        **{key: value for key, value in given.items() if "${{" not in value},
        "RUNNER_TEMP": str(temporary), "RUNNER_OS": "Linux", "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        "GITHUB_REPOSITORY": "team/shop", "NUMBER": "7", "CALLS": str(temporary / "calls"),
        "KNOWN": str(temporary / "known"),
    }  # fmt: skip
    script = f'PATH="{temporary / "bin"}{os.pathsep}$PATH"\n{found["run"]}'
    return shell(script, checkout, variables)


def calls(checkout: Path) -> list[str]:
    return (checkout.parent / "calls").read_text().splitlines()


def test_what_a_pull_request_does_goes_to_summary_annotations_and_artifact(checkout: Path) -> None:
    done = step("Compare", checkout, diff="specs/shop.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("::warning file=specs/shop.yaml,line=50,")
    summary = (checkout.parent / "summary.md").read_text()
    assert summary.startswith("<!-- archspec-diff specs/shop.yaml -->\n### archspec: specs/shop.yaml\n\n**10 figures")
    written = sorted(path.name for path in (checkout.parent / "archspec-diff" / "1").iterdir())
    assert written == ["comment.md", "page.html", "picture.svg"]


@pytest.mark.slow
@pytest.mark.parametrize(("policy", "status"), [("single-point", 1), ("objective,change", 1), ("never", 0)])
def test_a_policy_fails_the_job(checkout: Path, policy: str, status: int) -> None:
    assert step("Compare", checkout, diff="specs/shop.yaml", **{"fail-on": policy}).returncode == status


def test_a_base_that_is_not_there_is_never_called_unchanged(checkout: Path) -> None:
    done = step("Compare", checkout, diff="specs/shop.yaml", base="HEAD^9")
    assert done.returncode == 2
    assert "`HEAD^9` is not a commit that this repository holds; fetch it" in done.stderr
    assert not (checkout.parent / "summary.md").exists()
    assert step("Comment", checkout).returncode == 0
    assert not (checkout.parent / "calls").exists()


def test_a_comment_is_begun_once_and_updated_from_then_on(checkout: Path) -> None:
    step("Compare", checkout, diff="specs/shop.yaml")
    assert step("Comment", checkout).returncode == 0
    query, post = calls(checkout)
    assert 'startswith("<!-- archspec-diff specs/shop.yaml -->")' in query
    assert post.startswith("api --method POST repos/team/shop/issues/7/comments -F body=@")
    (checkout.parent / "known").write_text("41\n42\n")
    assert step("Comment", checkout).returncode == 0
    assert calls(checkout)[3].startswith("api --method PATCH repos/team/shop/issues/comments/41 -F body=@")


@pytest.mark.slow
def test_no_comment_is_begun_where_nothing_changed(checkout: Path) -> None:
    git(checkout, "commit", "--allow-empty", "-qm", "nothing")
    step("Compare", checkout, diff="specs/shop.yaml")
    assert step("Comment", checkout).returncode == 0
    assert len(calls(checkout)) == 1
    (checkout.parent / "known").write_text("41\n")
    step("Comment", checkout)
    assert calls(checkout)[2].startswith("api --method PATCH")


@pytest.mark.slow
def test_the_workflow_of_init_compares_a_pull_request(checkout: Path) -> None:
    text = (ROOT / "archspec/cli/templates/workflow.yaml").read_text()
    written = yaml.safe_load(re.sub(r"@(SPEC|REPOSITORY|REVISION)@", "x", text))
    found = next(each for each in written["jobs"]["architecture"]["steps"] if each.get("name") == "Compare")
    temporary = checkout.parent
    variables = {
        "RUNNER_TEMP": str(temporary),
        "SPEC": "specs/shop.yaml",
        "GITHUB_STEP_SUMMARY": str(temporary / "s.md"),
    }
    assert shell(found["run"], checkout, variables).returncode == 0
    assert sorted(path.name for path in (temporary / "report").iterdir()) == ["change.html", "change.md", "change.svg"]
    assert "10 figures get worse" in (temporary / "s.md").read_text()
