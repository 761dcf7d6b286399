"""What traces of a running shop say against a spec that is wrong about it, and how they would mend it."""

import shlex
from pathlib import Path

import pytest

from archspec.cli.main import run
from tests.conformance.simulated import traced
from tests.conftest import ROOT, Golden

HERE = ROOT / "tests/conformance"
COMMANDS = {
    "drift": "drift stated.yaml traces.zipkin.json --fail-on never",
    "drift-of-itself": "drift running.yaml traces.zipkin.json",
    "calibrate": "calibrate stated.yaml traces.zipkin.json",
    "calibrate-json": "calibrate stated.yaml traces.zipkin.json -f json",
    "calibrated": "calibrate stated.yaml traces.zipkin.json --diff",
    "calibrated-itself": "calibrate running.yaml traces.zipkin.json --diff",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shop")
    for name in ("running.yaml", "stated.yaml"):
        (made / name).write_text((HERE / name).read_text("utf-8"), "utf-8")
    traced(made, (HERE / "running.yaml").read_text("utf-8"), count=400)
    return made


@pytest.mark.parametrize("name", COMMANDS)
def test_traces_say_what_they_said_before(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    monkeypatch.chdir(folder)
    status = run(shlex.split(COMMANDS[name]))
    out, err = capsys.readouterr()
    golden(f"tests/conformance/expected/{name}.txt", f"{out}{err}= {status}\n")
