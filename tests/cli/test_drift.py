"""`archspec drift`: findings as lint has them, and what is missing written."""

import json
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load
from tests.conformance.test_planted import SPEC, trace, usual
from tests.observation.spans import span, written


@pytest.fixture
def traces(tmp_path: Path) -> str:
    return str(written(tmp_path, *usual()))


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    file = tmp_path / "shop.yaml"
    file.write_text(SPEC)
    return file


def test_a_spec_that_fits_its_traces_is_fine(spec: Path, traces: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["drift", str(spec), traces]) == 0
    out, err = capsys.readouterr()
    assert out == "nothing found in 1 spec.\n"
    assert err == "Read 425 spans in 100 traces from 1 file (OTLP in JSON).\n"


def test_an_undeclared_call_fails_the_run_and_a_baseline_knows_it(
    spec: Path, traces: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec.write_text(SPEC.replace("  - web -> api\n", ""))
    known = str(tmp_path / "known.json")
    assert run(["drift", str(spec), traces, "-f", "concise", "-q"]) == 1
    assert "error DRF01 `web` asks `api` in 100 of 100 traces" in capsys.readouterr().out
    assert run(["drift", str(spec), traces, "--write-baseline", known, "-q"]) == 0
    assert run(["drift", str(spec), traces, "--baseline", known, "-q"]) == 0
    assert run(["drift", str(spec), traces, "--ignore", "DRF01", "-q"]) == 0
    assert run(["drift", str(spec), traces, "--fail-on", "never", "-q"]) == 0


def test_fix_writes_what_is_missing_and_diff_shows_it(
    spec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A connection, and a component whose kind its spans tell; then nothing is missing."""
    spec.write_text(SPEC.replace("  - web -> api\n", ""))
    mail = [span("api", 8, 3, 50, 60, "client", "send", number, peer__service="mailer") for number in range(1, 101)]
    traces = str(written(tmp_path, *usual(), *mail))
    assert run(["drift", str(spec), traces, "--diff", "-q"]) == 1
    shown = [line for line in capsys.readouterr().out.splitlines() if line.startswith("+ ")]
    assert shown == ["+  mailer: {kind: external}", "+  - web -> api"]
    assert run(["drift", str(spec), traces, "--fix", "-q"]) == 1  # the new component is asked by nobody yet
    assert run(["drift", str(spec), traces, "--fix", "-q"]) == 0
    architecture = load(str(spec))
    assert architecture.components["mailer"].kind == "external"
    assert architecture.connection("api", "mailer") is not None


def test_the_map_of_names_stands_in_the_configuration(spec: Path, tmp_path: Path) -> None:
    renamed = json.loads(json.dumps(usual()).replace('"stringValue": "api"', '"stringValue": "backend"'))
    traces = str(written(tmp_path, *renamed))
    assert run(["drift", str(spec), traces, "-q"]) == 1
    (tmp_path / "archspec.toml").write_text('[traces]\nnames = {"backend" = "api"}\n')
    assert run(["drift", str(spec), traces, "-q"]) == 0
    assert run(["lint", str(spec), "-q"]) == 0  # and lint lets the section be


def test_a_key_that_traces_do_not_have_is_refused(
    spec: Path, traces: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "archspec.toml").write_text("[traces]\nname = 1\n")
    assert run(["drift", str(spec), traces]) == 2
    assert "archspec.toml: `name` does not fit [traces]; it holds `names =" in capsys.readouterr().err


def test_what_cannot_be_told_is_said(spec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "  write: {from: browser, request: POST /users, steps: [{call: web}]}\n"
    spec.write_text(SPEC + more)
    torn = [each for number in range(200, 220) for each in trace(number)[1:]]
    lost = [span("web", 1, None, 0, 9, "server", "GET /cart", 900 + number) for number in range(30)]
    assert run(["drift", str(spec), str(written(tmp_path, *usual(), *torn, *lost))]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Read 515 spans in 150 traces from 1 file (OTLP in JSON).",
        "Spans are missing in 20 of 150 traces (20 have no parent): these tell who asks whom, and no figures. Are they "
        "sampled at their end?",
        "No flow for: `GET /cart` (30).",
        "Cannot tell: flows that were never seen (write).",
    ]


def test_a_picture_and_a_page_show_what_has_drifted(
    spec: Path, traces: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And say on standard error what the traces cannot tell, by the configuration that stands beside the spec."""
    spec.write_text(SPEC.replace("  - web -> api\n", ""))
    drawn = tmp_path / "shop.svg"
    assert run(["render", str(spec), "-o", str(drawn), "--overlay", "drift", "--traces", traces]) == 0
    assert capsys.readouterr().err.startswith("Read 425 spans in 100 traces from 1 file (OTLP in JSON).\n")
    assert "1 error" in drawn.read_text()
    (tmp_path / "archspec.toml").write_text('[traces]\nignore = ["web"]\n[lint]\nignore = ["DRF01"]\n')
    assert run(["render", str(spec), "-o", str(drawn), "--overlay", "drift", "--traces", traces]) == 0
    assert "1 error" not in drawn.read_text()
