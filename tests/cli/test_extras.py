"""What a command says that needs what is not installed, and rules that are a file of one's own."""

import sys
from pathlib import Path

import pytest

from archspec.cli.main import run
from tests.needs import needs_extra

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("command", "module", "told"),
    [
        ("lsp", "pygls", "the language server needs the extra 'editor'; pip install 'archspec-code[editor]'."),
        (
            "mcp",
            "mcp.server",
            "an assistant's server needs the extra 'assistant'; pip install 'archspec-code[assistant]'.",
        ),
    ],
)
def test_a_missing_extra_is_told_with_how_to_get_it(
    command: str, module: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert run([command]) == 2
    assert capsys.readouterr() == ("", f"archspec: {told}\n")


def test_rules_of_a_file_are_asked_beside_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "a.yaml"
    parts = "components: {api: {kind: server}, legacy-db: {kind: database}}\nconnections: [api -> legacy-db]\n"
    spec.write_text(f"archspec: 1\nname: A\n{parts}")
    example = ROOT / "docs" / "examples" / "team" / "team_rules.py"
    run(["lint", str(spec), "--isolated", "-f", "concise"])
    without = capsys.readouterr().out.splitlines()
    assert run(["lint", str(spec), "--isolated", "-f", "concise", "--rules", str(example)]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if line not in without]
    assert [line for line in found if "TEAM02" in line]


@pytest.mark.parametrize(("given", "writes"), [([], False), (["--write"], True)])
def test_an_assistant_gets_a_folder_and_may_write_in_it_where_that_is_allowed(
    given: list[str], writes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_extra("assistant")
    served: list[tuple[Path, bool]] = []
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    monkeypatch.setattr("archspec.assistant.server.serve", lambda *, writes: served.append((Path.cwd(), writes)))
    assert run(["mcp", "specs", *given]) == 0
    assert served == [(tmp_path / "specs", writes)]


def test_an_editor_is_answered_over_the_standard_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    needs_extra("editor")
    started: list[str] = []

    class Server:
        def start_io(self) -> None:
            started.append("io")

    monkeypatch.setattr("archspec.editor.server.server", Server)
    assert run(["lsp"]) == 0
    assert started == ["io"]
