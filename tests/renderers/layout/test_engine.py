"""The embedded Graphviz answers, refuses what is no DOT, and lets the interpreter end."""

import subprocess
import sys

import pytest

from archspec.errors import DefectError
from archspec.renderers.layout.engine import lay_out


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


def test_an_interpreter_that_has_drawn_ends():
    """V8 freed too late now and then waits for ever; see docs/adr."""
    program = "from archspec.renderers.layout.engine import lay_out; print(lay_out('digraph { a }')['name'])"
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", program], timeout=60, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_it_can_be_asked_from_within_an_event_loop():
    """As a notebook or a server does; in an interpreter of its own, since the engine starts once."""
    program = (
        "import asyncio\n"
        "from archspec.renderers.layout.engine import lay_out\n"
        "async def main(): print(len(lay_out('digraph { a -> b }')['objects']))\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=60, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"2\n", b"")
