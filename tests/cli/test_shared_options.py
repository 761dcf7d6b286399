"""Options that many commands have do the same in each of them."""

import json
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from archspec.cli.main import COMMANDS, application, run
from tests.conftest import ROOT

SHOP = (ROOT / "tests/cli/shop.yaml").read_text("utf-8")
SPAN = {"traceId": "1", "id": "1", "name": "GET /", "timestamp": 1, "duration": 5}
SPANS = json.dumps([{**SPAN, "localEndpoint": {"serviceName": "web"}}])
LINES = {
    "init": "new",
    "import": "compose.yaml -o found.yaml",
    "build": "shop.yaml -o out",
    "lint": "shop.yaml -o found.json",
    "diff": "shop.yaml other.yaml -o found.json",
    "drift": "shop.yaml spans.json -o found.json",
    "calibrate": "shop.yaml spans.json -o found.json",
    "render": "shop.yaml -o shop.svg",
    "trace": "shop.yaml -o trace.json",
    "analyze": "shop.yaml -o found.json",
    "simulate": "shop.yaml --duration 1s -o found.json",
    "sweep": "shop.yaml --duration 1s -j 1 -o found.csv",
    "verify": "shop.yaml --duration 1s -o found.json",
    "plan": "shop.yaml -o plan.json",
    "export": "shop.yaml k6 -o load.js",
    "embed": "page.md",
    "fmt": "shop.yaml",
    "technologies": "redis -o found.txt",
}
"""A short run of each command that says on standard error what it wrote."""
PARSERS = typer.main.get_command(application([]))
assert isinstance(PARSERS, TyperGroup)
OPTIONS = {
    name: {option for parameter in command.params for option in parameter.opts}
    for name, command in PARSERS.commands.items()
}
SERVERS = {"serve", "lsp", "mcp"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("shop", "other"):
        Path(f"{name}.yaml").write_text(SHOP, "utf-8")
    Path("spans.json").write_text(SPANS)
    Path("compose.yaml").write_text("services: {api: {image: redis}}\n")
    Path("page.md").write_text("<!-- archspec: analyze shop.yaml -->\n<!-- /archspec -->\n")


def having(option: str) -> list[str]:
    return [name for name in COMMANDS if option in OPTIONS[name] and name not in SERVERS]


@pytest.mark.parametrize("command", having("--quiet"))
def test_quiet_leaves_only_data(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, *LINES[command].split(), "--quiet"]) < 2
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("command", having("--quiet"))
def test_without_quiet_it_is_said_what_was_written(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, *LINES[command].split()]) < 2
    out, err = capsys.readouterr()
    assert (out, bool(err)) == ("", True)


@pytest.mark.parametrize("command", having("--allow-outside"))
def test_a_spec_may_lead_out_of_its_folder_where_that_is_allowed(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in").mkdir()
    Path("in/shop.yaml").symlink_to("../shop.yaml")
    line = LINES[command].replace("shop.yaml", "in/shop.yaml")
    assert run([command, *line.split(), "-q"]) == 2
    assert "leads out of its folder; pass --allow-outside" in capsys.readouterr().err
    assert run([command, *line.split(), "-q", "--allow-outside"]) < 2


@pytest.mark.parametrize("command", [name for name in having("--set") if name != "sweep"])
def test_a_setting_is_that_of_the_spec(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = f"{LINES[command]} -q --set web.replicas="
    assert run([command, *line.split()]) == 2
    assert "web" in capsys.readouterr().err
    assert run([command, *f"{line}3".split()]) < 2


@pytest.mark.parametrize("command", having("--no-color"))
def test_no_color_takes_the_colours_away(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    line = {"rule": "AVL01"}.get(command, LINES.get(command, "")).partition(" -o ")[0].split()
    out = ["-o", "out"] if command in ("build", "render") else []
    assert run([command, *line, *out, "--no-color"]) < 2
    assert "\x1b" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("command", ["lint", "analyze", "diff", "simulate", "trace", "rule"])
def test_a_person_gets_colours(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    line = {"rule": "AVL01", "lint": "shop.yaml --select production", "diff": "shop.yaml none.yaml"}
    Path("none.yaml").write_text("archspec: 1\nname: None\n")
    assert run([command, *line.get(command, LINES.get(command, "")).partition(" -o ")[0].split()]) < 2
    assert "\x1b[" in capsys.readouterr().out
