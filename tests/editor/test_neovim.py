"""A real editor, Neovim without a screen, with the real server."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import needs_extra

needs_extra("editor")

SCRIPT = Path(__file__).with_name("neovim.lua")
SPEC = """archspec: 1
name: Small
components:
  user: {kind: client}
  api: {kind: server, logs_to: logs}
  db: {kind: database}
connections:
  - user -> api: https
  - api -> db
"""


@pytest.mark.server
@pytest.mark.skipif(shutil.which("nvim") is None, reason="nvim is not installed: apt install neovim")
def test_neovim_shows_finds_completes_and_renames(tmp_path: Path) -> None:
    (tmp_path / "whole.yaml").write_text(SPEC)
    (tmp_path / "broken.yaml").write_text(SPEC.replace("logs_to: logs}", "sessions_in: "))
    answers = tmp_path / "answers.json"
    given = {"archspec": [sys.executable, "-m", "archspec", "lsp"], "folder": str(tmp_path), "answers": str(answers)}
    settings = [part for name, each in given.items() for part in ("--cmd", f"let g:{name} = {json.dumps(each)}")]
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", *settings, "-c", f"luafile {SCRIPT}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, cwd=tmp_path)
    assert answers.is_file(), done.stderr
    told = json.loads(answers.read_text())
    assert told["diagnostics"][0][:3] == [4, 31, "STR01"]
    assert told["diagnostics"][0][3].startswith("`logs` is not declared")
    assert [each["range"]["start"] for each in told["definition"]] == [{"line": 4, "character": 2}]
    assert told["hover"]["contents"]["value"].startswith("**api** · server")
    assert [each["name"] for each in told["symbols"]] == ["archspec", "name", "components", "connections"]
    assert told["renamed"] == SPEC.replace("api", "backend").split("\n")[:-1]
    assert [each["label"] for each in told["offered"]] == ["db", "local"]
