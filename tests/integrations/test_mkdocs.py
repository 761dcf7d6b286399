"""The fence in a real MkDocs build."""

import subprocess
import sys
from pathlib import Path

CONFIG = """
site_name: Docs
use_directory_urls: false
theme: {name: null, custom_dir: theme}
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: archspec
          class: archspec
          format: !!python/name:archspec.integrations.mkdocs.fence
          validator: !!python/name:archspec.integrations.mkdocs.validator
"""
SPEC = "{archspec: 1, name: Tiny, components: {user: {kind: client}, api: {kind: server}}, connections: [user -> api]}"


def build(folder: Path, page: str) -> "subprocess.CompletedProcess[str]":
    (folder / "docs").mkdir()
    (folder / "theme").mkdir()
    (folder / "theme" / "main.html").write_text("<html><body>{{ page.content }}</body></html>")
    (folder / "mkdocs.yml").write_text(CONFIG)
    (folder / "docs" / "index.md").write_text(page)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_fence_with_a_spec_becomes_its_picture(tmp_path: Path) -> None:
    """A spec in a fence is drawn in the page."""
    done = build(tmp_path, f"# Page\n\n```archspec\n{SPEC}\n```\n")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "site" / "index.html").read_text()
    assert '<figure class="archspec"><svg' in html
    assert 'data-id="api"' in html


def test_a_fence_can_name_a_file_and_a_view(tmp_path: Path) -> None:
    """`spec=` and `view=` choose what is drawn."""
    (tmp_path / "system.yaml").write_text(
        SPEC.replace("[user -> api]}", "[user -> api], views: {only: {include: [api]}}}")
    )
    done = build(tmp_path, '```archspec spec="system.yaml" view="only"\n```\n')
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "site" / "index.html").read_text()
    assert 'data-id="api"' in html
    assert 'data-id="user"' not in html


def test_an_invalid_spec_fails_the_build_and_says_why(tmp_path: Path) -> None:
    """A mistake in a spec stops the build with the loader's remedy."""
    done = build(tmp_path, "```archspec\n{archspec: 1, name: T, components: {api: {kind: sever}}}\n```\n")
    assert done.returncode != 0
    assert "did you mean `server`?" in done.stderr + done.stdout
