"""The settings of editors in the docs: read by the editor where it is here, else by their format."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.needs import needs_extra

needs_extra("editor")

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text("utf-8")
_SPEC = "archspec: 1\nname: A\ncomponents:\n  api: {kind: server, logs_to: logs}\n"


def blocks(language: str) -> list[str]:
    """The settings that the page shows in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_settings_of_editors_that_are_not_here_start_the_server() -> None:
    (helix,), (zed,) = blocks("toml"), blocks("json")
    server = tomllib.loads(helix)["language-server"]["archspec"]
    assert (server["command"], server["args"]) == ("archspec", ["lsp"])
    assert "archspec" in tomllib.loads(helix)["language"][0]["language-servers"]
    started = json.loads(zed)["lsp"]["yaml-language-server"]["binary"]
    assert (started["path"], started["arguments"]) == ("archspec", ["lsp"])


@pytest.mark.server
@pytest.mark.skipif(shutil.which("nvim") is None, reason="nvim is not installed: apt install neovim")
def test_neovim_starts_the_server_by_the_settings_of_the_page(tmp_path: Path) -> None:
    asked = "lua vim.cmd(vim.lsp.config and 'qa!' or 'cquit')"
    is_new = subprocess.run(["nvim", "--headless", "-u", "NONE", "-c", asked], timeout=60, check=False)
    settings = tmp_path / "init.lua"
    settings.write_text(blocks("lua")[0 if is_new.returncode == 0 else 1])
    (tmp_path / "architecture.yaml").write_text(_SPEC)
    told = tmp_path / "told.txt"
    steps = (
        "filetype on",
        f"luafile {settings}",
        "edit architecture.yaml",
        "lua vim.wait(50000, function() return #vim.diagnostic.get(0) > 0 end)",
        f"lua vim.fn.writefile({{vim.diagnostic.get(0)[1].code}}, '{told}')",
        "qa!",
    )
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", *(part for step in steps for part in ("-c", step))]
    subprocess.run(command, cwd=tmp_path, env=environment, timeout=100, check=True, capture_output=True)
    assert told.read_text() == "STR01\n"
