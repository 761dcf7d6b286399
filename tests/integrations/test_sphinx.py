"""The directive in a real Sphinx build."""

import subprocess
import sys
from pathlib import Path

SPEC = "{archspec: 1, name: Tiny, components: {user: {kind: client}, api: {kind: server}}, connections: [user -> api]}"


def build(folder: Path, page: str, builder: str = "html") -> "subprocess.CompletedProcess[str]":
    (folder / "conf.py").write_text('extensions = ["archspec.integrations.sphinx"]\nproject = "Docs"\n')
    (folder / "index.rst").write_text(page)
    (folder / "system.yaml").write_text(SPEC)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, str(folder), str(folder / "out")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_directive_draws_a_file(tmp_path: Path) -> None:
    """A path gives the picture as inline SVG."""
    done = build(tmp_path, "Docs\n====\n\n.. archspec:: system.yaml\n")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text()
    assert '<figure class="archspec"><svg' in html
    assert 'data-id="api"' in html


def test_the_directive_draws_its_own_content(tmp_path: Path) -> None:
    """Without a path the content is the spec."""
    done = build(tmp_path, f"Docs\n====\n\n.. archspec::\n\n   {SPEC}\n")
    assert done.returncode == 0, done.stderr
    assert 'data-id="user"' in (tmp_path / "out" / "index.html").read_text()


def test_latex_gets_a_bitmap(tmp_path: Path) -> None:
    """Builders other than HTML get a PNG."""
    done = build(tmp_path, "Docs\n====\n\n.. archspec:: system.yaml\n   :alt: Tiny\n", "latex")
    assert done.returncode == 0, done.stderr
    assert [file.suffix for file in (tmp_path / "out").glob("*.png")] == [".png"]


def test_an_invalid_spec_is_an_error_at_the_directive(tmp_path: Path) -> None:
    """A mistake is reported at the directive's line with its remedy."""
    done = build(tmp_path, "Docs\n====\n\n.. archspec::\n\n   {archspec: 1, name: T, components: {a: {kind: sever}}}\n")
    assert done.returncode != 0
    assert "index.rst:4" in done.stderr
    assert "did you mean `server`?" in done.stderr
