"""The steps of the Action, of `archspec init`'s workflow and of GitLab's job, run as shell in a hostile checkout."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from archspec.cli.main import run

ROOT = Path(__file__).parents[2]
BAD = (
    "archspec: 1\nname: Shop\ncomponents: {api: {kind: server}, db: {kind: database, backup: none}}\n"
    "connections: [api -> db]\n"
)
BROKEN = BAD.replace("kind: server", "kind: sever")
DECOYS = (
    "pip",
    "uv",
    "yaml",
    "archspec",
    "typer",
    "numpy",
    "json",
    "joblib",
    "multiprocessing",
    "sitecustomize",
    "evil",
)
"""Modules that a checkout could slip in; each leaves a mark where it runs."""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a spec in a subfolder, and files that pose as modules, options and settings."""
    for name in ("PYTHONPATH", "GITHUB_WORKSPACE", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "checkout"
    shop = folder / "services" / "shop"
    shop.mkdir(parents=True)
    (folder / ".git").mkdir()
    for place in (folder, shop):
        for name in DECOYS:
            (place / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\n")
        (place / "--rules=evil.py").write_text("")
        (place / "uv.toml").write_text("offline = true\nindex-url = 'http://127.0.0.1:9/'\n")
        (place / "setup.cfg").write_text("[global]\nindex-url = http://127.0.0.1:9/\n")
    (shop / "architecture.yaml").write_text(BAD)
    return folder


def installed(folder: Path) -> None:
    """The archspec of the tests, where the steps expect theirs."""
    command = folder / "bin" / "archspec"
    if not command.is_symlink():
        command.parent.mkdir(parents=True)
        command.symlink_to(Path(sys.executable).parent / "archspec")


def shell(script: str, folder: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """A step as the runner calls it, with a Python that has pip, as the tests' own environment has not."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    path = f"{sys.base_prefix}/bin{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **variables}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def nothing_ran(checkout: Path) -> bool:
    return not (checkout.parent / "ran").exists()


def action_lint(checkout: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """The step of the Action that lints."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    values = {name: given["default"] for name, given in action["inputs"].items()} | inputs
    step = next(step for step in action["runs"]["steps"] if step.get("name") == "Lint")
    variables = {key: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda m: values[m[1]], v) for key, v in step["env"].items()}
    temporary = checkout.parent / "temporary"
    installed(temporary / "archspec")
    return shell(step["run"], checkout, {**variables, "RUNNER_TEMP": str(temporary), "RUNNER_OS": "Linux"})


def sarif(file: Path) -> list[dict[str, Any]]:
    """The results of a SARIF report, each as its place and rule."""
    log = json.loads(file.read_text())
    return [
        {
            "rule": result["ruleId"],
            "file": result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        }
        for result in log["runs"][0]["results"]
    ]


def test_the_action_annotates_files_by_their_names_from_the_root(checkout: Path) -> None:
    """A finding fails the step; its annotation names the file as the repository does."""
    done = action_lint(checkout, paths="**", sarif="found.sarif")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=services/shop/architecture.yaml,line=3,")
    assert sarif(checkout / "found.sarif") == [{"rule": "DAT02", "file": "services/shop/architecture.yaml"}]
    assert nothing_ran(checkout)


def test_the_action_in_a_subfolder_names_files_from_the_root(checkout: Path) -> None:
    """Where the job works in a subfolder, and the spec is named from there."""
    done = action_lint(checkout / "services" / "shop", paths="architecture.yaml")
    assert done.stdout.startswith("::error file=services/shop/architecture.yaml,line=3,")
    assert nothing_ran(checkout)


def test_the_action_reports_an_invalid_spec_in_both_formats(checkout: Path) -> None:
    """Exit status 2, an annotation, and a SARIF report with the mistake."""
    (checkout / "services" / "shop" / "architecture.yaml").write_text(BROKEN)
    done = action_lint(checkout, paths="services", sarif="found.sarif")
    assert done.returncode == 2
    assert "did you mean `server`?" in done.stdout
    assert sarif(checkout / "found.sarif") == [{"rule": "schema", "file": "services/shop/architecture.yaml"}]


def test_a_policy_wins_over_what_the_checkout_says(checkout: Path) -> None:
    """Neither its own settings nor its comments count, in the Action and in GitLab's job."""
    (checkout / "archspec.toml").write_text("[lint]\nfail-on = 'never'\n")
    policy = checkout.parent / "policy.toml"
    policy.write_text("[lint]\n")
    softened = BAD.replace("backup: none}}", "backup: none}}   # archspec: ignore[DAT02] no")
    (checkout / "services" / "shop" / "architecture.yaml").write_text(softened)
    assert action_lint(checkout).returncode == 0
    installed(checkout.parent / "environment")
    job = "\n".join(gitlab_job()["script"])
    variables = {"ARCHSPEC": str(checkout.parent)}
    assert shell(job, checkout, variables).returncode == 0
    assert shell(job, checkout, variables | {"ARCHSPEC_POLICY": str(policy)}).returncode == 1
    assert action_lint(checkout, config=str(policy)).returncode == 1


def workflow(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The workflow that `archspec init` writes in a subfolder of the checkout, for the spec that is there then."""
    spec = checkout / "services" / "shop" / "architecture.yaml"
    text = spec.read_text()
    spec.unlink()
    monkeypatch.chdir(spec.parent)
    assert run(["init", "--quiet"]) == 0
    spec.write_text(text)
    written: dict[str, Any] = yaml.safe_load(
        (checkout / ".github" / "workflows" / "architecture-services-shop.yaml").read_text()
    )
    return written


def steps(written: dict[str, Any], checkout: Path, *, but: str = "") -> dict[str, int]:
    """Run the steps of a workflow's only job; the exit status of each. After a failure, those that say so go on."""
    job = written["jobs"]["architecture"]
    variables = {**job["env"], "RUNNER_TEMP": str(checkout.parent)}
    found: dict[str, int] = {}
    for step in job["steps"]:
        failed = any(found.values())
        if "run" not in step or step["name"] == but or (failed and step.get("if") != "${{ !cancelled() }}"):
            continue
        folder = checkout.parent if "working-directory" in step else checkout
        found[step["name"]] = shell(step["run"], folder, variables | step.get("env", {})).returncode
    return found


def test_the_workflow_of_init_leaves_page_and_report_where_lint_fails(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands at the repository's root, and a finding hinders neither the page nor the report."""
    written = workflow(checkout, monkeypatch)
    installed(checkout.parent / "archspec")
    assert steps(written, checkout, but="Install archspec") == {"Lint": 1, "Report": 0, "Build the page": 1}
    report = checkout.parent / "report"
    assert sarif(report / "architecture.sarif") == [{"rule": "DAT02", "file": "services/shop/architecture.yaml"}]
    assert (report / "page" / "index.html").exists()
    assert nothing_ran(checkout)


@pytest.mark.slow
def test_the_workflow_of_init_reports_an_invalid_spec(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no page then, and the report has the mistake."""
    (checkout / "services" / "shop" / "architecture.yaml").write_text(BROKEN)
    written = workflow(checkout, monkeypatch)
    installed(checkout.parent / "archspec")
    assert steps(written, checkout, but="Install archspec") == {"Lint": 2, "Report": 0, "Build the page": 2}
    assert [each["rule"] for each in sarif(checkout.parent / "report" / "architecture.sarif")] == ["schema"]


@pytest.mark.parametrize(
    "file",
    ["action.yml", "archspec/cli/templates/workflow.yaml", *map(str, Path("docs/examples/team").glob("git*.yml"))],
)
def test_what_others_wrote_is_pinned_to_a_commit(file: str) -> None:
    """Each `uses:` of an action of somebody else names a whole commit."""
    names = re.findall(r"uses: (?!archspec-code/)(\S+)", (ROOT / file).read_text())
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) for name in names)


@pytest.mark.parametrize(("file", "word"), [("Dockerfile", "FROM"), ("docs/examples/team/gitlab-ci.yml", "image:")])
def test_images_are_pinned_to_their_content(file: str, word: str) -> None:
    """By version for people, by digest for machines."""
    images = re.findall(rf"^ *{word} (\S+)", (ROOT / file).read_text(), re.MULTILINE)
    assert images
    assert all(re.fullmatch(r"python:3\.12\.12[\w-]*@sha256:[0-9a-f]{64}", image) for image in images)


def test_the_image_does_not_run_as_root() -> None:
    """The last user is a number that owns nothing."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER 65532:65532"]


@pytest.mark.parametrize("file", ["archspec/cli/templates/workflow.yaml", "docs/examples/team/github-workflow.yml"])
def test_workflows_say_what_they_may_do(file: str) -> None:
    """No workflow has more than reading, and the upload of findings where it is for that."""
    granted = yaml.safe_load((ROOT / file).read_text().replace("@", ""))["permissions"]
    assert granted in ({"contents": "read"}, {"contents": "read", "security-events": "write"})


@pytest.mark.parametrize(
    "command",
    [
        ["archspec", "sweep", "--set", "api.cores=1..2"],
        ["python", "-m", "archspec", "lint"],
    ],
)
def test_modules_of_the_current_folder_do_not_run(checkout: Path, command: list[str]) -> None:
    """Neither here nor in the processes that a sweep starts (with `-m`, Python itself would find `archspec.py`)."""
    (checkout / "archspec.py").unlink()
    (checkout / "load.yaml").write_text(
        "archspec: 1\nname: A\ncomponents: {web: {kind: client}, api: {kind: server, cores: 1}}\n"
        "connections: [web -> api]\n"
        "flows: {f: {from: web, request: GET /, rate: 1/s, steps: [{call: api, cpu: 1ms}]}}\n"
    )
    bin_folder = Path(sys.executable).parent
    options = ["--jobs", "2", "--duration", "1s", "load.yaml"] if "sweep" in command else ["load.yaml"]
    done = subprocess.run(
        [bin_folder / command[0], *command[1:], *options], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert nothing_ran(checkout)


def gitlab_job() -> dict[str, Any]:
    job: dict[str, Any] = yaml.safe_load((ROOT / "docs/examples/team/gitlab-ci.yml").read_text())["architecture"]
    return job


def test_gitlab_reports_files_by_their_names_from_the_root(checkout: Path) -> None:
    """The job's script writes the code quality report."""
    installed(checkout.parent / "environment")
    done = shell("\n".join(gitlab_job()["script"]), checkout, {"ARCHSPEC": str(checkout.parent)})
    assert done.returncode == 1, done.stderr
    issues = json.loads((checkout / "gl-code-quality-report.json").read_text())
    assert [issue["location"]["path"] for issue in issues] == ["services/shop/architecture.yaml"]
    assert nothing_ran(checkout)


def head() -> str:
    return subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.server
def test_the_workflow_of_init_installs_archspec_and_runs(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step, the installation from this repository's commit among them; no decoy runs."""
    written = workflow(checkout, monkeypatch)
    install = next(step for step in written["jobs"]["architecture"]["steps"] if step.get("name") == "Install archspec")
    install["env"] = {"REPOSITORY": str(ROOT), "REVISION": head()}
    assert steps(written, checkout) == {"Install archspec": 0, "Lint": 1, "Report": 0, "Build the page": 1}
    assert nothing_ran(checkout)


@pytest.mark.server
def test_gitlab_installs_archspec_and_runs(checkout: Path) -> None:
    """The whole job from this repository's commit; no decoy runs."""
    job = gitlab_job()
    variables = {"ARCHSPEC_REPOSITORY": str(ROOT), "ARCHSPEC_REVISION": head()}
    done = shell("\n".join([*job["before_script"], *job["script"]]), checkout, variables)
    assert done.returncode == 1, done.stderr
    assert len(json.loads((checkout / "gl-code-quality-report.json").read_text())) == 1
    assert nothing_ran(checkout)


@pytest.mark.server
def test_the_action_installs_from_its_own_folder(checkout: Path) -> None:
    """Its step works in the folder of the Action, and so needs no index for archspec itself."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = next(step for step in action["runs"]["steps"] if step.get("name") == "Install archspec")
    assert step["working-directory"] == "${{ github.action_path }}"
    done = shell(step["run"], ROOT, {"PYTHON": f"{sys.base_prefix}/bin/python3", "RUNNER_TEMP": str(checkout.parent)})
    assert done.returncode == 0, done.stderr
    version = shell("$RUNNER_TEMP/archspec/bin/archspec --version", checkout, {"RUNNER_TEMP": str(checkout.parent)})
    assert version.stdout == "archspec 0.1.0\n"
    assert nothing_ran(checkout)


@pytest.mark.server
def test_the_docker_image_has_what_it_needs(checkout: Path) -> None:
    """Its steps as shell: what `.dockerignore` lets through is enough to install from."""
    source = checkout.parent / "source"
    source.mkdir()
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    subprocess.run(["cp", "-r", "--parents", *allowed, source], cwd=ROOT, check=True)
    step = re.findall(r"^RUN (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert step == ["/source/.ci/install /opt/archspec"]
    there = checkout.parent / "opt"
    done = shell(f"{source}/.ci/install {there}", checkout, {})
    assert done.returncode == 0, done.stderr
    assert shell(f"{there}/bin/archspec lint .", checkout, {}).returncode == 1
    assert nothing_ran(checkout)
