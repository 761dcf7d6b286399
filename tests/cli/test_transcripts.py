"""What the commands say, to who asks for help and to who uses them: printed, on standard error, and as a status."""

import shlex
from pathlib import Path

import pytest

from archspec.cli.main import COMMANDS, run
from tests.conftest import ROOT, Golden

SHOP = ROOT / "tests/cli/shop.yaml"
CONFIG = """[alertmanager.channels.pager]
url = "https://pager.example.com/shop"
"""
TRANSCRIPTS = {
    "render": [
        "render shop.yaml --list",
        "render shop.yaml -f mermaid",
        "render shop.yaml -f mermaid --view told --set web.replicas=3",
        "render shop.yaml -f d2 --details",
        "render shop.yaml -f d2 --overlay availability",
        "render shop.yaml -o shop.png --scale 1",
        "render shop.yaml -o shop.svg",
        "render shop.yaml -o shop.svg --keep shop.svg --quiet",
        "render shop.yaml -o shop.txt",
        "render shop.yaml --view al",
        "render shop.yaml -f svgs",
        "render shop.yaml --scale 11",
        "render shop.yaml --theme nice",
        "render shop.yaml --fit wall",
        "render shop.yaml --overlay heat",
        "render shop.yaml --set web=3",
        "render shop.yaml --set web.replica=3",
        "render nowhere.yaml",
    ],
    "trace": [
        "trace shop.yaml",
        "trace shop.yaml look --just-failed web-1",
        "trace shop.yaml buy --fail db --miss pages",
        "trace shop.yaml buy --slow pages=10x --slow 'web -> pages=200ms'",
        "trace shop.yaml buy --sample --seed 3 --number 2 --miss pages",
        "trace shop.yaml buy -f mermaid",
        "trace shop.yaml look -f zipkin --epoch 1700000000",
        "trace shop.yaml --pipeline release",
        "trace shop.yaml --pipeline release --fail live",
        "trace shop.yaml look --pipeline release",
        "trace shop.yaml --pipeline deploy",
        "trace shop.yaml sell",
        "trace shop.yaml --fail dbs",
        "trace shop.yaml --miss db",
        "trace shop.yaml --slow db",
        "trace flowless.yaml",
    ],
    "export": [
        "export shop.yaml prometheus-rules",
        "export shop.yaml alertmanager",
        "export shop.yaml prometheus-rules -o rules.yaml",
        "export shop.yaml prometheus-rules --check rules.yaml",
        "export shop.yaml prometheus-rules --check archspec.toml",
        "export shop.yaml k6 --scenario sales",
        "export shop.yaml k6 --scenario sale -o load.js",
        "export shop.yaml prometheus",
        "export shop.yaml k6 --duration 5",
    ],
    "search": [
        "plan shop.yaml --load 3x --change replicas,slots",
        "plan shop.yaml --load 2",
        "plan shop.yaml --change cpus",
        "verify shop.yaml --duration 5s --fail-on never",
        "verify shop.yaml --duration 5s -o found.sarif",
        "verify shop.yaml --head-room 0x",
        "verify shop.yaml --duration 5s --fail-on fatal",
    ],
    "look-up": [
        "rule alr02 -f json",
        "rule without-receiver",
        "rule AVL99",
        "technologies postgres",
        "technologies nothing-like-it",
        "fmt shop.yaml --check",
        "lint shop.yaml --select AVL --ignore AVL01",
        "lint shop.yaml flowless.yaml --select STR,AVL01",
        "lint shop.yaml --select NONE",
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shop.yaml").write_text(SHOP.read_text("utf-8"), "utf-8")
    (tmp_path / "archspec.toml").write_text(CONFIG)
    (tmp_path / "flowless.yaml").write_text("archspec: 1\nname: Still\ncomponents: {a: {kind: server}}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def shown(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """A command with what it prints (>), what it says beside (!) and its status, if that is not 0."""
    status = run(shlex.split(command))
    printed, said = (text.splitlines() for text in capsys.readouterr())
    lines = [f"$ archspec {command}", *(f"> {line}" for line in printed), *(f"! {line}" for line in said)]
    return "\n".join([*lines, *([f"= {status}"] if status else [])]).replace(" \n", "\n") + "\n"


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_command_says_what_it_said_before(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    golden(f"tests/cli/expected/{name}.txt", "\n".join(shown(command, capsys) for command in TRANSCRIPTS[name]))


def test_every_command_explains_its_options(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    golden("tests/cli/expected/help.txt", "\n".join(shown(f"{command} --help", capsys) for command in COMMANDS))
