"""The fence in a real MkDocs build."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

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


def build(folder: Path, page: str, name: str = "index.md") -> "subprocess.CompletedProcess[str]":
    (folder / "docs" / name).parent.mkdir(parents=True)
    (folder / "theme").mkdir()
    (folder / "theme" / "main.html").write_text("<html><body>{{ page.content }}</body></html>")
    (folder / "mkdocs.yml").write_text(CONFIG)
    (folder / "docs" / name).write_text(page)
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
    done = build(tmp_path, '```archspec spec="../system.yaml" view="only"\n```\n')
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "site" / "index.html").read_text()
    assert 'data-id="api"' in html
    assert 'data-id="user"' not in html


def test_an_invalid_spec_fails_the_build_and_says_why(tmp_path: Path) -> None:
    """A mistake in a spec stops the build with the loader's remedy."""
    done = build(tmp_path, "```archspec\n{archspec: 1, name: T, components: {api: {kind: sever}}}\n```\n")
    assert done.returncode != 0
    assert said(done).startswith("index.md: the spec in index.md:1:49: ")
    assert said(done).endswith("; did you mean `server`?")


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line that says why a build failed; there is no traceback."""
    assert "Traceback" not in done.stderr
    first, second = done.stderr.strip().splitlines()
    assert first.split("-", 1)[1].strip() == "Error reading page 'index.md':"
    return second.split("-", 1)[1].strip()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('viewe="x"', "index.md: the fence `archspec` has no option `viewe`; it takes spec and view."),
        (
            'spec="/nothing.yaml"',
            "index.md: there is no file `{docs}/nothing.yaml`; `archspec init` writes a first spec.",
        ),
        (
            'spec="../../s.yaml"',
            "index.md: `{docs}/../../s.yaml` is outside of {docs.parent}; take a spec from within it.",
        ),
    ],
)
def test_what_a_fence_cannot_mean_is_one_sentence(tmp_path: Path, line: str, why: str) -> None:
    (tmp_path / "s.yaml").write_text(SPEC)
    (tmp_path / "project").mkdir()
    done = build(tmp_path / "project", f"```archspec {line}\n```\n")
    assert done.returncode != 0
    assert said(done) == why.format(docs=tmp_path / "project" / "docs")


def test_a_path_is_relative_to_its_page(tmp_path: Path) -> None:
    (tmp_path / "here.yaml").write_text(SPEC)
    page = '```archspec spec="../../here.yaml"\n```\n\n```archspec spec="/../here.yaml"\n```\n'
    done = build(tmp_path, page, "guide/page.md")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "site" / "guide" / "page.html").read_text()
    assert html.count("<svg") == 2
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(set(ids)) == len(ids)
    assert "archspec-guide-page-md-2-title" in ids


def test_serving_watches_a_spec_and_what_it_includes(tmp_path: Path) -> None:
    """MkDocs reads the list after the first build."""
    (tmp_path / "part.yaml").write_text("components: {db: {kind: database}}\n")
    (tmp_path / "system.yaml").write_text(SPEC.replace("name: Tiny", "name: Tiny, include: [part.yaml]"))
    build(tmp_path, '```archspec spec="../system.yaml"\n```\n')
    config = load_config(str(tmp_path / "mkdocs.yml"))
    mkdocs_build(config)
    assert sorted(Path(file).name for file in config.watch) == ["part.yaml", "system.yaml"]
