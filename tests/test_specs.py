"""Every spec of this repository, through every command, compared with the golden files beside it.

After a change that is meant: `pytest tests/test_specs.py --update-goldens`, and read the difference.
"""

import re
import shlex
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load
from archspec.validators.run import judge
from tests.conftest import Golden

ROOT = Path(__file__).parent.parent
SPECS = sorted(path.relative_to(ROOT) for path in (ROOT / "specs").glob("*/architecture.*"))
CLEAN = ("chat", "event_shop", "python_dsl", "scaled_out", "serverless_images", "video_platform", "web_shop")

VIEWS = [(spec, view.id) for spec in SPECS for view in load(ROOT / spec).views.values()]
FLOWS = [(spec, flow) for spec in SPECS for flow in load(ROOT / spec).flows]
SCENARIOS = [(spec, scenario) for spec in SPECS for scenario in load(ROOT / spec).scenarios]
PIPELINES = [(spec, pipeline) for spec in SPECS for pipeline in load(ROOT / spec).pipelines]


READMES = sorted((ROOT / "specs").glob("*/README.md"))
_COMMANDS = [line[2:] for readme in READMES for line in readme.read_text("utf-8").splitlines() if line.startswith("$ ")]
SHOWN = [
    pytest.param(command, marks=[pytest.mark.slow] if command.startswith("archspec build") else [])
    for command in _COMMANDS
]
TRIED = [
    (spec, row)
    for spec in SPECS
    for row in re.findall(r"^\| `([^`]+)` \|", (ROOT / spec.parent / "README.md").read_text("utf-8"), re.MULTILINE)
    if row.split()[0] in ("--pipeline", *load(ROOT / spec).flows)
]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in reports are relative to where the command runs."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")


def _name(value: object) -> str:
    return value.parent.name if isinstance(value, Path) else str(value)


def _expected(spec: Path, file: str) -> Path:
    """The golden file of a spec; the Python spec is held to the pictures and traces of the YAML one it repeats."""
    folder = "scaled_out" if spec.suffix == ".py" and file != "lint.txt" else spec.parent.name
    return ROOT / "specs" / folder / "expected" / file


@pytest.mark.parametrize("spec", SPECS, ids=_name)
def test_a_spec_is_described_and_shows_its_picture(spec: Path) -> None:
    text = (ROOT / spec.parent / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "expected/overview.svg)" in text


@pytest.mark.parametrize("spec", SPECS, ids=_name)
def test_lint_reports_what_it_reported(spec: Path, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["lint", str(spec)])
    golden(_expected(spec, "lint.txt"), capsys.readouterr().out)
    assert status == (0 if spec.parent.name in CLEAN else 1)


@pytest.mark.parametrize(("spec", "view"), VIEWS, ids=_name)
def test_a_view_is_drawn_as_it_was(spec: Path, view: str, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(spec), "--view", view, "--format", "svg"]) == 0
    golden(_expected(spec, f"{view}.svg"), capsys.readouterr().out)


@pytest.mark.parametrize(("spec", "flow"), FLOWS, ids=_name)
def test_a_flow_is_traced_as_it_was(spec: Path, flow: str, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", str(spec), flow]) == 0
    golden(_expected(spec, f"trace-{flow}.txt"), capsys.readouterr().out)


@pytest.mark.parametrize(("spec", "pipeline"), PIPELINES, ids=_name)
def test_a_change_is_traced_as_it_was(
    spec: Path, pipeline: str, golden: Golden, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trace", str(spec), "--pipeline", pipeline]) == 0
    golden(_expected(spec, f"trace-pipeline-{pipeline}.txt"), capsys.readouterr().out)


@pytest.mark.parametrize("spec", SPECS, ids=_name)
def test_a_spec_is_computed_as_it_was(spec: Path, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", str(spec)]) == 0
    golden(_expected(spec, "analyze.txt"), capsys.readouterr().out)


@pytest.mark.parametrize(("spec", "scenario"), SCENARIOS, ids=_name)
def test_a_scenario_begins(spec: Path, scenario: str) -> None:
    assert run(["simulate", str(spec), "--scenario", scenario, "--duration", "2s"]) == 0


@pytest.mark.parametrize("spec", SPECS, ids=_name)
def test_a_spec_survives_being_written_as_yaml(spec: Path, tmp_path: Path) -> None:
    target = tmp_path / "architecture.yaml"
    assert run(["fmt", str(spec), "-o", str(target), "--quiet"]) == 0
    assert load(target) == load(spec)


@pytest.mark.parametrize("command", SHOWN)
def test_a_command_of_a_readme_runs(command: str, tmp_path: Path) -> None:
    words = shlex.split(command)
    assert words[0] == "archspec"
    for index, word in enumerate(words[:-1]):
        if word == "-o":
            words[index + 1] = str(tmp_path / words[index + 1])
    if words[1] == "simulate":
        words += ["--duration", "2s"]
    assert run(words[1:]) in (0, 1)


@pytest.mark.parametrize(("spec", "tried"), TRIED, ids=_name)
def test_a_trace_that_a_readme_proposes_runs(spec: Path, tried: str) -> None:
    assert run(["trace", str(spec), *shlex.split(tried)]) == 0


def test_the_first_server_explains_each_finding_once() -> None:
    text = (ROOT / "specs/first_server/README.md").read_text(encoding="utf-8")
    found = [finding.code for finding in judge(load("specs/first_server/architecture.yaml")).findings]
    assert sorted(re.findall(r"^\| ([A-Z]+\d\d) \|", text, re.MULTILINE)) == sorted(found)


def test_the_python_spec_is_the_yaml_spec() -> None:
    assert load("specs/python_dsl/architecture.py") == load("specs/scaled_out/architecture.yaml")
