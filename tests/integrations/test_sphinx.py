"""The directive in a real Sphinx build."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SPEC = "{archspec: 1, name: Tiny, components: {user: {kind: client}, api: {kind: server}}, connections: [user -> api]}"


def build(folder: Path, page: str, builder: str = "html", *more: str) -> "subprocess.CompletedProcess[str]":
    (folder / "conf.py").write_text('extensions = ["archspec.integrations.sphinx"]\nproject = "Docs"\n')
    (folder / "index.rst").write_text(page)
    (folder / "system.yaml").write_text(SPEC)
    (folder.parent / "s.yaml").write_text(SPEC)
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "--no-color",
        "-q",
        "-W",
        "-b",
        builder,
        *more,
        str(folder),
        str(folder / "out"),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_directive_draws_a_file(tmp_path: Path) -> None:
    """A path gives the picture as inline SVG."""
    done = build(tmp_path, "Docs\n====\n\n.. archspec:: system.yaml\n")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text()
    assert '<figure class="archspec"><svg' in html
    assert 'data-id="api"' in html


def test_a_path_may_hold_blanks(tmp_path: Path) -> None:
    """All of the argument is the path."""
    (tmp_path / "our system.yaml").write_text(SPEC)
    done = build(tmp_path, "Docs\n====\n\n.. archspec:: our system.yaml\n   :alt: Ours\n")
    assert (done.returncode, done.stderr) == (0, "")


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
    assert said(done).startswith("the spec in index:1:47: ")
    assert said(done).endswith("; did you mean `server`?")


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """The sentence that a build ends with, at the directive's line."""
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "index.rst:4" in line]
    return line.split(" ERROR: ", 1)[1].removesuffix(" [docutils]")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("directive", "why"),
    [
        (".. archspec:: system.yaml\n   :viewe: x\n", 'Error in "archspec" directive:'),
        (
            ".. archspec:: nothing.yaml\n",
            "there is no file `{folder}/nothing.yaml`; `archspec init` writes a first spec.",
        ),
        (".. archspec:: ../s.yaml\n", "`{folder.parent}/s.yaml` is outside of {folder}; take a spec from within it."),
        (
            ".. archspec:: system.yaml\n\n   {archspec: 1}\n",
            "the directive has both a path and a spec in itself; take one out.",
        ),
    ],
)
def test_what_a_directive_cannot_mean_is_one_sentence(tmp_path: Path, directive: str, why: str) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    done = build(folder, f"Docs\n====\n\n{directive}")
    assert done.returncode != 0
    assert said(done) == why.format(folder=folder)


def test_html_and_then_latex_of_one_reading_both_have_the_picture(tmp_path: Path) -> None:
    """Builders share what was read, so it holds a picture for each."""
    page = "Docs\n====\n\n.. archspec:: system.yaml\n\n.. archspec:: system.yaml\n"
    for builder in ("html", "latex"):
        done = build(tmp_path, page, builder, "-d", str(tmp_path / "read"))
        assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text()
    assert html.count('<figure class="archspec"><svg') == 2
    assert "archspec-index-1-title" in html
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(set(ids)) == len(ids)
    assert len(list((tmp_path / "out").glob("*.png"))) == 1
    assert (tmp_path / "out" / "docs.tex").read_text().count("sphinxincludegraphics") == 2


@pytest.mark.slow
def test_a_page_is_made_anew_where_an_include_changes(tmp_path: Path) -> None:
    """Also after an include was broken."""
    page = "Docs\n====\n\n.. archspec:: whole.yaml\n"
    (tmp_path / "whole.yaml").write_text(SPEC.replace("name: Tiny", "name: Tiny, include: [part.yaml]"))
    part, found = tmp_path / "part.yaml", []
    for number, kind in enumerate(("database", "sever", "cache")):
        part.write_text(f"components: {{a-{kind}: {{kind: {kind}}}}}\n")
        os.utime(part, (2_000_000_000 + number, 2_000_000_000 + number))
        found.append(build(tmp_path, page).returncode)
    assert found == [0, 1, 0]
    assert 'data-id="a-cache"' in (tmp_path / "out" / "index.html").read_text()
