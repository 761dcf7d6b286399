"""What a stranger's pull request names is read only where it lies in the spec's folder, and is a plain file."""

import os
import shutil
from pathlib import Path

import pytest

from archspec.cli.main import run

HERE = Path(__file__).parent / "specs"
SPEC = "archspec: 1\nname: X\ncomponents: {a: {kind: client}, b: {kind: server}}\nconnections: [a -> b]\n"
FLOW = "flows:\n  f: {from: a, rate: 10/s, steps: [{call: b}]}\n"
STATEFUL = SPEC.replace("{kind: server}", "{kind: server, scaling: {mode: vertical}}")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `in` beside a secret."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.yaml").write_text("archspec: 1\nname: Secret\n")
    monkeypatch.chdir(tmp_path / "in")
    return tmp_path


def test_a_load_file_stays_in_the_spec_s_folder(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(HERE / "load-file-outside.yaml", "a.yaml")
    assert run(["lint", "a.yaml", "-f", "concise"]) == 2
    assert [line.split("; ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "a.yaml:10:51: error schema `/etc/passwd` lies outside the spec's folder",
        "a.yaml:11:51: error schema `/dev/zero` lies outside the spec's folder",
        "a.yaml:12:51: error schema `../secret.csv` lies outside the spec's folder",
    ]


def test_a_load_file_that_is_a_link_leading_out_is_outside(capsys: pytest.CaptureFixture[str]) -> None:
    Path("curve.csv").symlink_to("/etc/passwd")
    Path("a.yaml").write_text(f"{SPEC}{FLOW}scenarios: {{s: {{load: {{f: {{shape: file, file: curve.csv}}}}}}}}\n")
    assert run(["simulate", "a.yaml", "--scenario", "s"]) == 2
    assert "`curve.csv` lies outside the spec's folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["lint", "trace", "render", "fmt"])
def test_a_spec_that_is_a_link_out_of_its_folder_is_not_read(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").symlink_to("../secret.yaml")
    assert run([command, "a.yaml"]) == 2
    told = "archspec: `a.yaml` leads out of its folder; pass --allow-outside to read it all the same.\n"
    assert capsys.readouterr().err == told


def test_with_allow_outside_it_is() -> None:
    Path("a.yaml").symlink_to("../secret.yaml")
    assert run(["lint", "a.yaml", "--allow-outside"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["lint", "fifo"],
        ["fmt", "fifo"],
        ["lint", "a.yaml", "--baseline", "fifo"],
        ["lint", "a.yaml", "--config", "fifo"],
        ["render", "a.yaml", "--theme", "fifo.toml"],
        ["lint", "includes.yaml"],
        ["simulate", "loads.yaml", "--scenario", "s"],
    ],
    ids=" ".join,
)
def test_a_fifo_is_no_file_to_wait_for(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("fifo", "fifo.toml"):
        os.mkfifo(name)
    Path("a.yaml").write_text(SPEC)
    Path("includes.yaml").write_text(f"include: fifo\n{SPEC}")
    Path("loads.yaml").write_text(f"{SPEC}{FLOW}scenarios: {{s: {{load: {{f: {{shape: file, file: fifo}}}}}}}}\n")
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert "is not a plain file" in captured.out + captured.err


def test_a_configuration_beside_the_spec_does_not_lead_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "theirs.toml").write_text("[lint]\nignore = ['AVL01']\n")
    Path("archspec.toml").symlink_to("../theirs.toml")
    Path("a.yaml").write_text(SPEC)
    assert run(["lint", "a.yaml"]) == 2
    assert "archspec.toml` leads out of its folder" in capsys.readouterr().err


def test_the_configuration_of_the_command_line_wins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(STATEFUL)
    Path("archspec.toml").write_text("[lint]\nignore = ['SCL']\n")
    (folder / "policy.toml").write_text("[lint]\nselect = ['SCL05']\n")
    assert run(["lint", "a.yaml", "-f", "concise"]) == 0
    assert "SCL05" not in capsys.readouterr().out
    run(["lint", "a.yaml", "-f", "concise", "--config", "../policy.toml"])
    assert " SCL05 " in capsys.readouterr().out


def test_isolated_takes_neither_the_spec_s_configuration_nor_its_comments(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(STATEFUL.replace("\nconn", "   # archspec: ignore[SCL05] we like it\nconn"))
    Path("archspec.toml").write_text("[lint]\nignore = ['SCL']\n")
    run(["lint", "a.yaml", "-f", "concise"])
    assert "SCL05" not in capsys.readouterr().out
    run(["lint", "a.yaml", "-f", "concise", "--isolated"])
    assert " SCL05 " in capsys.readouterr().out
