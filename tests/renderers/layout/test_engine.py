"""The embedded Graphviz answers, refuses what is no DOT, and lets the interpreter end."""

import subprocess
import sys
from pathlib import Path

import pytest

from archspec.errors import DefectError, UsageError
from archspec.renderers.layout import engine
from archspec.renderers.layout.engine import lay_out

CHAIN = "digraph { " + " -> ".join(f"n{i}" for i in range(2000)) + " }"


def test_it_places_nodes():
    answer = lay_out('digraph { node [width=1 height=1 fixedsize=true label=""]; a -> b }')
    assert [item["pos"] for item in answer["objects"]] == ["36,144", "36,36"]


def test_it_answers_the_same_every_time():
    source = "digraph { rankdir=LR; a -> b; a -> c; b -> d; c -> d }"
    assert lay_out(source) == lay_out(source)


def test_text_that_is_no_dot_is_a_defect_and_the_engine_goes_on():
    with pytest.raises(DefectError, match="syntax error"):
        lay_out("digraph {")
    assert lay_out("digraph { a }")["name"]


def test_text_outside_ascii_arrives_whole():
    assert lay_out('digraph { "日本 ü 🚀" }')["objects"][0]["name"] == "日本 ü 🚀"


def test_a_chain_of_2000_needs_more_memory_than_graphviz_starts_with():
    assert len(lay_out(CHAIN)["edges"]) == 1999


def test_a_layout_that_nobody_will_wait_for_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "_PATIENCE_SECONDS", 0.02)
    with pytest.raises(UsageError, match="no layout was found in five minutes; show less"):
        lay_out(CHAIN.replace("n", "m"))


def test_graphviz_finds_no_files():
    """A picture named in the text is not read; the box stays."""
    assert lay_out('digraph { a [image="/etc/passwd"] }')["objects"][0]["name"] == "a"


def test_what_graphviz_complains_of_is_told():
    with pytest.raises(DefectError, match=r"syntax error in line 1 near '\}'"):
        lay_out("digraph { a -> }")


def test_a_command_that_has_drawn_ends_without_a_word(tmp_path: Path):
    picture = tmp_path / "picture.svg"
    command = [sys.executable, "-m", "archspec", "render", "specs/first_server/architecture.yaml", "-q", "-o", picture]
    done = subprocess.run(command, timeout=60, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_it_can_be_asked_from_within_an_event_loop():
    """As a notebook or a server does; in an interpreter of its own."""
    program = (
        "import asyncio\n"
        "from archspec.renderers.layout.engine import lay_out\n"
        "async def main(): print(len(lay_out('digraph { a -> b }')['objects']))\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=60, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"2\n", b"")
